"""The end of an article as Typst source: its last lines are kept with what is below them, or are enough for a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from feed2doc import model as m
from feed2doc._text.wrap import width_of
from feed2doc.model import Document
from feed2doc.writers._shared.lead_ins import leads_to
from feed2doc.writers._shared.page_layout import FEWEST_LINES
from feed2doc.writers.typst.content import TypstContent
from feed2doc.writers.typst.figures import first_picture
from feed2doc.writers.typst.markup import bracketed

# The last paragraphs of which lines may go to the last page together, and what share of their lines is full.
_MOST_PARAGRAPHS, _FILLED = 4, 0.85
# A paragraph of more lines may begin on the page before the last two, where the place of the end of the text cannot be.
_LONG = 8


class Ending(NamedTuple):
    """The last blocks of an article: text, of which lines may be on different pages, and a box that leads to something."""

    text: m.Blocks = ()
    box: m.Blocks = ()

    @property
    def blocks(self) -> int:
        """The number of blocks."""
        return len(self.text) + len(self.box)


def ending_of(document: Document, line_length: int, *, credits: bool) -> Ending:
    """Return the end of the article, without text if its last block is not a paragraph.

    The text is one block if there are `credits` or a box below it, and else as many paragraphs as have the lines of the last page.
    """
    blocks = document.sections[-1].blocks if document.sections else ()
    match blocks:
        case (*above, m.Paragraph() as last, m.Embed(poster=None) as box) if not leads_to(
            last, box, line_length
        ):
            return Ending(_led(above, last, line_length), (box,))
        case (
            *above,
            m.Paragraph() | m.BulletList() | m.OrderedList() | m.Quote(attribution=()) as last,
        ) if first_picture(last, 0)[0] is None:
            return Ending(_led(above, last, line_length) if credits else _last_text(blocks, line_length))
    return Ending()


def _led(above: Sequence[m.Block], last: m.Block, line_length: int) -> m.Blocks:
    """Return the block with the line that leads to it, if it has one: a place between the two would separate them."""
    return (above[-1], last) if above and leads_to(above[-1], last, line_length) else (last,)


def _last_text(blocks: m.Blocks, line_length: int) -> m.Blocks:
    """Return the last list, or the last paragraphs that have more lines than must be on the last page, without notes."""
    found: m.Blocks = ()
    lines = 0
    for block in reversed(blocks[-_MOST_PARAGRAPHS:]):
        is_list = isinstance(block, m.BulletList | m.OrderedList) and not found
        if not (is_list or isinstance(block, m.Paragraph)) or any(
            isinstance(node, m.Note | m.Figure | m.InlineImage) for node in m.walk(block)
        ):
            break
        own = (
            max(1, int(_FILLED * width_of(m.plain_text(block.content)) / line_length))
            if isinstance(block, m.Paragraph)
            else 0
        )
        if lines >= FEWEST_LINES - 1 and own > _LONG:
            break
        found = (block, *found)
        lines += own
        if is_list or lines >= FEWEST_LINES + 2:
            break
    above = blocks[: len(blocks) - len(found)]
    return (*_led(above, found[0], line_length), *found[1:]) if found else ()


def ending_source(ending: Ending, document: Document, place: str, credits: str, content: TypstContent) -> str:
    """Return the last blocks of the article with its credits, some lines of which are on the same page."""
    section = document.sections[-1]
    given = [place]
    boxes = [f"[{content.block(box)}]" for box in ending.box]
    if below := " + ".join(filter(None, [*boxes, credits])):
        given.append(f"below: {below}")
    above, first = section.blocks[: len(section.blocks) - ending.blocks], ending.text[0]
    if not above and section.heading:
        given.append("headed: true")
    elif above and isinstance(above[-1], m.Paragraph) and isinstance(first, m.Paragraph):
        given.append("paragraph: true")
    if any(isinstance(node, m.Note) for node in m.walk(document)):
        given.append("noted: true")
    texts = [content.block(block) for block in ending.text]
    for at, (block, following) in enumerate(pairwise(ending.text)):
        if leads_to(block, following, content.line_length):
            texts[at] = f"#kept-with-next[{texts[at]}]"
    return f"#ending({', '.join(given)}){''.join(map(bracketed, texts))}"
