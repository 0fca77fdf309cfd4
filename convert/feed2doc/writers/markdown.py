"""CommonMark 0.31 with GFM tables and strikethrough, unwrapped; it parses back to the same words.

Raw tags are `sub sup ruby rt rp strong em` and no others (https://spec.commonmark.org/0.31.2/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, assert_never

from feed2doc._labels import labels
from feed2doc._lists import is_loose
from feed2doc._registry import Writer
from feed2doc.env import Env
from feed2doc.errors import OptionError
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
    Figure,
    Heading,
    Inline,
    LineBreak,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
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
from feed2doc.writers._frontmatter import PRESETS, front_matter
from feed2doc.writers._markup import alt_of
from feed2doc.writers._plain import byline_text, clean, clean_lines, published_text
from feed2doc.writers._tables import grid_of

# The largest number that a list item can have (https://spec.commonmark.org/0.31.2/#ordered-list-marker).
_LARGEST_NUMBER = 999_999_999
# Blocks as they are written, each with its text.
_Written = list[tuple[str, Block]]

_STARTS_LIST = re.compile(r"(?:[*-]|1[.)]) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """How Markdown is written.

    `front_matter` is the YAML before the text: "plain" in the keys that pandoc knows too, "obsidian", "hugo", or
    "none". `notes` writes footnotes as a "list" at the end, which is CommonMark, or as "footnotes" (`[^1]`), which
    GitHub, Obsidian and pandoc know. Raises OptionError for any other value.
    """

    front_matter: Literal["plain", "obsidian", "hugo", "none"] = "plain"
    notes: Literal["list", "footnotes"] = "list"

    def __post_init__(self) -> None:
        if self.front_matter not in (*PRESETS, "none"):
            raise OptionError(f"front matter {self.front_matter!r}: is none of {', '.join(PRESETS)}, none")
        if self.notes not in ("list", "footnotes"):
            raise OptionError(f"notes {self.notes!r}: is neither list nor footnotes")


def write_markdown(book: Book, options: MarkdownOptions, env: Env) -> bytes:
    """The book as Markdown; an article's headline is heading 1 unless the front matter has it.

    Of several articles the title is heading 1, unless the front matter has it, with the contents below it; parts and
    articles are the headings below that.
    """
    matter = options.front_matter != "none"
    texts = [front_matter(book, options.front_matter)] if matter else []
    several = len(book.documents) > 1
    level = 0 if matter else 1
    if several:
        texts.append(_contents(book, level))
    notes = 0
    for part in book.parts:
        if part.title and several:
            texts.append(f"{'#' * (level + 1)} {heading_line((Text(part.title),), Page({}))}\n")
        for document in part.documents:
            page = _page(document, options, notes)
            below = level + (2 if part.title else 1) if several else 1
            texts.append(_document(document, page, below, titled=matter and not several))
            notes += len(page.notes)
    return "\n".join(texts).encode("utf-8")


def _contents(book: Book, level: int) -> str:
    """The book's title, if it is not above, and a list of its articles with their beginnings."""
    from feed2doc.writers._article import book_title, language_of
    from feed2doc.writers._contents import rows_of

    language, page = language_of(book), Page({})
    blocks = [f"# {heading_line((Text(book_title(book)),), page)}"] if level else []
    blocks.append(f"{'#' * (level + 1)} {labels(language)['contents']}")
    for part in book.parts:
        if part.title:
            blocks.append(line_of((Strong((Text(part.title),)),), page))
        for row in rows_of(part.title, "", [(document, "") for document in part.documents], language).rows:
            lines: list[Inline] = [Strong((Text(row.title),)), LineBreak(), Text(row.facts)]
            lines += [LineBreak(), Text(row.summary)] if row.summary else []
            blocks.append("- " + _prefixed(line_of(tuple(lines), page), "  ").lstrip(" "))
    return "\n\n".join(blocks) + "\n"


def _page(document: Document, options: MarkdownOptions, before: int) -> Page:
    """The page of an article; footnotes are numbered on from the `before` of the articles above it."""
    page = Page(labels(document.language))
    if options.notes == "footnotes":
        page.mark = lambda number: f"[^{before + number}]"
    return page


def _document(document: Document, page: Page, level: int, *, titled: bool) -> str:
    """One article, its headline at this level. `titled` says that the front matter has its headline, where Hugo, Obsidian and pandoc look
    for it; they would show a heading of the same words as a second title (markdownlint MD025)."""
    blocks = []
    if not titled:
        headline = heading_line((Text(document.headline or page.words["untitled"]),), page)
        blocks.append(f"{'#' * level} {headline}")
    facts = (byline_text(document), published_text(document), document.publication)
    if line := " · ".join(escape(clean(fact)) for fact in facts if fact):
        blocks.append(at_line_start(line))
    if document.url:
        blocks.append(f"[{escape(page.words['source'], True)}]({target(document.url)})")
    if document.standfirst:
        blocks.append(line_of((Strong(document.standfirst),), page))
    if document.lead:
        blocks += _figure(document.lead, page)
    for section in document.sections:
        if section.heading and (heading := heading_line(section.heading, page)):
            blocks.append(f"{'#' * min(section.level + level, 6)} {heading}")
        blocks += [text for text, _ in _blocks(section.blocks, page)]
    if document.credits:
        blocks += ["---", *(line_of(credit.text, page) for credit in document.credits)]
    if document.original_url and all(c.role != "original" for c in document.credits):
        blocks.append(f"[{escape(page.words['original'], True)}]({target(document.original_url)})")
    blocks += _notes(page, level)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _notes(page: Page, level: int) -> list[str]:
    """The notes of the page: a list with a heading of its own, or footnotes, which need neither."""
    rows: list[_Written] = []
    while len(rows) < len(page.notes):  # a note may have notes of its own
        rows.append(_blocks(page.notes[len(rows)], page))
    if not rows:
        return []
    if page.mark(1).startswith("<"):
        return [f"{'#' * (level + 1)} {page.words['notes']}", _list(rows, start=1)]
    return [
        f"{page.mark(number)}: {_prefixed(_text_of(row), '    ').lstrip(' ')}"
        for number, row in enumerate(rows, 1)
    ]


# ---- blocks ----------------------------------------------------------------------------------------


def _blocks(blocks: Blocks, page: Page) -> _Written:
    """The blocks; two lists in a row get different markers, or they would be one."""
    written: _Written = []
    before: Block | None = None
    other = False
    for block in blocks:
        other = type(before) is type(block) and isinstance(block, BulletList | OrderedList) and not other
        written += [(text, block) for text in _block(block, page, other) if text]
        before = block
    return written


def _text_of(written: _Written, *, tight: bool = False) -> str:
    """The blocks parted by blank lines, or none in a tight list."""
    return ("\n" if tight else "\n\n").join(text for text, _ in written)


def _block(block: Block, page: Page, other_marker: bool) -> list[str]:
    match block:
        case Paragraph(content):
            return [line_of(content, page)]
        case Figure():
            return _figure(block, page)
        case Quote(blocks, attribution):
            inner = [text for text, _ in _blocks(blocks, page)]
            if attribution:
                inner.append(f"— {single_line(attribution, page)}")
            return [_prefixed("\n\n".join(inner), "> ")]
        case BulletList(items):
            rows = [_blocks(item, page) for item in items]
            return [_list(rows, loose=is_loose(block), other_marker=other_marker)]
        case OrderedList(items, start):
            first = min(max(start, 0), _LARGEST_NUMBER - len(items))
            rows = [_blocks(item, page) for item in items]
            return [_list(rows, start=first, loose=is_loose(block), other_marker=other_marker)]
        case DefinitionList():
            return _definitions(block, page)
        case Table():
            return _table(block, page)
        case CodeBlock(value, language):
            return [_code_block(value, language)]
        case Aside(blocks, title):
            inner = [line_of((Strong(title),), page)] if title else []
            return [_prefixed("\n\n".join([*inner, *(text for text, _ in _blocks(blocks, page))]), "> ")]
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
            written += [text for text, _ in _blocks(meaning, page)]
    return written


def _embed(embed: Embed, page: Page) -> list[str]:
    """A link to the film, sound or page, below its still picture."""
    label = clean(embed.title) or page.words[embed.kind]
    link = f"[{escape(label, True)}]({target(embed.url)})" if embed.url else at_line_start(escape(label))
    return [*([image_of(embed.poster, label)] if embed.poster else []), link]


def _figure(figure: Figure, page: Page) -> list[str]:
    """The picture, and below it one paragraph of caption and credit."""
    caption, credit = line_of(figure.caption, page), line_of(figure.credit, page)
    words = f"{caption} — {credit}" if caption and credit else caption or credit
    if figure.image is None:
        return [words]
    return [image_of(figure.image, alt_of(figure.image, figure, page.words["figure"])), words]


def _list(
    rows: list[_Written], *, start: int | None = None, loose: bool = False, other_marker: bool = False
) -> str:
    """A list of these items, tight if it may be and all can (https://spec.commonmark.org/0.31.2/#tight)."""
    tight = not loose and all(map(_is_tight, rows))
    written = []
    for number, row in enumerate(rows, start or 0):
        sign = "*" if other_marker else "-"
        marker = sign if start is None else f"{number}{')' if other_marker else '.'}"
        text = _prefixed(_text_of(row, tight=tight), " " * (len(marker) + 1)).lstrip(" ")
        if row and isinstance(row[0][1], Rule):  # `- ---` is a rule, not an item
            text = "___" + text[3:]
        written.append(f"{marker} {text}".rstrip())
    return ("\n" if tight else "\n\n").join(written)


def _is_tight(row: _Written) -> bool:
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


def _prefixed(text: str, prefix: str) -> str:
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
            return _figure(block, page)
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


WRITER = Writer(
    name="markdown",
    extension="md",
    media_type="text/markdown",
    options=MarkdownOptions,
    write=write_markdown,
    text=True,
    description="CommonMark with tables and YAML front matter",
)
