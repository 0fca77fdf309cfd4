"""Headings in the paragraph that they are above: a bold line, a line break and the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from feed2doc import model as m
from feed2doc.env import Trace
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.headings.bold import SENTENCE_END
from feed2doc.readers._article.headings.numbered import NUMBERED
from feed2doc.readers._blocks.inlines import lines_in, trim

_FEWEST, _LONGEST = 3, 80
# The same for headings without numbers, and the text below one of these.
_FEWEST_UNNUMBERED, _LONGEST_UNNUMBERED, _SHORTEST_TEXT = 2, 40, 40
# The text allowed after the bold words of a heading.
_AFTER_TITLE = (m.Note, m.InlineImage)


def without_run_in_headings(blocks: m.Blocks, trace: Trace | None) -> m.Blocks:
    """Return the blocks with bold first lines as paragraphs of their own, if there are several.

    Numbers are in ascending order. Without numbers, half of them are above more than one paragraph: entries of a list are not.
    """
    begins_bold = [
        (at, block)
        for at, block in enumerate(blocks)
        if type(block) is m.Paragraph and type(block.content[0]) is m.Strong and len(block.content) > 1
    ]
    if len(begins_bold) < _FEWEST_UNNUMBERED:
        return blocks
    found = {at: parts for at, block in begins_bold if (parts := _parts(block))}
    if not _are_numbered(found) and not _are_above_sections(found):
        return blocks
    return tuple(part for at, block in enumerate(blocks) for part in _split(block, found.get(at), trace))


def _are_numbered(found: dict[int, tuple[m.Inlines, m.Inlines]]) -> bool:
    if len(found) < _FEWEST:
        return False
    titles = [NUMBERED.fullmatch(m.plain_text(title).strip()) for title, _ in found.values()]
    numbers = [int(title["number"] or 0) for title in titles if title]
    return len(numbers) == len(found) and all(a <= b for a, b in pairwise(numbers))


def _are_above_sections(found: dict[int, tuple[m.Inlines, m.Inlines]]) -> bool:
    texts = [m.plain_text(title).strip() for title, _ in found.values()]
    if len({*texts}) < max(len(texts), _FEWEST_UNNUMBERED) or max(map(len, texts)) > _LONGEST_UNNUMBERED:
        return False
    if any(map(are_people, texts)) or any(
        len(m.plain_text(below)) < _SHORTEST_TEXT for _, below in found.values()
    ):
        return False
    long = [b - a > 1 for a, b in pairwise(found)]
    return sum(long) * 2 >= len(long)


def _parts(block: m.Paragraph) -> tuple[m.Inlines, m.Inlines] | None:
    """Return the bold first line and the rest of a paragraph of several lines, or None."""
    text = m.plain_text(block.content[:1]).strip()
    if len(text) > _LONGEST or not text or text[-1] in SENTENCE_END:
        return None
    first, *others = lines_in(block.content)
    title = trim(tuple(node for node in first if type(node) is not m.Text or node.value.strip()))
    if type(title[0]) is not m.Strong or any(type(node) not in _AFTER_TITLE for node in title[1:]):
        return None
    rest: list[m.Inline] = []
    for line in others:
        rest += [*([m.LineBreak()] if rest else []), *line]
    below = trim(tuple(rest))
    return (title, below) if below else None


def _split(
    block: m.Block, parts: tuple[m.Inlines, m.Inlines] | None, trace: Trace | None
) -> Iterator[m.Block]:
    if parts is None:
        yield block
        return
    for content in parts:
        made = m.Paragraph(content)
        if trace is not None and (origin := trace.origin(block)) is not None:
            trace.made(made, origin.rule, origin.element)
        yield made
