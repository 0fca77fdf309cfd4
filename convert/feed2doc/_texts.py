"""The runs of text in blocks, for where blocks have no place: captions, cells of plain formats, search indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from feed2doc.model import (
    Aside,
    Block,
    BulletList,
    Code,
    CodeBlock,
    DefinitionList,
    Document,
    Embed,
    Figure,
    Heading,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    Ruby,
    Rule,
    Table,
    Text,
    plain_text,
)


def texts_of(block: Block) -> list[Inlines]:
    """Every run of inlines in a block, so that no word is lost; some may be empty."""
    match block:
        case Paragraph(content) | Heading(_, content):
            return [content]
        case CodeBlock(value):
            return [(Text(value),)]
        case Figure(_, caption, credit):
            return [caption, credit]
        case BulletList(items) | OrderedList(items):
            return texts_of_all(inner for item in items for inner in item)
        case DefinitionList(items):
            return [
                text
                for item in items
                for text in (item.term, *texts_of_all(b for meaning in item.meanings for b in meaning))
            ]
        case Quote(blocks, attribution):
            return [*texts_of_all(blocks), attribution]
        case Aside(blocks, title):
            return [title, *texts_of_all(blocks)]
        case Table(rows, caption):
            return [caption, *texts_of_all(b for row in rows for cell in row for b in cell.blocks)]
        case Embed(url=url, title=title) if url:
            return [(Link((Text(title or url),), url),)]
        case Embed(title=title):
            return [(Text(title),)] if title else []
        case Rule():
            return []
        case _:
            assert_never(block)


def texts_of_all(blocks: Iterable[Block]) -> list[Inlines]:
    """Every run of inlines in these blocks."""
    return [text for block in blocks for text in texts_of(block)]


def plain_article(document: Document) -> str:
    """The words of an article as it prints them, from headline to credits, a paragraph, caption or cell a line.

    Notes follow at the end. There is no address, label or mark of ours in it.
    """
    runs: list[Inlines] = [(Text(document.headline),), document.standfirst]
    if document.lead:
        runs += texts_of(document.lead)
    for section in document.sections:
        runs += [section.heading, *texts_of_all(section.blocks)]
    runs += [credit.text for credit in document.credits]
    for run in runs:  # which grows while it is gone through: a note may have notes of its own
        runs += [text for note in notes_in(run) for text in texts_of_all(note.blocks)]
    return "\n".join(text for run in runs if (text := printed_text(run, pictures=True)).strip())


def printed_text(inlines: Inlines, *, pictures: bool = False) -> str:
    """The words that every format prints: with the readings of ruby, without notes; the descriptions of `pictures` if asked."""
    return "".join([_printed(node, pictures) for node in inlines])


def _printed(node: Inline, pictures: bool) -> str:
    match node:
        case Ruby(base, text):
            return f"{printed_text(base, pictures=pictures)}({text})"
        case Link(content, url):
            return printed_text(content, pictures=pictures) or url
        case InlineImage() if not pictures:
            return ""
        case Text() | Code() | LineBreak() | InlineImage() | Note():
            return plain_text((node,))
        case _:
            return printed_text(node.content, pictures=pictures)


def notes_in(inlines: Iterable[Inline]) -> Iterator[Note]:
    """The notes in a run of inlines, in order; those inside another note are left out."""
    for node in inlines:
        if isinstance(node, Note):
            yield node
        elif content := getattr(node, "content", None) or getattr(node, "base", None):
            yield from notes_in(content)
