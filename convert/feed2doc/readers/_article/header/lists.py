"""Bylines that are lists: a name, and a title or place."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.header.units import Unit, units_of
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.names import are_names
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ITEMS, _LONGEST_ITEM, _LONGEST_LABEL = 3, 40, 60
_SENTENCE = pattern(r"[.!?:;,…。！？：；，]$")
_CLASS = pattern(r"byline|author(?!i[tsz])|contributor|writer|reporter", re.I)


def byline_list(index: Index, skipped: Collection[_Element]) -> tuple[_Element, list[str]] | None:
    """Return the list above the text whose first item is a name, and its items, or None.

    The list is next to a time, or its class says what it is.
    """
    lists = [each for each in index.named.get("ul", ())[:2] if each not in skipped]
    items = [words_of(item) for item in lists[0]] if lists else []
    if not 0 < len(items) <= _MOST_ITEMS or not all(0 < len(i) <= _LONGEST_ITEM for i in items):
        return None
    element = lists[0]
    if (
        not are_names(items[0])
        or any(map(_SENTENCE.search, items))
        or any(
            "," in item and are_people(item.partition(",")[0]) for item in items[1:]
        )  # each with an office
        or next(element.iter("a"), None) is not None
    ):
        return None
    before: list[Unit] = []
    inside = False
    for unit in units_of(index.root, skipped):
        if unit is None:
            return None
        if unit.parent is element:
            inside = True
        elif inside:
            is_timed = any(map(_is_time, (unit, *before[-1:])))
            return (element, items) if is_timed or _CLASS.search(element.get("class") or "") else None
        elif unit.text and not unit.is_heading:
            if len(before) > 1 or len(unit.text) > _LONGEST_LABEL or _SENTENCE.search(unit.text):
                return None
            before.append(unit)
    return None


def _is_time(unit: Unit) -> bool:
    elements = [each for top in unit.elements for each in top.iter()]
    return any(each.tag == "time" for each in elements) or parse_time(unit.text) is not None
