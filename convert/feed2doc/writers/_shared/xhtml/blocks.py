"""Blocks and inlines as XHTML, for EPUB, HTML and PDF."""

from __future__ import annotations

from itertools import zip_longest
from typing import assert_never

from feed2doc import model as m
from feed2doc.writers._shared.emphasis import is_stressed
from feed2doc.writers._shared.escape import attribute
from feed2doc.writers._shared.lead_ins import leads_to
from feed2doc.writers._shared.line_breaks import without_last_breaks
from feed2doc.writers._shared.wide_tables import as_list, as_list_on_screens, least_width
from feed2doc.writers._shared.xhtml.figures import embed_as_xhtml, figure_as_xhtml
from feed2doc.writers._shared.xhtml.inlines import XhtmlInlines
from feed2doc.writers._shared.xhtml.lists import has_lines, list_item, numbers_of, values_of
from feed2doc.writers._shared.xhtml.program_text import program_text
from feed2doc.writers._shared.xhtml.tables import table_of

# The letters of a formula, a line of program text or a row that may be wider than the screen of a phone.
_WIDE = 30
# The letters per line of a page in a browser.
_SCREEN = 76


class Xhtml(XhtmlInlines):
    """Writes one article's content."""

    in_table: bool = False
    in_box: bool = False

    @property
    def _scrolls(self) -> bool:
        """True if tables and program text are scrolled where they are too wide."""
        return not self.epub and not self.for_weasyprint

    def _keys(self, letters: int) -> str:
        """Return the attribute with which readers reach something with keys, if it is so wide that it may be scrolled."""
        return ' tabindex="0"' if letters > _WIDE else ""

    def blocks(self, blocks: m.Blocks) -> str:
        """Return the blocks, each on its own line. On pages, a line that leads to the next block is not separated from it."""
        if not self.line_length:
            return "".join(self.block(block) + "\n" for block in blocks)
        return "".join(
            self._paragraph(block.content, kinds="joined") + "\n"
            if isinstance(block, m.Paragraph)
            and following is not None
            and leads_to(block, following, self.line_length, boxed=self.in_box)
            else self.block(block) + "\n"
            for block, following in zip_longest(blocks, blocks[1:])
        )

    def block(self, block: m.Block) -> str:
        """Return a block as XHTML."""
        match block:
            case m.Paragraph(content):
                return self._paragraph(content)
            case m.Figure():
                return self.figure(block)
            case m.Quote(blocks, attribution):
                by = f'<p class="attribution">— {self.inlines(attribution)}</p>\n' if attribution else ""
                return f"<blockquote>\n{self.blocks(blocks)}{by}</blockquote>"
            case m.BulletList() | m.OrderedList():
                return self._list(block)
            case m.DefinitionList(items):
                rows = "".join(
                    f"<dt>{self.inlines(item.term)}</dt>\n"
                    + "".join(f"<dd>\n{self.blocks(meaning)}</dd>\n" for meaning in item.meanings or ((),))
                    for item in items
                )
                return f"<dl>\n{rows}</dl>"
            case m.Table():
                return self._table(block)
            case m.CodeBlock(value, language):
                marks = f' class="language-{attribute(language)}"' if language else ""
                keys = self._keys(self._scrolls and max(map(len, value.split("\n"))))
                lines, size = program_text(value, self.code_length)
                kind = f' class="{size}"' if size else ""
                return f"<pre{kind}{self._code_direction}{keys}><code{marks}>{lines}</code></pre>"
            case m.Math():
                return f'<div class="formula"{self._keys(len(block.words))}>{self._formula(block)}</div>'
            case m.Verse(lines):
                stanzas = "".join(map(self._stanza, m.stanzas_of(lines)))
                return f'<div class="verse">\n{stanzas}</div>'
            case m.Aside(blocks, title):
                head = f'<p class="title">{self.inlines(title)}</p>\n' if title else ""
                role = (
                    "" if self.for_weasyprint else ' role="note"'
                )  # or each would be a landmark in another one
                around, self.in_box = self.in_box, True
                written = self.blocks(blocks)
                self.in_box = around
                return f'<aside class="box"{role}>\n{head}{written}</aside>'
            case m.Embed():
                poster = self.picture(block.poster) if block.poster else None
                return embed_as_xhtml(block, self.words, poster, joins_end=self.for_weasyprint)
            case m.Rule():
                return "<hr/>"
            case m.Heading(level, content):  # inside a quote or cell: not part of the outline
                return f'<p class="heading level{level}">{self.inlines(content)}</p>'
            case _:
                assert_never(block)

    def _paragraph(self, content: m.Inlines, before: str = "", kinds: str = "") -> str:
        kinds += " stressed" * is_stressed(content, self.language)
        marks = f' class="{kinds.strip()}"' if kinds else ""
        return f"<p{marks}>{before}{self.paragraph(without_last_breaks(content))}</p>"

    def _bare(self, content: m.Inlines) -> str:
        """Return a paragraph without its element."""
        written = self.paragraph(without_last_breaks(content))
        return f'<span class="stressed">{written}</span>' if is_stressed(content, self.language) else written

    def _stanza(self, lines: list[m.Inlines]) -> str:
        """Return a stanza. Each line is an element, because lines that are too long have hanging indents."""
        rows = "".join(f'<div class="line">{self.inlines(line)}</div>\n' for line in lines)
        return f'<div class="stanza">\n{rows}</div>\n'

    def _list(self, node: m.BulletList | m.OrderedList) -> str:
        """Return a list; paragraphs become elements only in a loose list, as in handwritten HTML."""
        if m.is_loose(node):
            items = [f"\n{self.blocks(item)}" if item else "" for item in node.items]
        else:
            items = [self._tight(item) for item in node.items]
        tag, marks, values = "ul", "", [""] * len(items)
        if isinstance(node, m.OrderedList):
            tag = "ol"
            marks, values = numbers_of(node, self.for_weasyprint), values_of(node, self.for_weasyprint)
        tasks = node.tasks or (None,) * len(items)
        at_ends = (0, len(items) - 1) if self.for_weasyprint else ()
        rows = "".join(
            list_item(
                value, task, item, is_long=at in at_ends and has_lines(node.items[at], self.line_length)
            )
            for at, (value, task, item) in enumerate(zip(values, tasks, items, strict=True))
        )
        return f"<{tag}{marks}>\n{rows}</{tag}>"

    def _tight(self, blocks: m.Blocks) -> str:
        rows = [self._bare(b.content) if isinstance(b, m.Paragraph) else self.block(b) for b in blocks]
        start = "" if not blocks or isinstance(blocks[0], m.Paragraph) else "\n"
        end = "\n" if len(rows) > 1 or start else ""
        return start + "\n".join(rows) + end

    def _cell(self, blocks: m.Blocks) -> str:
        """Return the cell's content; a single paragraph is written without its element, as in handwritten HTML."""
        match blocks:
            case (m.Paragraph(content),):
                return self._bare(content)
            case (m.Paragraph(content), *rest) if all(
                isinstance(b, m.BulletList | m.OrderedList) for b in rest
            ):
                return f"{self._bare(content)}\n{self.blocks(tuple(rest))}"
        return f"\n{self.blocks(blocks)}"

    def figure(self, figure: m.Figure) -> str:
        """Return a figure with separate caption and credit; a picture that is not available becomes a link to it."""
        return figure_as_xhtml(
            figure,
            self.words,
            caption=self.inlines(figure.caption) if figure.credit else self.paragraph(figure.caption),
            credit=self.paragraph(figure.credit, begun=bool(figure.caption)),
            href=self.picture(figure.image) if figure.image else None,
            url=self._address(figure.url),
            links_text=self.for_weasyprint,
            past=self.floating.get(id(figure), 0),
        )

    def _table(self, table: m.Table) -> str:
        blocks = None
        if self.for_weasyprint:
            blocks = as_list(table, self.line_length, self.language)
        elif self.epub:
            blocks = as_list_on_screens(table, self.language, nested=self.in_table)
        if blocks:
            return self.blocks(blocks).rstrip("\n")
        if not any(table.rows):  # WeasyPrint would make the table as narrow as a letter
            return f"<p>{self.inlines(table.caption)}</p>"
        rows = m.bounded_rows(table.rows)
        around, self.in_table = self.in_table, True
        contents = [[self._cell(cell.blocks).strip() for cell in row] for row in rows]
        self.in_table = around
        keys = self._keys(self._scrolls and least_width(table))
        screen = 0 if self.epub else _SCREEN
        return table_of(rows, contents, self.inlines(table.caption), self.line_length, keys, screen)

    def note_list(self) -> str:
        """Return the notes collected so far, including notes inside notes.

        Each begins with its number, which links back to the text.
        """
        written = []
        n = 0
        while n < len(self.notes):
            n += 1
            kind = ' epub:type="footnote" role="doc-footnote"' if self.epub else ' role="doc-footnote"'
            at = f"{self.prefix}note{n}"
            label = attribute(self.words["back"])
            back = f'<a href="#{at}-mark" role="doc-backlink" aria-label="{n}, {label}">{n}</a>'
            match self.notes[n - 1]:
                case (m.Paragraph(content), *rest):
                    body = f"{self._paragraph(content, f'{back} ')}\n{self.blocks(tuple(rest))}"
                case blocks:
                    body = f"<p>{back}</p>\n{self.blocks(blocks)}"
            written.append(f'<aside{kind} id="{at}">\n{body}</aside>\n')
        return "".join(written)
