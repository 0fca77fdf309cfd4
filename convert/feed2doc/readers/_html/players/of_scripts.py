"""Players that a script draws: their address and title are in the microdata of an element, or a film's number in an attribute."""

from __future__ import annotations

import functools
import re
from itertools import islice
from typing import TYPE_CHECKING, Literal

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._html.players.table import player_table

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

RULE, NUMBER, ADDRESS = "microdata: VideoObject", "html: number of a film", "html: address of a film"
_FILM = pattern(r"(?:^|[/=])([\w-]{7,40})(?:[?&#]|$)")
_MOST_ELEMENTS, _MOST_INSIDE, _NEAR, _LONGEST_LABEL = 200, 100, 3, 120
_PLAYERS = ("iframe", "video", "audio", "embed", "object")
# Elements displayed in place of the player.
_FALLBACKS = frozenset({"a", "noscript", "script", "style", "button"})


def video_objects_in(index: Index) -> dict[_Element, tuple[str, str]]:
    """Return the elements that stand for a player, each with the player's URL and the rule, and give them its title.

    They are items of type VideoObject or AudioObject (https://schema.org/VideoObject) without a player and other words than
    their name.
    """
    found: dict[_Element, tuple[str, str]] = {}
    for element in index.named.get("[itemtype]", ()):
        if not (element.get("itemtype") or "").endswith(("/VideoObject", "/AudioObject")):
            continue
        if _is_large(element):
            continue
        stated = _properties_of(element)
        url = stated.get("embedurl") or stated.get("contenturl") or ""
        if not url.startswith(("http", "//")) or next(element.iter(*_PLAYERS), None) is not None:
            continue
        name = stated.get("name", "")
        if _words_in(element) in ("", name):
            found[element] = (url, RULE)
            if name and not element.get("title"):
                element.set("title", name)
    return found


def numbered_players_in(index: Index) -> dict[_Element, tuple[str, str]]:
    """Return the elements of which a script makes a player for the film whose number they state, with its URL and the rule."""
    found: dict[_Element, tuple[str, str]] = {}
    hosts = player_table().host
    for name in sorted(_attributes("number_attributes") & index.names):
        attribute = name[1:-1]
        for element in islice(index.named[name], _MOST_ELEMENTS):
            if element.tag in ("iframe", "video", "script", "img") or element in found:
                continue
            value = element.get(attribute) or ""
            around = f"{attribute} {element.get('class') or ''} {element.get('data-provider') or ''}"
            for host in hosts:
                film = host.film(value)
                if film and host.is_named(around) and _is_bare(element):
                    found[element] = (film, NUMBER)
    return found


def addressed_players_in(index: Index) -> dict[_Element, tuple[str, str]]:
    """Return the elements without words of which a script makes the player whose address they state, with its URL and the rule."""
    found: dict[_Element, tuple[str, str]] = {}
    for name in sorted(_attributes("address_attributes") & index.names):
        attribute = name[1:-1]
        for element in islice(index.named[name], _MOST_ELEMENTS):
            value = (element.get(attribute) or "").strip()
            if (
                element.tag in ("div", "span", "figure", "p")
                and element not in found
                and _address().fullmatch(value)
                and _is_bare(element)
                and not _words_in(element)
            ):
                found[element] = (value, ADDRESS)
    return found


def is_again(element: _Element, film: str) -> bool:
    """Return True if the next element has a player of this film, as what readers without scripts see."""
    following = element.getnext()
    number = _FILM.search(film)
    return (
        following is not None
        and number is not None
        and not _is_large(following)
        and any(number[1] in (each.get("src") or "") for each in following.iter(*_PLAYERS))
    )


@functools.cache
def _attributes(key: Literal["number_attributes", "address_attributes"]) -> frozenset[str]:
    """Return the names of these attributes as they are in an index."""
    return frozenset(f"[{name}]" for name in getattr(player_table(), key))


@functools.cache
def _address() -> re.Pattern[str]:
    """Return the pattern for the address of a film or recording."""
    return re.compile(rf"(?:https?:)?//(?:{'|'.join(player_table().addresses)})[^\s<>\"]*")


def _is_large(element: _Element) -> bool:
    """Return True if an element has more in it than what stands for a player."""
    return next(islice(element.iter(), _MOST_INSIDE, None), None) is not None


def _is_bare(element: _Element) -> bool:
    """Return True if there is no player in an element or around it yet, and no more text than a label."""
    around = islice(element.iterancestors(), _NEAR)
    return (
        not _is_large(element)
        and next(element.iter(*_PLAYERS), None) is None
        and not any(each.tag in _PLAYERS for each in around)
        and len(words_of(element)) <= _LONGEST_LABEL
    )


def _properties_of(item: _Element) -> dict[str, str]:
    """Return the first value of each property of an item, by its name in small letters."""
    found: dict[str, str] = {}
    for each in item.iter():
        if name := each.get("itemprop"):
            value = each.get("content") or each.get("href") or each.get("src") or words_of(each)
            found.setdefault(name.lower(), " ".join(value.split()))
    return found


def _words_in(item: _Element) -> str:
    """Return the words of an item without those of a fallback."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    walker = iterwalk(item, events=("start", "end"))
    for event, each in walker:
        if event == "start" and each.tag in _FALLBACKS:
            walker.skip_subtree()
            continue
        pieces.append((each.text if event == "start" else each.tail if each is not item else "") or "")
    return " ".join("".join(pieces).split())
