"""Spaces between the fields of a template, which only a style sheet parts: `<span class="date">4 May</span><span class="time">9:30</span>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.parse import has_more_than, words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_TAGS = ("span", "strong", "b", "label")
_NEXT = frozenset({"span", "a", "time", "strong", "b", "em", "label"})
_PROGRAM = ("code", "pre", "kbd", "samp", "math", "svg", "sup", "sub")
# A class that a person wrote for a field, unlike those of programs (`c12`, `s1`, `SpellE`) and of notes.
_FIELD = pattern(r"(?<![A-Za-z])(?!SpellE|GramE|Mso|[Aa]pple|hljs|tok)[A-Za-z]{4,}")
_NOTE = pattern(r"note|ref|letter|initial|cap(?![a-z])|first")
# How long a word before another field is at least, and how long a row of fields and its number of fields are at most.
_SHORTEST, _LONGEST, _MOST = 2, 120, 12
_STOPS = frozenset(".!?。！？")


def settle_fields(index: Index) -> None:
    """Put a space between the elements of a label and its value, and of two fields, that touch."""
    for tag in _TAGS:
        for element in index.named.get(tag, ()):
            after = element.getnext()
            if after is not None and not element.tail and after.tag in _NEXT and _touch(element, after):
                element.tail = " "


def _touch(element: _Element, after: _Element) -> bool:
    before, words = words_of_few(element), words_of_few(after)
    if len(before) < _SHORTEST or not words:
        return False
    if before[-1] == ":":
        is_one = before[-2].isalpha() and words[0].isalnum()
    else:
        is_one = (
            before[-1].isalnum()
            and (words[0].isupper() or words[0].isdigit())
            and _are_fields(element, after)
        )
    return is_one and next(element.iterancestors(*_PROGRAM), None) is None


def _are_fields(element: _Element, after: _Element) -> bool:
    """Return True if the classes of two elements name different fields of a row."""
    names = element.get("class") or "", after.get("class") or ""
    return (
        names[0] != names[1]  # editors give the parts of a word the same one
        and all(map(_FIELD.search, names))
        and not any(map(_NOTE.search, names))
        and _is_row(element.getparent())
    )


def _is_row(parent: _Element | None) -> bool:
    """Return True for a short line, and no sentence or URL, that has nothing but a few elements."""
    if parent is None or has_more_than(parent, _MOST) or (parent.text or "").strip():
        return False
    if any((each.tail or "").strip() for each in parent):
        return False
    words = words_of_few(parent)
    return 0 < len(words) <= _LONGEST and words[-1] not in _STOPS and "://" not in words
