"""Headings that the source writes as numbered paragraphs: `3. The lamp`, `二、渡轮`, `（三）码头`, or only as numbers: `03`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.numerals import LONGEST_NUMBER, NUMBER, number_of
from feed2doc.env import Trace
from feed2doc.readers._article.headings.bold import SENTENCE_END

NUMBERED = pattern(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．]|(?P<number>\d{1,2})[.．、)）]|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）])"
    r"\s*[^\s\d].{1,60}"
)
# The fewest numbers alone that are bold.
_FEWEST_BOLD = 2
# The fewest such lines, and the length of one, in which a Han character counts twice.
_FEWEST, _LONGEST = 3, 64
_FIRST = frozenset("0123456789第一二三四五六七八九十（(IVX")
_TEXT = (m.Paragraph, m.Figure, m.Quote, m.Embed)


def numbered_to_headings(blocks: m.Blocks, trace: Trace | None) -> m.Blocks:
    """Return the blocks with short numbered lines, or numbers alone, turned into headings, if there are several, each above text."""
    lines = _lines(blocks)
    if len(lines) < _FEWEST_BOLD:
        return blocks
    if numbers := _numbers_alone(blocks, lines):
        return _as_headings(blocks, numbers, "a number alone above text", trace)
    found = dict(_numbered(lines))
    figures = [number for number in found.values() if number]
    is_ordered = figures in (sorted(figures), sorted(figures, reverse=True))
    if (
        len(found) < _FEWEST
        or not is_ordered
        or not all(_is_above_text(blocks, at + 1, found) for at in found)
    ):
        return blocks
    return _as_headings(blocks, found, "a numbered line above text", trace)


def _as_headings(blocks: m.Blocks, found: Iterable[int], rule: str, trace: Trace | None) -> m.Blocks:
    level = min(6, max((block.level for block in blocks if isinstance(block, m.Heading)), default=1) + 1)
    row = list(blocks)
    for at in found:
        if isinstance(line := blocks[at], m.Paragraph):
            row[at] = m.Heading(level, _plain(line.content))
            if trace is not None:
                origin = trace.origin(line)
                trace.made(row[at], rule, origin.element if origin else "")
    return tuple(row)


def _plain(content: m.Inlines) -> m.Inlines:
    """Return the content without the emphasis around all of it, but with its language and direction."""
    if len(content) != 1:
        return content
    only = content[0]
    if isinstance(only, m.Strong | m.Emph):
        return _plain(only.content)
    if isinstance(only, m.Span):
        return (msgspec.structs.replace(only, content=_plain(only.content)),)
    return content


def _lines(blocks: m.Blocks) -> list[tuple[int, str]]:
    """Return the positions and texts of the short paragraphs that may begin with a number."""
    found: list[tuple[int, str]] = []
    for at, block in enumerate(blocks):
        if type(block) is not m.Paragraph:
            continue
        first = block.content[0]
        if type(first) is m.Text and first.value[:1] not in _FIRST:
            continue
        text = m.plain_text(block.content).strip()
        if text[:1] in _FIRST and len(text) <= _LONGEST:
            found.append((at, text))
    return found


def _numbers_alone(blocks: m.Blocks, lines: list[tuple[int, str]]) -> list[int]:
    """Return the positions of paragraphs that only have the numbers 1, 2 and so on, if each is above text."""
    found: list[int] = []
    for at, text in lines:
        number = NUMBER.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
        if number is None:
            continue
        is_next = number_of(number["number"]) == len(found) + 1 and found[-1:] != [at - 1]
        if not is_next or not _has_text_at(blocks, at + 1):
            return []
        found.append(at)
    fewest = _FEWEST_BOLD if all(_is_emphatic(blocks[at]) for at in found) else _FEWEST
    return found if len(found) >= fewest else []


def _is_emphatic(block: m.Block) -> bool:
    return isinstance(block, m.Paragraph) and type(block.content[0]) in (m.Strong, m.Emph, m.Span)


def _has_text_at(blocks: m.Blocks, at: int) -> bool:
    return at < len(blocks) and isinstance(blocks[at], _TEXT)


def _numbered(lines: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the positions of the numbered lines, and their numbers, 0 if not in figures."""
    for at, text in lines:
        line = NUMBERED.fullmatch(text)
        if line and text[-1] not in SENTENCE_END and _width(text) <= _LONGEST:
            yield at, int(line["number"] or 0)


def _width(text: str) -> int:
    return len(text) + len(re.findall("[\u3040-\u9fff\uac00-\ud7a3]", text))


def _is_above_text(blocks: m.Blocks, at: int, found: dict[int, int]) -> bool:
    return at not in found and _has_text_at(blocks, at)
