"""Headings and sections: the conversion of a flat sequence of blocks to sections."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.cjk import reading_length
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Trace

_LONGEST_HEADING = 80
# The label of a headline: `[Sport] The ferry is back`.
_LABEL = pattern(r"(?:\[[^\[\]]{1,20}\]|【[^【】]{1,20}】)\s{0,3}(?=\S)")
# An author or a column before a headline: `林海生：港口旧事`.
_BEFORE = pattern(r"[^：:｜|丨]{2,12}[：:｜|丨]\s{0,3}(?=\S{4})")
# How many signs between its parts a headline loses where these are in elements of their own: `Ferry: "It is back"`.
_MOST_SIGNS = 4
# The length of a heading of several sentences that is a paragraph in large letters, and the end of a sentence.
_SHORTEST_PARAGRAPH, _SENTENCE = 160, pattern(r"(?<=\w{3})[.!?…]+[”»’]?\s|[。！？]")


def headings_of_text(blocks: m.Blocks, trace: Trace | None) -> m.Blocks:
    """Return the blocks with headings turned into paragraphs: those of several sentences, or all if they have more text than the paragraphs."""
    if any(isinstance(block, m.Heading) and is_paragraph(block) for block in blocks):
        made = tuple(
            m.Paragraph(block.content) if isinstance(block, m.Heading) and is_paragraph(block) else block
            for block in blocks
        )
        blocks = _traced(blocks, made, "a heading of several sentences", trace)
    headings = [m.plain_text(block.content) for block in blocks if isinstance(block, m.Heading)]
    if not headings:
        return blocks
    long = [words for words in headings if len(words) > _LONGEST_HEADING // 2]
    if len(long) * 2 <= len(headings):
        return blocks
    text = sum(len(m.plain_text(block.content)) for block in blocks if isinstance(block, m.Paragraph))
    if sum(map(len, headings)) <= text:
        return blocks
    made = tuple(m.Paragraph(block.content) if isinstance(block, m.Heading) else block for block in blocks)
    return _traced(blocks, made, "the headings contain the text", trace)


def is_paragraph(heading: m.Heading) -> bool:
    """Return True for a heading of several sentences, which is a paragraph in large letters."""
    text = m.plain_text(heading.content)
    if 2 * len(text) <= _SHORTEST_PARAGRAPH:
        return False
    weight = reading_length(text)
    return weight > _SHORTEST_PARAGRAPH and len(_SENTENCE.findall(f"{text} ")) > 2


def _traced(blocks: m.Blocks, made: m.Blocks, rule: str, trace: Trace | None) -> m.Blocks:
    if trace is not None:
        for old, new in zip(blocks, made, strict=True):
            if new is not old:
                origin = trace.origin(old)
                trace.made(new, rule, origin.element if origin else "")
    return made


def without_headline(blocks: m.Blocks, headline: str) -> tuple[m.Blocks, m.Inlines]:
    """Return the blocks without the headlines that are repeated at the beginning, and those, or ().

    Below one for screen readers there may be one that is seen.
    """
    repeated: m.Inlines = ()
    while True:
        match blocks:
            case (
                m.Heading(_, content) | m.Paragraph((m.Strong(content) | m.Span((m.Strong(content),)),)),
                *rest,
            ) if rest:
                if is_headline(content, headline):
                    blocks, repeated = tuple(rest), repeated + content
                    continue
        return blocks, repeated


def is_headline(content: m.Inlines, headline: str) -> bool:
    """Return True if these inlines have nothing but the headline, perhaps without its label, the author before it or the signs between its parts."""
    if headline == "":
        return False
    words, title = "".join(m.title_text(content).split()), "".join(headline.split())
    for label in filter(None, (_LABEL.match(headline), _BEFORE.match(headline))):
        if words == "".join(headline[label.end() :].split()):
            return True
    if words == title or not words or abs(len(title) - len(words)) > _MOST_SIGNS or words[0] != title[0]:
        return words == title
    return "".join(filter(str.isalnum, words)) == "".join(filter(str.isalnum, title))


def without_edge_rules(blocks: m.Blocks) -> m.Blocks:
    """Return the blocks without rules (`hr`) at both ends, where they separate nothing."""
    start, end = 0, len(blocks)
    while start < end and isinstance(blocks[start], m.Rule):
        start += 1
    while end > start and isinstance(blocks[end - 1], m.Rule):
        end -= 1
    return blocks[start:end]


def into_sections(blocks: m.Blocks, trace: Trace | None = None) -> tuple[m.Section, ...]:
    """Return the sections of these blocks: the blocks before the first heading, then one section per heading.

    A heading is one level below its parent heading, whatever its level in the source, because outlines must not skip levels
    (PDF/UA-1 7.4.2, WCAG 2.2 technique G141).
    """
    above: list[tuple[int, int]] = []  # the open headings: their levels in the source and in the result
    sections: list[m.Section] = []
    heading: m.Heading | None = None
    inside: list[m.Block] = []
    for block in (*blocks, None):
        if block is not None and not isinstance(block, m.Heading):
            inside.append(block)
            continue
        if heading is not None:
            while above and above[-1][0] >= heading.level:
                above.pop()
            level = above[-1][1] + 1 if above else 1
            above.append((heading.level, level))
            sections.append(m.Section(heading.content, level, tuple(inside)))
            if trace is not None and (origin := trace.origin(heading)) is not None:
                trace.made(sections[-1], origin.rule, origin.element)
        elif inside:
            sections.append(m.Section(blocks=tuple(inside)))
        heading, inside = block, []
    return tuple(sections)
