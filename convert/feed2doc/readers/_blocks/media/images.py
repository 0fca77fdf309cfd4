"""Pictures of `img` elements: figures, icons within a line, decoration and tracking pixels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import is_same_page_link
from feed2doc.model import Image
from feed2doc.readers._blocks.elements import text_after
from feed2doc.readers._html.parse import is_only_child, title_of, words_of
from feed2doc.readers._html.pictures.file_names import is_file_name
from feed2doc.readers._html.pictures.lazy import SMALL_COPY, is_blank
from feed2doc.readers._html.style import declarations
from feed2doc.readers._html.urls import picture_address, resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKUP = pattern(r"</?[A-Za-z][^<>]{0,300}>")
_PIXELS = pattern(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")
# The largest icon, and the lowest one if only its height is known: others are lines.
_ICON_SIZE, _LOWEST_ICON = 32, 8
# A size in a style, and the pixels of its units.
_LENGTH = pattern(r"(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|ex)")
_UNITS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0}
# The widest picture that may be part of a sentence.
_WIDEST_IN_SENTENCE = 200
_GOES_ON = frozenset(",;:.)!?、，。；：）！？")
_DECORATION = pattern(r"/(?:icon(?:[-_][\w-]{1,30})?|[\w-]{1,30}[-_]icon)\.(?:png|gif|svg)(?:\?|$)", re.I)
# A sign for sharing. `market-share.png` is a chart.
_SHARE = pattern(
    r"/(?:(?:social|sns|btn|button|ico)[-_])?share(?:[-_](?:btn|button|logo))?\.(?:png|gif|svg)(?:\?|$)", re.I
)
# The logo of a site, which is furniture if it leads to the home page of one.
_LOGO = pattern(r"/(?:[\w-]{1,30}[-_])?logo(?:[-_][\w-]{1,30})?\.(?:png|gif|svg|jpe?g|webp)(?:\?|$)", re.I)
_HOME = pattern(r"(?:https?:)?//[^/]{1,100}/?|/", re.I)
# A file name with the size of a line: `banner_640x3.png`, and the size of one in pixels.
_LINE = pattern(r"[_-]\d{3,4}x[1-9](?:-[a-z]{1,3})?\.(?:png|gif|jpe?g)(?:\?|$)")
_LINE_HEIGHT, _LINE_WIDTH = 6, 60
# URLs that end with the file extension of a picture.
IS_PICTURE = pattern(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:[?#]|$)", re.I)
# Classes of emoji: of WordPress (https://developer.wordpress.org/reference/functions/wp_staticize_emoji/), Mastodon and boards;
# and of other icons within a line of text: feed2doc's own, and marks in reviews.
_EMOJI_CLASSES = frozenset(
    {"emoji", "wp-smiley", "emojione", "custom-emoji", "emoticon", "smiley", "smilies"}
)
# The words of an emoji of Weibo, and of Mastodon and forums: `[赞]`, `:anchor:`; and its largest size, in pixels.
_EMOJI, _LARGEST_EMOJI = pattern(r"\[\w{1,8}\]|:[a-z0-9_+-]{2,40}:"), 64
_ICON_CLASSES = {"inline", "gaiji", "icon", "rating", "rating-stars", "star-rating", "stars"}


def image_of(element: _Element, base: str) -> Image | None:
    """Return the picture of an `img`, or None if it has no usable URL or nothing to see."""
    src = element.get("src") or ""
    address = None if is_blank(element) else picture_address(src, base)
    if not src or address is None or address.src == base:  # the page itself is not a picture
        return None
    return Image(
        address.src,
        "" if is_file_name(alt := _alternative(element), src) else alt,
        "" if is_file_name(title := title_of(element), src) else title,
        _pixels(element.get("width")),
        _pixels(element.get("height")),
        address.fallback_src or _small_copy(element, address.src, base),
    )


def _small_copy(element: _Element, src: str, base: str) -> str:
    """Return the URL of the copy that the page displays instead of a picture, or "" if it displays the picture."""
    small = picture_address(element.get(SMALL_COPY) or "", base) if element.get(SMALL_COPY) else None
    return small.src if small is not None and small.src != src else ""


def _alternative(element: _Element) -> str:
    """Return the alternative text of a picture in one line, without the markup that some programs write into it."""
    text = element.get("alt") or ""
    return " ".join((_MARKUP.sub(_space_of_break, text) if "</" in text else text).split())


def _space_of_break(tag: re.Match[str]) -> str:
    return " " if tag[0][:3].lower() == "<br" else ""


def page_behind(element: _Element, base: str) -> str:
    """Return the URL of the link around a picture, or "" if there is none.

    Links to the article itself are ignored, and so are links to pictures, usually the same one in another size.
    """
    link = next(element.iterancestors("a"), None)
    href = link.get("href") if link is not None else None
    if not href or is_same_page_link(href):
        return ""
    url = resolve(href, base) or ""
    return "" if IS_PICTURE.search(url) else url


def _pixels(value: str | None) -> int:
    found = _PIXELS.fullmatch(value) if value else None
    return int(found[1]) if found else 0


def is_decoration(element: _Element, image: Image) -> bool:
    """Return True if the picture is a line without a caption, or its file name that of an icon (`icon-zoom.png`, `share.png`)
    or of a logo that leads home.
    """
    if _is_line(image):
        return not _has_caption(element)
    if image.alt:
        return False
    low = image.src.lower()
    if "share" in low and _SHARE.search(low) is not None:
        return not _has_caption(element)
    if "logo" in low and _LOGO.search(low) is not None:
        return _leads_home(element) and not _has_caption(element)
    return "icon" in low and _DECORATION.search(low) is not None


def _leads_home(element: _Element) -> bool:
    """Return True if the picture is all of a link to the home page of a site."""
    link = element.getparent()
    return (
        link is not None
        and link.tag == "a"
        and is_only_child(element)
        and _HOME.fullmatch(link.get("href") or "") is not None
    )


def _is_line(image: Image) -> bool:
    """Return True if this is a line by its file name, or by its size.

    One of several pixels has an `alt` of a word at most, such as `divider`.
    """
    if 1 <= image.height <= _LINE_HEIGHT and image.width > _LINE_WIDTH:
        return image.height == 1 or " " not in image.alt
    return "x" in image.src and _LINE.search(image.src) is not None


def _has_caption(element: _Element) -> bool:
    """Return True if a `figcaption` is next to this picture, or to the element that has only it."""
    while (parent := element.getparent()) is not None and parent.tag != "figure" and is_only_child(element):
        element = parent
    return any(
        each is not None and each.tag == "figcaption" and words_of(each)
        for each in (element.getprevious(), element.getnext())
    )


def is_tracker(image: Image) -> bool:
    """Return True if this is a one-pixel tracking picture."""
    return image.width == 1 and image.height in (0, 1)


def is_emoji(element: _Element, image: Image) -> bool:
    """Return True if the class or the words of a picture say that it is an emoji, which is text even if it is alone.

    Words that all pictures may have (`[图片]`, `[1]`) say nothing, and a large picture is not one.
    """
    if not _EMOJI_CLASSES.isdisjoint((element.get("class") or "").split()):
        return True
    alt = element.get("alt") or ""
    if not alt.startswith(("[", ":")) or max(image.width, image.height) > _LARGEST_EMOJI:
        return False
    words = alt.strip("[]:")
    return _EMOJI.fullmatch(alt) is not None and not words.isdigit() and not is_file_name(words, image.src)


def is_icon(element: _Element, image: Image) -> bool:
    """Return True if the picture of this element is an icon within a line of text."""
    if is_emoji(element, image) or not _ICON_CLASSES.isdisjoint((element.get("class") or "").split()):
        return True
    width, height = image.width, image.height
    if not width and not height and element.get("style"):
        style = declarations(element)
        width, height = (_shown_pixels(style.get(name, "")) for name in ("width", "height"))
    if not width:
        return _LOWEST_ICON <= height <= _ICON_SIZE
    return width <= _ICON_SIZE and height <= _ICON_SIZE


def _shown_pixels(value: str) -> int:
    """Return the pixels of a size in a style, or 0 if it depends on what is around."""
    found = _LENGTH.fullmatch(value)
    return round(float(found[1]) * _UNITS[found[2]]) if found else 0


def is_in_sentence(element: _Element, image: Image, before: str) -> bool:
    """Return True if the text goes on after this picture in the sentence that `before` ends in, or that it begins."""
    after = text_after(element).lstrip()[:1]
    if image.width > _WIDEST_IN_SENTENCE or not after:
        return False
    if not before:
        return bool(image.alt) and after.islower()
    if before in ":：":  # of a label, whose value the picture is if the sentence goes on after it
        return after in _GOES_ON or (after in "（(" and bool(image.alt))
    if not (before.isalnum() or before in ",，、;；(（"):
        return False
    # In scripts without small letters only its words show that a picture stands for a part of the sentence.
    goes_on = after.islower() or after in _GOES_ON
    return goes_on or (bool(image.alt) and after.isalpha() and not after.isupper())
