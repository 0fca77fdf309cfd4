"""Notes with their labels in cells or terms of their own: `<dt>1</dt><dd>In 1950.</dd>`, as Docutils writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = ("h3", "h4", "h5", "h6")
_AROUND, _CELLS = ("dt", "td", "th", "tr", "table", *_HEADINGS), ("td", "th")
# The text after a label. A label in a heading has a paragraph after it, as in Texinfo.
_NOTES = {"dt": "dd", "td": "td", "th": "td"}
_SIGNS = "[]()（）【】〔〕.:^ "


def settle_cells(
    links: Iterable[_Element],
    places: dict[str, _Element],
    is_reference: Callable[[_Element, str, _Element, _Element], bool],
) -> set[_Element]:
    """Move the labels that these links lead to into their notes, and make the notes the places of these names.

    `is_reference` returns True if a link with these words, its target and the label of that belong to a note. Return the
    elements of the labels.
    """
    labels: set[_Element] = set()
    for link in links:
        name = (link.get("href") or "#")[1:]
        target = places.get(name)
        if target is None:
            continue
        pair = _pair_of(target)
        words = words_of_few(link)
        if pair is None or words_of_few(pair[0]).strip(_SIGNS) != words.strip(_SIGNS):
            continue
        if is_reference(link, words, target, pair[0]):
            places[name] = pair[1]
            labels.add(_moved(*pair))
    return labels


def _pair_of(target: _Element) -> tuple[_Element, _Element] | None:
    """Return the label that is or contains an element, or begins it, and the note after the label, or None."""
    around: _Element | None = target
    if target.tag not in _AROUND:
        around = next(target.iterancestors(*_AROUND, "li", "p", "div"), None)
    if around is None or around.tag not in _AROUND:
        return None
    if around.tag in ("tr", "table"):
        if around is not target:
            return None
        cells = list(islice(around.iter(*_CELLS), 3))
        return (cells[0], cells[1]) if len(cells) == 2 else None
    note = around.getnext()
    if note is None or note.tag != _NOTES.get(around.tag, "p"):
        return None
    is_row = around.getprevious() is None and note.getnext() is None  # with two cells
    return (around, note) if around.tag not in _CELLS or is_row else None


def _moved(label: _Element, note: _Element) -> _Element:
    """Put the content of a label at the beginning of its note, in a new element, and return that."""
    made = label.makeelement("span")
    made.text, made[:] = label.text, list(label)
    made.tail, note.text = note.text, None
    note.insert(0, made)
    holder = label.getparent()
    if holder is not None:
        holder.remove(label)
    return made
