"""Headings that are short paragraphs without any markup, as in reprinted articles and text typed without a toolbar."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern
from feed2doc.env import Trace

_RULE = "short lines between paragraphs"
# Lengths in columns, in which a Han character or kana counts twice.
_LONGEST, _SHORTEST_TEXT, _FEWEST = 56, 60, 3
_MOST_CHARACTERS = 40
# A line with a label, a handle or a price is not a heading; a date has several digits in a row.
_OTHER_LINE = pattern(r"[:：@＠#＃$€¥|｜/／=＝]|\d\d\D+\d|\d{5}")


def short_lines_to_headings(blocks: m.Blocks, trace: Trace | None) -> m.Blocks:
    """Return the blocks with short lines between paragraphs turned into headings, if the article has no other headings.

    There are several, each without an end of a sentence, below a sentence and above a longer paragraph or a picture. One short
    line more that is not such a heading means that the lines are something else: a list, a poem, names.
    """
    lines = {at for at, block in enumerate(blocks) if _is_line(block)}
    if len(lines) < _FEWEST or any(isinstance(block, m.Heading) for block in blocks):
        return blocks
    if not all(_is_between(blocks, at, lines) for at in lines):
        return blocks
    row = list(blocks)
    for at in lines:
        if isinstance(line := blocks[at], m.Paragraph):
            row[at] = m.Heading(2, line.content)
            if trace is not None:
                origin = trace.origin(line)
                trace.made(row[at], _RULE, origin.element if origin else "")
    return tuple(row)


def _is_line(block: m.Block) -> bool:
    """Return True for a short paragraph of plain text that begins with a letter and does not end like a sentence."""
    if type(block) is not m.Paragraph or len(block.content) != 1 or type(block.content[0]) is not m.Text:
        return False
    text = block.content[0].value.strip()
    return 0 < len(text) <= _LONGEST and text[0].isalnum() and (text[-1].isalnum() or text[-1] in "%％")


def _is_between(blocks: m.Blocks, at: int, lines: set[int]) -> bool:
    """Return True for a heading: no label, below a sentence or at the beginning, and above text."""
    if at + 1 == len(blocks) or at + 1 in lines or at - 1 in lines:
        return False
    text, below = m.plain_text(_content(blocks[at])).strip(), blocks[at + 1]
    if _OTHER_LINE.search(text) or _width(text) > _LONGEST:
        return False
    if at and _content(blocks[at - 1]) == ():  # a caption below a picture, or a name below a quotation
        return False
    return type(below) is m.Figure or _width(m.plain_text(_content(below))) >= _SHORTEST_TEXT


def _content(block: m.Block) -> m.Inlines:
    return block.content if isinstance(block, m.Paragraph) else ()


def _width(text: str) -> int:
    return len(text) + sum(map(is_character, text[:_MOST_CHARACTERS]))
