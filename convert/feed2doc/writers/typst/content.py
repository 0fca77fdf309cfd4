"""Blocks as Typst markup: calls of Typst's own functions and of the template's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import assert_never

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.writers._shared.emphasis import is_stressed
from feed2doc.writers._shared.headlines import has_phrases
from feed2doc.writers._shared.lead_ins import leads_to
from feed2doc.writers._shared.line_breaks import without_last_breaks
from feed2doc.writers._shared.list_markers import BALLOT_BOXES, item_markers
from feed2doc.writers._shared.tables import Placed, head_rows, placed
from feed2doc.writers._shared.wide_tables import as_list
from feed2doc.writers.typst.figures import TypstFigures, first_picture
from feed2doc.writers.typst.markup import bracketed, lines, string

_LINE_END = pattern("\r\n?|\n")
# A run of letters and signs of Latin, and the share of a line that is filled well if one goes to the next line.
_WORD, _LONGEST_WORD = pattern("[!-~\u00c0-\u024f]{7,}"), 0.19
_NOTE = "#footnote["  # text is escaped
_MOST_ROWS_KEPT = 4  # of those that a cell spans
_LONGEST_HEAD = 200  # characters of markup
# The tokens of a look that have the space around blocks.
_SPACES: dict[type[m.Block], str] = {
    m.Quote: "quote",
    m.BulletList: "list",
    m.OrderedList: "list",
    m.DefinitionList: "list",
    m.Table: "table",
    m.CodeBlock: "code",
    m.Math: "formula",
    m.Verse: "verse",
    m.Aside: "box",
    m.Embed: "box",
    m.Rule: "rule",
}


class TypstContent(TypstFigures, kw_only=True):
    """Writes one article's content.

    `name` is the start of the names of pictures, and `above` what is above the next section, named as the token of the look that has
    the space below it, or "" for text. `floating` says below how many paragraphs that follow them figures may be, by their ids.
    """

    name: str = ""
    pictures: int = 0
    above: str = "head"
    boxes: int = 0
    floating: Mapping[int, int] = {}

    def blocks(self, blocks: m.Blocks, name: str = "") -> str:
        """Return the blocks, separated by empty lines, with the places that pictures have before they shrink.

        `name` is the place of the picture that they begin with, if it has one above what they are in.
        """
        return "\n\n".join(self._placed("", blocks, name=name))

    def blocks_apart(self, blocks: m.Blocks) -> str:
        """Return the blocks of a cell or note, in which pictures do not shrink."""
        name, self.name = self.name, ""
        written = self.blocks(blocks)
        self.name = name
        return written

    def section(self, heading: str, blocks: m.Blocks, level: int = 1) -> str:
        """Return the blocks of an article below the code of a heading."""
        kinds = [self.above, "section" if level == 1 else "subsection"] if heading else [self.above]
        if blocks and not heading and self.above == "head":
            self.lead: m.Block | None = blocks[0]
        if heading or blocks:
            self.above = _SPACES.get(type(blocks[-1]), "") if blocks else ""
        return "\n\n".join(self._placed(heading, blocks, kinds, in_article=True))

    def _placed(
        self,
        heading: str,
        blocks: m.Blocks,
        above: Iterable[str] = (),
        name: str = "",
        *,
        in_article: bool = False,
    ) -> list[str]:
        """Return the code of the heading and of each block, with places of pictures: those below a heading are above it.

        `above` is what is above the first block; `in_article` says that nothing is around them.
        """
        rows = [heading] if heading else []
        end, passed = 0, ""  # of the paragraphs that a picture may be below
        for at, block in enumerate(blocks):
            if passed and at == end:
                rows.append(passed)
                passed = ""
            if not name:
                name, anchor = self._anchor(block, above)
                rows.insert(0 if rows == [heading] else len(rows), anchor)
            past = min(self.floating.get(id(block), 0), len(blocks) - at - 1)
            if in_article and name and past:
                end, passed = at + 1 + past, f"#passed({name})"
                self.moving: m.Block | None = block
            leads = at + 1 < len(blocks) and leads_to(
                block, blocks[at + 1], self.line_length, boxed=self.boxes > 0
            )
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            self.following: m.Figure | None = after if isinstance(after, m.Figure) else None
            written = self.block(block, name)
            if leads:
                written = f"#kept-with-next[{written}]"
            elif in_article and _NOTE in written and isinstance(block, m.Paragraph):
                follows = "(paragraph: true)" if at and isinstance(blocks[at - 1], m.Paragraph) else ""
                written = f"#noted{follows}{bracketed(written)}"
            rows.append(written)
            above = (_SPACES.get(type(block), ""),)
            if not (leads and name):  # the line above the picture that has this place
                name = ""
        return [row for row in [*rows, passed] if row]

    def _paragraph(self, content: m.Inlines) -> str:
        written = self.inlines(without_last_breaks(content)).strip(" ")
        if written and self._has_long_word(content):
            written = f"#par(justify: false)[{written}]"
        return f"#stressed[{written}]" if is_stressed(content, self.language) else written

    def _has_long_word(self, content: m.Inlines) -> bool:
        """Return True if Chinese or Japanese text has a word that would leave a line above it so short that it is not filled well."""
        if not has_phrases(self.language):
            return False
        longest = max(map(len, _WORD.findall(m.plain_text(content))), default=0)
        return longest > _LONGEST_WORD * self.line_length

    def _anchor(self, block: m.Block, above: Iterable[str]) -> tuple[str, str]:
        """Return the name and the code of the place of the picture with which this block begins, or "" and ""."""
        picture, boxes = first_picture(block, self.line_length)
        if not (self.name and picture and self.picture(picture)):
            return "", ""
        self.pictures += 1
        name = f"<{self.name}-{self.pictures}>"
        given = [
            name,
            *map(string, dict.fromkeys(kind for kind in (*above, _SPACES.get(type(block), "")) if kind)),
        ]
        if boxes := boxes + self.boxes:
            given.append(f"boxes: {boxes}")
        return name, f"#anchor({', '.join(given)})"

    def block(self, block: m.Block, name: str = "") -> str:
        """Return a block; no string in it contains a line end, so that it can be indented.

        `name` is the place of the picture that it is or begins with.
        """
        match block:
            case m.Paragraph(content):
                return self._paragraph(content)
            case m.Figure():
                return self.figure(block, name)
            case m.Quote(blocks, attribution):
                by = f"(attribution: [{self.inlines(attribution)}])" if attribution else ""
                return f"#quotation{by}{bracketed(self.blocks(blocks, name))}"
            case m.BulletList() | m.OrderedList() if _has_own_markers(block):
                return self._marked_items(block, name)
            case m.BulletList(items):
                return self._items(items, ["-"] * len(items), name, loose=m.is_loose(block))
            case m.OrderedList(items, start):
                first = "+" if start == 1 else f"{start}."
                marks = [first, *["+"] * (len(items) - 1)]
                return self._items(items, marks, name, loose=m.is_loose(block))
            case m.DefinitionList(items):
                rows = (
                    f"terms.item[{self.inlines(item.term)}]"
                    + bracketed("\n\n".join(filter(None, map(self.blocks, item.meanings))))
                    for item in items
                )
                return f"#terms({lines(rows)})"
            case m.Table():
                return self._table(block)
            case m.CodeBlock(value):
                return f"#code({lines(map(string, _LINE_END.split(value.rstrip())))})"
            case m.Math():
                return f"#equation[{self._formula(block)}]"
            case m.Verse():
                return "#verse" + "".join(f"[{self.inlines(line)}]" for line in _with_gaps(block.lines))
            case m.Aside(blocks, title):
                head = f"(title: [{self.inlines(title)}])" if title else ""
                self.boxes += 1
                written = bracketed(self.blocks(blocks, name))
                self.boxes -= 1
                return f"#aside{head}{written}"
            case m.Embed():
                return self.embed(block, name)
            case m.Rule():
                return "#rule()"
            case m.Heading(level, content):  # inside a quote or cell: not part of the outline
                return f"#subheading({level})[{self.inlines(content)}]"
            case _:
                assert_never(block)

    def _items(self, items: tuple[m.Blocks, ...], marks: list[str], name: str, *, loose: bool) -> str:
        rows = []
        for n, (blocks, mark) in enumerate(zip(items, marks, strict=True)):
            body, name = self._item(blocks, name, loose=loose), ""
            # The place of a picture at the start of an item is before that, or it would move to the next page with the item.
            if body and n + 1 < len(items) and items[n + 1]:
                name, anchor = self._anchor(items[n + 1][0], ("list",))
                body += "\n\n" * bool(anchor) + anchor
            rows.append(mark + indent(body, " " * (len(mark) + 1))[len(mark) :] if body else mark)
        return ("\n\n" if loose else "\n").join(rows)

    def _marked_items(self, node: m.BulletList | m.OrderedList, name: str) -> str:
        """Return a list with markers that Typst does not count by itself."""
        markers = item_markers(node, "•", BALLOT_BOXES)
        loose = m.is_loose(node)
        names = [name, *[""] * len(node.items)]
        bodies = [self._item(item, name, loose=loose) for item, name in zip(node.items, names, strict=False)]
        given = "".join(f"{string(each)}, " for each in markers)
        return f"#marked-items(({given}){', tight: false' * loose})" + "".join(map(bracketed, bodies))

    def _item(self, blocks: m.Blocks, name: str, *, loose: bool) -> str:
        """Return an item; in a tight list without space before a nested one, which would look like space between items."""
        if loose:
            return self.blocks(blocks, name)
        written = ""
        for block in blocks:
            close = isinstance(block, m.BulletList | m.OrderedList) and not m.is_loose(block)
            written += ("\n" if close else "\n\n") * bool(written) + self.blocks((block,), name)
            name = ""
        return written

    def _table(self, table: m.Table) -> str:
        if not any(table.rows):  # Typst has no tables without cells
            return self.inlines(table.caption).strip(" ")
        if as_blocks := as_list(table, self.line_length, self.language):
            return self.blocks(as_blocks)
        rows = placed(m.bounded_rows(table.rows))
        written = [", ".join(map(self._cell, row)) for row in rows]
        heads = head_rows(rows)
        # A long header could be taller than a page, and Typst would lose what does not fit.
        if heads and sum(map(len, written[:heads])) <= _LONGEST_HEAD:
            written[:heads] = [f"table.header({', '.join(filter(None, written[:heads]))})"]
        columns = max(1, sum(place.colspan for place in rows[0])) if rows else 1
        caption = [f"caption: [{self.inlines(table.caption)}]"] if table.caption else []
        return f"#tabular({lines([f'columns: {columns}', *caption, *filter(None, written)])})"

    def _cell(self, place: Placed) -> str:
        cell = place.cell
        if cell is None:
            return "[]"
        spans = [f"{name}: {n}" for name in ("colspan", "rowspan") if (n := getattr(place, name)) > 1]
        given = [*([f"align: {cell.align}"] if cell.align else []), *spans]
        if place.rowspan > _MOST_ROWS_KEPT:
            given.append("breakable: true")
        body = bracketed(self.blocks_apart(cell.blocks))
        if not given and not cell.header:
            return body
        return f"{'th' if cell.header else 'td'}{'(' + ', '.join(given) + ')' if given else ''}{body}"


def _with_gaps(verse: tuple[m.Inlines, ...]) -> list[m.Inlines]:
    """Return the lines of a poem with one empty line between stanzas."""
    return [line for stanza in m.stanzas_of(verse) for line in ((), *stanza)][1:]


def _has_own_markers(node: m.BulletList | m.OrderedList) -> bool:
    """Return True if the list has checkboxes, or numbers other than 0, 1, 2 and so on from its start."""
    if isinstance(node, m.BulletList):
        return bool(node.tasks)
    return bool(node.tasks or node.values or node.reversed or node.numbering != "1" or node.start < 0)
