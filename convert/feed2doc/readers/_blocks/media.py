"""The conversion of picture, video, audio, code and ruby elements."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import parse_qs, urlsplit

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import is_same_page_link
from feed2doc.model import Embed, Figure, Image, Ruby, Text
from feed2doc.readers._blocks.elements import MEDIA, is_only_child, text_after
from feed2doc.readers._blocks.inlines import line_of_text
from feed2doc.readers._blocks.letters import letter_of
from feed2doc.readers._html.file_names import is_file_name
from feed2doc.readers._html.parse import raw_text_of, title_of, words_of
from feed2doc.readers._html.pictures import is_blank, is_placeholder
from feed2doc.readers._html.style import declarations
from feed2doc.readers._html.urls import picture_address, resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

_PIXELS = pattern(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")
# The largest icon, and the lowest one if only its height is known: others are lines.
_ICON_SIZE, _LOWEST_ICON = 32, 8
# A size in a style, and the pixels of its units.
_LENGTH = pattern(r"(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|ex)")
_UNITS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0}
# The widest picture that may be part of a sentence.
_WIDEST_IN_SENTENCE = 200
_GOES_ON = frozenset(",;:.)!?、，。；：）！？")
_FILM = pattern(r"\.(?:mp4|m4v|webm|mov|ogv|m3u8)(?:[?#]|$)", re.I)
_SOUND = pattern(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)(?:[?#]|$)", re.I)
# Titles of frames that say only that this is a player.
_NO_TITLE = pattern(
    r"(?:(?:youtube|vimeo|facebook|spotify|dailymotion|bilibili|soundcloud|embedded|embed|html5|audio|video) ){0,3}"
    r"(?:video|audio|media|film|content|player|embed|iframe|frame|youtube|vimeo)",
    re.I,
)
# Signs for emphasis next to characters (https://www.w3.org/TR/css-text-decor-3/#text-emphasis-style-property).
# How deep a `ruby` may be in others, each of which adds a reading.
_DEEPEST_RUBY = 2
_EMPHASIS_DOTS = pattern(r"[・･﹅﹆•·‧∙●○◉◎▲△丶、\s]+")
_LINK = pattern(r"<a\b[^<>]{0,200}?\shref=[\"']([^\"'<>\s]+)[\"'][^<>]{0,200}>([^<>]{0,200})")
_EMBEDLY, _OEMBED = "//cdn.embedly.com/widgets/", "/media/oembed?"
_SCRIPT = pattern(r"\.js(?=$|\?)")
_ONLY_URL = pattern(r"https?://[^\s<>]{4,2000}")
_DECORATION = pattern(r"/(?:icon(?:[-_][\w-]{1,30})?|[\w-]{1,30}[-_]icon)\.(?:png|gif|svg)(?:\?|$)", re.I)
# A file name with the size of a line: `banner_640x3.png`, and the size of one in pixels.
_LINE = pattern(r"[_-]\d{3,4}x[1-9](?:-[a-z]{1,3})?\.(?:png|gif|jpe?g)(?:\?|$)")
_LINE_HEIGHT, _LINE_WIDTH = 6, 60
# URLs that end with the file extension of a picture.
_IS_PICTURE = pattern(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:[?#]|$)", re.I)
# Classes of icons within a line of text: feed2doc's own, and those of WordPress
# (https://developer.wordpress.org/reference/functions/wp_staticize_emoji/), Mastodon and boards, and of marks in reviews.
_EMOJI_CLASSES = frozenset(
    {"emoji", "wp-smiley", "emojione", "custom-emoji", "emoticon", "smiley", "smilies"}
)
_ICON_CLASSES = _EMOJI_CLASSES | {"inline", "gaiji", "icon", "rating", "rating-stars", "star-rating", "stars"}


def image_of(element: _Element, base: str) -> Image | None:
    """Return the picture of an `img`, or None if it has no usable URL or nothing to see."""
    src = element.get("src") or ""
    address = None if is_blank(element) else picture_address(src, base)
    if not src or address is None:
        return None
    return Image(
        address.src,
        "" if is_file_name(alt := " ".join((element.get("alt") or "").split()), src) else alt,
        "" if is_file_name(title := title_of(element), src) else title,
        _pixels(element.get("width")),
        _pixels(element.get("height")),
        address.fallback_src,
    )


def page_behind(element: _Element, base: str) -> str:
    """Return the URL of the link around a picture, or "" if there is none.

    Links to the article itself are ignored, and so are links to pictures, usually the same one in another size.
    """
    link = next(element.iterancestors("a"), None)
    href = link.get("href") if link is not None else None
    if not href or is_same_page_link(href):
        return ""
    url = resolve(href, base) or ""
    return "" if _IS_PICTURE.search(url) else url


def _pixels(value: str | None) -> int:
    found = _PIXELS.fullmatch(value) if value else None
    return int(found[1]) if found else 0


def is_decoration(element: _Element, image: Image) -> bool:
    """Return True if the picture is a line without a caption, or its file name that of an icon (`icon-zoom.png`)."""
    if _is_line(image):
        return not _has_caption(element)
    if image.alt or "icon" not in image.src.lower():
        return False
    return _DECORATION.search(image.src) is not None


def _is_line(image: Image) -> bool:
    """Return True if this is a line by its file name, or by its size and an `alt` of a word at most, such as `divider`."""
    if 1 <= image.height <= _LINE_HEIGHT and image.width > _LINE_WIDTH and " " not in image.alt:
        return True
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


def is_emoji_by_class(element: _Element) -> bool:
    """Return True if the class of a picture says that it is an emoji, which is text even if it is alone."""
    return not _EMOJI_CLASSES.isdisjoint((element.get("class") or "").split())


def is_icon(element: _Element, image: Image) -> bool:
    """Return True if the picture of this element is an icon within a line of text."""
    if not _ICON_CLASSES.isdisjoint((element.get("class") or "").split()):
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
    """Return True if the text goes on after this picture in the sentence that `before` ends in."""
    after = text_after(element).lstrip()[:1]
    if image.width > _WIDEST_IN_SENTENCE or not before or not (after.islower() or after in _GOES_ON):
        return False
    return bool(after) and (before.isalnum() or before in ",，、;；(（")


def without_media(element: _Element) -> _Element | None:
    """Move the pictures and embeds in a `pre` to a new element, and return it, or None if there are none."""
    media = list(element.iter(*MEDIA))
    if not media:
        return None
    holder = element.makeelement("div")
    nested = {inner for each in media for inner in each.iterdescendants(*MEDIA)}
    for each in (each for each in media if each not in nested):
        tail, each.tail = each.tail, None
        before, parent = each.getprevious(), each.getparent()
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        elif parent is not None:
            parent.text = (parent.text or "") + (tail or "")
        holder.append(each)
    return holder


def embed_of(element: _Element, base: str) -> Embed | None:
    """Return the video, audio or embedded page of this element, or None if it has no URL."""
    if element.tag not in ("video", "audio", "iframe", "embed"):
        return _embed_by_rule(element, base)
    kind = "iframe" if element.tag == "embed" else element.tag
    title = _title_of_player(element)
    addresses = [element.get("src"), *(s.get("src") or s.get("data-src") for s in element.iter("source"))]
    if kind == "iframe" and (link := _LINK.search(element.text or "")):  # what old browsers show
        from html import unescape

        addresses.append(unescape(link[1]))
        title = title or _title_in(unescape(link[2]))
    url = _shown_page(next((u for a in addresses if a and (u := resolve(a, base))), ""))
    still = _poster_of(element)
    poster = picture_address(still, base) if still else None
    if not url.startswith("http") and poster is None:
        return None
    return Embed(
        cast('Literal["video", "audio", "iframe"]', kind),
        url if url.startswith("http") else "",
        title,
        Image(poster.src, fallback_src=poster.fallback_src) if poster else None,
    )


def _title_of_player(element: _Element) -> str:
    """Return the title or label of a player, or "" if it says only that this is one."""
    stated = (" ".join((element.get(name) or "").split()) for name in ("title", "aria-label", "data-title"))
    return next((each for each in stated if each and not _NO_TITLE.fullmatch(each)), "")


def _poster_of(element: _Element) -> str:
    """Return the URL of the picture that a player shows at first, or "". Ghost has it next to a transparent one."""
    figure = next(element.iterancestors("figure"), element)
    stated = (element.get("poster"), element.get("data-poster"), figure.get("data-kg-thumbnail"))
    return next((each for each in stated if each and not is_placeholder(each)), "")


def _title_in(fallback: str) -> str:
    """Return the words of the link that a frame has for old browsers, as on Bandcamp, or "" if they are no title."""
    words = line_of_text(fallback)
    is_title = " " in words and not words.startswith("http") and words[-1:] not in ".。!…"
    return words if is_title and not _NO_TITLE.fullmatch(words) else ""


def _shown_page(url: str) -> str:
    """Return the URL of the page that a frame of Embedly or of a site's own Drupal shows, or the URL."""
    if _EMBEDLY not in url and _OEMBED not in url:
        return url
    (shown,) = parse_qs(urlsplit(url).query).get("url", [""])[:1]
    return resolve(shown, url) or url if shown else url


def object_of(element: _Element, base: str) -> Figure | Embed | None:
    """Return the picture or embed of an `object`, or None if it has no URL, or if pictures or embeds are in it instead."""
    data = element.get("data")
    url = resolve(data, base) if data else None
    if not url or next(islice(element.iter(*MEDIA), 1, None), None) is not None:
        return None
    kind = (element.get("type") or "").partition("/")[0]
    if kind == "image" or _IS_PICTURE.search(url):
        address = picture_address(url, base)
        words = " ".join(raw_text_of(element).split())
        return Figure(Image(address.src, words, fallback_src=address.fallback_src)) if address else None
    if not url.startswith("http"):
        return None
    return Embed(
        "video" if kind == "video" else "audio" if kind == "audio" else "iframe", url, title_of(element)
    )


def kind_of_file(url: str) -> str:
    """Return the kind of media that the extension of a file says: `video`, `audio`, `image`, or ""."""
    if _FILM.search(url):
        return "video"
    return "audio" if _SOUND.search(url) else "image" if _IS_PICTURE.search(url) else ""


def _embed_by_rule(element: _Element, base: str) -> Embed | None:
    """Return the embed of an element that a rule marks as one, or None if it has a player.

    It is the page of its script or player, or else the target of its link.
    """
    if [each.tag for each in element.iter(*MEDIA) if each.tag != "svg"] not in ([], ["img"]):
        return None
    picture = next(element.iter("img"), None)
    image = image_of(picture, base) if picture is not None else None
    still = Image(image.src, fallback_src=image.fallback_src) if image is not None else None
    src = element.get("src")
    if src and (address := resolve(src, base) or "").startswith("http"):
        if element.tag == "script":  # it writes the page that has the same name
            return Embed("iframe", _SCRIPT.sub("", address))
        kind = kind if (kind := kind_of_file(address)) in ("video", "audio") else "iframe"
        stated = _title_of_player(element)
        is_item = element.get("itemtype") is not None  # other words in it are a fallback
        title = (is_item and stated) or _words_of_facade(element) or stated
        if image is not None and not title and not _NO_TITLE.fullmatch(image.alt):
            title = image.alt
        return Embed(cast('Literal["video", "audio", "iframe"]', kind), address, title, still)
    classes = (element.get("class") or "").split()
    usual = "iframe" if element.tag == "blockquote" else "video"  # a post
    kind = next((name for name in ("video", "audio", "iframe") if name in classes), usual)
    if _ONLY_URL.fullmatch(words := words_of(element)):  # a program has not made a player of it
        return Embed(cast('Literal["video", "audio", "iframe"]', kind), resolve(words, base) or "")
    for link in element.iter("a"):
        url = resolve(href, base) if (href := link.get("href")) else None
        if url and url.startswith("http"):
            title = _words_of_facade(element)
            return Embed(cast('Literal["video", "audio", "iframe"]', kind), url, title, still)
    return None


def _words_of_facade(element: _Element) -> str:
    """Return the words of what is shown before a player, without those of the button that starts it."""
    from lxml.etree import iterwalk

    if next(element.iter("svg", "button"), None) is None:
        return line_of_text(raw_text_of(element))
    pieces: list[str] = []
    walker = iterwalk(element, events=("start", "end"))
    for event, each in walker:
        if event == "start" and each is not element and each.tag in ("svg", "button"):
            walker.skip_subtree()
        elif event == "start":
            pieces.append(each.text or "")
        elif each is not element:
            pieces.append(each.tail or "")
    return line_of_text("".join(pieces))


def _reading(element: _Element) -> str:
    """Return the words of a reading, with a space between those of several in it."""
    readings = [each for each in islice(element.iter("rt"), 2) if each is not element]
    return line_of_text((" " if readings else "").join(map(str, element.itertext())))


def is_emphasis(ruby: Ruby) -> bool:
    """Return True if the reading is only dots next to the characters, which emphasize them."""
    return _EMPHASIS_DOTS.fullmatch(ruby.text) is not None


def ruby_of(element: _Element, depth: int = 0) -> list[Ruby | str]:
    """Return the pairs of base text and reading in a `ruby` (https://html.spec.whatwg.org/#the-ruby-element).

    Several `rb` may come before their readings. A second reading, of an `rtc` or of the `ruby` around another one, is added
    to the first.
    """
    pairs: list[Ruby | str] = []
    bases: list[str] = []
    base = element.text or ""
    for child in element:
        if child.tag == "ruby" and depth < _DEEPEST_RUBY:
            pairs += [*bases, base, *ruby_of(child, depth + 1)]
            bases, base = [], child.tail or ""
            continue
        words = raw_text_of(child) if child.tag != "rp" else ""
        if child.tag == "rb":
            bases += [base, words] if base.strip() else [words]
            base = ""
        elif child.tag not in ("rt", "rtc"):
            base += words or letter_of(child)
        elif not (reading := _reading(child)):
            pass
        elif bases:
            pairs.append(Ruby((Text(line_of_text(bases.pop(0))),), reading))
        elif base.strip():
            pairs.append(Ruby((Text(line_of_text(base)),), reading))
            base = ""
        elif pairs and isinstance(last := pairs[-1], Ruby):
            pairs[-1] = Ruby(last.base, f"{last.text} {reading}")
        else:
            base += reading
        base += (child.tail or "").strip("\n\t ")
    return [each for each in (*pairs, *bases, base) if each]
