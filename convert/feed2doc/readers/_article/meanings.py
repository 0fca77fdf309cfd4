"""The meaning of elements that rules, or what was found in the tree, give them before they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from feed2doc.readers._html.players.elements import take_poster
from feed2doc.readers._html.players.of_scripts import (
    addressed_players_in,
    is_again,
    numbered_players_in,
    video_objects_in,
)
from feed2doc.readers._html.rewriting.named_headings import named_headings
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.players import players_in
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

# The site rule keys that give an element a meaning, and the builder's name for each meaning.
_KINDS = {
    "standfirst": "standfirst",
    "credits": "credits",
    "photo_credit": "credit",
    "caption": "caption",
    "heading": "heading",
    "paragraph": "paragraph",
    "inline": "inline",
    "quote": "quote",
    "aside": "aside",
    "figure": "figure",
    "note": "note",
    "note_mark": "skip",
    "card": "card",
    "embed": "embed",
}


def meanings_of(
    index: Index,
    rules: Rules,
    poems: Mapping[_Element, str],
    bios: Mapping[_Element, str],
    standfirst: Mapping[_Element, str],
    dropped: Mapping[_Element, str],
    skipped: Iterable[_Element],
    moved: Iterable[_Element],
) -> dict[_Element, tuple[str, str]]:
    """Return the meaning of elements and the rule that says so. Removal takes precedence over any other meaning."""
    marked: dict[_Element, tuple[str, str]] = {}
    selecting = rules.keys_in(index)
    for key, kind in _KINDS.items():
        if key in selecting:
            for element, reason in rules.select(key, index).items():
                marked.setdefault(element, (kind, reason))
                if kind == "embed" and element.tag == "a":
                    take_poster(element)
    for element, reason in bios.items():
        marked.setdefault(element, ("credits", reason))
    for element, reason in named_headings(index, rules).items():
        marked.setdefault(element, ("heading", reason))
    for element, reason in poems.items():
        marked.setdefault(element, ("verse", reason))
    players = addressed_players_in(index) | numbered_players_in(index)
    players |= players_in(index, rules) | video_objects_in(index)
    for element, (url, reason) in players.items():
        if is_again(element, url):
            continue
        element.set("src", url)
        marked[element] = ("embed", reason)
    marked.update((element, ("standfirst", reason)) for element, reason in standfirst.items())
    marked.update((element, ("drop", reason)) for element, reason in dropped.items())
    marked.update((element, ("skip", "")) for element in skipped)
    marked.update((element, ("moved", "")) for element in moved)
    return marked
