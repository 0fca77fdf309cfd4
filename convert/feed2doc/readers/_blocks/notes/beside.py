"""Notes that are hidden next to their references until one points at these: `<sup>1<span hidden>In 1950.</span></sup>`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from feed2doc.readers._blocks.notes.marks import is_clear_mark, is_note_class, is_raised, may_be_mark
from feed2doc.readers._html.hidden import is_hidden
from feed2doc.readers._html.parse import words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = frozenset(["sup", "a", "span", "button", "label"])
_NOTES = frozenset(["span", "small", "em", "i", "cite", "aside", "div", "p"])
_SHORTEST = 4
# Attributes of references that name their notes.
_POINTERS = ("aria-describedby", "popovertarget")


def notes_beside(index: Index, marks: Mapping[_Element, _Element], rules: Rules) -> dict[_Element, _Element]:
    """Return the references that have their notes in or next to them, or name the element that describes them.

    `marks` are the references that are known, with their notes.
    """
    found: dict[_Element, _Element] = {}
    known = {*marks, *marks.values()}
    skipped = rules.select("note_mark", index)
    for note in _candidates(index, rules):
        near = _mark_of(note, rules)
        if near is not None and known.isdisjoint((near, note, *near.iter("a"))) and near not in skipped:
            found[near] = note
            known.update((near, note))
    pointing = ((mark, name) for name in _POINTERS for mark in index.named.get(f"[{name}]", ()))
    for mark, name in pointing:
        described = next(iter(index.named.get(f"#{mark.get(name)}", ())), None)
        if (
            described is not None
            and described.tag in _NOTES
            and mark.tag in _MARKS
            and known.isdisjoint((mark, described, *mark.iterancestors("a", "sup"), *mark.iter("a")))
            and skipped.keys().isdisjoint((mark, *mark.iterancestors("a", "sup", "span")))
            and (described.get("role") == "tooltip" or _is_shown_later(described) or is_hidden(described))
            and may_be_mark(words_of_few(mark), rules)
        ):
            found[mark] = described
            known.update((mark, described))
    return found


def _candidates(index: Index, rules: Rules) -> Iterator[_Element]:
    """Yield the elements that may be notes: those that a rule names, and hidden ones."""
    yield from rules.select("note", index)
    for each in chain(*(index.named.get(f"[{name}]", ()) for name in ("hidden", "popover", "style"))):
        if each.tag in _NOTES and (_is_shown_later(each) or "none" in (each.get("style") or "")):
            yield each


def _is_shown_later(element: _Element) -> bool:
    """Return True if the attributes of an element say that it is shown when one asks for it."""
    return element.get("hidden") is not None or element.get("popover") is not None


def _mark_of(note: _Element, rules: Rules) -> _Element | None:
    """Return the reference that a note is in or directly after, if one of them says that it is a note, or None."""
    before: _Element | None = note.getprevious()
    while before is not None and before.tag == "input" and not (before.tail or "").strip():
        before = before.getprevious()
    is_after = before is not None and not (before.tail or "").strip()
    mark = before if is_after else note.getparent()
    if mark is None or mark.tag not in _MARKS or not (text := words_of_few(mark)):
        return None
    words = words_of(note)
    if len(words) < _SHORTEST or not any(map(str.isalpha, words)):
        return None
    if not is_after:
        text = text.removesuffix(words).strip()
    if not text or not may_be_mark(text, rules):
        return None
    around = [note, mark, *mark.iterancestors("sup", "span"), *mark.iter("sup")]
    if note.get("role") == "tooltip" or any(is_note_class(each.get("class") or "") for each in around):
        return mark
    is_sup = any(each.tag == "sup" for each in around)
    return mark if is_sup and (is_clear_mark(text) or is_raised(mark, text)) else None
