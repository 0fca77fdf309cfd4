"""The blocks of an article as Markdown: tight and loose lists, tables, quotes, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import assert_never

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import clean, clean_lines
from feed2doc.writers._shared.code_languages import code_language
from feed2doc.writers._shared.escape import alt_of
from feed2doc.writers._shared.tables import alignments, grid_of
from feed2doc.writers.markdown.escapes import at_line_start, code_for_hugo, escape, is_link_target, target
from feed2doc.writers.markdown.inlines import (
    RenderContext,
    heading_line,
    image_of,
    line_of,
    single_line,
)

# The largest number that a list item can have (https://spec.commonmark.org/0.31.2/#ordered-list-marker).
_LARGEST_NUMBER = 999_999_999
_LISTS = (m.BulletList, m.OrderedList)
# Blocks with their rendered text.
Written = list[tuple[str, m.Block]]

_STARTS_LIST = pattern(r"(?:[*-]|1[.)]) ")


def blocks_of(blocks: m.Blocks, page: RenderContext) -> Written:
    """Return the rendered blocks; two adjacent lists get different markers, or they would merge into one."""
    written: Written = []
    before: m.Block | None = None
    other = False
    for block in _without_definitions(blocks):
        follows = type(block) in _LISTS and type(before) is type(block)
        texts = [text for text in _block(block, page, follows and not other) if text]
        if texts:  # else nothing separates the lists before and after it
            before, other = block, (follows and not other) ^ (len(texts) % 2 == 0)
        written += [(text, block) for text in texts]
    return written


def text_of(written: Written, *, tight: bool = False) -> str:
    """Return the blocks separated by blank lines, or without blank lines in a tight list."""
    return ("\n" if tight else "\n\n").join(text for text, _ in written)


def _block(block: m.Block, page: RenderContext, other_marker: bool) -> list[str]:
    match block:
        case m.Paragraph(content):
            return [line_of(content, page)]
        case m.Figure():
            return figure_of(block, page)
        case m.Quote(blocks, attribution):
            inner = [text for text, _ in blocks_of(blocks, page)]
            if attribution:
                inner.append(f"— {single_line(attribution, page)}")
            return [prefixed("\n\n".join(inner), "> ")]
        case m.BulletList(items):
            rows = [blocks_of(item, page) for item in items]
            return [list_of(rows, tasks=block.tasks, loose=m.is_loose(block), other_marker=other_marker)]
        case m.OrderedList(items):
            return _numbered(block, page, other_marker)
        case m.DefinitionList():
            return []  # paragraphs take its place
        case m.Table():
            return _table(block, page)
        case m.CodeBlock(value, language):
            return [_code_block(value, language, page)]
        case m.Math():
            return [line_of((block,), page)]
        case m.Verse(lines):
            return _verse(lines, page)
        case m.Aside(blocks, title):
            inner = [line_of((m.Strong(title),), page)] if title else []
            return [prefixed("\n\n".join([*inner, *(text for text, _ in blocks_of(blocks, page))]), "> ")]
        case m.Embed():
            return _embed(block, page)
        case m.Rule():
            return ["---"]
        case m.Heading(level, content):
            text = heading_line(content, page)
            return [f"{'#' * min(level + 1, 6)} {text}" if text else ""]
        case _:
            assert_never(block)


def _numbered(block: m.OrderedList, page: RenderContext, other_marker: bool) -> list[str]:
    """Return a numbered list. CommonMark counts by itself, so a new list begins at each number that does not follow."""
    rows = [blocks_of(item, page) for item in block.items]
    tasks = block.tasks or (None,) * len(rows)
    numbers = m.item_numbers(block)
    starts = [at for at, n in enumerate(numbers) if not at or n != numbers[at - 1] + 1]
    lists = []
    for at, end in pairwise([*starts, len(rows)]):
        first = min(max(numbers[at], 0), _LARGEST_NUMBER - len(rows))
        lists.append(
            list_of(
                rows[at:end],
                start=first,
                tasks=tasks[at:end],
                loose=m.is_loose(block),
                other_marker=other_marker,
            )
        )
        other_marker = not other_marker
    return lists


def _verse(lines: tuple[m.Inlines, ...], page: RenderContext) -> list[str]:
    """Return each stanza as a paragraph."""
    broken = ([node for line in stanza for node in (m.LineBreak(), *line)] for stanza in m.stanzas_of(lines))
    return [line_of(tuple(stanza[1:]), page) for stanza in broken]


def _code_block(value: str, language: str, page: RenderContext) -> str:
    """Return a code fence longer than any in the code, or its lines as text if Hugo would run something in it."""
    given = clean_lines(value)
    text = code_for_hugo(given) if page.for_hugo else given
    if text is None:
        lines = given.replace(" ", "\u00a0").split("\n")
        return "\\\n".join(at_line_start(escape(clean(line))) for line in lines if line)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    info = code_language(language)
    return f"{fence}{info}\n{text}\n{fence}" if text else f"{fence}{info}\n{fence}"


def _without_definitions(blocks: m.Blocks) -> Iterator[m.Block]:
    """Yield the blocks with each term of a definition list as a line in bold, and its meanings below it."""
    for block in blocks:
        if not isinstance(block, m.DefinitionList):
            yield block
            continue
        for item in block.items:
            if item.term:
                yield m.Paragraph((m.Strong(item.term),))
            for meaning in item.meanings:
                yield from _without_definitions(meaning)


def _embed(embed: m.Embed, page: RenderContext) -> list[str]:
    """Return a link to the video, audio or page, below its poster image."""
    label = clean(embed.title) or page.words[embed.kind]
    link = (
        f"[{escape(label, True)}]({target(embed.url)})"
        if embed.url and is_link_target(embed.url)
        else at_line_start(escape(label))
    )
    return [*([image_of(embed.poster, label)] if embed.poster else []), link]


def figure_of(figure: m.Figure, page: RenderContext) -> list[str]:
    """Return the picture, followed by a paragraph with caption and credit."""
    caption, credit = line_of(figure.caption, page), line_of(figure.credit, page)
    words = f"{caption} — {credit}" if caption and credit else caption or credit
    if figure.image is None:
        return [words]
    picture = image_of(figure.image, alt_of(figure.image, figure, page.words["figure"]))
    return [
        f"[{picture}]({target(figure.url)})" if figure.url and is_link_target(figure.url) else picture,
        words,
    ]


def list_of(
    rows: list[Written],
    *,
    start: int | None = None,
    tasks: tuple[bool | None, ...] = (),
    loose: bool = False,
    other_marker: bool = False,
) -> str:
    """Return a list of these items, tight if allowed and possible (https://spec.commonmark.org/0.31.2/#tight)."""
    if tasks:
        rows = list(map(_with_task, rows, tasks))
    tight = not loose and all(map(_is_tight, rows))
    written = []
    for number, row in enumerate(rows, start or 0):
        sign = "*" if other_marker else "-"
        marker = sign if start is None else f"{number}{')' if other_marker else '.'}"
        text = prefixed(text_of(row, tight=tight), " " * (len(marker) + 1)).lstrip(" ")
        if row and isinstance(row[0][1], m.Rule):  # `- ---` is a thematic break, not an item
            text = "___" + text[3:]
        written.append(f"{marker} {text}".rstrip())
    return ("\n" if tight else "\n\n").join(written)


def _with_task(row: Written, done: bool | None) -> Written:
    """Return the item with its checkbox (https://github.github.com/gfm/#task-list-items-extension-)."""
    if done is None:
        return row
    box = "[x]" if done else "[ ]"
    match row:
        case [(text, m.Paragraph() as first), *rest]:
            return [(f"{box} {text}", first), *rest]
    return [(box, m.Paragraph((m.Text(box),))), *row]


def _is_tight(row: Written) -> bool:
    """Return True if the blocks of an item stay separate without blank lines between them."""
    return all(_follows(text, block, before) for (_, before), (text, block) in pairwise(row))


def _follows(text: str, block: m.Block, before: m.Block) -> bool:
    """Return True if this block can follow the one before it without a blank line."""
    match before, block:
        case (m.CodeBlock() | m.Heading() | m.Rule(), _) | (
            (m.Paragraph() | m.Figure() | m.BulletList() | m.OrderedList()),
            m.Quote() | m.Aside(),
        ):
            return True
        case (_, m.CodeBlock() | m.Heading()):
            return True
        case (_, m.BulletList() | m.OrderedList()):
            # An empty item, or a number other than 1, does not end a paragraph.
            return _STARTS_LIST.match(text) is not None
    return False


def prefixed(text: str, prefix: str) -> str:
    """Return the text with the prefix before each line; empty lines get it without trailing spaces."""
    if "\n" not in text:
        return (prefix + text).rstrip() if not text else prefix + text
    return "\n".join((prefix + line).rstrip() if not line else prefix + line for line in text.split("\n"))


def _table(table: m.Table, page: RenderContext) -> list[str]:
    """Return a GFM table (https://github.github.com/gfm/#tables-extension-); spans leave empty cells."""
    caption = [line_of(table.caption, page)] if table.caption else []
    grid = grid_of(m.bounded_rows(table.rows))
    width = max(map(len, grid), default=0)
    if not width:
        return caption
    rows = [[_cell(cell.blocks, page) if cell else "" for cell in row] for row in grid]
    has_head = all(cell is None or cell.header for cell in grid[0])
    head, body = (rows[0], rows[1:]) if has_head else ([""] * width, rows)
    rule = [{"left": ":--", "center": ":-:", "right": "--:"}.get(a, "---") for a in alignments(grid)]
    lines = ["| " + " | ".join(row) + " |" for row in (head, rule, *body)]
    return [*caption, "\n".join(lines)]


def _cell(blocks: m.Blocks, page: RenderContext) -> str:
    """Return a cell's blocks on one line: a GFM cell holds only inlines, and every `|` in it must be escaped."""
    page.in_cell = True
    text = " ".join(word for block in blocks for word in _in_cell(block, page) if word)
    page.in_cell = False
    return re.sub(r"(\\?)\|", lambda bar: "\\&#124;" if bar[1] else "\\|", text).strip(" ")


def _in_cell(block: m.Block, page: RenderContext) -> list[str]:
    match block:
        case m.Paragraph(content) | m.Heading(_, content):
            return [single_line(content, page)]
        case m.Math():
            return [single_line((block,), page)]
        case m.Verse(lines):
            return [single_line(line, page) for line in lines]
        case m.CodeBlock(value):
            return [single_line((m.Code(" ".join(value.split())),), page)]
        case m.Figure():
            return figure_of(block, page)
        case m.Embed():
            return _embed(block, page)
        case m.Quote(blocks, attribution):
            return [*_all_in_cell(blocks, page), single_line(attribution, page)]
        case m.Aside(blocks, title):
            return [single_line((m.Strong(title),), page), *_all_in_cell(blocks, page)]
        case m.BulletList(items) | m.OrderedList(items):
            return [text for item in items for text in _all_in_cell(item, page)]
        case m.DefinitionList(items):
            return [
                text
                for item in items
                for text in (
                    single_line((m.Strong(item.term),), page),
                    *(t for meaning in item.meanings for t in _all_in_cell(meaning, page)),
                )
            ]
        case m.Table(rows, caption):
            cells = [text for row in rows for cell in row for text in _all_in_cell(cell.blocks, page)]
            return [single_line(caption, page), *cells]
        case m.Rule():
            return []
        case _:
            assert_never(block)


def _all_in_cell(blocks: m.Blocks, page: RenderContext) -> list[str]:
    return [text for block in blocks for text in _in_cell(block, page)]
