"""Headings that the source writes as numbered paragraphs: `3. The lamp`, `二、渡轮`, `（三）码头`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Trace
from feed2doc.readers._article.bold_headings import SENTENCE_END

_NUMBERED = pattern(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．]|(?P<number>\d{1,2})[.．、)）]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）])"
    r"\s*[^\s\d].{1,60}"
)
# The fewest such lines, and the length of one, in which a Han character counts twice.
_FEWEST, _LONGEST = 3, 64
_FIRST = frozenset("0123456789第一二三四五六七八九十（(")
_TEXT = (m.Paragraph, m.Figure, m.Quote, m.Embed)


def numbered_to_headings(blocks: m.Blocks, trace: Trace | None) -> m.Blocks:
    """Return the blocks with short numbered lines turned into headings, if there are several, each above text."""
    found = dict(_numbered(blocks))
    figures = [number for number in found.values() if number]
    is_ordered = figures in (sorted(figures), sorted(figures, reverse=True))
    if (
        len(found) < _FEWEST
        or not is_ordered
        or not all(_is_above_text(blocks, at + 1, found) for at in found)
    ):
        return blocks
    level = min(6, max((block.level for block in blocks if isinstance(block, m.Heading)), default=1) + 1)
    row = list(blocks)
    for at in found:
        if isinstance(line := blocks[at], m.Paragraph):
            row[at] = m.Heading(level, line.content)
            if trace is not None:
                origin = trace.origin(line)
                trace.made(row[at], "a numbered line above text", origin.element if origin else "")
    return tuple(row)


def _numbered(blocks: m.Blocks) -> Iterator[tuple[int, int]]:
    """Yield the positions of the numbered lines, and their numbers, 0 if not in figures."""
    for at, block in enumerate(blocks):
        if type(block) is not m.Paragraph:
            continue
        first = block.content[0]
        if type(first) is m.Text and first.value[:1] not in _FIRST:
            continue
        text = m.plain_text(block.content).strip()
        line = _NUMBERED.fullmatch(text)
        if line and text[-1] not in SENTENCE_END and _width(text) <= _LONGEST:
            yield at, int(line["number"] or 0)


def _width(text: str) -> int:
    return len(text) + len(re.findall("[\u3040-\u9fff\uac00-\ud7a3]", text))


def _is_above_text(blocks: m.Blocks, at: int, found: dict[int, int]) -> bool:
    return at < len(blocks) and at not in found and isinstance(blocks[at], _TEXT)
