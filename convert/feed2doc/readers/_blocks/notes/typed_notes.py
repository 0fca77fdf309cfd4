"""Notes without links: marks that are typed or raised in the text, and paragraphs below that begin with the same marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.elements import BREAKING, FRAMES, SILENT
from feed2doc.readers._blocks.notes.typed_marks import (
    WEAK,
    has_first,
    is_power,
    marks_in,
    number_of_sign,
    raised_sign,
)
from feed2doc.readers._blocks.notes.typed_runs import Line, is_titled, parts_of, runs_in
from feed2doc.readers._html.line_breaks import split_at
from feed2doc.readers._html.parse import words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_TEXT = frozenset([*SILENT, "pre", "code", "kbd", "samp", "math", "svg", "button", "textarea"])
_BLOCKS = frozenset([*BREAKING, *FRAMES, "br", "li", "p", "td", "th", "dt", "dd"])
_SIGNS = frozenset(["*", "†"])
# The runs that are looked at, from the last on.
_MOST_RUNS = 20
# Paragraphs that may be below notes whose marks enumerations have, too.
_MOST_BELOW = 2
# The forms of marks whose notes may be items of a list, or begin with a number and a stop.
_OF_NUMBERS = ("square", "superscript", "circled")


class _Piece(Struct, frozen=True, eq=False):
    """A text of an element or (`is_tail`) after it. A raised element has a sign, and no text."""

    element: _Element
    is_tail: bool
    text: str
    at_start: bool
    sign: str = ""


class _Mark(Struct, frozen=True, eq=False):
    """A mark in a text, or a raised element."""

    sign: str
    piece: _Piece
    start: int = 0
    end: int = 0
    is_closed: bool = False


def typed_notes(
    index: Index, others: Mapping[_Element, _Element], rules: Rules, account: Account
) -> dict[_Element, _Element] | None:
    """Return the marks of notes to which no links lead, with the elements of the notes, or None. `others` are other notes.

    A mark follows what it is about, and each note has one, in the order of the notes. So enumerations, powers and numbered
    paragraphs are none.
    """
    if "sup" not in index.names and not has_first(account.text):
        return None
    known = {each for pair in others.items() for part in pair for each in part.iter()}
    runs = runs_in(index, known, rules)[-_MOST_RUNS:]
    if not runs:
        return None
    found: dict[_Element, _Element] = {}
    pieces, places = _pieces(
        index.root, {part[0].start for run in runs for part in (run, *parts_of(run))}, known
    )
    since = 0
    paragraphs = index.named.get("p", ())
    for run in runs:
        for part in (run, *parts_of(run)):
            place = places.get(part[0].start, 0)
            is_last = part[-1].block in paragraphs[-_MOST_BELOW - 1 :]
            before = pieces[since:place]
            marks = _marks(part, before, is_titled=is_titled(part[0].block, rules), is_last=is_last)
            if marks:
                since = place
                notes = _notes(part, account)
                found.update(zip(_elements(marks), notes, strict=True))
            # The marks of a whole run end it, and so does a part without marks, from which those after it go on.
            if (marks and part is run) or (not marks and part is not run):
                break
    return found


def _pieces(
    root: _Element, ends: Collection[_Element], known: Set[_Element]
) -> tuple[list[_Piece], dict[_Element, int]]:
    """Return the texts before the last of these elements (`ends`), and the number of texts before each of them."""
    from lxml.etree import iterwalk

    places: dict[_Element, int] = {}
    pieces: list[_Piece] = []
    at_start = True
    walker = iterwalk(root, events=("start", "end"))
    for event, each in walker:
        if each.tag in _BLOCKS:
            at_start = True
        if event == "start":
            if each in ends:
                places[each] = len(pieces)
                if len(places) == len(ends):
                    break
            if each in known or each.tag in _NO_TEXT or (each.tag == "a" and _is_elsewhere(each)):
                walker.skip_subtree()
                at_start = False
            elif each.tag == "sup" and known.isdisjoint(each.iter()):
                pieces.append(_Piece(each, False, "", at_start, raised_sign(words_of_few(each))))
                walker.skip_subtree()
            elif each.text:
                pieces.append(_Piece(each, False, each.text, at_start))
                at_start = at_start and not each.text.strip()
        elif each.tail:
            pieces.append(_Piece(each, True, each.tail, at_start))
            at_start = at_start and not each.tail.strip()
    return pieces, places


def _is_elsewhere(link: _Element) -> bool:
    return not (link.get("href") or "#").startswith("#")


def _marks(run: Sequence[Line], pieces: list[_Piece], *, is_titled: bool, is_last: bool) -> list[_Mark]:
    """Return the marks of all notes of a run, in their order, or none."""
    if marks := _in_order(run, _raised(pieces)):
        return marks
    form = run[0].label.form
    forms: tuple[str, ...] = () if form in ("number", "raised") else (form,)
    if form == "number" and is_titled:
        forms = _OF_NUMBERS
    for each in forms:
        typed = [
            _Mark(mark.sign, piece, mark.start, mark.end, mark.is_closed)
            for piece in pieces
            for mark in marks_in(piece.text, each, at_start=piece.at_start)
        ]
        marks = _in_order(run, typed)
        if marks and (each not in WEAK or (is_last and _is_sure(run, marks, typed))):
            return marks
    return []


def _raised(pieces: list[_Piece]) -> Iterator[_Mark]:
    """Yield the raised elements that may be marks: after a word, and not before one, as in isotopes."""
    before = ""
    for piece in pieces:
        if piece.sign and not piece.at_start and not is_power(before.rstrip(), piece.sign):
            touches_next = before[-1:].isspace() and (piece.element.tail or "")[:1].isalnum()
            if not touches_next and not any(map(_is_elsewhere, piece.element.iter("a"))):
                yield _Mark(piece.sign, piece)
        before = piece.text or before


def _in_order(run: Sequence[Line], marks: Iterable[_Mark]) -> list[_Mark]:
    """Return the first mark of each note after that of the note before, or none if a note has none."""
    found: list[_Mark] = []
    for mark in marks:
        sign = run[len(found)].label.sign
        if mark.sign == sign or ((number := number_of_sign(mark.sign)) and number == number_of_sign(sign)):
            found.append(mark)
            if len(found) == len(run):
                return found
    return []


def _is_sure(run: Sequence[Line], marks: list[_Mark], others: list[_Mark]) -> bool:
    """Return True if marks that may also count the parts of a sentence occur once, and punctuation follows half of them.

    Signs that touch the word before them count nothing. A line that goes on after its number is a sentence about it.
    """
    if run[0].label.form != "sign" and any(line.label.goes_on for line in run):
        return False
    counts = Counter(mark.sign for mark in others)
    return all(counts[mark.sign] == 1 for mark in marks) and (
        marks[0].sign in _SIGNS or 2 * sum(m.is_closed for m in marks) >= len(marks)
    )


def _elements(marks: list[_Mark]) -> Iterator[_Element]:
    """Yield the elements of marks. Those of marks in a text are made, from the last of each text on."""
    made: dict[int, _Element] = {}
    for at, mark in reversed([*enumerate(marks)]):
        piece = mark.piece
        made[at] = piece.element if piece.sign else _cut_out(mark)
    yield from (made[at] for at in range(len(marks)))


def _cut_out(mark: _Mark) -> _Element:
    """Put a mark in a text into an element, without the space before it."""
    element, is_tail = mark.piece.element, mark.piece.is_tail
    text = (element.tail if is_tail else element.text) or ""
    made = element.makeelement("sup")
    made.text = text[mark.start : mark.end].strip()
    if is_tail:
        element.tail = None
        element.addnext(made)
        element.tail = text[: mark.start]
    else:
        element.text = text[: mark.start]
        element.insert(0, made)
    made.tail = text[mark.end :]
    return made


def _notes(run: Sequence[Line], account: Account) -> list[_Element]:
    """Return the elements of the notes of a run, without their labels."""
    notes = [line.block if line.line_break is None else split_at(line.line_break) for line in reversed(run)]
    notes.reverse()
    for note, line in zip(notes, run, strict=True):
        _leave_start(note, line.label.length, account)
    return [_joined([note, *line.more]) if line.more else note for note, line in zip(notes, run, strict=True)]


def _joined(blocks: Sequence[_Element]) -> _Element:
    """Put the paragraphs of a note into one element."""
    made = blocks[0].makeelement("div")
    blocks[0].addprevious(made)
    made.extend(blocks)
    return made


def _leave_start(block: _Element, length: int, account: Account) -> None:
    """Remove the first visible characters of a block, which are the label of a note."""
    from lxml.etree import iterwalk

    for event, each in iterwalk(block, events=("start", "end")):
        name = "text" if event == "start" else "tail"
        if not length or (name == "tail" and each is block):
            return
        text = getattr(each, name) or ""
        end = next(islice((n for n, c in enumerate(text, 1) if not c.isspace()), length - 1, None), len(text))
        length -= len("".join(text[:end].split()))
        account.leave(text[:end])
        setattr(each, name, text[end:] if length else text[end:].lstrip())
