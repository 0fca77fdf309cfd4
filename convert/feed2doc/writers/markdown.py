"""CommonMark 0.31 with GFM tables and strikethrough, unwrapped; it parses back to the same words.

Raw tags are `sub sup ruby rt rp strong em` and no others (https://spec.commonmark.org/0.31.2/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from feed2doc._labels import labels
from feed2doc._registry import Writer
from feed2doc.env import Env
from feed2doc.model import (
    Aside,
    Block,
    Blocks,
    Book,
    BulletList,
    Code,
    CodeBlock,
    DefinitionList,
    Document,
    Embed,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    Ruby,
    Rule,
    Span,
    Strike,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
)
from feed2doc.writers._emphasis import EMPH, STRIKE, STRONG, resolve_marks
from feed2doc.writers._frontmatter import front_matter
from feed2doc.writers._markup import alt_of
from feed2doc.writers._plain import byline_text, clean, clean_lines, published_text
from feed2doc.writers._tables import grid_of

_SPECIAL = re.compile(r"[\\`*_\[\]<~|]|!(?=\[)|&(?=#?\w{1,32};)")
# What a line may not begin with, or it would be a list, heading, quote, rule or underline.
_LINE_START = re.compile(r"^(?:([#+\-=>])|(\d{1,9})([.)])(?=\s|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """`front_matter` puts YAML with title, author, date and source before the text."""

    front_matter: bool = True


@dataclass(slots=True)
class _Page:
    """What a page remembers while it is written: its labels and its notes."""

    words: Mapping[str, str]
    notes: list[Blocks] = field(default_factory=list)


def write_markdown(book: Book, options: MarkdownOptions, env: Env) -> bytes:
    """The book as Markdown; an article's headline is heading 1 unless the front matter has it."""
    parts = [front_matter(book)] if options.front_matter else []
    titled = options.front_matter and len(book.documents) == 1
    for part in book.parts:
        if part.title:
            parts.append(f"# {_line((Text(part.title),), _Page({}))}\n")
        parts += [_document(document, titled=titled) for document in part.documents]
    return "\n".join(parts).encode("utf-8")


def _document(document: Document, *, titled: bool) -> str:
    """One article. `titled` says that the front matter has its headline, where Hugo, Obsidian and pandoc look
    for it; they would show a heading of the same words as a second title (markdownlint MD025)."""
    page = _Page(labels(document.language))
    headline = _line((Text(document.headline or page.words["untitled"]),), page, heading=True)
    blocks = [] if titled else [f"# {headline}"]
    facts = (byline_text(document), published_text(document), document.publication)
    if line := " · ".join(_escape(clean(fact)) for fact in facts if fact):
        blocks.append(_at_line_start(line))
    if document.url:
        blocks.append(f"[{_escape(page.words['source'])}]({_target(document.url)})")
    if document.standfirst:
        blocks.append(_line((Strong(document.standfirst),), page))
    if document.lead:
        blocks += _figure(document.lead, page)
    for section in document.sections:
        if section.heading:
            blocks.append(f"{'#' * min(section.level + 1, 6)} {_line(section.heading, page, heading=True)}")
        blocks += _blocks(section.blocks, page)
    if document.credits:
        blocks += ["---", *(_line(credit.text, page) for credit in document.credits)]
    if document.original_url and all(c.role != "original" for c in document.credits):
        blocks.append(f"[{_escape(page.words['original'])}]({_target(document.original_url)})")
    if page.notes:
        blocks += [f"## {page.words['notes']}", *_list(list(page.notes), page, start=1)]
    return "\n\n".join(block for block in blocks if block) + "\n"


# ---- blocks ----------------------------------------------------------------------------------------


def _blocks(blocks: Blocks, page: _Page) -> list[str]:
    """The blocks; two lists in a row get different markers, or they would be one."""
    written: list[str] = []
    other = False
    for before, block in zip((None, *blocks), blocks, strict=False):
        other = type(before) is type(block) and isinstance(block, BulletList | OrderedList) and not other
        written += _block(block, page, other)
    return written


def _block(block: Block, page: _Page, other_marker: bool) -> list[str]:
    match block:
        case Paragraph(content):
            return [_line(content, page)]
        case Figure():
            return _figure(block, page)
        case Quote(blocks, attribution):
            inner = [*_blocks(blocks, page), *([f"— {_line(attribution, page)}"] if attribution else [])]
            return [_prefixed("\n\n".join(inner), "> ")]
        case BulletList(items):
            return _list(items, page, other_marker=other_marker)
        case OrderedList(items, start):
            return _list(items, page, start=max(start, 0), other_marker=other_marker)
        case DefinitionList(items):
            return [
                text
                for item in items
                for text in (
                    _line((Strong(item.term),), page) if item.term else "",
                    *(t for meaning in item.meanings for t in _blocks(meaning, page)),
                )
            ]
        case Table():
            return _table(block, page)
        case CodeBlock(value, language):
            text = clean_lines(value)
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
            return [f"{fence}{re.sub(r'[^A-Za-z0-9_+#-]', '', language)}\n{text}\n{fence}"]
        case Aside(blocks, title):
            inner = [*([_line((Strong(title),), page)] if title else []), *_blocks(blocks, page)]
            return [_prefixed("\n\n".join(inner), "> ")]
        case Embed(kind, url, title, poster):
            label = _escape(clean(title) or page.words[kind])
            link = f"[{label}]({_target(url)})" if url else label
            return [*([_image(poster, title or page.words[kind])] if poster else []), link]
        case Rule():
            return ["---"]
        case Heading(level, content):
            return [f"{'#' * min(level + 1, 6)} {_line(content, page, heading=True)}"]
        case _:
            assert_never(block)


def _figure(figure: Figure, page: _Page) -> list[str]:
    """The picture, and below it one paragraph of caption and credit."""
    caption, credit = _line(figure.caption, page), _line(figure.credit, page)
    words = f"{caption} — {credit}" if caption and credit else caption or credit
    image = _image(figure.image, alt_of(figure.image, figure, page.words["figure"])) if figure.image else ""
    return [text for text in (image, words) if text]


def _image(image: Image, alt: str) -> str:
    title = f' "{_quoted(image.title)}"' if image.title else ""
    return f"![{_escape(clean(alt))}]({_target(image.src)}{title})"


def _list(
    items: tuple[Blocks, ...] | list[Blocks],
    page: _Page,
    *,
    start: int | None = None,
    other_marker: bool = False,
) -> list[str]:
    tight = all(len(item) == 1 and isinstance(item[0], Paragraph) for item in items)
    written = []
    for number, item in enumerate(items, start or 0):
        sign = "*" if other_marker else "-"
        marker = f"{number}{')' if other_marker else '.'} " if start is not None else f"{sign} "
        text = "\n\n".join(_blocks(item, page))
        if item and isinstance(item[0], CodeBlock):
            text = text.lstrip(" ")
        written.append(marker + _prefixed(text, " " * len(marker)).removeprefix(" " * len(marker)))
    return [("\n" if tight else "\n\n").join(written)]


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join((prefix + line).rstrip() if not line else prefix + line for line in text.split("\n"))


def _table(table: Table, page: _Page) -> list[str]:
    """A GFM table (https://github.github.com/gfm/#tables-extension-): spans leave empty cells behind them."""
    grid = grid_of(table.rows)
    width = max(map(len, grid), default=0)
    if not width:
        return [_line(table.caption, page)] if table.caption else []
    rows = [
        [_cell(cell.blocks, page) if cell else "" for cell in row] + [""] * (width - len(row)) for row in grid
    ]
    has_head = all(cell is None or cell.header for cell in grid[0])
    head, body = (rows[0], rows[1:]) if has_head else ([""] * width, rows)
    aligned = [next((cell.align for row in grid if (cell := row[i])), "") for i in range(width)]
    rule = [{"left": ":--", "center": ":-:", "right": "--:"}.get(a, "---") for a in aligned]
    lines = ["| " + " | ".join(row) + " |" for row in (head, rule, *body)]
    caption = [_line(table.caption, page)] if table.caption else []
    return [*caption, "\n".join(lines)]


def _cell(blocks: Blocks, page: _Page) -> str:
    """A cell's blocks in one line: a GFM cell holds inlines only."""
    text = " ".join(" ".join(written.split("\n")) for written in _blocks(blocks, page))
    return re.sub(r"(?<!\\)\|", r"\\|", text).strip()


# ---- inlines ---------------------------------------------------------------------------------------


def _line(inlines: Inlines, page: _Page, *, heading: bool = False) -> str:
    """The inlines as the text of one paragraph; in a heading, where none can be, a line break is a space."""
    while inlines and isinstance(inlines[-1], LineBreak):
        inlines = inlines[:-1]
    text = resolve_marks(_inlines(inlines, page)).strip(" ")
    if heading:
        return re.sub(r"(#+)$", r"\\\1", text.replace("\\\n", " "))
    return "\n".join(_at_line_start(line.lstrip(" ")) for line in text.split("\n"))


def _inlines(inlines: Inlines, page: _Page) -> str:
    return "".join(_inline(node, page) for node in inlines)


def _inline(node: Inline, page: _Page) -> str:
    match node:
        case Text(value):
            return _escape(clean(value))
        case Strong(content):
            return _marked(_inlines(content, page), STRONG)
        case Emph(content):
            return _marked(_inlines(content, page), EMPH)
        case Strike(content):
            return _marked(_inlines(content, page), STRIKE)
        case Sub(content):
            return f"<sub>{_inlines(content, page)}</sub>"
        case Sup(content):
            return f"<sup>{_inlines(content, page)}</sup>"
        case Span(content):
            return _inlines(content, page)
        case Code(value):
            return _code(clean(value))
        case Link(content, url, title):
            text = _inlines(content, page) or _escape(clean(url))
            return f"[{text}]({_target(url)}{f' {chr(34)}{_quoted(title)}{chr(34)}' if title else ''})"
        case InlineImage(image):
            return _image(image, image.alt)
        case LineBreak():
            return "\\\n"
        case Ruby(base, text):
            return f"<ruby>{_inlines(base, page)}<rp>(</rp><rt>{_escape(clean(text))}</rt><rp>)</rp></ruby>"
        case Note(blocks):
            page.notes.append(blocks)
            return f"<sup>{len(page.notes)}</sup>"
        case _:
            assert_never(node)


def _marked(text: str, marks: tuple[str, str]) -> str:
    """The text between marks; space at its edges goes outside, for no mark may touch it."""
    core = text.strip(" ")
    if not core:
        return text
    lead = len(text) - len(text.lstrip(" "))
    return text[:lead] + marks[0] + core + marks[1] + text[lead + len(core) :]


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _at_line_start(line: str) -> str:
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)


def _code(text: str) -> str:
    ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}" if text else ""


def _target(url: str) -> str:
    """An address as a link's destination, its own brackets and spaces percent-encoded."""
    return re.sub(r"[\s<>()\\\"|`*_~\[\]]", _percent, clean(url)) or "#"


def _percent(match: re.Match[str]) -> str:
    if match[0] in "*_~":  # harmless in a destination, and part of many addresses
        return match[0]
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _quoted(title: str) -> str:
    return re.sub(r'[\\"]', r"\\\g<0>", clean(title))


WRITER = Writer(
    name="markdown",
    extension="md",
    media_type="text/markdown",
    options=MarkdownOptions,
    write=write_markdown,
    text=True,
    description="CommonMark with tables and YAML front matter",
)
