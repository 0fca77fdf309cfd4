"""Paragraphs that belong to what follows them, so that no page ends between the two."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.wrap import width_of

# Blocks that a line with a colon announces. Pictures are left out, because a page should not end early for them.
_ANNOUNCED = (
    m.BulletList,
    m.CodeBlock,
    m.DefinitionList,
    m.Math,
    m.OrderedList,
    m.Quote,
    m.Table,
    m.Verse,
)
_COLONS = (":", "：")
# At the end of a bold line that is a sentence and not a heading.
_STOPS = (".", "。", "!", "！", "…", "”", "」")


def leads_to(block: m.Block, following: m.Block, line_length: int, *, boxed: bool = False) -> bool:
    """Return True if the block is a line like a heading, or announces what follows it in at most two lines.

    In a box, which pictures of cards begin, any line above a picture belongs to it.
    """
    if not isinstance(block, m.Paragraph) or not block.content:
        return False
    if boxed and isinstance(following, m.Figure | m.Embed):
        return width_of(m.plain_text(block.content)) <= line_length
    last = block.content[-1]
    if (
        isinstance(following, _ANNOUNCED)
        and isinstance(last, m.Text)
        and last.value.rstrip().endswith(_COLONS)
    ):
        return width_of(m.plain_text(block.content)) <= 2 * line_length
    if not all(isinstance(node, m.Strong) for node in block.content):
        return False
    text = m.plain_text(block.content).rstrip()
    return width_of(text) <= line_length and not text.endswith(_STOPS)
