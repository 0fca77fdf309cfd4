"""The blocks and inlines of an article as nodes of pandoc's document tree.

Source: https://hackage.haskell.org/package/pandoc-types-1.23.1/docs/Text-Pandoc-Definition.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import pairwise
from typing import Any, assert_never

import msgspec
from msgspec import Struct

from feed2doc import model as m
from feed2doc._locale.tags import language_tag
from feed2doc._text.plain import clean, clean_lines
from feed2doc._text.urls import has_scheme_of, is_same_page_link, markup_url
from feed2doc.writers._shared.code_languages import code_language
from feed2doc.writers._shared.escape import alt_of
from feed2doc.writers._shared.tables import Placed, alignments, grid_of, head_rows, placed
from feed2doc.writers.pandoc.formats import PandocFormat
from feed2doc.writers.pandoc.inert import (
    has_plain_headings,
    has_plain_links,
    inert_alt,
    inert_code,
    inert_label,
    is_inert_block,
    is_inert_formula,
)
from feed2doc.writers.pandoc.nodes import NO_ATTR, Node, header, pandoc_node, para, with_task, words_of

_ALIGN = {"": "AlignDefault", "left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}
_NUMBERS = {"1": "Decimal", "a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
_MARKS = {
    m.Emph: "Emph",
    m.Strong: "Strong",
    m.Strike: "Strikeout",
    m.Insert: "Underline",
    m.Sub: "Subscript",
    m.Sup: "Superscript",
}


class Tree(Struct, frozen=True):
    """Builds the nodes of an article for a format; its headline is a heading of `level`, and `words` are in its language."""

    asked: PandocFormat
    words: Mapping[str, str]
    address: Callable[[m.Image], str]
    level: int
    in_note: bool = False
    is_label: bool = False

    def text(self, text: str, *, is_inside: bool = False) -> list[Node]:
        """Return the text as words and spaces; `is_inside` says that it follows another node."""
        return self.label(text) if self.is_label else words_of(text, self.asked.name, is_inside=is_inside)

    def label(self, text: str) -> list[Node]:
        """Return a text that pandoc writes without raw parts."""
        return words_of(inert_label(clean(text), self.asked.name), "")

    def linked(self, text: list[Node], url: str, title: str = "") -> Node:
        """Return a link, or only its text if the URL is not one of a link."""
        if not has_scheme_of(url, m.LINK_SCHEMES):
            return pandoc_node("Span", [NO_ATTR, text])
        return pandoc_node(
            "Link", [NO_ATTR, text, [markup_url(clean(url)), inert_label(clean(title), self.asked.name)]]
        )

    def link_text(self) -> Tree:
        """Return the builder for what is in a link."""
        return msgspec.structs.replace(self, is_label=True) if has_plain_links(self.asked.name) else self

    def heading(self, level: int, content: m.Inlines) -> Node:
        """Return a heading."""
        tree = msgspec.structs.replace(self, is_label=True) if has_plain_headings(self.asked.name) else self
        return header(level, tree.inlines(content))

    def blocks(self, blocks: m.Blocks) -> list[Node]:
        """Return the nodes of these blocks."""
        return [node for block in blocks for node in self._block(block)]

    def _block(self, block: m.Block) -> list[Node]:
        match block:
            case m.Paragraph(content):
                return [para(self.inlines(content))]
            case m.Figure():
                return self.figure(block)
            case m.Quote(blocks, attribution):
                said_by = [para([*self.text("— "), *self.inlines(attribution)])] if attribution else []
                return [pandoc_node("BlockQuote", [*self.blocks(blocks), *said_by])]
            case m.BulletList():
                return [pandoc_node("BulletList", self._items(block))]
            case m.OrderedList():
                return self._numbered(block)
            case m.DefinitionList(items):
                pairs = [
                    [self.inlines(i.term), [self.blocks(meaning) for meaning in i.meanings]] for i in items
                ]
                return [pandoc_node("DefinitionList", pairs)]
            case m.Table():
                return self._table(block)
            case m.CodeBlock():
                return [self._code_block(block)]
            case m.Math():
                return [para(self.inlines((block,)))]
            case m.Verse(lines):
                return [pandoc_node("LineBlock", [self.inlines(line) for line in lines])]
            case m.Aside(blocks, title):
                heading = [para([pandoc_node("Strong", self.inlines(title))])] if title else []
                return [
                    pandoc_node(
                        "Div",
                        [["", ["aside"], []], [pandoc_node("BlockQuote", [*heading, *self.blocks(blocks)])]],
                    )
                ]
            case m.Embed(kind, url, title, poster):
                label = (self.link_text() if url else self).text(title or self.words[kind])
                still = self.figure(m.Figure(poster)) if poster else []
                return [*still, para([self.linked(label, url)] if url else label)]
            case m.Rule():
                return [pandoc_node("HorizontalRule")]
            case m.Heading(_, content) if not self.asked.inner_headings:
                return [para([pandoc_node("Strong", self.inlines(content))])]
            case m.Heading(level, content):
                return [self.heading(level + self.level, content)]
            case _:
                assert_never(block)

    def _code_block(self, block: m.CodeBlock) -> Node:
        """Return a code block, or its lines as text if the block would end early."""
        code = clean_lines(block.value)
        if not is_inert_block(code, self.asked.name):
            return pandoc_node(
                "LineBlock", [self.text(line) for line in code.replace(" ", "\u00a0").split("\n")]
            )
        classes = [known] if (known := code_language(block.language)) else []
        return pandoc_node("CodeBlock", [["", classes, []], code])

    def _numbered(self, node: m.OrderedList) -> list[Node]:
        """Return a numbered list, which is split where a number does not follow the one before it."""
        items, numbers = self._items(node), m.item_numbers(node)
        starts = [at for at, n in enumerate(numbers) if not at or n != numbers[at - 1] + 1]
        return [
            pandoc_node(
                "OrderedList",
                [[numbers[at], pandoc_node(_NUMBERS[node.numbering]), pandoc_node("Period")], items[at:end]],
            )
            for at, end in pairwise([*starts, len(items)])
        ]

    def _items(self, node: m.BulletList | m.OrderedList) -> list[list[Node]]:
        """Return the list's items, with checkboxes as pandoc writes them (https://pandoc.org/MANUAL.html#task-lists)."""
        items = self._items_without_boxes(node)
        return list(map(with_task, items, node.tasks)) if node.tasks else items

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
            row.append(pandoc_node("Span", [["", ["credit"], []], self.inlines(figure.credit)]))
        if figure.image is None:
            return [para(row)] if row else []
        alt = alt_of(figure.image, figure, self.words["figure"])
        picture = self._picture(figure.image, alt)
        is_shown = picture["t"] == "Image"
        if is_shown and figure.url and not is_same_page_link(figure.url):
            picture = self.linked([picture], figure.url)
        if not is_shown or not self.asked.captions:
            return [para([picture]), *([para(row)] if row else [])]
        caption = [None, [pandoc_node("Plain", row)] if row else []]
        return [pandoc_node("Figure", [NO_ATTR, caption, [pandoc_node("Plain", [picture])]])]

    def _picture(self, image: m.Image, alt: str) -> Node:
        if src := self.address(image):
            words = inert_alt(clean(alt), self.asked.name)
            shown = [pandoc_node("Str", words)] if words else []  # one node, which pandoc does not wrap
            return pandoc_node(
                "Image", [NO_ATTR, shown, [src, inert_label(clean(image.title), self.asked.name)]]
            )
        if image.src.startswith("data:"):
            return pandoc_node("Span", [NO_ATTR, self.text(alt)])
        return self.linked(self.link_text().text(alt or self.words["picture"]), image.src)

    def _table(self, table: m.Table) -> list[Node]:
        """Return a table with its spans; leading rows that contain only header cells become its head."""
        caption = [pandoc_node("Plain", self.inlines(table.caption))] if table.caption else []
        above = [] if self.asked.captions and self.asked.tables else [para(node["c"]) for node in caption]
        if not self.asked.tables:
            return [*above, *(b for row in table.rows for cell in row for b in self.blocks(cell.blocks))]
        bounded = m.bounded_rows(table.rows)
        rows, grid = placed(bounded), grid_of(bounded)
        columns = [[pandoc_node(_ALIGN[align]), pandoc_node("ColWidthDefault")] for align in alignments(grid)]
        heads = head_rows(rows)
        bodies = [[NO_ATTR, 0, [], self._rows(rows[heads:])]]
        parts = [columns, [NO_ATTR, self._rows(rows[:heads])], bodies, [NO_ATTR, []]]
        return [*above, pandoc_node("Table", [NO_ATTR, [None, [] if above else caption], *parts])]

    def _rows(self, rows: Iterable[list[Placed]]) -> list[Any]:
        return [[NO_ATTR, [self._cell(place) for place in row]] for row in rows]

    def _cell(self, place: Placed) -> list[Any]:
        cell = place.cell or m.Cell()
        blocks = _plain(self.blocks(cell.blocks)) if len(cell.blocks) == 1 else self.blocks(cell.blocks)
        return [NO_ATTR, pandoc_node(_ALIGN[cell.align]), place.rowspan, place.colspan, blocks]

    def _formula(self, formula: m.Math) -> list[Node]:
        """Return a formula as TeX, or as text if the format or the formula has none that is safe."""
        from feed2doc.formulas.convert import inert_tex

        tex = clean(inert_tex(formula)) if formula.tex and self.asked.formulas else ""
        if not tex or not is_inert_formula(tex, self.asked.name):
            return self.text(formula.words)
        kind = pandoc_node("DisplayMath" if formula.display else "InlineMath")
        return [pandoc_node("Math", [kind, tex if self.asked.escapes_formulas else escape(tex, quote=False)])]

    def inlines(self, inlines: m.Inlines) -> list[Node]:
        """Return the nodes of these inlines."""
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
                return [pandoc_node(_MARKS[type(node)], self.inlines(content))]
            case m.Span(content, lang, direction):
                said = [
                    [key, value] for key, value in (("lang", language_tag(lang)), ("dir", direction)) if value
                ]
                return [pandoc_node("Span", [["", [], said], self.inlines(content)])]
            case m.Highlight(content):
                return [pandoc_node("Span", [["", ["mark"], []], self.inlines(content)])]
            case m.Abbreviation(content, title):
                return [
                    pandoc_node(
                        "Span",
                        [
                            ["", ["abbr"], [["title", inert_label(clean(title), self.asked.name)]]],
                            self.inlines(content),
                        ],
                    )
                ]
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
                return [pandoc_node("LineBreak")]
            case m.Ruby(base, text):  # pandoc's tree has no node for ruby
                return [
                    pandoc_node("Span", [["", ["ruby"], []], [*self.inlines(base), *self.text(f"({text})")]])
                ]
            case m.Note(blocks) if self.in_note:  # docx and LaTeX do not allow nested notes
                texts = [
                    node
                    for text in m.texts_of_all(blocks)
                    for node in (pandoc_node("Space"), *self.inlines(text))
                ]
                return [
                    pandoc_node("Span", [["", ["note"], []], [*self.text(" ("), *texts[1:], *self.text(")")]])
                ]
            case m.Note(blocks):
                inside = msgspec.structs.replace(self, in_note=True)
                return [pandoc_node("Note", inside.blocks(blocks))]
            case _:
                assert_never(node)


def _plain(row: list[Node]) -> list[Node]:
    """Return the blocks with paragraphs as text without space around it."""
    return [pandoc_node("Plain", node["c"]) if node["t"] == "Para" else node for node in row]
