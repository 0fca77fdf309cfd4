"""Runs of lines that begin with the labels of notes: `[1] Of hemp.` and `[2] Of wire.` below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from feed2doc.readers._blocks.elements import BREAKING, FRAMES
from feed2doc.readers._blocks.notes.marks import is_note_class
from feed2doc.readers._blocks.notes.typed_marks import Label, label_of, number_of_sign, raised_label
from feed2doc.readers._html.parse import words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_START = 32
# The paragraphs of a note after its first.
_MOST_MORE = 3
_FIRST_SIGNS = ("a", "*", "†")
_TITLES = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "summary")


class Line(Struct, frozen=True, eq=False):
    """A line with its label: a block, the text after a line break in it, or an item of a list of notes without labels.

    `more` are paragraphs below it, before the next label.
    """

    block: _Element
    line_break: _Element | None
    label: Label
    more: tuple[_Element, ...] = ()

    @property
    def start(self) -> _Element:
        """The element that the line begins with, or is after."""
        return self.block if self.line_break is None else self.line_break


def runs_in(index: Index, known: Set[_Element], rules: Rules) -> list[tuple[Line, ...]]:
    """Return the runs of lines with the labels of all notes from the first, in document order. `known` are other notes."""
    found = _runs_of(index.named.get("p", ()), known)
    if not found:
        found = _runs_of(filter(_has_no_blocks, index.named.get("div", ())), known)
    for items in (*index.named.get("ol", ()), *index.named.get("ul", ())):
        lines = [*items.iterchildren("li")]
        if labelled := _runs_of(lines, known):
            found += [run for run in labelled if len(run) == len(lines)]
        elif items.tag == "ol" and (run := _items(items, lines, known, rules)):
            found.append(run)
    return found


def _runs_of(blocks: Iterable[_Element], known: Set[_Element]) -> list[tuple[Line, ...]]:
    """Return the runs of lines with labels in these blocks."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    more: list[_Element] = []
    for block in blocks:
        lines = _lines(block)
        if lines and not known.isdisjoint(block.iter()):
            lines = []
        for line in lines:
            if run and _follows(line.label, run):
                run[-1] = replace(run[-1], more=tuple(more))
                run.append(line)
            else:
                run = [line]
                runs.append(run)
            more = []
        if not lines and run:
            more.append(block)
            if len(more) > _MOST_MORE or block.getprevious() is not (more[-2] if more[1:] else run[-1].block):
                run, more = [], []
    return [tuple(run) for run in runs if _is_first(run[0].label) and not _is_list(run)]


def _has_no_blocks(element: _Element) -> bool:
    return all(each.tag not in BREAKING and each.tag not in FRAMES for each in element)


def parts_of(run: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """Return the parts of a run with text between them, which would be in the notes otherwise, or [] if it has none."""
    ends = [at for at, line in enumerate(run, 1) if line.more]
    return [
        (*run[start : end - 1], replace(run[end - 1], more=()))
        for start, end in pairwise([0, *ends, len(run)])
        if ends
    ]


def is_titled(block: _Element, rules: Rules) -> bool:
    """Return True if the title of notes is directly before a block."""
    before = block.getprevious()
    if before is not None and before.tag == "hr":
        before = before.getprevious()
    return (
        before is not None
        and before.tag in _TITLES
        and rules.words.find("note-title", words_of_few(before)) is not None
    )


def _items(
    items: _Element, notes: Sequence[_Element], known: Set[_Element], rules: Rules
) -> tuple[Line, ...]:
    """Return the items of a list of notes, or () if it is another list."""
    if not is_note_class(items.get("class") or "") and not is_titled(items, rules):
        return ()
    if any(note in known for note in notes):
        return ()
    return tuple(Line(note, None, Label("number", str(at))) for at, note in enumerate(notes, 1))


def _is_first(label: Label) -> bool:
    return number_of_sign(label.sign) == 1 or label.sign in _FIRST_SIGNS


def _follows(label: Label, run: list[Line]) -> bool:
    """Return True if a label is that of the note after a run."""
    last = run[-1].label
    if label.form != last.form:
        return False
    if number := number_of_sign(label.sign):
        return number == number_of_sign(last.sign) + 1
    if label.sign.isalpha():
        return last.sign.isalpha() and ord(label.sign) == ord(last.sign) + 1
    return all(label.sign != line.label.sign for line in run)


def _is_list(run: list[Line]) -> bool:
    """Return True if the lines are part of a list with the same sign before each item."""
    if run[0].label.form != "sign":
        return False
    around = (run[0].block.getprevious(), run[-1].block.getnext())
    labels = [_label(each, None) for each in around if each is not None and each.tag == "p"]
    return any(label is not None and label.form == "sign" for label in labels)


def _lines(block: _Element) -> list[Line]:
    """Return the lines of a block from the first label on, if each has one, or the block if only its beginning has one."""
    first = _label(block, None)
    if first is not None and (words := words_of_few(block)) and not any(map(str.isalpha, words)):
        return []
    lines: list[Line] = []
    for each in block.iterchildren("br", reversed=True):
        if (label := _label(block, each)) is not None:
            lines.append(Line(block, each, label))
        elif not _is_empty(each):
            if first is not None:
                lines = []
            break
    if first is not None:
        lines.append(Line(block, None, first))
    lines.reverse()
    return lines


def _is_empty(line_break: _Element) -> bool:
    """Return True if nothing is in the line after a line break."""
    following = line_break.getnext()
    return not (line_break.tail or "").strip() and (following is None or following.tag == "br")


def _label(block: _Element, line_break: _Element | None) -> Label | None:
    """Return the label that a line begins with, as text or as a raised element."""
    text, element = (
        (block.text, next(iter(block), None))
        if line_break is None
        else (line_break.tail, line_break.getnext())
    )
    for _ in range(3):
        if (text and text.strip()) or element is None or element.tag in ("br", "img"):
            break
        if element.tag == "sup":
            return raised_label(words_of_few(element))
        if len(words := words_of_few(element)) < _START // 2 and not len(element):
            return label_of(f"{words}{element.tail or ''}"[:_START])
        text, element = element.text, next(iter(element), None)
    return label_of(text[:_START]) if text and text.strip() else None
