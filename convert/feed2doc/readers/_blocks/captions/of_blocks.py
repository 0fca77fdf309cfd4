"""Captions that were read as blocks: their text as one line, and the pictures and embeds among it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feed2doc import model as m
from feed2doc.readers._blocks.inlines import without_bold


def caption_of(blocks: m.Blocks) -> m.Inlines:
    """Return the inlines of these blocks as one sequence, with line breaks between paragraphs.

    The pictures and embeds among the blocks are those of `media_of`.
    """
    if len(blocks) == 1 and type(only := blocks[0]) is m.Paragraph:  # as most are
        return without_bold(only.content)
    row: list[m.Inline] = []
    embeds = Counter(
        text for each in media_of(blocks) if isinstance(each, m.Embed) for text in m.texts_of(each)
    )
    for block in blocks:
        for inlines in m.texts_of(block):
            if embeds[inlines]:
                embeds[inlines] -= 1
                continue
            if row and inlines:
                row.append(m.LineBreak())
            row += inlines
    return tuple(row)


def media_of(part: object) -> Iterator[m.Figure | m.Embed]:
    """Yield the pictures, without their captions, and the embeds in these blocks, but not those in notes."""
    match part:
        case m.Figure(m.Image() as image, url=url):
            yield m.Figure(image, url=url)
        case m.Embed():
            yield part
        case tuple():
            for each in part:
                if type(each) is not m.Paragraph:  # as most are
                    yield from media_of(each)
        case m.Quote(inner) | m.Aside(inner) | m.Cell(inner) | m.Definition(_, inner) | m.Table(inner):
            yield from media_of(inner)
        case m.BulletList(items) | m.OrderedList(items) | m.DefinitionList(items):
            yield from media_of(items)
