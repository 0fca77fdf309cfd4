"""Plain text, wrapped to a width in columns, for terminals, mail and screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from feed2doc import model as m
from feed2doc._formats import Writer
from feed2doc._locale.dates import display_time
from feed2doc._locale.labels import labels
from feed2doc._text.plain import clean, clean_lines
from feed2doc._text.urls import is_same_page_link
from feed2doc._text.wrap import width_of, wrap
from feed2doc.env import Env
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.escape import address
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers._shared.front_pages import parts_of
from feed2doc.writers._shared.list_markers import item_markers
from feed2doc.writers._shared.tables import grid_of
from feed2doc.writers.text.inlines import TextPage, inlines_of
from feed2doc.writers.text.options import PlainText
from feed2doc.writers.text.tables import GAP, column_widths, row_lines

# How far blocks without a sign of their own are indented.
_INDENTS: Mapping[type, int] = {m.Quote: 4, m.CodeBlock: 4, m.Verse: 4, m.Aside: 2}
_BOXES = {True: "[x]", False: "[ ]"}


def write_text(book: m.Book, options: PlainText, env: Env) -> bytes:
    """Return the book as plain text, articles separated by lines of equals signs; a bundle starts with title and contents."""
    several = len(book.documents) > 1
    title, contents = _title_and_contents(book, options) if several else ("", "")
    texts: list[str] = []
    for part in parts_of(book):
        if not part.front and (title or contents):
            texts.append("\n\n".join(filter(None, (title, contents))))
            title = contents = ""
        written = [_underlined(clean(part.title), "=", options.width)] if part.title and several else []
        written += [_document(document, options, several=several) for document in part.documents]
        if part.front and title:
            written[0] = f"{title}\n\n{written[0]}"
            title = ""
        texts += written
    rule = "=" * (options.width or 78)
    return (f"\n\n\n{rule}\n\n".join(texts) + "\n").encode("utf-8")


def _title_and_contents(book: m.Book, options: PlainText) -> tuple[str, str]:
    """Return the book's title, and if it has contents, a list of its articles with their beginnings.

    After a front page, the list has only their minutes.
    """
    from feed2doc.writers._shared.contents.entries import are_compact, needs_contents, rows_of
    from feed2doc.writers._shared.facts import book_title, language_of

    language, width = language_of(book), options.width
    title = [_underlined(clean(book_title(book)), "=", width)]
    title += [wrap(clean(book.subtitle), width)] if book.subtitle else []
    is_compact = are_compact(book)
    blocks = [_underlined(labels(language)["contents"], "=", width)] if is_compact else []
    for part in parts_of(book) if needs_contents(book) else ():
        if part.front:
            continue
        blocks += [_underlined(clean(part.title), "-", width)] if part.title else []
        rows = rows_of(part.title, "", [(each, "") for each in part.documents], language).rows
        if is_compact:
            listed = [f"{clean(row.title)} · {row.minutes}" for row in rows]
            blocks.append("\n".join(wrap(each, width, indent="  ", first="• ") for each in listed))
            continue
        for row in rows:
            lines = [wrap(clean(row.title), width, indent="  ", first="• ")]
            lines += [wrap(clean(each), width, indent="  ") for each in (row.facts, row.summary) if each]
            blocks.append("\n".join(lines))
    return "\n\n".join(title), "\n\n".join(blocks) if needs_contents(book) else ""


def _document(document: m.Document, options: PlainText, *, several: bool) -> str:
    page = TextPage(options, labels(document.language))
    width = options.width
    facts = [
        byline_text(document),
        display_time(document),
        clean(document.publication),
        clean(document.url),
    ]
    headline = clean(document.headline)
    if several and not headline:  # each of several articles needs a heading
        headline = clean(title_of(document))
    blocks = [
        _underlined(headline, "=", width) if headline else "",
        "\n".join(wrap(fact, width) for fact in facts if fact),
    ]
    if document.standfirst:
        blocks.append(_wrapped(document.standfirst, page, ""))
    if document.lead:
        blocks.append(_figure(document.lead, page, ""))
    for section in document.sections:
        if section.heading:
            blocks.append(_underlined(inlines_of(section.heading, page).replace("\n", " "), "-", width))
        blocks += _blocks(section.blocks, page, "")
    if document.credits:
        blocks.append(_underlined(page.words["credits"], "-", width))
        blocks += [_wrapped(credit.text, page, "") for credit in document.credits]
    if document.original_url and all(c.role != "original" for c in document.credits):
        blocks.append(f"{page.words['original']}{page.words['colon']}{clean(document.original_url)}")
    for number, note in enumerate(page.notes, 1):
        blocks.append(_item(note, page, "", f"({number}) "))
    if page.links:
        blocks.append(_underlined(page.words["links"], "-", width))
        blocks.append("\n".join(f"[{n}] {address(url) or clean(url)}" for url, n in page.links.items()))
    return "\n\n".join(block for block in blocks if block)


def _underlined(text: str, sign: str, width: int) -> str:
    lines = wrap(text, width)
    return f"{lines}\n{sign * max(map(width_of, lines.split(chr(10))))}"


# ---- blocks ----------------------------------------------------------------------------------------


def _blocks(blocks: m.Blocks, page: TextPage, indent: str) -> list[str]:
    """Return the text of each block. Two blocks that only their indent shows, such as two quotations, are two empty lines apart."""
    texts: list[str] = []
    last: m.Block | None = None
    for block in blocks:
        if text := _block(block, page, indent):
            if texts and 0 < _INDENTS.get(type(last), 0) == _INDENTS.get(type(block), 0):
                texts[-1] += "\n"
            texts.append(text)
            last = block
    return texts


def _block(block: m.Block, page: TextPage, indent: str) -> str:
    match block:
        case m.Paragraph(content):
            return _wrapped(content, page, indent)
        case m.Figure():
            return _figure(block, page, indent)
        case m.Quote(blocks, attribution):
            deeper = _deeper(indent, 4, page)
            lines = _blocks(blocks, page, deeper)
            if attribution:
                lines.append(_wrapped((m.Text("— "), *attribution), page, deeper))
            return "\n\n".join(lines)
        case m.BulletList(items) | m.OrderedList(items):
            markers = item_markers(block, "•", _BOXES)
            return "\n".join(
                _item(item, page, indent, f"{marker} ") for marker, item in zip(markers, items, strict=True)
            )
        case m.DefinitionList(items):
            lines = []
            for item in items:
                lines += [_wrapped(item.term, page, indent)] if item.term else []
                lines += [_item(meaning, page, _deeper(indent, 4, page), "") for meaning in item.meanings]
            return "\n".join(lines)
        case m.Table():
            return _table(block, page, indent)
        case m.CodeBlock(value):
            return "\n".join(
                f"{indent}    {line}".rstrip() for line in clean_lines(value).expandtabs(4).split("\n")
            )
        case m.Math():
            return _wrapped((block,), page, _deeper(indent, 4, page))
        case m.Verse(lines):
            deeper = _deeper(indent, 4, page)
            stanzas = m.stanzas_of(lines)
            return "\n\n".join("\n".join(_verse_line(line, page, deeper) for line in s) for s in stanzas)
        case m.Aside(blocks, title):
            deeper = _deeper(indent, 2, page)
            heading = [_wrapped(title, page, deeper)] if title else []
            return "\n\n".join([*heading, *_blocks(blocks, page, deeper)])
        case m.Embed(kind, url, title):
            words = page.words["colon"].join(word for word in (page.words[kind], clean(title)) if word)
            return wrap(f"[{words}]{page.mark(url) if url else ''}", page.options.width, indent=indent)
        case m.Rule():
            return f"{indent}* * *"
        case m.Heading(_, content):
            return _wrapped(content, page, indent)
        case _:
            assert_never(block)


def _deeper(indent: str, by: int, page: TextPage) -> str:
    """Return the indent for nested content, at most half of the width."""
    return (
        indent + " " * by if not page.options.width or len(indent) + by <= page.options.width // 2 else indent
    )


def _wrapped(content: m.Inlines, page: TextPage, indent: str) -> str:
    return wrap(inlines_of(content, page), page.options.width, indent=indent)


def _verse_line(line: m.Inlines, page: TextPage, indent: str) -> str:
    """Return a line of a poem. If it does not fit, its other lines are indented further."""
    text = inlines_of(line, page).replace("\n", " ").rstrip()
    start = _deeper(indent, len(text) - len(text.lstrip()), page)
    return wrap(text, page.options.width, indent=_deeper(start, 4, page), first=start)


def _item(blocks: m.Blocks, page: TextPage, indent: str, marker: str) -> str:
    """Return a list item: the marker before the first line, the other lines aligned with the text."""
    hanging = indent + " " * width_of(marker)
    if (
        page.options.width and len(hanging) > page.options.width // 2
    ):  # nested too deeply to leave room for words
        return "\n".join([(indent + marker).rstrip(), *_blocks(blocks, page, indent)])
    joined = "\n".join(_blocks(blocks, page, hanging))
    return (indent + marker + joined.removeprefix(hanging)).rstrip()


def _figure(figure: m.Figure, page: TextPage, indent: str) -> str:
    caption, credit = inlines_of(figure.caption, page), inlines_of(figure.credit, page)
    alt = clean(m.words_beside_caption(figure) if caption else figure.image.alt if figure.image else "")
    words = " — ".join(text for text in (alt, caption, credit) if text)
    mark = ""
    if figure.image and not figure.image.src.startswith("data:"):
        mark = page.mark(figure.image.src)
    if figure.url and not is_same_page_link(figure.url):
        mark += page.mark(figure.url)
    text = f"[{_labelled(words, page.words['figure'], page.words['colon'])}]"
    return wrap(text.replace("\n", " ") + mark, page.options.width, indent=indent)


def _labelled(words: str, label: str, colon: str) -> str:
    """Return the words of a figure after a label, unless they begin with it: `Image: a gull`, `图：海鸥`."""
    if not words:
        return label
    after = words.casefold().removeprefix(label.casefold())
    is_said = len(after) < len(words) and after.lstrip()[:1] in (":", "：")
    return words if is_said else f"{label}{colon}{words}"


def _table(table: m.Table, page: TextPage, indent: str) -> str:
    """Return the table in columns, as wide as needed and possible; if they do not fit, rows with bars between cells."""
    grid = grid_of(m.bounded_rows(table.rows))
    rows = [[_cell(cell, page) if cell else "" for cell in row] for row in grid]
    lines = [_wrapped(table.caption, page, indent)] if table.caption else []
    if not rows or not rows[0]:
        return "".join(lines)
    limit = page.options.width
    sizes = column_widths(rows, limit - len(indent) if limit else 0)
    aligned = [next((cell.align for row in grid if (cell := row[i])), "") for i in range(len(sizes))]
    for row, cells in zip(rows, grid, strict=True):
        if not sizes:
            lines.append(wrap(" | ".join(row), limit, indent=indent + "  ", first=indent))
            continue
        lines += [(indent + line).rstrip() for line in row_lines(row, sizes, aligned)]
        if all(cell is None or cell.header for cell in cells) and row is not rows[-1]:
            lines.append(indent + GAP.join("-" * size for size in sizes))
    return "\n".join(lines)


def _cell(cell: m.Cell, page: TextPage) -> str:
    """Return a cell's blocks on one line."""
    bare = TextPage(replace(page.options, width=0), page.words, page.links, page.notes)
    return " ".join(" ".join(_blocks(cell.blocks, bare, "")).split())


WRITER = Writer(
    name="text",
    extension="txt",
    media_type="text/plain",
    options=PlainText,
    write=write_text,
    text=True,
    description="plain text, wrapped by the width of its characters",
)
