"""Plain text, wrapped to a width in columns, for terminals, mail and screen readers."""

from __future__ import annotations

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
from feed2doc.writers._markup import address
from feed2doc.writers._plain import byline_text, clean, clean_lines, published_text
from feed2doc.writers._tables import grid_of
from feed2doc.writers._wrap import width_of, wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOptions:
    """`width` is in columns, 0 for no wrapping; `links` puts the addresses of links in a list at the end."""

    width: int = 78
    links: bool = True


@dataclass(slots=True)
class _Page:
    """What a page remembers while it is written: its options, labels, links and notes."""

    options: TextOptions
    words: dict[str, str]
    links: list[str] = field(default_factory=list)
    notes: list[Blocks] = field(default_factory=list)

    def mark(self, url: str) -> str:
        """The number of this address in the list of links."""
        if not self.options.links:
            return ""
        if url not in self.links:
            self.links.append(url)
        return f"[{self.links.index(url) + 1}]"


def write_text(book: Book, options: TextOptions, env: Env) -> bytes:
    """The book as plain text, its articles parted by lines of equals signs."""
    texts: list[str] = []
    for part in book.parts:
        if part.title:
            texts.append(_underlined(clean(part.title), "=", options.width))
        texts += [_document(document, options) for document in part.documents]
    rule = "=" * (options.width or 78)
    return (f"\n\n\n{rule}\n\n".join(texts) + "\n").encode("utf-8")


def _document(document: Document, options: TextOptions) -> str:
    page = _Page(options, labels(document.language))
    width = options.width
    facts = [
        byline_text(document),
        published_text(document),
        clean(document.publication),
        clean(document.url),
    ]
    blocks = [
        _underlined(clean(document.headline) or page.words["untitled"], "=", width),
        "\n".join(wrap(fact, width) for fact in facts if fact),
    ]
    if document.standfirst:
        blocks.append(_wrapped(document.standfirst, page, ""))
    if document.lead:
        blocks.append(_figure(document.lead, page, ""))
    for section in document.sections:
        if section.heading:
            blocks.append(_underlined(_inlines(section.heading, page).replace("\n", " "), "-", width))
        blocks += _blocks(section.blocks, page, "")
    if document.credits:
        blocks.append(_underlined(page.words["credits"], "-", width))
        blocks += [_wrapped(credit.text, page, "") for credit in document.credits]
    if document.original_url and all(c.role != "original" for c in document.credits):
        blocks.append(f"{page.words['original']}: {clean(document.original_url)}")
    for number, note in enumerate(page.notes, 1):
        blocks.append(_item(note, page, "", f"({number}) "))
    if page.links:
        blocks.append(_underlined(page.words["links"], "-", width))
        blocks.append("\n".join(f"[{n}] {address(url) or clean(url)}" for n, url in enumerate(page.links, 1)))
    return "\n\n".join(block for block in blocks if block)


def _underlined(text: str, sign: str, width: int) -> str:
    lines = wrap(text, width)
    return f"{lines}\n{sign * max(map(width_of, lines.split(chr(10))))}"


# ---- blocks ----------------------------------------------------------------------------------------


def _blocks(blocks: Blocks, page: _Page, indent: str) -> list[str]:
    return [text for block in blocks if (text := _block(block, page, indent))]


def _block(block: Block, page: _Page, indent: str) -> str:
    match block:
        case Paragraph(content):
            return _wrapped(content, page, indent)
        case Figure():
            return _figure(block, page, indent)
        case Quote(blocks, attribution):
            lines = _blocks(blocks, page, indent + "    ")
            if attribution:
                lines.append(_wrapped((Text("— "), *attribution), page, indent + "    "))
            return "\n\n".join(lines)
        case BulletList(items):
            return "\n".join(_item(item, page, indent, "• ") for item in items)
        case OrderedList(items, start):
            return "\n".join(_item(item, page, indent, f"{n}. ") for n, item in enumerate(items, start))
        case DefinitionList(items):
            lines = []
            for item in items:
                lines += [_wrapped(item.term, page, indent)] if item.term else []
                lines += [_item(meaning, page, indent + "    ", "") for meaning in item.meanings]
            return "\n".join(lines)
        case Table():
            return _table(block, page, indent)
        case CodeBlock(value):
            return "\n".join(
                f"{indent}    {line}".rstrip() for line in clean_lines(value).expandtabs(4).split("\n")
            )
        case Aside(blocks, title):
            heading = [_wrapped(title, page, indent + "  ")] if title else []
            return "\n\n".join([*heading, *_blocks(blocks, page, indent + "  ")])
        case Embed(kind, url, title):
            words = ": ".join(word for word in (page.words[kind], clean(title)) if word)
            return wrap(f"[{words}]{page.mark(url) if url else ''}", page.options.width, indent=indent)
        case Rule():
            return f"{indent}* * *"
        case Heading(_, content):
            return _wrapped(content, page, indent)
        case _:
            assert_never(block)


def _wrapped(content: Inlines, page: _Page, indent: str) -> str:
    return wrap(_inlines(content, page), page.options.width, indent=indent)


def _item(blocks: Blocks, page: _Page, indent: str, marker: str) -> str:
    """A list item: its marker before the first line, the others hanging below the text."""
    hanging = indent + " " * width_of(marker)
    texts = _blocks(blocks, page, hanging)
    if not texts:
        return (indent + marker).rstrip()
    joined = "\n".join(texts)
    return indent + marker + joined.removeprefix(hanging)


def _figure(figure: Figure, page: _Page, indent: str) -> str:
    caption, credit = _inlines(figure.caption, page), _inlines(figure.credit, page)
    alt = clean(figure.image.alt) if figure.image and not caption else ""
    words = " — ".join(text for text in (caption or alt, credit) if text)
    mark = ""
    if figure.image and not figure.image.src.startswith("data:"):
        mark = page.mark(figure.image.src)
    text = f"[{page.words['figure']}: {words}]" if words else f"[{page.words['figure']}]"
    return wrap(text.replace("\n", " ") + mark, page.options.width, indent=indent)


def _table(table: Table, page: _Page, indent: str) -> str:
    """The table in columns if they fit the width, else row by row with bars between the cells."""
    rows = [
        [" ".join(" ".join(_blocks(cell.blocks, page, "")).split()) if cell else "" for cell in row]
        for row in grid_of(table.rows)
    ]
    if not rows or not rows[0]:
        return _wrapped(table.caption, page, indent) if table.caption else ""
    sizes = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    limit = page.options.width
    fits = not limit or len(indent) + sum(sizes) + 2 * (len(sizes) - 1) <= limit
    lines = [_wrapped(table.caption, page, indent)] if table.caption else []
    for row in rows:
        if fits:
            padded = (text + " " * (size - width_of(text)) for text, size in zip(row, sizes, strict=True))
            lines.append((indent + "  ".join(padded)).rstrip())
        else:
            lines.append(wrap(" | ".join(row), limit, indent=indent + "  ", first=indent))
    return "\n".join(lines)


# ---- inlines ---------------------------------------------------------------------------------------


def _inlines(inlines: Inlines, page: _Page) -> str:
    return "".join(_inline(node, page) for node in inlines)


def _inline(node: Inline, page: _Page) -> str:
    match node:
        case Text(value) | Code(value):
            return clean(value)
        case Strong(content) | Emph(content) | Strike(content) | Sub(content) | Sup(content) | Span(content):
            return _inlines(content, page)
        case Link(content, url):
            text = _inlines(content, page)
            return clean(url) if text in ("", url) else text + page.mark(url)
        case InlineImage(image):
            return f"[{clean(image.alt)}]" if image.alt else ""
        case LineBreak():
            return "\n"
        case Ruby(base, text):
            return f"{_inlines(base, page)}({clean(text)})"
        case Note(blocks):
            page.notes.append(blocks)
            return f"({len(page.notes)})"
        case _:
            assert_never(node)


WRITER = Writer(
    name="text",
    extension="txt",
    media_type="text/plain",
    options=TextOptions,
    write=write_text,
    text=True,
    description="plain text, wrapped by the width of its characters",
)
