"""What is open while a tree is read: the blocks, items, cells and captions gathered so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import msgspec

from feed2doc import model as m
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

_DASHES = "—–―"
_LONGEST_ATTRIBUTION = 120


class OpenBlock(msgspec.Struct, eq=False):
    """One open element that holds blocks. Which of the fields are used depends on its kind."""

    kind: str
    element: _Element | None = None
    blocks: list[m.Block] = []
    items: list[m.Blocks] = []
    figures: list[m.Figure] = []
    definitions: list[m.Definition] = []
    cells: list[m.Cell] = []
    rows: list[tuple[m.Cell, ...]] = []
    caption: m.Inlines = ()
    credit: m.Inlines = ()
    has_paragraph: bool = False
    orphan_items: OpenBlock | None = None

    def add(self, block: m.Block) -> None:
        """Add a block; in a list, outside its items, it becomes an item."""
        if self.kind in ("ul", "ol"):
            self.items.append((block,))
            return
        self._end_strays()
        self.blocks.append(block)

    def add_item(self, blocks: m.Blocks, *, has_paragraph: bool) -> None:
        """Add a list item, and whether a `p` stands in it; outside a list, items in a row make a list of their own."""
        if self.kind in ("ul", "ol"):
            self.items.append(blocks)
            self.has_paragraph = self.has_paragraph or has_paragraph
            return
        if self.orphan_items is None:
            self.blocks.append(m.BulletList(()))  # its place; it is written when it ends
            self.orphan_items = OpenBlock("ul")
        self.orphan_items.add_item(blocks, has_paragraph=has_paragraph)

    def _end_strays(self) -> None:
        if self.orphan_items is not None:
            self.blocks[-1] = m.BulletList(tuple(self.orphan_items.items), self.orphan_items.is_loose())
            self.orphan_items = None

    def is_loose(self) -> bool:
        """Whether the items of this list are paragraphs parted by space."""
        items = tuple(self.items)
        marked = self.has_paragraph and any(isinstance(b, m.Paragraph) for item in items for b in item)
        return marked or m.has_neighbours(items)

    def awaits_caption(self) -> bool:
        """Whether the last block is a figure, film or sound that a caption may follow."""
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, m.Embed) or (isinstance(last, m.Figure) and not last.caption)

    def set_caption(self, caption: m.Inlines, credit: m.Inlines) -> None:
        """Give the caption to this frame, or to the figure before it, else make a figure of it."""
        if self.kind in ("figure", "table"):
            self.caption += caption
            self.credit += credit
        elif not caption and not credit:
            return
        elif self.kind == "caption":  # a caption that is marked twice
            if caption:
                self.add(m.Paragraph(caption))
            self.credit += credit
        elif (joined := self._captioned(caption, credit)) is not None:
            self.blocks[-1] = joined
        else:
            self.add(m.Figure(None, caption, credit))

    def _captioned(self, caption: m.Inlines, credit: m.Inlines) -> m.Block | None:
        """The last block with this caption and credit, None if it is nothing that lacks them."""
        match self.blocks[-1] if self.blocks else None:
            case m.Figure(_, its_caption, its_credit) as figure:
                if not (caption and its_caption) and not (credit and its_credit):
                    return msgspec.structs.replace(
                        figure, caption=caption or its_caption, credit=credit or its_credit
                    )
            case m.Embed(title="") as embed if all(isinstance(n, m.Text) for n in (*caption, *credit)):
                return msgspec.structs.replace(embed, title=m.plain_text((*caption, *credit)))
        return None

    def split_credit(self, rules: Rules) -> None:
        """Take the credit that a rule knows in the text of the caption out of it, if it has none yet."""
        last = self.blocks[-1] if self.blocks and not self.credit else None
        if not isinstance(last, m.Paragraph) or not isinstance(end := last.content[-1], m.Text):
            return
        if (found := rules.search("caption_credit", end.value)) is None:
            return
        match = found[0]
        rest = (end.value[: match.start()] + end.value[match.end() :]).strip()
        content = (*last.content[:-1], *((m.Text(rest),) if rest else ()))
        self.blocks[-1:] = [m.Paragraph(content)] if content else []
        self.credit = (m.Text(match["credit"].strip()),)

    def mark_header_row(self) -> None:
        """Make the cells of the first row header cells, if there is none in the table."""
        if len(self.rows) > 1 and not any(cell.header for row in self.rows for cell in row):
            self.rows[0] = tuple(msgspec.structs.replace(cell, header=True) for cell in self.rows[0])

    def take(self) -> m.Blocks:
        """The blocks gathered."""
        self._end_strays()
        return tuple(self.blocks)


def caption_of(blocks: m.Blocks) -> m.Inlines:
    """The inlines of these blocks in one row, paragraphs parted by line breaks."""
    row: list[m.Inline] = []
    for block in blocks:
        for inlines in m.texts_of(block):
            if row and inlines:
                row.append(m.LineBreak())
            row += inlines
    return tuple(row)


def figures_of(frame: OpenBlock) -> list[m.Block]:
    """What a `figure` element means: its pictures with the caption under the last, and what else is in it."""
    inner = list(frame.take())
    pictures = [b for b in inner if isinstance(b, m.Figure)]
    if frame.figures:
        last = msgspec.structs.replace(frame.figures[-1], caption=frame.caption, credit=frame.credit)
        return [*frame.figures[:-1], last, *inner]
    if not frame.caption and not frame.credit:
        return inner
    match inner:
        case [m.Table(rows, ()), *rest]:
            return [m.Table(rows, frame.caption + frame.credit), *rest]
        case [m.Quote(blocks, ()), *rest]:
            return [m.Quote(blocks, frame.caption + frame.credit), *rest]
        case _ if len(pictures) == 1 and not pictures[0].caption:
            at = inner.index(pictures[0])
            inner[at] = msgspec.structs.replace(
                pictures[0], caption=frame.caption, credit=pictures[0].credit + frame.credit
            )
            return inner
    return [*inner, m.Figure(None, frame.caption, frame.credit)]


def is_layout(rows: tuple[tuple[m.Cell, ...], ...]) -> bool:
    """Whether a table is a frame drawn around something, a picture and its caption, and holds no data."""
    if any(len(row) != 1 or row[0].header for row in rows):
        return False
    return len(rows) == 1 or any(isinstance(b, m.Figure) for row in rows for b in row[0].blocks)


def split_attribution(blocks: m.Blocks) -> tuple[m.Blocks, m.Inlines]:
    """The blocks of a quotation, and who is quoted, if its last short line begins with a dash."""
    match blocks:
        case (_, *_, m.Paragraph(content)) if (named := without_dash(content)) != content:
            if len(m.plain_text(content)) <= _LONGEST_ATTRIBUTION:
                return blocks[:-1], named
    return blocks, ()


def without_dash(inlines: m.Inlines) -> m.Inlines:
    """The inlines without the dash that leads up to who is quoted."""
    match inlines:
        case (m.Text(value), *rest) if value[:1] in _DASHES:
            name = value.lstrip(_DASHES + " -")
            return (m.Text(name), *rest) if name else tuple(rest)
    return inlines


def level_of(element: _Element | None) -> int:
    """The level of a heading: of its element, else as `aria-level` or a class `level3` says, else 2."""
    if element is None:
        return 2
    if re.fullmatch("h[1-6]", element.tag):
        return int(element.tag[1])
    stated = re.search(r"\blevel([1-6])\b", element.get("class") or "")
    return int(stated[1]) if stated else number(element.get("aria-level"), 2, high=6)


def rows_of(frame: OpenBlock) -> tuple[tuple[m.Cell, ...], ...]:
    """The rows of a table, a last one not closed by a `tr` included."""
    return (*frame.rows, *([tuple(frame.cells)] if frame.cells else ()))


def number(value: str | None, default: int, *, low: int = 1, high: int = 2**31 - 1) -> int:
    """A whole number from an attribute, held within bounds; the default if it is none."""
    try:
        return max(low, min(high, int((value or "").strip())))
    except ValueError:
        return default


def align_of(element: _Element) -> m.Align:
    """How a cell is aligned, from its `align` attribute or its style."""
    style = (element.get("style") or "").replace(" ", "").lower()
    value = (element.get("align") or element.get("class") or "").lower()
    if "text-align:" in style:
        value = style.split("text-align:", 1)[1].split(";", 1)[0]
    return cast("m.Align", value) if value in ("left", "center", "right") else ""
