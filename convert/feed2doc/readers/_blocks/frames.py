"""Open blocks: containers that collect blocks, items, cells and captions while a tree is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.captions.credit_splitting import pictures_in, split_credit, without_signs_around
from feed2doc.readers._blocks.captions.parts import touches
from feed2doc.readers._blocks.captions.photographers import is_photographer, name_below
from feed2doc.readers._blocks.inlines import trim, without_bold
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

EMPTIED = "html: empty sections"
"""The rule by which a heading is left out with everything below it."""
_DASHES = "—–―"
_HYPHENS = pattern(r"[-~‐‑](?:[-‐‑]|\s)")
_LONGEST_ATTRIBUTION = 120
# The number of inlines in a credit up to which another one may repeat it. Each comparison reads it all.
_LONGEST_CREDIT = 40


class OpenBlock(msgspec.Struct, eq=False):
    """An open element that contains blocks. Its kind determines which fields are used.

    `repeated` has the credits that another one says too, `emptied` the blocks after which something was left out.
    """

    kind: str
    element: _Element | None = None
    blocks: list[m.Block] = []
    items: list[m.Blocks] = []
    numbers: dict[int, int] = {}
    tasks: dict[int, bool] = {}
    figures: list[m.Figure] = []
    definitions: list[m.Definition] = []
    cells: list[m.Cell] = []
    rows: list[tuple[m.Cell, ...]] = []
    foot: list[tuple[m.Cell, ...]] = []
    caption: m.Inlines = ()
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
                self.items[-1] += (block,)  # a browser does not count it
            else:
                self.items.append((block,))
            return
        if self.orphan_items is not None:
            self._end_strays()
        self.blocks.append(block)

    def add_item(self, blocks: m.Blocks, *, has_paragraph: bool) -> None:
        """Add a list item; `has_paragraph` is True if it contains a `p`. Outside a list, adjacent items form a new list."""
        if self.kind in ("ul", "ol"):
            self.items.append(blocks)
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
        self.blocks[-1] = m.BulletList(tuple(strays.items), strays.is_loose(), tasks)
        self.orphan_items = None

    def is_loose(self) -> bool:
        """Return True if the items of this list are separated by space."""
        items = tuple(self.items)
        marked = self.has_paragraph and any(isinstance(b, m.Paragraph) for item in items for b in item)
        return marked or m.has_neighbours(items)

    def awaits_caption(self) -> bool:
        """Return True if the last block is a figure or embed that a caption may follow."""
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, m.Embed) or (isinstance(last, m.Figure) and not last.caption)

    def set_caption(self, caption: m.Inlines, credit: m.Inlines) -> None:
        """Set the caption of this block or of the preceding figure, or add a figure without a picture for it."""
        if self.kind in ("figure", "table"):
            between = (m.LineBreak(),) if caption and self.caption else ()
            self.caption += between + caption
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
        if is_short and _is_part(credit, self.credit):
            self.repeated += credit
        elif is_short and _is_part(self.credit, credit):
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
            case m.Embed(title="") as embed if _fits_title((*caption, *credit)):
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

    def credit_from_paragraph(self, rules: Rules) -> None:
        """Make the only text of a figure with a caption its credit, if that is a full name."""
        if not self.figures or not self.caption or self.credit:
            return
        match self.blocks:
            case [m.Paragraph(content)] if is_photographer(m.plain_text(content), rules):
                self.credit, self.blocks = content, []

    def mark_header_row(self) -> None:
        """Turn the cells of the first row into header cells, unless the table has header cells."""
        if len(self.rows) > 1 and not any(cell.header for row in self.rows for cell in row):
            self.rows[0] = tuple(msgspec.structs.replace(cell, header=True) for cell in self.rows[0])

    def shorten_spans(self) -> bool:
        """Shorten the spans of a table that would be far larger than its cells. Return True if this one was."""
        rows = rows_of(self)
        bounded = m.bounded_rows(rows)
        if bounded is not rows:
            self.rows, self.cells, self.foot = list(bounded), [], []
        return bounded is not rows

    def take(self) -> m.Blocks:
        """Return the collected blocks."""
        if self.orphan_items is not None:
            self._end_strays()
        return tuple(self.blocks)


def caption_of(blocks: m.Blocks) -> m.Inlines:
    """Return the inlines of these blocks as one sequence, with line breaks between paragraphs.

    The pictures and embeds among the blocks are those of `media_of`.
    """
    if len(blocks) == 1 and type(only := blocks[0]) is m.Paragraph:  # as most are
        return without_bold(only.content)
    row: list[m.Inline] = []
    embeds = Counter(
        text for each in media_of(blocks) if isinstance(each, m.Embed) for text in m.texts_of(each)
    )
    for block in blocks:
        for inlines in m.texts_of(block):
            if embeds[inlines]:
                embeds[inlines] -= 1
                continue
            if row and inlines:
                row.append(m.LineBreak())
            row += inlines
    return tuple(row)


def media_of(part: object) -> Iterator[m.Figure | m.Embed]:
    """Yield the pictures, without their captions, and the embeds in these blocks, but not those in notes."""
    match part:
        case m.Figure(m.Image() as image, url=url):
            yield m.Figure(image, url=url)
        case m.Embed():
            yield part
        case tuple():
            for each in part:
                if type(each) is not m.Paragraph:  # as most are
                    yield from media_of(each)
        case m.Quote(inner) | m.Aside(inner) | m.Cell(inner) | m.Definition(_, inner) | m.Table(inner):
            yield from media_of(inner)
        case m.BulletList(items) | m.OrderedList(items) | m.DefinitionList(items):
            yield from media_of(items)


def figures_of(frame: OpenBlock) -> list[m.Block]:
    """Return the blocks of a `figure` element: its pictures, the last one with the caption, and its other content."""
    inner = list(frame.take())
    pictures = [b for b in inner if isinstance(b, m.Figure)]
    if frame.figures:
        last = msgspec.structs.replace(frame.figures[-1], caption=frame.caption, credit=frame.credit)
        return [*frame.figures[:-1], last, *inner]
    if not frame.caption and not frame.credit:
        return inner
    match inner:
        case [m.Table(rows, ()), *rest]:
            return [m.Table(rows, side_by_side(frame.caption, frame.credit)), *rest]
        case [m.Quote(blocks, ()), *rest]:
            named = side_by_side(frame.caption, frame.credit)
            return [m.Quote(blocks, without_dash(named, hyphens=True)), *rest]
        case _ if len(pictures) == 1 and not pictures[0].caption:
            at = inner.index(pictures[0])
            inner[at] = msgspec.structs.replace(
                pictures[0], caption=frame.caption, credit=pictures[0].credit + frame.credit
            )
            return inner
        case [m.Embed(title="") as embed] if not frame.credit and _fits_title(frame.caption):
            return [msgspec.structs.replace(embed, title=m.plain_text(frame.caption))]
        case [m.Embed() | m.Paragraph() | m.CodeBlock(), *_]:
            return [*inner, m.Paragraph(side_by_side(frame.caption, frame.credit))]
    return [*inner, m.Figure(None, frame.caption, frame.credit)]


def side_by_side(caption: m.Inlines, credit: m.Inlines) -> m.Inlines:
    """Return a caption and a credit as one line, with a space between them unless full-width punctuation is there."""
    if not caption or not credit or touches(m.plain_text(caption[-1:]), m.plain_text(credit[:1])):
        return caption + credit
    return (*caption, m.Text(" "), *credit)


def _is_part(part: m.Inlines, whole: m.Inlines) -> bool:
    """Return True if a line is in another one with all its links, and does not begin or end within a word there."""
    words, others = m.plain_text(part), m.plain_text(whole)
    if not words or words not in others or pictures_in(part) or not _links_of(part) <= _links_of(whole):
        return False
    ends = (found.span() for found in re.finditer(re.escape(words), others))
    return any(not any(map(str.isalnum, others[max(a - 1, 0) : a] + others[b : b + 1])) for a, b in ends)


def _links_of(inlines: m.Inlines) -> set[str]:
    return {node.url for node in m.walk(inlines) if isinstance(node, m.Link)}


def _fits_title(inlines: m.Inlines) -> bool:
    """Return True if plain text says all of it: there are no links, pictures, readings or notes at any depth."""
    return not any(isinstance(node, m.Link | m.InlineImage | m.Ruby | m.Note) for node in m.walk(inlines))


def split_attribution(blocks: m.Blocks) -> tuple[m.Blocks, m.Inlines]:
    """Return the blocks of a quotation and its attribution, which is a short last line that begins with a dash."""
    match blocks:
        case (_, *_, m.Paragraph(content)) if (named := without_dash(content)) != content:
            if len(m.plain_text(content)) <= _LONGEST_ATTRIBUTION:
                return blocks[:-1], named
    return blocks, ()


def without_dash(inlines: m.Inlines, *, hyphens: bool = False) -> m.Inlines:
    """Return the inlines without the dash before an attribution, in whatever element it is.

    With `hyphens`, the inlines are known to be one, and a hyphen or tilde before a space and two hyphens count as well.
    """
    match inlines:
        case (m.Text(value), *rest) if value[:1] in _DASHES or (hyphens and _HYPHENS.match(value)):
            signs = _DASHES if value[:1] in _DASHES else "-~‐‑"  # `— ~Ann` is our dash before `~Ann`
            name = value.lstrip(f"{signs} \u00a0\u2009\u200a\u3000")
            return (m.Text(name), *rest) if name else without_dash(tuple(rest))
        case (m.Text(value), *rest) if value.isspace():
            return without_dash(tuple(rest), hyphens=hyphens) if rest else inlines
        case (m.Strong(content) | m.Emph(content) | m.Span(content) | m.Link(content) as first, *rest):
            inner = without_dash(content, hyphens=hyphens)
            if inner == content:
                return inlines
            return (msgspec.structs.replace(first, content=inner), *rest) if inner else tuple(rest)
    return inlines


def level_of(element: _Element | None) -> int:
    """Return the level of a heading, from its tag, a class such as `level3` or `aria-level`; the default is 2."""
    if element is None:
        return 2
    if re.fullmatch("h[1-6]", element.tag):
        return int(element.tag[1])
    stated = re.search(r"\blevel([1-6])\b", element.get("class") or "")
    return int(stated[1]) if stated else number(element.get("aria-level"), 2, high=6)


def rows_of(frame: OpenBlock) -> tuple[tuple[m.Cell, ...], ...]:
    """Return the rows of a table, including cells outside a `tr` as a row. Those of a `tfoot` are last, as browsers show it."""
    return (*frame.rows, *([tuple(frame.cells)] if frame.cells else ()), *frame.foot)


def number(value: str | None, default: int, *, low: int = 1, high: int = 2**31 - 1) -> int:
    """Return an integer attribute clamped to the bounds, or the default if it is not an integer."""
    try:
        return max(low, min(high, int((value or "").strip())))
    except ValueError:
        return default


def align_of(element: _Element) -> m.Align:
    """Return the alignment of a cell, from its style, `align` attribute or class."""
    style = (element.get("style") or "").replace(" ", "").lower()
    value = (element.get("align") or element.get("class") or "").lower()
    if "text-align:" in style:
        value = style.split("text-align:", 1)[1].split(";", 1)[0]
    return cast("m.Align", value) if value in ("left", "center", "right") else ""
