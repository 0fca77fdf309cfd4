"""Embeds: films, sound and pages within a page, of players, `object` elements and elements that a rule marks."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import parse_qs, urlsplit

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Embed, Figure, Image
from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._blocks.inlines import line_of_text
from feed2doc.readers._blocks.media.images import IS_PICTURE, image_of
from feed2doc.readers._html.parse import raw_text_of, title_of, words_of
from feed2doc.readers._html.pictures.lazy import is_placeholder
from feed2doc.readers._html.urls import picture_address, resolve

if TYPE_CHECKING:
    from lxml.etree import _Element

_FILM = pattern(r"\.(?:mp4|m4v|webm|mov|ogv|m3u8)(?:[?#]|$)", re.I)
_SOUND = pattern(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)(?:[?#]|$)", re.I)
# Titles of frames that say only that this is a player.
_NO_TITLE = pattern(
    r"(?:(?:youtube|vimeo|facebook|spotify|dailymotion|bilibili|soundcloud|embedded|embed|html5|audio|video) ){0,3}"
    r"(?:video|audio|media|film|content|player|embed|iframe|frame|youtube|vimeo|undefined|null)",
    re.I,
)
_LINK = pattern(r"<a\b[^<>]{0,200}?\shref=[\"']([^\"'<>\s]+)[\"'][^<>]{0,200}>([^<>]{0,200})")
# Frames that show the page in their query: Embedly, Iframely, cards of Hatena, a site's own Drupal.
_SHOWING = (
    "//cdn.embedly.com/widgets/",
    "//cdn.iframe.ly/api/iframe?",
    "//hatenablog-parts.com/embed?",
    "/media/oembed?",
)
_SCRIPT = pattern(r"\.js(?=$|\?)")
_ONLY_URL = pattern(r"https?://[^\s<>]{4,2000}")


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
    """Return the words of the link that a frame has for old browsers, as on Bandcamp, or "" if they are not a title."""
    words = line_of_text(fallback)
    is_title = " " in words and not words.startswith("http") and words[-1:] not in ".。!…"
    return words if is_title and not _NO_TITLE.fullmatch(words) else ""


def _shown_page(url: str) -> str:
    """Return the URL of the page that such a frame shows, or the URL."""
    if not any(map(url.__contains__, _SHOWING)):
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
    if kind == "image" or IS_PICTURE.search(url):
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
    return "audio" if _SOUND.search(url) else "image" if IS_PICTURE.search(url) else ""


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
        kind = kind if (kind := kind_of_file(address)) in ("video", "audio") else "iframe"
        if element.tag == "script":  # it writes the page that has the same name
            return Embed(cast('Literal["video", "audio", "iframe"]', kind), _SCRIPT.sub("", address))
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
