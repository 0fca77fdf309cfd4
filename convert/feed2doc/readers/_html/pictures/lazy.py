"""Lazily loaded pictures and players, rewritten as plain elements with their real URLs in `src`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.pictures.blank import is_blank_data
from feed2doc.readers._html.pictures.blurred import is_poor, leave_blurred, name_of_picture
from feed2doc.readers._html.pictures.copies import OF_PLACEHOLDERS, PICTURE_URL, copies_in, photo_instead
from feed2doc.readers._html.pictures.link_titles import settle_link_titles
from feed2doc.readers._html.players.elements import players_of, settle_players
from feed2doc.readers._html.urls import larger, largest, width_in, without_size

if TYPE_CHECKING:
    from lxml.etree import _Element

# Attributes that hold the real URL while `src` has a placeholder (lazysizes, WordPress, Medium, Discuz, Cloudflare).
_LAZY = (
    *(
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-actualsrc",
        "data-echo",
        "data-lazyload",
        "data-lazy",
    ),
    *(
        "data-cfsrc",
        "data-orig-src",
        "data-original-src",
        "data-lazy-original",
        "data-lazy-load",
        "data-ll-src",
    ),
    *("data-flickity-lazyload", "data-litespeed-src", "data-breeze", "data-img-src", "data-hi-res-src"),
    *("data-real-src", "data-srclazy", "data-lazysrc", "lazy-src", "original-src", "real_src", "_src"),
)
# The attributes of frames that are loaded when the reader agrees (Real Cookie Banner, Borlabs, Cookiebot, Complianz, Avada,
# WPConsent, iubenda, Usercentrics, Moove), and of other frames that scripts load.
_GATED = (
    *("consent-original-src-_", "consent-original-src", "consent-click-original-src-_", "src-consent"),
    *("data-cookieblock-src", "data-src-cmplz", "data-consent-src", "data-wpconsent-src", "data-privacy-src"),
    *(
        "data-suppressedsrc",
        "data-uc-src",
        "data-gdpr-iframesrc",
        "data-cmp-src",
        "data-embed-src",
        "data-ep-src",
    ),
)
_LAZY_NAMES = frozenset((*_GATED, *_LAZY))
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-orig-srcset", "data-original-set", "srcset")
_SETS = frozenset(_LAZY_SETS[:-1])
# Attributes with the URL of a larger copy, for scripts that zoom. They are used if nothing else is real.
_LARGER = (
    *("data-large-file", "data-orig-file", "data-full-url", "data-full-src", "data-large-src", "data-image"),
    *("data-url", "data-zoom-image", "data-hires", "data-medium-file", "zoomfile", "file", "original"),
)
_URL = pattern(r"(?:https?:)?//[^\s{}<>]+|[^\s{}<>:]*[./][^\s{}<>:]*|data:image/[^\s]+")
# The file names of placeholders.
_PLACEHOLDER = pattern(
    r"(?:(?:\w|bg|img|image|lazy|default|photo|picture)[_-])?(?:blank|spacer|pixel|trans(?:parent)?|place-?holder|loading|loader"
    r"|lazy(?:-?load)?|(?<=bg_)transparency|gr[ae]y|empty|dummy|1x1|1px|clear|no-?image|x(?=\d{0,4}\.gif))\d{0,4}\.(?:gif|png|svg|jpe?g|webp)",
    re.I,
)
_SPACER = pattern(r"(?:blank|spacer|pixel|trans(?:parent)?|1x1|1px|clear)\.(?:gif|png)", re.I)
# The length of a `data:` URL that can hold no more than a blurred preview.
_LONGEST_PREVIEW = 3000
# The attribute of browsers of 1995 for the smaller copy of a picture, which is here the one that was in `src`.
SMALL_COPY = "lowsrc"
# The width from which a copy of a picture is not a small one.
_WIDE_ENOUGH = 640
# What the name of a small picture has after that of the large one.
_SMALL_MARKS = frozenset(
    each + mark for mark in ("s", "m", "t", "small", "thumb", "thumbnail") for each in ("-", "_", ".")
) | {"s"}
# A request to turn on scripts, which names them, or the reader's browser, and is short.
_ASKS_FOR_SCRIPTS = pattern(
    r"java\s?script|\bjs\b|\b(?:your|this|seu|su|votre|ihr|ihren|tuo) (?:web ?)?(?:browser|navigat)"
    r"|您的浏览器|你的浏览器|浏览器不|您的瀏覽器|你的瀏覽器|瀏覽器不|お使いのブラウザ|브라우저에서|ваш браузер",
    re.I,
)
_LONGEST_REQUEST = 300
# The longest words under the picture of a recording: `Your device does not support playback`.
_LONGEST_MESSAGE = 60
# A picture whose markup is text, and its attributes.
_WRITTEN = pattern(r"\s{0,99}<img\s([^<>]{1,4000})>\s{0,99}")
_ATTRIBUTE = pattern(r"([a-z-]{1,40})=[\"']([^\"'<>]{1,2000})[\"']")
_SHOWN = ("img", "iframe", "video", "audio")


def settle_pictures(root: _Element, tags: Collection[str]) -> None:
    """Give every picture and player its best URL in `src`, and keep one of the copies in and next to a `noscript`.

    `tags` are those of all elements in the tree.
    """
    if players := players_of(tags):
        settle_players(root, players)
    previews = []
    if "img" in tags:
        settle_link_titles(root)
    for element in root.iter(*_SHOWN):
        if best := _best(element):
            element.set("src", best)
        elif element.tag == "img" and _is_preview(element):
            previews.append(element)
    for element in list(root.iter("noscript")) if "noscript" in tags else ():
        _settle_copy(element)
    with_picture: dict[_Element, bool] = {}
    for element in previews:
        parent = element.getparent()
        if parent is None or not _is_preview(element):
            continue
        if parent not in with_picture:
            with_picture[parent] = _has_picture(parent)
        if with_picture[parent]:
            element.tag = "template"
    if len(pictures := list(root.iter("img"))) > 1:
        leave_blurred(pictures)


def is_blank(element: _Element) -> bool:
    """Return True if there is nothing to see in this `img`: a placeholder, a spacer, or a counter of no size."""
    src = element.get("src") or ""
    if is_blank_data(src):
        return True
    sizes = {(element.get(name) or "").strip().removesuffix("px") for name in ("width", "height")}
    return sizes <= {"0", "1"} or (
        not element.get("alt") and _SPACER.fullmatch(src.partition("?")[0].rpartition("/")[2]) is not None
    )


def _is_preview(element: _Element) -> bool:
    src = element.get("src") or ""
    return src[:11].lower() == "data:image/" and len(src) <= _LONGEST_PREVIEW


def _has_picture(element: _Element) -> bool:
    return any(_is_real(each.get("src") or "") for each in element.iter("img"))


def _best(element: _Element) -> str:
    """Return the best URL of a picture or player, or "" if it is that in `src` already or there is none."""
    src = (element.get("src") or "").strip()
    keys = element.keys()
    if not _LAZY_NAMES.isdisjoint(keys):
        names = (*_GATED, *_LAZY) if element.tag == "iframe" else _LAZY
        if found := next(filter(_is_real, (element.get(name) or "" for name in names)), ""):
            return found.strip()
    if src.partition("?")[0][-4:].lower() in OF_PLACEHOLDERS and (photo := photo_instead(element)):
        return photo
    if src and not is_placeholder(src) and (_SETS.isdisjoint(keys) or not _loads_another(element)):
        return larger(src, element.get("srcset") or "") or _linked(element, src)
    return _best_copy(element)


def _best_copy(element: _Element) -> str:
    """Return the URL of the best copy that an attribute or a source next to a placeholder has, or ""."""
    sets = [element.get(name) or "" for name in _LAZY_SETS]
    for value in (*map(largest, sets), *(element.get(name) or "" for name in _LARGER), *copies_in(element)):
        if _is_real(value):
            return value.strip()
    return next(filter(_is_real, _sources(element)), "")


def _linked(element: _Element, src: str) -> str:
    """Return the URL of the same picture in its link, and remove it there, if that in `src` is a small copy. Return "" otherwise."""
    parent = element.getparent()
    if parent is None or parent.tag != "a":
        return ""
    url = (parent.get("href") or "").strip()
    is_same = without_size(url) == without_size(src) or _is_small_copy(src, url)
    if url == src or not (is_same or name_of_picture(url) == name_of_picture(src)):
        return ""
    if not (PICTURE_URL.fullmatch(url) or (is_same and _is_real(url))):
        return ""
    small, large = width_in(src) or _stated_width(element), width_in(url)
    if not 0 < small < _WIDE_ENOUGH or 0 < large <= small:
        return ""
    del parent.attrib["href"]
    element.set(SMALL_COPY, src)
    return url


def _is_small_copy(src: str, url: str) -> bool:
    """Return True if one name is the other with a mark for a small picture: `quay-s.jpg` (livedoor), `quays.jpg` (FC2)."""
    small, dot, extension = src.partition(":")[2].rpartition(".")
    large, _, same = url.partition(":")[2].rpartition(".")
    return dot != "" and extension == same and small.startswith(large) and small[len(large) :] in _SMALL_MARKS


def _stated_width(element: _Element) -> int:
    value = (element.get("width") or "").strip().removesuffix("px")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0


def names_another(element: _Element) -> bool:
    """Return True if an attribute names the picture or frame that a script shows instead of `src`."""
    return not (_LAZY_NAMES.isdisjoint(element.attrib) and _SETS.isdisjoint(element.attrib))


def _loads_another(element: _Element) -> bool:
    """Return True if a class or the URL says that a script replaces this picture by a better copy."""
    return "lazy" in (element.get("class") or "") or is_poor(element)


def _is_real(value: str) -> bool:
    value = value.strip()
    if len(value.split(maxsplit=1)) != 1:
        return False
    return _URL.fullmatch(value) is not None and not is_placeholder(value)


def is_placeholder(src: str) -> bool:
    """Return True if a URL is that of a picture which is replaced later, by its file name or its size."""
    if src[:5].lower() == "data:":
        return len(src) <= _LONGEST_PREVIEW
    path = src.partition("?")[0].partition("#")[0]
    return not path or src.startswith("about:") or _PLACEHOLDER.fullmatch(path.rpartition("/")[2]) is not None


def _sources(element: _Element) -> list[str]:
    """Return the widest URLs of the `source` elements of a `picture`, those in AVIF last."""
    parent = element.getparent()
    while parent is not None and parent.tag == "source":  # libxml2 does not know that it is a void element
        parent = parent.getparent()
    if parent is None or parent.tag != "picture":
        return []
    sources = sorted(parent.iter("source"), key=lambda source: "avif" in (source.get("type") or ""))
    return [largest(source.get(name) or "") for source in sources for name in _LAZY_SETS]


def _settle_copy(noscript: _Element) -> None:
    """Keep either the picture in a `noscript` or the one next to it that a script would load.

    Other text in a `noscript` is shown, unless it only asks to turn on scripts.
    """
    copy = next(noscript.iter(*_SHOWN), None)
    if copy is None:
        words = "".join(map(str, noscript.itertext()))
        if (written := _WRITTEN.fullmatch(words)) is not None:  # its markup was escaped
            copy = noscript.makeelement("img", dict(_ATTRIBUTE.findall(written[1])))
            noscript.text, noscript[:] = None, [copy]
    if copy is None:
        if words.strip() and (len(words) > _LONGEST_REQUEST or not _ASKS_FOR_SCRIPTS.search(words)):
            noscript.tag = "div"
        return
    if copy.tag == "img" and _is_of_player(noscript):
        noscript.tag = "template"
        return
    other = _neighbour(noscript, copy.tag)
    if other is None:
        noscript.tag = "span"
        return
    if _name(other) == _name(copy) or not _is_real(other.get("src") or ""):
        other.set("src", copy.get("src") or "")
    noscript.tag = "template"


def _is_of_player(noscript: _Element) -> bool:
    """Return True for the picture of a recording, and words that ask to turn on scripts, after the frame with its player."""
    frame = noscript.getprevious()
    if (
        frame is None
        or frame.tag != "iframe"
        or not _is_real(frame.get("src") or "")
        or (frame.tail or "").strip()
    ):
        return False
    return len("".join(map(str, noscript.itertext())).strip()) <= _LONGEST_MESSAGE


def _neighbour(noscript: _Element, tag: str) -> _Element | None:
    """Return the lazily loaded or placeholder element next to a `noscript`, or None if there is none."""
    before, after = noscript.getprevious(), noscript.getnext()
    near = [*reversed(list(before.iter(tag)))][:1] if before is not None else []
    near += list(after.iter(tag))[:1] if after is not None else []
    copies = {_name(each) for each in noscript.iter(tag)}
    words = {each.get("alt") for each in noscript.iter(tag)} - {"", None}
    for each in near:
        if _name(each) in copies or each.get("alt") in words or not _is_real(each.get("src") or ""):
            return each
    return None


def _name(element: _Element) -> str:
    return name_of_picture(element.get("src") or "")
