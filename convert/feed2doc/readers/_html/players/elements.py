"""Custom elements for pictures and players, such as AMP's, rewritten as HTML's own."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.players.table import player_table

if TYPE_CHECKING:
    from lxml.etree import _Element

# Before the title, on the button of `lite-youtube`.
_PLAY = pattern(r"^\w{2,12}: ")
_URLS = ("src", "url", "data-src", "data-url")
_IS_URL = pattern(r"(?:https?:)?//[^\s{}<>]+$")
# The beginning of the markup of a frame in Base64, and its URL.
FRAME_IN_BASE64 = "PGlmcmFtZS"
_FRAME = pattern(r"<iframe\b[^<>]{0,500}?\ssrc=[\"']?([^\"'\s<>]+)")
_FRAMES = ("iframe", "video", "audio")
_FALLBACKS = frozenset({"a", "button", "noscript", "script", "style", "template", "svg"})
# The length of a fallback that is more than a link to the player: the words of a post.
_SHORTEST_POST = 40


def players_of(tags: Iterable[str]) -> list[str]:
    """Return those of these tags that are custom elements for pictures and players."""
    return [tag for tag in tags if "-" in tag and (tag in player_table().elements or _named().fullmatch(tag))]


def settle_players(root: _Element, tags: Iterable[str]) -> None:
    """Rename the custom elements that have these tags, and hide their fallbacks and placeholders."""
    known = player_table().elements
    for element in list(root.iter(*tags)):
        if (player := known.get(element.tag)) is not None:  # not inside another one
            _settle(element, player.tag, player.address)
        elif (
            (found := _named().fullmatch(element.tag))
            and (url := _url_of(element))
            and next(element.iter(*_FRAMES), None) is None
        ):
            tag = found.lastgroup or ""
            has_words = _has_words(element)
            if has_words and (tag == "img" or _is_in_line(element)):
                continue  # text in an element of a script, not its fallback
            element.set("src", url)
            _settle(element, tag, url, has_post=has_words)


def _url_of(element: _Element) -> str:
    """Return the URL that a custom element states, or that of the film that it names, or "" if there is none."""
    stated = (value for name in _URLS if (value := (element.get(name) or "").strip()))
    if url := next((each for each in stated if _IS_URL.match(each)), ""):
        return url
    table = player_table()
    for host in table.host:
        if host.name in element.tag:
            numbers = (element.get(name) or "" for name in table.number_attributes_of_custom_elements)
            return next(filter(None, map(host.film, numbers)), "")
    return ""


@functools.cache
def _named() -> re.Pattern[str]:
    """Return the pattern for the names of other custom elements. Its group is the element of HTML that they stand for."""
    kinds = "|".join(f"(?P<{tag}>{'|'.join(words)})" for tag, words in player_table().named.items())
    return re.compile(rf"(?:[a-z]{{1,20}}-){{0,2}}?(?:{kinds})(?:-[a-z]{{1,20}}){{0,2}}")


def _has_words(element: _Element) -> bool:
    """Return True if an element has words, other than those of a link or button to the player."""
    from lxml.etree import iterwalk

    walker = iterwalk(element, events=("start", "end"))
    for event, each in walker:
        is_start = event == "start"
        if is_start and each.tag in _FALLBACKS:
            walker.skip_subtree()
            continue
        text = each.text if is_start else each.tail if each is not element else ""
        if text and any(map(str.isalpha, text)):
            return True
    return False


def _is_in_line(element: _Element) -> bool:
    """Return True if words are directly before or after an element."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return any(map(str.isalpha, f"{text or ''}{element.tail or ''}"))


def _settle(element: _Element, tag: str, template: str, *, has_post: bool = False) -> None:
    url = template
    for name in map(str, element.attrib):
        url = url.replace(f"{{{name}}}", element.get(name) or "")
    if "{" in url:
        return
    if url and tag in _FRAMES and (has_post or _has_post(element)):
        element.tag = "div"
        element.insert(0, element.makeelement("iframe", {"src": url}))
        return
    if url:
        element.set("src", url)
        label = _PLAY.sub(
            "", element.get("playlabel") or element.get("videotitle") or element.get("data-desc") or ""
        )
        if label and not element.get("title"):
            element.set("title", label)
    for child in list(element):
        if child.tag != "source":
            child.tag = "template"
    element.tag = tag


def _has_post(element: _Element) -> bool:
    """Return True if the words of a post are in this element, not only a fallback."""
    return next(element.iter("blockquote"), None) is not None or (
        len(" ".join("".join(map(str, element.itertext())).split())) >= _SHORTEST_POST
    )


def show_encoded_frames(root: _Element) -> None:
    """Rewrite the templates of Borlabs Cookie, which have the markup of a frame in Base64, as that frame."""
    from base64 import b64decode

    for script in root.iter("script"):
        if not (text := (script.text or "").strip()).startswith(FRAME_IN_BASE64):
            continue
        with suppress(ValueError):
            found = _FRAME.match(b64decode(text, validate=True).decode())
            if found is not None:
                script.tag, script.text = "iframe", None
                script.set("src", found[1].replace("&amp;", "&"))


def take_poster(link: _Element) -> None:
    """Move the picture directly before the link to a player into it: it is its preview."""
    before = link.getprevious()
    while before is not None and before.tag == "br" and not (before.tail or "").strip():
        before = before.getprevious()
    if before is not None and before.tag == "img" and not (before.tail or "").strip():
        link.insert(0, before)
