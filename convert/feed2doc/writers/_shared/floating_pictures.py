"""Pictures that may be below the next paragraphs, so that these fill a page on which the picture does not fit.

The pictures of books do so too. Where a text and a picture may refer to each other, the picture stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from feed2doc import model as m
from feed2doc._locale.picture_references import refers_to_picture
from feed2doc._text.wrap import width_of

# A paragraph of fewer lines may be the caption of a picture that has none.
_FEWEST_LINES = 3
_MOST_PARAGRAPHS = 4
_COLONS = (":", "：")


def floating_pictures(document: m.Document, line_length: int) -> Mapping[int, int]:
    """Return below how many of the paragraphs that follow them figures may be, by their ids. Lines have so many letters.

    The figure is then neither next to another one nor the end of the text.
    """
    found = {}
    for section in document.sections:
        for at, block in enumerate(section.blocks):
            if not isinstance(block, m.Figure) or block.image is None:
                continue
            above = section.blocks[at - 1] if at else None
            if isinstance(above, m.Paragraph) and not _is_apart(above, document.language):
                continue
            below = section.blocks[at + 1 :]
            past = _paragraphs_apart(below, document.language)
            end = below[past] if past < len(below) else None
            if isinstance(end, m.Figure | m.Embed) or (end is None and section is document.sections[-1]):
                past -= 1
            if past > 0 and (block.caption or _is_long(below[0], line_length)):
                found[id(block)] = past
    return found


def _paragraphs_apart(blocks: m.Blocks, language: str) -> int:
    """Return how many paragraphs at the start of these blocks are not about a picture above them."""
    count = 0
    for block in blocks[:_MOST_PARAGRAPHS]:
        if not isinstance(block, m.Paragraph) or not _is_apart(block, language):
            break
        count += 1
    return count


def _is_long(block: m.Block, line_length: int) -> bool:
    return isinstance(block, m.Paragraph) and (
        width_of(m.plain_text(block.content)) >= _FEWEST_LINES * line_length
    )


def _is_apart(paragraph: m.Paragraph, language: str) -> bool:
    """Return True if a paragraph neither leads to what is below it, as a bold line does, nor is about a picture."""
    text = m.plain_text(paragraph.content).rstrip()
    is_heading = all(isinstance(node, m.Strong) for node in paragraph.content)
    return not is_heading and not text.endswith(_COLONS) and not refers_to_picture(text, language)
