"""A row of blocks with headings among them to sections."""

from __future__ import annotations

from feed2doc.model import (
    Block,
    Blocks,
    Heading,
    LineBreak,
    Paragraph,
    Rule,
    Section,
    Strong,
    Text,
    plain_text,
)

_LONGEST_HEADING = 80


def bold_to_headings(blocks: Blocks) -> Blocks:
    """The blocks with paragraphs that are bold from end to end, and short, as headings."""
    return tuple(_bold_to_heading(block) for block in blocks)


def _bold_to_heading(block: Block) -> Block:
    if not isinstance(block, Paragraph) or len(plain_text(block.content)) > _LONGEST_HEADING:
        return block
    if not all(
        isinstance(n, Strong | LineBreak) or (isinstance(n, Text) and not n.value.strip())
        for n in block.content
    ):
        return block
    content = [inner for n in block.content if isinstance(n, Strong) for inner in n.content]
    return Heading(2, tuple(content))


def without_edge_rules(blocks: Blocks) -> Blocks:
    """The blocks without the rules at both ends, which part the article from nothing."""
    start, end = 0, len(blocks)
    while start < end and isinstance(blocks[start], Rule):
        start += 1
    while end > start and isinstance(blocks[end - 1], Rule):
        end -= 1
    return blocks[start:end]


def into_sections(blocks: Blocks) -> tuple[Section, ...]:
    """The sections of these blocks: what comes before the first heading, then one for each heading.

    The levels in use become 1, 2, 3 ... in their order, and none is more than one below the heading before it:
    outlines may not skip a level (PDF/UA-1 7.4.2, WCAG 2.2 technique G141).
    """
    used = sorted({block.level for block in blocks if isinstance(block, Heading)})
    sections: list[Section] = []
    heading: Heading | None = None
    inside: list[Block] = []
    for block in (*blocks, None):
        if block is not None and not isinstance(block, Heading):
            inside.append(block)
            continue
        if heading is not None:
            above = sections[-1].level if sections else 0
            level = min(used.index(heading.level), above) + 1
            sections.append(Section(heading.content, level, tuple(inside)))
        elif inside:
            sections.append(Section(blocks=tuple(inside)))
        heading, inside = block, []
    return tuple(sections)
