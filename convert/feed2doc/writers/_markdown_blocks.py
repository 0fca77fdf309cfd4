"""The blocks of an article as Markdown: lists tight or loose, tables, quotes, figures."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import assert_never

from feed2doc._lists import is_loose
from feed2doc._patterns import pattern
from feed2doc.model import (
    Aside,
    Block,
    Blocks,
    BulletList,
    Code,
    CodeBlock,
    DefinitionList,
    Embed,
    Figure,
    Heading,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
)
from feed2doc.writers._commonmark import (
    Page,
    at_line_start,
    escape,
    heading_line,
    image_of,
    line_of,
    single_line,
    target,
)
from feed2doc.writers._markup import alt_of
from feed2doc.writers._plain import clean, clean_lines
from feed2doc.writers._tables import grid_of

# The largest number that a list item can have (https://spec.commonmark.org/0.31.2/#ordered-list-marker).
_LARGEST_NUMBER = 999_999_999
_LISTS = (BulletList, OrderedList)
# Blocks as they are written, each with its text.
Written = list[tuple[str, Block]]

_STARTS_LIST = pattern(r"(?:[*-]|1[.)]) ")


def blocks_of(blocks: Blocks, page: Page) -> Written:
    """The blocks; two lists in a row get different markers, or they would be one."""
    written: Written = []
    before: Block | None = None
    other = False
    for block in blocks:
        other = type(block) in _LISTS and type(before) is type(block) and not other
        for text in _block(block, page, other):
            if text:
                written.append((text, block))
        before = block
    return written


def text_of(written: Written, *, tight: bool = False) -> str:
    """The blocks parted by blank lines, or none in a tight list."""
    return ("\n" if tight else "\n\n").join(text for text, _ in written)


def _block(block: Block, page: Page, other_marker: bool) -> list[str]:
    match block:
        case Paragraph(content):
            return [line_of(content, page)]
        case Figure():
            return figure_of(block, page)
        case Quote(blocks, attribution):
            inner = [text for text, _ in blocks_of(blocks, page)]
            if attribution:
                inner.append(f"— {single_line(attribution, page)}")
            return [prefixed("\n\n".join(inner), "> ")]
        case BulletList(items):
            rows = [blocks_of(item, page) for item in items]
            return [list_of(rows, loose=is_loose(block), other_marker=other_marker)]
        case OrderedList(items, start):
            first = min(max(start, 0), _LARGEST_NUMBER - len(items))
            rows = [blocks_of(item, page) for item in items]
            return [list_of(rows, start=first, loose=is_loose(block), other_marker=other_marker)]
        case DefinitionList():
            return _definitions(block, page)
        case Table():
            return _table(block, page)
        case CodeBlock(value, language):
            return [_code_block(value, language)]
        case Aside(blocks, title):
            inner = [line_of((Strong(title),), page)] if title else []
            return [prefixed("\n\n".join([*inner, *(text for text, _ in blocks_of(blocks, page))]), "> ")]
        case Embed():
            return _embed(block, page)
        case Rule():
            return ["---"]
        case Heading(level, content):
            text = heading_line(content, page)
            return [f"{'#' * min(level + 1, 6)} {text}" if text else ""]
        case _:
            assert_never(block)


def _code_block(value: str, language: str) -> str:
    """A fence longer than any in it; the info string holds what CommonMark takes as it stands."""
    text = clean_lines(value)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    info = re.sub(r"[\s`\\&]", "", clean(language))
    return f"{fence}{info}\n{text}\n{fence}" if text else f"{fence}{info}\n{fence}"


def _definitions(block: DefinitionList, page: Page) -> list[str]:
    """Each term as a strong line, its meanings below it."""
    written: list[str] = []
    for item in block.items:
        if item.term:
            written.append(line_of((Strong(item.term),), page))
        for meaning in item.meanings:
            written += [text for text, _ in blocks_of(meaning, page)]
    return written


def _embed(embed: Embed, page: Page) -> list[str]:
    """A link to the film, sound or page, below its still picture."""
    label = clean(embed.title) or page.words[embed.kind]
    link = f"[{escape(label, True)}]({target(embed.url)})" if embed.url else at_line_start(escape(label))
    return [*([image_of(embed.poster, label)] if embed.poster else []), link]


def figure_of(figure: Figure, page: Page) -> list[str]:
    """The picture, and below it one paragraph of caption and credit."""
    caption, credit = line_of(figure.caption, page), line_of(figure.credit, page)
    words = f"{caption} — {credit}" if caption and credit else caption or credit
    if figure.image is None:
        return [words]
    picture = image_of(figure.image, alt_of(figure.image, figure, page.words["figure"]))
    return [f"[{picture}]({target(figure.url)})" if figure.url else picture, words]


def list_of(
    rows: list[Written], *, start: int | None = None, loose: bool = False, other_marker: bool = False
) -> str:
    """A list of these items, tight if it may be and all can (https://spec.commonmark.org/0.31.2/#tight)."""
    tight = not loose and all(map(_is_tight, rows))
    written = []
    for number, row in enumerate(rows, start or 0):
        sign = "*" if other_marker else "-"
        marker = sign if start is None else f"{number}{')' if other_marker else '.'}"
        text = prefixed(text_of(row, tight=tight), " " * (len(marker) + 1)).lstrip(" ")
        if row and isinstance(row[0][1], Rule):  # `- ---` is a rule, not an item
            text = "___" + text[3:]
        written.append(f"{marker} {text}".rstrip())
    return ("\n" if tight else "\n\n").join(written)


def _is_tight(row: Written) -> bool:
    """Whether the blocks of an item need no blank lines between them to be blocks of their own."""
    return all(_follows(text, block, before) for (_, before), (text, block) in pairwise(row))


def _follows(text: str, block: Block, before: Block) -> bool:
    """Whether this block begins without a blank line below the one before it."""
    match before, block:
        case (CodeBlock() | Heading() | Rule(), _) | (
            (Paragraph() | Figure() | BulletList() | OrderedList()),
            Quote() | Aside(),
        ):
            return True
        case (DefinitionList(), _):  # which may end in anything
            return False
        case (_, CodeBlock() | Heading()):
            return True
        case (_, BulletList() | OrderedList()):
            # An empty item, or a number other than 1, does not end a paragraph.
            return _STARTS_LIST.match(text) is not None
    return False


def prefixed(text: str, prefix: str) -> str:
    """The text with this before each line; before an empty one without the spaces at its end."""
    if "\n" not in text:
        return (prefix + text).rstrip() if not text else prefix + text
    return "\n".join((prefix + line).rstrip() if not line else prefix + line for line in text.split("\n"))


def _table(table: Table, page: Page) -> list[str]:
    """A GFM table (https://github.github.com/gfm/#tables-extension-): spans leave empty cells behind them."""
    caption = [line_of(table.caption, page)] if table.caption else []
    grid = grid_of(table.rows)
    width = max(map(len, grid), default=0)
    if not width:
        return caption
    rows = [[_cell(cell.blocks, page) if cell else "" for cell in row] for row in grid]
    has_head = all(cell is None or cell.header for cell in grid[0])
    head, body = (rows[0], rows[1:]) if has_head else ([""] * width, rows)
    aligned = [next((cell.align for row in grid if (cell := row[i])), "") for i in range(width)]
    rule = [{"left": ":--", "center": ":-:", "right": "--:"}.get(a, "---") for a in aligned]
    lines = ["| " + " | ".join(row) + " |" for row in (head, rule, *body)]
    return [*caption, "\n".join(lines)]


def _cell(blocks: Blocks, page: Page) -> str:
    """A cell's blocks in one line: a GFM cell holds inlines only, and a bar in it is escaped wherever it stands."""
    page.in_cell = True
    text = " ".join(word for block in blocks for word in _in_cell(block, page) if word)
    page.in_cell = False
    return re.sub(r"(\\?)\|", lambda m: "\\&#124;" if m[1] else "\\|", text).strip(" ")


def _in_cell(block: Block, page: Page) -> list[str]:
    match block:
        case Paragraph(content) | Heading(_, content):
            return [single_line(content, page)]
        case CodeBlock(value):
            return [single_line((Code(" ".join(value.split())),), page)]
        case Figure():
            return figure_of(block, page)
        case Embed():
            return _embed(block, page)
        case Quote(blocks, attribution):
            return [*_all_in_cell(blocks, page), single_line(attribution, page)]
        case Aside(blocks, title):
            return [single_line((Strong(title),), page), *_all_in_cell(blocks, page)]
        case BulletList(items) | OrderedList(items):
            return [text for item in items for text in _all_in_cell(item, page)]
        case DefinitionList(items):
            return [
                text
                for item in items
                for text in (
                    single_line((Strong(item.term),), page),
                    *(t for meaning in item.meanings for t in _all_in_cell(meaning, page)),
                )
            ]
        case Table(rows, caption):
            cells = [text for row in rows for cell in row for text in _all_in_cell(cell.blocks, page)]
            return [single_line(caption, page), *cells]
        case Rule():
            return []
        case _:
            assert_never(block)


def _all_in_cell(blocks: Blocks, page: Page) -> list[str]:
    return [text for block in blocks for text in _in_cell(block, page)]
