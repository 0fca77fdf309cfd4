"""Open blocks: containers that collect blocks, items, cells and captions while a tree is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from feed2doc import model as m
from feed2doc.readers._blocks.captions.credit_splitting import (
    split_credit,
    without_brackets,
    without_signs_around,
)
from feed2doc.readers._blocks.captions.joining import fits_title, is_part, side_by_side
from feed2doc.readers._blocks.captions.photographers import is_photographer, name_below
from feed2doc.readers._blocks.inlines import trim
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

EMPTIED = "html: empty sections"
"""The rule by which a heading is left out with everything below it."""
# The number of inlines in a credit up to which another one may repeat it. Each comparison reads it all.
_LONGEST_CREDIT = 40


class OpenBlock(msgspec.Struct, eq=False):
    """An open element that contains blocks. Its kind determines which fields are used.

    What grows with each child is a list: a tuple would be copied each time, which takes minutes for a hundred thousand of them.
    `repeated` has the credits that another one says too, `emptied` the blocks after which something was left out.
    """

    kind: str
    element: _Element | None = None
    blocks: list[m.Block] = []
    items: list[list[m.Block]] = []
    numbers: dict[int, int] = {}
    tasks: dict[int, bool] = {}
    figures: list[m.Figure] = []
    definitions: list[tuple[m.Inlines, list[m.Blocks]]] = []
    cells: list[m.Cell] = []
    rows: list[tuple[m.Cell, ...]] = []
    foot: list[tuple[m.Cell, ...]] = []
    captions: list[m.Inline] = []
    credit: m.Inlines = ()
    repeated: m.Inlines = ()
    has_paragraph: bool = False
    orphan_items: OpenBlock | None = None
    emptied: list[m.Block] = []
    has_left_out: bool = False

    def leave_out(self) -> None:
        """Record that something below the last block is not part of the article or is read elsewhere."""
        self.has_left_out = True
        if self.blocks and (not self.emptied or self.emptied[-1] is not self.blocks[-1]):
            self.emptied.append(self.blocks[-1])

    @property
    def is_empty(self) -> bool:
        """True if nothing was added to the block."""
        return not (self.blocks or self.items or self.rows or self.cells or self.foot or self.figures)

    def add(self, block: m.Block) -> None:
        """Add a block. Directly in a list it becomes an item, or part of one if it is a list."""
        if self.kind in ("ul", "ol"):
            if self.items and isinstance(block, m.BulletList | m.OrderedList):
                self.items[-1].append(block)  # a browser does not count it
            else:
                self.items.append([block])
            return
        if self.orphan_items is not None:
            self._end_strays()
        self.blocks.append(block)

    def add_item(self, blocks: m.Blocks, *, has_paragraph: bool) -> None:
        """Add a list item; `has_paragraph` is True if it contains a `p`. Outside a list, adjacent items form a new list."""
        if self.kind in ("ul", "ol"):
            self.items.append(list(blocks))
            self.has_paragraph = self.has_paragraph or has_paragraph
            return
        if self.orphan_items is None:
            self.blocks.append(m.BulletList(()))  # a placeholder, replaced at the end of the list
            self.orphan_items = OpenBlock("ul")
        self.orphan_items.add_item(blocks, has_paragraph=has_paragraph)

    def _end_strays(self) -> None:
        strays = self.orphan_items
        assert strays is not None
        tasks = tuple(strays.tasks.get(at) for at in range(len(strays.items))) if strays.tasks else ()
        self.blocks[-1] = m.BulletList(strays.all_items(), strays.is_loose(), tasks)
        self.orphan_items = None

    @property
    def caption(self) -> m.Inlines:
        """The caption, with all its parts so far."""
        return tuple(self.captions)

    def all_items(self) -> tuple[m.Blocks, ...]:
        """Return the items of a list."""
        return tuple(map(tuple, self.items))

    def is_loose(self) -> bool:
        """Return True if the items of this list are separated by space."""
        marked = self.has_paragraph and any(isinstance(b, m.Paragraph) for item in self.items for b in item)
        return marked or m.has_neighbours(self.items)

    def awaits_caption(self) -> bool:
        """Return True if the last block is a figure or embed that a caption may follow."""
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, m.Embed) or (isinstance(last, m.Figure) and not last.caption)

    def set_caption(self, caption: m.Inlines, credit: m.Inlines) -> None:
        """Set the caption of this block or of the preceding figure, or add a figure without a picture for it."""
        if self.kind in ("figure", "table"):
            if caption and self.captions:
                self.captions.append(m.LineBreak())
            self.captions += caption
            self.add_credit(credit)
        elif not caption and not credit:
            return
        elif self.kind == "caption":  # a caption inside a caption
            if caption:
                self.add(m.Paragraph(caption))
            self.add_credit(credit)
        elif (joined := self._captioned(caption, credit)) is not None:
            self.blocks[-1] = joined
        else:
            self.add(m.Figure(None, caption, credit))

    def add_credit(self, credit: m.Inlines, *, first: bool = False) -> None:
        """Add a credit after the one that is there, or before it. If one of them says all of the other, that is left out."""
        if not credit or not self.credit:  # as in most figures
            self.credit = credit or self.credit
            return
        is_short = len(self.credit) <= _LONGEST_CREDIT
        if is_short and is_part(credit, self.credit):
            self.repeated += credit
        elif is_short and is_part(self.credit, credit):
            self.repeated += self.credit
            self.credit = credit
        else:
            self.credit = side_by_side(credit, self.credit) if first else side_by_side(self.credit, credit)

    def _captioned(self, caption: m.Inlines, credit: m.Inlines) -> m.Block | None:
        """Return the last block with this caption and credit added, or None if it cannot take them."""
        match self.blocks[-1] if self.blocks else None:
            case m.Figure(_, its_caption, its_credit) as figure:
                if not (caption and its_caption) and (caption or not (credit and its_credit)):
                    return msgspec.structs.replace(
                        figure, caption=caption or its_caption, credit=side_by_side(its_credit, credit)
                    )
            case m.Embed(title="") as embed if fits_title((*caption, *credit)):
                return msgspec.structs.replace(embed, title=m.plain_text(side_by_side(caption, credit)))
        return None

    def split_credit(self, rules: Rules) -> m.Inlines:
        """Move a photo credit at the end of the caption to `credit`, before the one there. Return the signs around both."""
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, m.Paragraph):
            return ()
        content, signs = (last.content, ()) if rules.only_article else without_signs_around(last.content)
        content, credit, around = split_credit(content, rules)
        if not credit and not self.credit and not rules.only_article:
            before = self.blocks[-2] if len(self.blocks) > 1 else None
            credit = name_below(content, before, rules)
            content = trim(content[: len(content) - len(credit)])
        if not content and self.credit:  # the caption is what the picture shows: `Photo: the quay`
            return ()
        self.blocks[-1:] = [m.Paragraph(content)] if content else []
        self.add_credit(credit, first=True)
        return signs + around

    def unwrap_credit(self) -> None:
        """Leave out the brackets around all of a credit: `(Ann Ba/AFP)`."""
        match self.blocks:
            case [m.Paragraph(content)]:
                credit, brackets = without_brackets(trim(content))
                self.blocks, self.repeated = [m.Paragraph(credit)], self.repeated + brackets

    def credit_from_paragraph(self, rules: Rules) -> None:
        """Make the only text of a figure with a caption its credit, if that is a full name."""
        if not self.figures or not self.captions or self.credit:
            return
        match self.blocks:
            case [m.Paragraph(content)] if is_photographer(m.plain_text(content), rules):
                self.credit, self.blocks = content, []

    def mark_header_row(self) -> None:
        """Turn the cells of the first row into header cells, unless the table has header cells."""
        if len(self.rows) > 1 and not any(cell.header for row in self.rows for cell in row):
            self.rows[0] = tuple(msgspec.structs.replace(cell, header=True) for cell in self.rows[0])

    def all_rows(self) -> tuple[tuple[m.Cell, ...], ...]:
        """Return the rows of a table, including cells outside a `tr` as a row. Those of a `tfoot` are last, as browsers show it."""
        return (*self.rows, *([tuple(self.cells)] if self.cells else ()), *self.foot)

    def shorten_spans(self) -> bool:
        """Shorten the spans of a table that would be far larger than its cells. Return True if this one was."""
        rows = self.all_rows()
        bounded = m.bounded_rows(rows)
        if bounded is not rows:
            self.rows, self.cells, self.foot = list(bounded), [], []
        return bounded is not rows

    def take(self) -> m.Blocks:
        """Return the collected blocks."""
        if self.orphan_items is not None:
            self._end_strays()
        return tuple(self.blocks)
