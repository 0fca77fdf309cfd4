"""The model as pandoc's document tree, in the JSON form that every pandoc of version 3 reads.

Its nodes are those of https://hackage.haskell.org/package/pandoc-types-1.23.1/docs/Text-Pandoc-Definition.html.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import pairwise
from typing import Any, assert_never

import msgspec
from msgspec import Struct

from feed2doc import model as m
from feed2doc._locale.dates import published_text
from feed2doc._locale.labels import labels
from feed2doc._text.plain import clean, clean_lines
from feed2doc._text.urls import has_scheme_of, is_same_page_link, markup_url
from feed2doc.writers._shared.bylines import byline_text
from feed2doc.writers._shared.code_languages import code_language
from feed2doc.writers._shared.escape import alt_of
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers._shared.tables import Placed, grid_of, head_rows, placed
from feed2doc.writers.pandoc.formats import PandocFormat
from feed2doc.writers.pandoc.inert import (
    has_plain_headings,
    has_plain_links,
    inert,
    inert_alt,
    inert_code,
    inert_field,
    inert_label,
    is_inert_block,
    is_inert_formula,
)

Node = dict[str, Any]

API_VERSION = (1, 23, 1)
"""The version of pandoc's types used here; pandoc reads any version with the same first two numbers."""

_NO_ATTR: list[Any] = ["", [], []]
_ALIGN = {"": "AlignDefault", "left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}
_NUMBERS = {"1": "Decimal", "a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
_BOXES = {True: "☒", False: "☐"}
_MARKS = {
    m.Emph: "Emph",
    m.Strong: "Strong",
    m.Strike: "Strikeout",
    m.Insert: "Underline",
    m.Sub: "Subscript",
    m.Sup: "Superscript",
}


def pandoc_tree(book: m.Book, asked: PandocFormat, address: Callable[[m.Image], str]) -> Node:
    """Return the book as pandoc's `Pandoc`, for this format.

    `address` returns the URL of a picture, or "" if the picture is not available and a link must replace it.
    """
    documents = book.documents
    alone = documents[0] if len(documents) == 1 else None
    blocks: list[Node] = []
    for part in book.parts:
        if part.title:
            blocks.append(_header(1, _words(part.title, asked.name)))
        level = 2 if part.title else 1
        for document in part.documents:
            tree = _Tree(asked, labels(document.language), address, level)
            blocks += tree.document(document, titled=asked.titled and document is alone)
    meta = _meta(asked, **(_values_of_document(alone) if alone else _values_of_book(book)))
    if asked.references:
        meta["references"] = _node("MetaList", [_reference(document, asked.name) for document in documents])
    return {"pandoc-api-version": list(API_VERSION), "meta": meta, "blocks": blocks}


# ---- metadata --------------------------------------------------------------------------------------


def _values_of_document(document: m.Document) -> Mapping[str, str | list[str]]:
    return {
        "title": clean(title_of(document)),
        "author": [clean(person.name) for person in document.byline],
        "date": published_text(document),
        "lang": document.language,
        "keywords": [clean(tag) for tag in document.tags],
        "description": clean(document.summary),
        "publisher": clean(document.publication),
        "source": clean(document.url),
        "identifier": clean(document.id),
    }


def _values_of_book(book: m.Book) -> Mapping[str, str]:
    date = book.date.date().isoformat() if book.date else ""
    return {"title": clean(book.title), "subtitle": clean(book.subtitle), "date": date, "lang": book.language}


def _meta(asked: PandocFormat, **values: str | list[str]) -> Node:
    """Return the values as pandoc's metadata (https://pandoc.org/MANUAL.html#metadata-variables), without empty ones."""
    return {
        key: _node("MetaList", [_node("MetaInlines", _words(one, asked.name)) for one in value])
        if isinstance(value, list)
        else _node("MetaInlines", _words(value, asked.name))
        for key, value in values.items()
        if value
    }


def _reference(document: m.Document, name: str) -> Node:
    """Return the article as a reference (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables)."""
    date = document.published.date().isoformat() if document.published else ""
    values = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.headline,
        "issued": date,
        "container-title": document.publication,
        "language": document.language,
        "URL": document.url,
    }
    fields = {key: _field(value, name) for key, value in values.items() if value}
    names = [_node("MetaMap", {"literal": _field(p.name, name)}) for p in document.byline]
    return _node("MetaMap", {**fields, **({"author": _node("MetaList", names)} if names else {})})


def _field(value: str, name: str) -> Node:
    return _node("MetaString", inert_field(clean(value), name))


# ---- the tree --------------------------------------------------------------------------------------


def _node(tag: str, content: Any = None) -> Node:
    return {"t": tag} if content is None else {"t": tag, "c": content}


def _words(text: str, name: str, *, is_inside: bool = False) -> list[Node]:
    """Return the text as pandoc nodes for this format: words with spaces between them.

    `is_inside` says that it follows another node.
    """
    row: list[Node] = []
    for at, word in enumerate(clean(text).split(" ")):
        if at and (not row or row[-1]["t"] != "Space"):
            row.append(_node("Space"))
        row += inert(word, name, is_inside=is_inside and not at)
    return row


def _header(level: int, content: list[Node]) -> Node:
    return _node("Header", [min(level, 6), _NO_ATTR, content])


def _para(content: list[Node]) -> Node:
    return _node("Para", content)


def _with_task(item: list[Node], done: bool | None) -> list[Node]:
    if done is None:
        return item
    box = [_node("Str", _BOXES[done]), _node("Space")]
    if item and item[0]["t"] in ("Plain", "Para"):
        return [_node(item[0]["t"], [*box, *item[0]["c"]]), *item[1:]]
    return [_node("Plain", box[:1]), *item]


class _Tree(Struct, frozen=True):
    """Builds the nodes of an article for a format; its headline is a heading of `level`."""

    asked: PandocFormat
    words: Mapping[str, str]
    address: Callable[[m.Image], str]
    level: int
    in_note: bool = False
    is_label: bool = False

    def text(self, text: str, *, is_inside: bool = False) -> list[Node]:
        """Return the text as words and spaces; `is_inside` says that it follows another node."""
        return self.label(text) if self.is_label else _words(text, self.asked.name, is_inside=is_inside)

    def label(self, text: str) -> list[Node]:
        """Return a text that pandoc writes without raw parts."""
        return _words(inert_label(clean(text), self.asked.name), "")

    def linked(self, text: list[Node], url: str, title: str = "") -> Node:
        """Return a link, or only its text if the URL is not one of a link."""
        if not has_scheme_of(url, m.LINK_SCHEMES):
            return _node("Span", [_NO_ATTR, text])
        return _node(
            "Link", [_NO_ATTR, text, [markup_url(clean(url)), inert_label(clean(title), self.asked.name)]]
        )

    def link_text(self) -> _Tree:
        """Return the builder for what is in a link."""
        return msgspec.structs.replace(self, is_label=True) if has_plain_links(self.asked.name) else self

    def heading(self, level: int, content: m.Inlines) -> Node:
        """Return a heading."""
        tree = msgspec.structs.replace(self, is_label=True) if has_plain_headings(self.asked.name) else self
        return _header(level, tree.inlines(content))

    def document(self, document: m.Document, *, titled: bool) -> list[Node]:
        """Return the article's blocks; `titled` says that the format prints headline and byline from the metadata."""
        blocks: list[Node] = []
        deeper = self.level - titled
        if not titled:
            blocks.append(self.heading(self.level, (m.Text(title_of(document)),)))
        facts = (
            "" if titled else byline_text(document),
            "" if titled and self.asked.dated else published_text(document),
            document.publication,
        )
        if line := " · ".join(fact for fact in facts if fact):
            blocks.append(_para(self.text(line)))
        if document.url:
            blocks.append(_para([self.linked(self.text(self.words["source"]), document.url)]))
        if document.standfirst:
            blocks.append(_para([_node("Strong", self.inlines(document.standfirst))]))
        if document.lead:
            blocks += self.figure(document.lead)
        for section in document.sections:
            if section.heading:
                blocks.append(self.heading(section.level + deeper, section.heading))
            blocks += self.blocks(section.blocks)
        if document.credits:
            blocks += [_node("HorizontalRule"), *(_para(self.inlines(c.text)) for c in document.credits)]
        if document.original_url and all(c.role != "original" for c in document.credits):
            blocks.append(_para([self.linked(self.text(self.words["original"]), document.original_url)]))
        return blocks if titled else [_node("Div", [["", [], [["lang", document.language]]], blocks])]

    def blocks(self, blocks: m.Blocks) -> list[Node]:
        return [node for block in blocks for node in self._block(block)]

    def _block(self, block: m.Block) -> list[Node]:
        match block:
            case m.Paragraph(content):
                return [_para(self.inlines(content))]
            case m.Figure():
                return self.figure(block)
            case m.Quote(blocks, attribution):
                said_by = [_para([*self.text("— "), *self.inlines(attribution)])] if attribution else []
                return [_node("BlockQuote", [*self.blocks(blocks), *said_by])]
            case m.BulletList():
                return [_node("BulletList", self._items(block))]
            case m.OrderedList():
                return self._numbered(block)
            case m.DefinitionList(items):
                pairs = [
                    [self.inlines(i.term), [self.blocks(meaning) for meaning in i.meanings]] for i in items
                ]
                return [_node("DefinitionList", pairs)]
            case m.Table():
                return self._table(block)
            case m.CodeBlock():
                return [self._code_block(block)]
            case m.Math():
                return [_para(self.inlines((block,)))]
            case m.Verse(lines):
                return [_node("LineBlock", [self.inlines(line) for line in lines])]
            case m.Aside(blocks, title):
                heading = [_para([_node("Strong", self.inlines(title))])] if title else []
                return [
                    _node(
                        "Div", [["", ["aside"], []], [_node("BlockQuote", [*heading, *self.blocks(blocks)])]]
                    )
                ]
            case m.Embed(kind, url, title, poster):
                label = (self.link_text() if url else self).text(title or self.words[kind])
                still = self.figure(m.Figure(poster)) if poster else []
                return [*still, _para([self.linked(label, url)] if url else label)]
            case m.Rule():
                return [_node("HorizontalRule")]
            case m.Heading(_, content) if not self.asked.inner_headings:
                return [_para([_node("Strong", self.inlines(content))])]
            case m.Heading(level, content):
                return [self.heading(level + self.level, content)]
            case _:
                assert_never(block)

    def _code_block(self, block: m.CodeBlock) -> Node:
        """Return a code block, or its lines as text if the block would end early."""
        code = clean_lines(block.value)
        if not is_inert_block(code, self.asked.name):
            return _node("LineBlock", [self.text(line) for line in code.replace(" ", "\u00a0").split("\n")])
        classes = [known] if (known := code_language(block.language)) else []
        return _node("CodeBlock", [["", classes, []], code])

    def _numbered(self, node: m.OrderedList) -> list[Node]:
        """Return a numbered list, which is split where a number does not follow the one before it."""
        items, numbers = self._items(node), m.item_numbers(node)
        starts = [at for at, n in enumerate(numbers) if not at or n != numbers[at - 1] + 1]
        return [
            _node(
                "OrderedList",
                [[numbers[at], _node(_NUMBERS[node.numbering]), _node("Period")], items[at:end]],
            )
            for at, end in pairwise([*starts, len(items)])
        ]

    def _items(self, node: m.BulletList | m.OrderedList) -> list[list[Node]]:
        """Return the list's items, with checkboxes as pandoc writes them (https://pandoc.org/MANUAL.html#task-lists)."""
        items = self._items_without_boxes(node)
        return list(map(_with_task, items, node.tasks)) if node.tasks else items

    def _items_without_boxes(self, node: m.BulletList | m.OrderedList) -> list[list[Node]]:
        """Return the list's items; in a tight list their paragraphs have no space around them."""
        if m.is_loose(node):
            return [self.blocks(item) for item in node.items]
        return [
            [
                made
                for block, nodes in zip(item, map(self._block, item), strict=True)
                for made in (_plain(nodes) if isinstance(block, m.Paragraph) else nodes)
            ]
            for item in node.items
        ]

    def figure(self, figure: m.Figure) -> list[Node]:
        """Return a figure with caption and credit under its picture, or only the words if there is no picture."""
        row = [*self.inlines(figure.caption)]
        if figure.credit:
            row += self.text(" — ") if row else []
            row.append(_node("Span", [["", ["credit"], []], self.inlines(figure.credit)]))
        if figure.image is None:
            return [_para(row)] if row else []
        alt = alt_of(figure.image, figure, self.words["figure"])
        picture = self._picture(figure.image, alt)
        is_shown = picture["t"] == "Image"
        if is_shown and figure.url and not is_same_page_link(figure.url):
            picture = self.linked([picture], figure.url)
        if not is_shown or not self.asked.captions:
            return [_para([picture]), *([_para(row)] if row else [])]
        caption = [None, [_node("Plain", row)] if row else []]
        return [_node("Figure", [_NO_ATTR, caption, [_node("Plain", [picture])]])]

    def _picture(self, image: m.Image, alt: str) -> Node:
        if src := self.address(image):
            words = inert_alt(clean(alt), self.asked.name)
            shown = [_node("Str", words)] if words else []  # one node, which pandoc does not wrap
            return _node("Image", [_NO_ATTR, shown, [src, inert_label(clean(image.title), self.asked.name)]])
        if image.src.startswith("data:"):
            return _node("Span", [_NO_ATTR, self.text(alt)])
        return self.linked(self.link_text().text(alt or self.words["picture"]), image.src)

    def _table(self, table: m.Table) -> list[Node]:
        """Return a table with its spans; leading rows that contain only header cells become its head."""
        caption = [_node("Plain", self.inlines(table.caption))] if table.caption else []
        above = [] if self.asked.captions and self.asked.tables else [_para(node["c"]) for node in caption]
        if not self.asked.tables:
            return [*above, *(b for row in table.rows for cell in row for b in self.blocks(cell.blocks))]
        bounded = m.bounded_rows(table.rows)
        rows, grid = placed(bounded), grid_of(bounded)
        width = max(map(len, grid), default=0)
        aligned = [next((cell.align for row in grid if (cell := row[i])), "") for i in range(width)]
        columns = [[_node(_ALIGN[align]), _node("ColWidthDefault")] for align in aligned]
        heads = head_rows(rows)
        bodies = [[_NO_ATTR, 0, [], self._rows(rows[heads:])]]
        parts = [columns, [_NO_ATTR, self._rows(rows[:heads])], bodies, [_NO_ATTR, []]]
        return [*above, _node("Table", [_NO_ATTR, [None, [] if above else caption], *parts])]

    def _rows(self, rows: Iterable[list[Placed]]) -> list[Any]:
        return [[_NO_ATTR, [self._cell(place) for place in row]] for row in rows]

    def _cell(self, place: Placed) -> list[Any]:
        cell = place.cell or m.Cell()
        blocks = _plain(self.blocks(cell.blocks)) if len(cell.blocks) == 1 else self.blocks(cell.blocks)
        return [_NO_ATTR, _node(_ALIGN[cell.align]), place.rowspan, place.colspan, blocks]

    def _formula(self, formula: m.Math) -> list[Node]:
        """Return a formula as TeX, or as text if the format or the formula has none that is safe."""
        from feed2doc.formulas.convert import inert_tex

        tex = clean(inert_tex(formula)) if formula.tex and self.asked.formulas else ""
        if not tex or not is_inert_formula(tex, self.asked.name):
            return self.text(formula.words)
        kind = _node("DisplayMath" if formula.display else "InlineMath")
        return [_node("Math", [kind, tex if self.asked.escapes_formulas else escape(tex, quote=False)])]

    def inlines(self, inlines: m.Inlines) -> list[Node]:
        row: list[Node] = []
        for at, inline in enumerate(inlines):
            if isinstance(inline, m.Text) and at and not isinstance(inlines[at - 1], m.LineBreak):
                row += self.text(inline.value, is_inside=True)
            else:
                row += self._inline(inline)
        return row

    def _inline(self, node: m.Inline) -> list[Node]:
        match node:
            case m.Text(value):
                return self.text(value)
            case (
                m.Strong(content)
                | m.Emph(content)
                | m.Strike(content)
                | m.Insert(content)
                | m.Sub(content)
                | m.Sup(content)
            ):
                return [_node(_MARKS[type(node)], self.inlines(content))]
            case m.Span(content, lang, direction):
                said = [[key, value] for key, value in (("lang", lang), ("dir", direction)) if value]
                return [_node("Span", [["", [], said], self.inlines(content)])]
            case m.Highlight(content):
                return [_node("Span", [["", ["mark"], []], self.inlines(content)])]
            case m.Abbreviation(content, title):
                return [_node("Span", [["", ["abbr"], [["title", clean(title)]]], self.inlines(content)])]
            case m.Code(value):
                return self.label(value) if self.is_label else inert_code(clean(value), self.asked.name)
            case m.Quotation(content):
                return self.inlines(content)
            case m.Link(content, url) if is_same_page_link(
                url
            ):  # such a link leads nowhere in a separate document
                return self.inlines(content)
            case m.Link(content, url, title):
                inside = self.link_text()
                return [self.linked(inside.inlines(content) or inside.text(url), url, title)]
            case m.InlineImage(image):
                return [self._picture(image, image.alt)]
            case m.Math():
                return self._formula(node)
            case m.LineBreak():
                return [_node("LineBreak")]
            case m.Ruby(base, text):  # pandoc's tree has no node for ruby
                return [_node("Span", [["", ["ruby"], []], [*self.inlines(base), *self.text(f"({text})")]])]
            case m.Note(blocks) if self.in_note:  # docx and LaTeX do not allow nested notes
                texts = [
                    node for text in m.texts_of_all(blocks) for node in (_node("Space"), *self.inlines(text))
                ]
                return [_node("Span", [["", ["note"], []], [*self.text(" ("), *texts[1:], *self.text(")")]])]
            case m.Note(blocks):
                inside = msgspec.structs.replace(self, in_note=True)
                return [_node("Note", inside.blocks(blocks))]
            case _:
                assert_never(node)


def _plain(row: list[Node]) -> list[Node]:
    """Return the blocks with paragraphs as text without space around it."""
    return [_node("Plain", node["c"]) if node["t"] == "Para" else node for node in row]
