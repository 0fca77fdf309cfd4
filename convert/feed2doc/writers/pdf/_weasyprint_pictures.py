"""Pictures that shrink or grow instead of leaving the foot of a page blank, for WeasyPrint 70.

CSS has no size that depends on the space left on a page, and a second layout would take as long as the first. So the box of a
picture computes how high it may be when WeasyPrint lays it out, because its place on the page is known then. A caption that is
too long for the page goes on on the next one, after its first lines. A picture above the text of an article leaves room for the
first lines of the text. Where a page ends early nevertheless, it is laid out again with larger pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, BlockReplacedBox, LineBox
from weasyprint.layout.block import block_level_layout
from weasyprint.text.line_break import strut

from feed2doc.writers._shared.page_layout import (
    LARGEST_GAP,
    LARGEST_PICTURE,
    OPENINGS,
    SMALLER,
    SMALLEST_PICTURE,
)
from feed2doc.writers.pdf._weasyprint_lines import as_balanced

# The share of a page that captions hardly ever exceed.
_HIGHEST_CAPTION = 0.4
# The most that rounding adds to heights, in pixels.
_ROUNDING = 0.1
_HOLDERS = frozenset(["figure", "div"])
# What may be below the last picture of an article on its page, if it is no more than this.
_TEXTS = frozenset(["p", "ul", "ol", "blockquote", "footer", "div", "h2", "h3"])
_MOST_BEHIND = 4


def make_fitting(root: Any, context: Any) -> None:
    """Make the pictures in this box fit the pages of this layout, except pictures in tables and columns.

    Columns are laid out as copies of the boxes, several times, so a picture would look at boxes without a place.
    """
    todo: list[tuple[tuple[Any, ...], Any]] = [((root,), None)]
    while todo:
        around, before = todo.pop()
        box = around[0]
        above = None
        for place, child in enumerate(box.children):
            is_link = box.element_tag == "figure" and child.element_tag == "a"
            picture = child.children[0] if is_link and child.children else child
            if isinstance(picture, BlockReplacedBox) and box.element_tag in _HOLDERS:
                picture.__class__ = FittingPicture
                picture.context, picture.around = context, around
                picture.after = box.children[place + 1 :]
                picture.is_lead = before is not None and before.element_tag == "header"
                picture.is_led = before is not None and before.style["break_after"] == "avoid"
                picture.caption = next(
                    (each for each in picture.after if each.element_tag == "figcaption"), None
                )
                if picture.caption is not None:
                    as_balanced(picture.caption, box, context, is_caption=True)
            elif isinstance(child, BlockBox) and child.style["column_count"] == "auto":
                todo.append(((child, *around), above))
            above = child


class FittingPicture(BlockReplacedBox):  # type: ignore[misc]
    context: Any
    around: Sequence[Any]
    after: Sequence[Any]
    is_lead: bool
    # Whether the line above, such as a heading, would move with the picture.
    is_led: bool
    caption: Any
    _most: float = inf
    ratio: float = 0
    # The share of its size to which it shrinks so that the article needs a page less.
    scale: float = 1

    @property
    def _limit(self) -> float:
        """The height that the style allows, with what the picture has grown by."""
        grown: float = self.context.larger.get(self.element, 0)
        return self._most + grown

    @property
    def max_height(self) -> float:
        """The height that the style allows, or less if the picture and its caption would not fit on the page.

        If the caption is too long for that, its first lines are to fit.
        """
        height = self._height()
        most = self._fitted(height) if self.scale == 1 else min(self._fitted(height), height)
        _set_caption(self, min(height, most))
        return most

    @max_height.setter
    def max_height(self, value: float) -> None:
        self._most = value

    def _fitted(self, height: float) -> float:
        """Return the height that a picture of this height may have on the page."""
        bottom = self.context.page_bottom
        left = bottom - self.position_y
        # The caption is measured only where it matters.
        if not self.is_lead and (
            (left < LARGEST_GAP * bottom and not self.is_led)
            or not height * SMALLEST_PICTURE < left < height + _HIGHEST_CAPTION * bottom
        ):
            return self._limit
        _set_caption(self, height * SMALLEST_PICTURE)
        for below, smallest in self._below(left - height):
            room: float = left - below - _ROUNDING
            if room >= height * smallest:
                return min(room, self._limit)
        return self._limit

    def _height(self) -> float:
        """Return the height of the picture where there is room enough."""
        width, height, ratio = self.replacement.get_intrinsic_size(
            self.style["image_resolution"], self.style["font_size"]
        )
        self.ratio = ratio or 0
        if not ratio:
            return 0
        return self.scale * float(min(height or inf, min(width or inf, self.max_width) / ratio, self._limit))

    @property
    def room(self) -> float:
        """The height by which the picture, as it is on its page, may grow: no wider than its column or than it is by itself."""
        width, _, _ = self.replacement.get_intrinsic_size(
            self.style["image_resolution"], self.style["font_size"]
        )
        if not (width and self.ratio):
            return 0
        whole = min(width, self.around[0].width) / self.ratio
        return float(min(whole, LARGEST_PICTURE * self.height) - self.height)

    def _below(self, blank: float) -> list[tuple[float, float]]:
        """Return what may be below the picture, the best first: a height, and the share of its own to which it shrinks for that.

        It is the caption, or its first lines, with the borders and padding below them. The first lines of an article are below
        its first picture, and the last ones with its credits below its last one; if it does not shrink for the caption, which is
        so where the room below it is at least as high, it shrinks less for these.
        """
        holder, around = self.around[:2]
        height = holder.padding_bottom + holder.border_bottom_width
        for inner, outer in pairwise(self.around):
            if not outer.bottom_margin_collapses():  # WeasyPrint wants room for all of this
                height += inner.margin_bottom + outer.padding_bottom + outer.border_bottom_width
        least = None
        for sibling in self.after:
            laid = _laid(self, sibling, holder)
            if least is None:
                least = height + _first_lines(laid)
            height += laid.margin_height()
        found = [(height, SMALLEST_PICTURE), (height if least is None else least, SMALLEST_PICTURE)]
        if self.is_lead and self.element not in self.context.larger:
            line, above = strut(around.style)[0], height + holder.margin_bottom
            found[:0] = [(above + lines * line, smallest) for lines, smallest in OPENINGS]
        if rest := self._rest():
            whole, margin = height, holder.margin_bottom
            for sibling in rest:
                laid = _laid(self, sibling, around)
                whole += max(margin, laid.margin_top) + laid.border_height()
                margin = laid.margin_bottom
            is_text = len(rest) > 1 or rest[0].element_tag != "footer"
            smallest = 1 - SMALLER if is_text and blank >= height else SMALLEST_PICTURE
            found.insert(0, (whole, smallest))
        return found

    def _rest(self) -> Sequence[Any]:
        """Return what is below the last picture of an article if it is short text, or nothing."""
        holder, article = self.around[:2]
        if article.element_tag != "article":
            return ()
        children: list[Any] = [*article.children]
        rest = children[children.index(holder) + 1 :]
        is_short_text = len(rest) <= _MOST_BEHIND and all(
            box.element_tag in _TEXTS
            and not any(isinstance(each, BlockReplacedBox) for each in box.descendants())
            for box in rest
        )
        return rest if is_short_text else ()


def growth(page: Any, blank: float) -> dict[Any, float]:
    """Return the heights by which pictures on the page may grow to fill what is blank there, by their elements."""
    rooms = {box.element: box.room for box in page.descendants() if isinstance(box, FittingPicture)}
    share = min(1, blank / max(sum(rooms.values()), 1))
    return {element: share * room for element, room in rooms.items() if room > 0}


def _set_caption(picture: Any, height: float) -> None:
    """Make the caption as wide as the picture, if that has this height."""
    if picture.caption is not None and picture.ratio:
        picture.caption.picture_width = height * picture.ratio


def _laid(picture: Any, box: Any, around: Any) -> Any:
    """Return a copy of a box below the picture after a trial layout in the box `around`."""
    trial = box.deepcopy()
    trial.position_x, trial.position_y = picture.position_x, picture.position_y
    return block_level_layout(picture.context, trial, -inf, None, around)[0]


def _first_lines(box: Any) -> float:
    """Return the height of the lines of this box that must be on the page of what is above it."""
    parent = box
    while parent.children and not isinstance(parent.children[0], LineBox):
        parent = parent.children[0]
    lines = [each for each in parent.children if isinstance(each, LineBox)]
    first = parent.style["orphans"]
    if len(lines) < first + parent.style["widows"]:
        return float(box.margin_height())
    last = lines[first - 1]
    return float(last.position_y + last.height - box.position_y)
