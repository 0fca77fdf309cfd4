"""A translation with its original: below each paragraph, next to it, or in notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from feed2doc import model as m
from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import labels
from feed2doc.aligning import FORMS, Form
from feed2doc.aligning.alignment import align
from feed2doc.aligning.originals import named_originals, originals
from feed2doc.aligning.units import Unit, units_of
from feed2doc.errors import OptionError, expect
from feed2doc.model import Document

Row = tuple[m.Blocks, m.Blocks]  # of the translation, and of the original

_BEGINNING = -1
_RUNS = ("content", "caption", "credit", "attribution", "term", "title")


def pair(a: Document, b: Document, *, form: Form = "below") -> Document:
    """Return a translation with its original as one article, paragraph by paragraph.

    `b` is the translation of `a`, unless `a` names `b` as its original. `form` shows the original below each paragraph, in a
    table beside it, or in notes, which e-readers show as pop-ups. What has no counterpart stays in its place, so that nothing
    of either is lost. The text of the original is marked with its language.
    """
    for each in (a, b):
        expect("article", each, Document, hint="read the file first, with feed2doc.read")
    if form not in FORMS:
        raise OptionError(f"form: {form!r} is not one of {', '.join(FORMS)}")
    if named_originals((a, b)) == {0: 1}:
        a, b = b, a
    return _Pair(a, b, form).document()


def with_originals(articles: Sequence[Document], form: Form) -> list[Document]:
    """Return the articles, with each translation and its original as one, in the place of the translation."""
    pairs = originals(articles)
    used = set(pairs.values())
    return [
        pair(articles[pairs[number]], document, form=form) if number in pairs else document
        for number, document in enumerate(articles)
        if number in pairs or number not in used
    ]


class _Pair:
    """Puts the parts of an original among those of its translation."""

    def __init__(self, a: Document, b: Document, form: Form) -> None:
        self._a, self._b, self._form = a, b, form
        groups = align(a, b).groups
        partners = {part: right for left, right in groups for part in left}
        self._continued = {part for _, right in groups for part in right[:-1] if part + 1 in right}
        self._follow: dict[int, list[m.Block]] = {}
        at = _BEGINNING
        others = units_of(b)
        for number, unit in enumerate(units_of(a)):
            at = max(partners.get(number, (at,)))  # what has no counterpart stays with the part before it
            partner = others[at].block if number in partners else None
            self._follow.setdefault(at, []).extend(_shown(unit, a.language, partner))

    def document(self) -> Document:
        """Return both as one article."""
        a, b = self._a, self._b
        above = [*_header(a), *self._follow.get(_BEGINNING, [])]
        number = 0
        for _ in filter(None, (b.standfirst, b.lead)):
            above += self._follow.get(number, [])
            number += 1
        sections: list[m.Section] = []
        for section in b.sections or (m.Section(),):
            heading = section.heading
            if heading:
                heading, more = _joined(heading, self._follow.get(number, []))
                above += more
                number += 1
            rows: list[Row] = [((), tuple(above))] if above else []
            above = []
            begun: m.Blocks = ()
            for block in section.blocks:
                begun = (*begun, block)
                if number not in self._continued or block is section.blocks[-1]:
                    rows.append((begun, tuple(self._follow.get(number, ()))))
                    begun = ()
                number += 1
            blocks = (_table(rows, b.language),) if self._form == "beside" and rows else self._in_order(rows)
            sections.append(msgspec.structs.replace(section, heading=heading, blocks=blocks))
        credits = tuple(
            msgspec.structs.replace(each, text=_in_language(each.text, a.language)) for each in a.credits
        )
        return msgspec.structs.replace(
            b, sections=tuple(sections), credits=(*b.credits, *credits), original_url=b.original_url or a.url
        )

    def _in_order(self, rows: Iterable[Row]) -> m.Blocks:
        found: list[m.Block] = []
        for shown, original in rows:
            last = shown[-1] if shown else None
            if self._form == "notes" and original and isinstance(last, m.Paragraph):
                found += [*shown[:-1], m.Paragraph((*last.content, m.Note(original)))]
            else:
                found += [*shown, *original]
        return tuple(found)


def _header(original: Document) -> Iterator[m.Block]:
    """Yield the headline of the original, and a line with its publication, authors and day."""
    if original.headline:
        yield m.Paragraph((m.Strong(_in_language((m.Text(original.headline),), original.language)),))
    authors = original.byline_text or ", ".join(person.name for person in original.byline)
    day = localized_day(original.published.date(), original.language) if original.published else ""
    if facts := " · ".join(filter(None, (original.publication, authors, day))):
        yield m.Paragraph(_in_language((m.Text(facts),), original.language))


def _table(rows: Iterable[Row], language: str) -> m.Table:
    """Return the rows as a table: the original on the left, the translation on the right."""
    words = labels(language)
    names = ((m.Paragraph((m.Text(words[key]),)),) for key in ("original", "translation"))
    return m.Table(
        (
            tuple(m.Cell(name, header=True) for name in names),
            *((m.Cell(original), m.Cell(shown)) for shown, original in rows),
        )
    )


def _joined(heading: m.Inlines, original: Sequence[m.Block]) -> tuple[m.Inlines, Sequence[m.Block]]:
    """Return a heading with that of the original in a second line, and the other parts of the original."""
    match original:
        case [m.Paragraph((m.Strong(content),)), *rest]:
            return (*heading, m.LineBreak(), *content), rest
        case _:
            return heading, original


def _shown(unit: Unit, language: str, partner: m.Block | None) -> m.Blocks:
    """Return a part of the original in its language. Of a picture that the translation has, too, only other words remain."""
    match unit.block:
        case m.Paragraph(content) if unit.kind == "heading":
            return (m.Paragraph((m.Strong(_in_language(content, language)),)),)
        case m.Figure(caption=caption, credit=credit) if isinstance(partner, m.Figure):
            credit = () if m.plain_text(credit) == m.plain_text(partner.credit) else credit
            words = (*caption, *([m.Text(" ")] if caption and credit else []), *credit)
            return (m.Paragraph(_in_language(words, language)),) if words else ()
        case block:
            marked: m.Block = _in_its_language(block, language)
            return (marked,)


def _in_language(runs: m.Inlines, language: str) -> m.Inlines:
    return (m.Span(runs, language),) if runs else ()


def _in_its_language(node: Any, language: str) -> Any:
    """Return a block with each of its runs of text marked with a language."""
    changed: dict[str, Any] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name in _RUNS and isinstance(value, tuple):
            changed[name] = _in_language(value, language)
        elif name == "lines":
            changed[name] = tuple(_in_language(line, language) for line in value)
        elif isinstance(value, tuple):
            changed[name] = _in_each(value, language)
    return msgspec.structs.replace(node, **changed) if changed else node


def _in_each(values: Sequence[Any], language: str) -> tuple[Any, ...]:
    return tuple(
        _in_each(each, language)
        if isinstance(each, tuple)
        else _in_its_language(each, language)
        if isinstance(each, msgspec.Struct)
        else each
        for each in values
    )
