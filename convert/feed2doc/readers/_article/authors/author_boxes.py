"""Boxes about the author above the text: name, portrait, office, what the author does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.furniture.page_lines import is_archive
from feed2doc.readers._article.header.elements import is_sentence
from feed2doc.readers._article.header.names import is_east_asian, is_names
from feed2doc.readers._article.header.times import is_label
from feed2doc.readers._article.header.units import Unit, units_of
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._blocks.elements import MEDIA
from feed2doc.readers._html.furniture.parts import author_boxes_above
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index, describe

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_NAME, _LONGEST_OFFICE, _SHORTEST_SENTENCE = 40, 80, 12
_MOST_UNITS = 8
_PORTRAITS = ("figure", "picture", "img")


class AuthorBox(Struct):
    """The content of a box: names, offices, times, and its elements: the biographies, and what is not text."""

    element: str
    rule: str
    names: str = ""
    offices: list[str] = []
    times: list[str] = []
    biographies: list[_Element] = []
    taken: list[Unit] = []
    portraits: list[_Element] = []


def author_boxes(index: Index, rules: Rules, skipped: Collection[_Element]) -> Iterator[AuthorBox]:
    """Yield the boxes above the text that have a name, and a portrait or a sentence about the author."""
    named = rules.worded("biography", index)
    for element, rule in author_boxes_above(index, rules).items():
        if element in skipped or any(each in skipped for each in element.iterancestors()):
            continue
        box = AuthorBox(describe(element), rule)
        if all(_add(unit, box, rules) for unit in _units(element)) and box.names:
            pictures = list(element.iter(*MEDIA))
            tops = [_portrait(each, element) for each in pictures]
            if len(tops) <= 1 and all(each.tag == "img" for each in pictures):
                box.portraits = tops
                if _is_about_author(box, rules) or (box.portraits and element in named):
                    yield box


def _is_about_author(box: AuthorBox, rules: Rules) -> bool:
    """Return True if a biography of the box names its author, or an office, or what the author does."""
    texts = [words_of(each) for each in box.biographies]
    names = [name.split()[0] for name in printed_names(box.names)]
    return any(
        any(name in text for name in names)
        or any(rules.words.find(kind, text) is not None for kind in ("profession", "life"))
        for text in texts
    )


def _units(element: _Element) -> list[Unit | None]:
    found: list[Unit | None] = []
    for unit in units_of(element, ()):
        if unit is None or unit.text:
            found.append(unit)
        if len(found) > _MOST_UNITS:
            return [None]
    return found


def _add(unit: Unit | None, box: AuthorBox, rules: Rules) -> bool:
    """Add a line of a box. Return False if it does not belong to such a box."""
    if unit is None:
        return False
    text = unit.text
    if len(text) >= _SHORTEST_SENTENCE and is_sentence(text):
        box.biographies += unit.elements if unit.is_block else []
        return unit.is_block and bool(box.names)
    for piece in _pieces(unit):
        if not box.names and _is_name(piece):
            box.names = ", ".join(printed_names(piece))
        elif parse_time(piece) is not None:
            box.times.append(piece)
        elif len(piece) > _LONGEST_OFFICE:
            return False
        elif not is_label(piece, rules) and not _is_heading(piece, rules) and not is_archive(piece, rules):
            box.offices.append(piece)
    box.taken.append(unit)
    return True


def _pieces(unit: Unit) -> list[str]:
    """Return the texts of the elements of a line, which a style sheet parts."""
    holder = unit.elements[0] if unit.is_block else None
    children = list(holder) if holder is not None else unit.elements
    loose = [holder.text or "", *(each.tail or "" for each in holder)] if holder is not None else []
    if len(children) < 2 or any(map(str.strip, loose)) or unit.holders:
        return [line for line in unit.text.split("\n") if line]
    return [words for each in children if (words := words_of(each))]


def _is_heading(piece: str, rules: Rules) -> bool:
    """Return True for the words above a box: `About the author`."""
    found = rules.credit(piece)
    return found is not None and found[0].role == "author-bio" and not found[1].groupdict().get("person")


def _is_name(piece: str) -> bool:
    return len(piece) <= _LONGEST_NAME and is_names(piece) and (" " in piece or is_east_asian(piece))


def _portrait(picture: _Element, box: _Element) -> _Element:
    """Return the element of a portrait with what is around it for its sake."""
    while (parent := picture.getparent()) is not None and parent is not box and parent.tag in _PORTRAITS:
        picture = parent
    return picture
