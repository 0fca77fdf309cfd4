"""Explanations of a document: the rule that produced each part, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from msgspec import Struct

from feed2doc import model as m
from feed2doc.env import Diagnostic, Env, Provenance, Trace


class Explained(Struct, frozen=True):
    """One part of a document: its kind, its text, the rule and element that produced it, and the parts inside it."""

    kind: str
    text: str
    rule: str = ""
    element: str = ""
    parts: tuple[Explained, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the fields that are not empty, by name."""
        values = {"kind": self.kind, "text": self.text, "rule": self.rule, "element": self.element}
        parts = [part.as_json() for part in self.parts]
        return {key: value for key, value in values.items() if value} | ({"parts": parts} if parts else {})


class Explanation(Struct, frozen=True):
    """The explanation of a document: its fields, body and credits, what was dropped, and the other diagnostics."""

    fields: tuple[Explained, ...]
    body: tuple[Explained, ...]
    credits: tuple[Explained, ...]
    dropped: tuple[Diagnostic, ...] = ()
    noticed: tuple[Diagnostic, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as `feed2doc explain --json` prints it."""
        return {
            "fields": [part.as_json() for part in self.fields],
            "body": [part.as_json() for part in self.body],
            "credits": [part.as_json() for part in self.credits],
            "dropped": [
                {"rule": d.rule, "message": d.message, "text": d.text, "characters": d.characters}
                for d in self.dropped
            ],
            "noticed": [
                {"kind": d.kind, "rule": d.rule, "message": d.message}
                | ({"text": d.text, "characters": d.characters} if d.kind == "loss" else {})
                for d in self.noticed
            ],
        }


_FIELDS = (
    "headline",
    "url",
    "byline",
    "published",
    "updated",
    "archived",
    "language",
    "publication",
    "standfirst",
    "tags",
    "original_url",
    "id",
)


def explained(document: m.Document, env: Env) -> Explanation:
    """Return the explanation of a document that was read with this environment, whose `trace` the reader filled."""
    trace = env.trace or Trace()
    credits_ = tuple(
        Explained(credit.role, m.plain_text(credit.text), *_rule_of(trace.origin(credit)))
        for credit in document.credits
    )
    return Explanation(
        tuple(_fields(document, trace)),
        tuple(_body(document, trace)),
        credits_,
        tuple(d for d in env.diagnostics if d.kind == "dropped"),
        tuple(d for d in env.diagnostics if d.kind != "dropped"),
    )


def _rule_of(origin: Provenance | None) -> tuple[str, str]:
    return (origin.rule, origin.element) if origin else ("", "")


def _fields(document: m.Document, trace: Trace) -> Iterator[Explained]:
    for name in _FIELDS:
        if value := _shown(name, document):
            yield Explained(name, value, *_rule_of(trace.fields.get(name)))


def _shown(name: str, document: m.Document) -> str:
    if name == "byline":
        return ", ".join(person.name for person in document.byline)
    if name == "standfirst":
        return m.plain_text(document.standfirst)
    if name == "published" and document.published and not document.published_has_time:
        return f"{document.published:%Y-%m-%d} (date only)"
    value = getattr(document, name)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _body(document: m.Document, trace: Trace) -> Iterator[Explained]:
    if document.lead is not None:
        yield Explained("lead", "", parts=(_block(document.lead, trace),))
    for section in document.sections:
        parts = tuple(_block(block, trace) for block in section.blocks)
        if section.heading:
            level = f" (level {section.level})" if section.level > 1 else ""
            title = f"{m.plain_text(section.heading)}{level}"
            yield Explained("section", title, *_rule_of(trace.origin(section)), parts)
        else:
            yield from parts


def _block(block: m.Block, trace: Trace) -> Explained:
    kind = type(block).__name__.lower()
    text, inner = _content(block)
    parts = tuple(_block(each, trace) for each in inner)
    if isinstance(block, m.Figure):
        rows = (("caption", block.caption), ("credit", block.credit))
        parts = tuple(Explained(name, m.plain_text(value)) for name, value in rows if value)
    rule, element = _rule_of(trace.origin(block))
    if (
        not rule and inner
    ):  # a list made for items that were outside any list: use the origin of the first item
        rule = parts[0].rule
    return Explained(kind, " ".join(text.split()), rule, element, parts)


def _content(block: m.Block) -> tuple[str, tuple[m.Block, ...]]:
    """Return the text of the block itself and the blocks inside it."""
    match block:
        case m.Paragraph(content) | m.Heading(_, content):
            return m.plain_text(content), ()
        case m.Figure(image, url=url):
            return f"{image.src if image else '(no picture)'} {url}", ()
        case m.Quote(blocks, attribution):
            return m.plain_text(attribution), blocks
        case m.Aside(blocks, title):
            return m.plain_text(title), blocks
        case m.BulletList(items) | m.OrderedList(items):
            return f"{len(items)} items", tuple(b for item in items for b in item)
        case m.DefinitionList(items):
            terms = ", ".join(m.plain_text(item.term) for item in items)
            return terms, tuple(b for item in items for meaning in item.meanings for b in meaning)
        case m.Table(rows, caption):
            size = f"{len(rows)} rows {m.plain_text(caption)}"
            return size, tuple(b for row in rows for cell in row for b in cell.blocks)
        case m.CodeBlock(value):
            return value, ()
        case m.Math():
            return block.words, ()
        case m.Verse(lines):
            return " / ".join(m.plain_text(line) for line in lines), ()
        case m.Embed(kind, url, title):
            return f"{kind} {title} {url}", ()
        case m.Rule():
            return "", ()
        case _:
            assert_never(block)
