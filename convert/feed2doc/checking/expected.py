"""The texts of an article that an output has to show, each with its kind and where it is in the article."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from feed2doc import model as m
from feed2doc._locale.dates import iso_time, localized_time, published_text
from feed2doc.checking._formulas import forms_of

_LONGEST_HEADING = 30


class Piece(msgspec.Struct, frozen=True):
    """One text: its words, its kind (for example "caption"), and the heading above it.

    `table` is the number of the table that contains it, or 0. `number` is its number among the `many` texts of its
    kind. A formula, which comes after the text that it is in, is one of the `forms`.
    """

    kind: str
    text: str
    heading: str = ""
    table: int = 0
    number: int = 1
    many: int = 1
    forms: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The kind and place of the text, for a message."""
        name = self.kind if self.many == 1 else f"{self.kind} {self.number} of {self.many}"
        return f"{name}, under “{self.heading}”" if self.heading else name


class Fact(msgspec.Struct, frozen=True):
    """A fact in an article's head, which each format orders and words in its own way: one of its `forms` has to be there."""

    kind: str
    forms: tuple[str, ...]


def facts_of(document: m.Document) -> list[Fact]:
    """Return headline, byline as it is printed, time and publication, as far as the article has them."""
    facts = [Fact("headline", (document.headline,))]
    facts += [Fact("byline", (person.name,)) for person in document.byline]
    if document.published:
        time = document.published
        long = localized_time(time, document.published_has_time, document.language)
        facts.append(
            Fact("time", (long, published_text(document), iso_time(time), iso_time(time, has_time=False)))
        )
    facts.append(Fact("publication", (document.publication,)))
    return [fact for fact in facts if fact.forms[0].strip()]


def pieces_of(document: m.Document) -> list[Piece]:
    """Return all texts below the head, in the order that all formats share; notes come at the end."""
    found = list(_Walk().article(document))
    many = Counter(piece.kind for piece in found)
    so_far: Counter[str] = Counter()
    numbered = []
    for piece in found:
        so_far[piece.kind] += 1
        numbered.append(msgspec.structs.replace(piece, number=so_far[piece.kind], many=many[piece.kind]))
    return numbered


class _Place(msgspec.Struct, frozen=True):
    """The context of a paragraph: what kind it is reported as, and the number of the table around it."""

    kind: str = "paragraph"
    table: int = 0


class _Walk:
    """Walks through an article; keeps track of the current heading, the notes to come, and the number of tables."""

    def __init__(self) -> None:
        self._heading = ""
        self._tables = 0
        self._notes: deque[m.Note] = deque()

    def article(self, document: m.Document) -> Iterator[Piece]:
        yield from self._text("standfirst", document.standfirst, 0)
        if document.lead:
            yield from self._block(document.lead, _Place())
        for section in document.sections:
            self._heading = ""
            yield from self._text("heading", section.heading, 0)
            self._heading = _short(section.heading)
            yield from self._blocks(section.blocks, _Place())
        self._heading = ""
        for credit in document.credits:
            yield from self._text("credit", credit.text, 0)
        while self._notes:
            yield from self._blocks(self._notes.popleft().blocks, _Place("note"))

    def _text(self, kind: str, inlines: m.Inlines, table: int) -> Iterator[Piece]:
        self._notes += m.notes_in(inlines)
        if text := m.printed_text(inlines).strip():
            yield Piece(kind, text, self._heading, table)
        for formula in m.formulas_in(inlines):
            yield from self._formula(formula, table)

    def _formula(self, formula: m.Math, table: int) -> Iterator[Piece]:
        if forms := forms_of(formula):
            yield Piece("formula", formula.words, self._heading, table, forms=forms)

    def _blocks(self, blocks: Iterable[m.Block], place: _Place) -> Iterator[Piece]:
        for block in blocks:
            yield from self._block(block, place)

    def _block(self, block: m.Block, place: _Place) -> Iterator[Piece]:
        table = place.table
        match block:
            case m.Paragraph() | m.Verse() | m.Math():
                for run in m.texts_of(block):
                    yield from self._text(place.kind, run, table)
            case m.Heading(_, content):
                yield from self._text("heading", content, table)
            case m.CodeBlock(value):
                yield from self._text("program text", (m.Text(value),), table)
            case m.Figure(_, caption, credit):
                yield from self._text("caption", caption, table)
                yield from self._text("picture credit", credit, table)
            case m.Quote(blocks, attribution):
                yield from self._blocks(blocks, _within("quotation", place))
                yield from self._text("source of a quotation", attribution, table)
            case m.BulletList(items) | m.OrderedList(items):
                for item in items:
                    yield from self._blocks(item, _within("list item", place))
            case m.DefinitionList(items):
                for each in items:
                    yield from self._text("term", each.term, table)
                    for meaning in each.meanings:
                        yield from self._blocks(meaning, _within("definition", place))
            case m.Aside(blocks, title):
                yield from self._text("title of a box", title, table)
                yield from self._blocks(blocks, _within("box", place))
            case m.Table():
                yield from self._table(block, place)
            case m.Embed(title=title):
                yield from self._text("title of an embed", (m.Text(title),), table)
            case m.Rule():
                pass
            case _:
                assert_never(block)

    def _table(self, table: m.Table, place: _Place) -> Iterator[Piece]:
        if not place.table:
            self._tables += 1
        number = place.table or self._tables
        yield from self._text("caption of a table", table.caption, number)
        for row in table.rows:
            for cell in row:
                yield from self._blocks(cell.blocks, _Place("cell", number))


def _within(kind: str, place: _Place) -> _Place:
    """Return the context inside a block of this kind; everything in a cell or note keeps that kind."""
    return place if place.kind in ("cell", "note") else _Place(kind, place.table)


def _short(heading: m.Inlines) -> str:
    text = " ".join(m.printed_text(heading).split())
    return text if len(text) <= _LONGEST_HEADING else text[: _LONGEST_HEADING - 1] + "…"
