"""A row of blocks with headings among them to sections."""

from __future__ import annotations

from feed2doc._patterns import pattern
from feed2doc._trace import Trace
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
# What an interview's questions begin with: they are bold, but nothing is under them but the answer.
_QUESTION = pattern(r"(?:问|問|答|记者|記者|[QA])\s*[：:]|[QA]\d*[.．]")


def bold_to_headings(blocks: Blocks, rule: str, trace: Trace | None) -> Blocks:
    """The blocks with paragraphs that are bold from end to end, and short, as headings.

    They are one level below the headings that are marked as such.
    """
    level = min(6, max((block.level for block in blocks if isinstance(block, Heading)), default=1) + 1)
    made = tuple(_bold_to_heading(block, level) for block in blocks)
    return _traced(blocks, made, rule, trace)


def headings_of_text(blocks: Blocks, trace: Trace | None) -> Blocks:
    """The blocks with headings as paragraphs where headings hold the text: more words than stand below them."""
    headings = [plain_text(block.content) for block in blocks if isinstance(block, Heading)]
    if not headings:
        return blocks
    text = sum(len(plain_text(block.content)) for block in blocks if isinstance(block, Paragraph))
    long = [words for words in headings if len(words) > _LONGEST_HEADING // 2]
    if len(long) * 2 <= len(headings) or sum(map(len, headings)) <= text:
        return blocks
    made = tuple(Paragraph(block.content) if isinstance(block, Heading) else block for block in blocks)
    return _traced(blocks, made, "the headings hold the text", trace)


def _traced(blocks: Blocks, made: Blocks, rule: str, trace: Trace | None) -> Blocks:
    if trace is not None:
        for old, new in zip(blocks, made, strict=True):
            if new is not old:
                origin = trace.origin(old)
                trace.made(new, rule, origin.element if origin else "")
    return made


def _bold_to_heading(block: Block, level: int) -> Block:
    if not isinstance(block, Paragraph) or not isinstance(block.content[0], Strong):
        return block
    text = plain_text(block.content)
    if len(text) > _LONGEST_HEADING or _QUESTION.match(text):
        return block
    if not all(
        isinstance(n, Strong | LineBreak) or (isinstance(n, Text) and not n.value.strip())
        for n in block.content
    ):
        return block
    content = [inner for n in block.content if isinstance(n, Strong) for inner in n.content]
    return Heading(level, tuple(content)) if content else block


def without_headline(blocks: Blocks, headline: str) -> tuple[Blocks, bool]:
    """The blocks without the headline, if they begin with it once more, and whether they did."""
    match blocks:
        case (Heading(_, content) | Paragraph((Strong(content),)), *rest) if rest:
            if headline and "".join(plain_text(content).split()) == "".join(headline.split()):
                return tuple(rest), True
    return blocks, False


def without_edge_rules(blocks: Blocks) -> Blocks:
    """The blocks without the rules at both ends, which part the article from nothing."""
    start, end = 0, len(blocks)
    while start < end and isinstance(blocks[start], Rule):
        start += 1
    while end > start and isinstance(blocks[end - 1], Rule):
        end -= 1
    return blocks[start:end]


def into_sections(blocks: Blocks, trace: Trace | None = None) -> tuple[Section, ...]:
    """The sections of these blocks: what comes before the first heading, then one for each heading.

    A heading is one level below the one that it stands under, whatever the source calls it: outlines may not
    skip a level (PDF/UA-1 7.4.2, WCAG 2.2 technique G141).
    """
    above: list[tuple[int, int]] = []  # the headings that are open: their levels in the source and here
    sections: list[Section] = []
    heading: Heading | None = None
    inside: list[Block] = []
    for block in (*blocks, None):
        if block is not None and not isinstance(block, Heading):
            inside.append(block)
            continue
        if heading is not None:
            while above and above[-1][0] >= heading.level:
                above.pop()
            level = above[-1][1] + 1 if above else 1
            above.append((heading.level, level))
            sections.append(Section(heading.content, level, tuple(inside)))
            if trace is not None and (origin := trace.origin(heading)) is not None:
                trace.made(sections[-1], origin.rule, origin.element)
        elif inside:
            sections.append(Section(blocks=tuple(inside)))
        heading, inside = block, []
    return tuple(sections)
