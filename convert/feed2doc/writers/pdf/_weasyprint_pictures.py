"""Pictures that shrink instead of leaving the foot of a page blank, for WeasyPrint 70.

CSS has no size that depends on the space left on a page, and a second layout would take as long as the first. So the box of a
picture computes how high it may be when WeasyPrint lays it out, because its place on the page is known then.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from math import inf
from typing import Any

from feed2doc.writers._shared.page_layout import LARGEST_GAP, SMALLEST_PICTURE

# The share of a page that captions hardly ever exceed.
_HIGHEST_CAPTION = 0.4
# What rounding may add to heights, in pixels.
_ROUNDING = 0.1
_HOLDERS = frozenset(["figure", "div"])


def make_fitting(root: Any, context: Any) -> None:
    """Make the pictures in this box fit the pages of this layout, except pictures in tables and columns.

    Columns are laid out as copies of the boxes, several times, so a picture would look at boxes without a place.
    """
    from weasyprint.formatting_structure.boxes import BlockBox, BlockReplacedBox

    todo = [root]
    while todo:
        box = todo.pop()
        for place, child in enumerate(box.children):
            if isinstance(child, BlockReplacedBox) and box.element_tag in _HOLDERS:
                child.__class__ = _fitting_picture()
                child.context, child.holder, child.after = context, box, box.children[place + 1 :]
            elif isinstance(child, BlockBox) and child.style["column_count"] == "auto":
                todo.append(child)


@functools.cache
def _fitting_picture() -> Any:
    from weasyprint.formatting_structure.boxes import BlockReplacedBox
    from weasyprint.layout.block import block_level_layout

    class FittingPicture(BlockReplacedBox):  # type: ignore[misc]
        context: Any
        holder: Any
        after: Sequence[Any]
        _most: float = inf

        @property
        def max_height(self) -> float:
            """The height that the style allows, or less if the picture and its caption would not fit on the page."""
            bottom = self.context.page_bottom
            height, left = self._height(), bottom - self.position_y
            # The caption is measured only where it matters.
            if (
                left < LARGEST_GAP * bottom
                or not height * SMALLEST_PICTURE < left < height + _HIGHEST_CAPTION * bottom
            ):
                return self._most
            room: float = left - self._below() - _ROUNDING
            return room if height * SMALLEST_PICTURE <= room < height else self._most

        @max_height.setter
        def max_height(self, value: float) -> None:
            self._most = value

        def _height(self) -> float:
            """Return the height of the picture where there is room enough."""
            width, height, ratio = self.replacement.get_intrinsic_size(
                self.style["image_resolution"], self.style["font_size"]
            )
            if not ratio:
                return 0
            return float(min(height or inf, min(width or inf, self.max_width) / ratio, self._most))

        def _below(self) -> float:
            """Return the height of the caption, with the border and padding below it."""
            holder = self.holder
            height = holder.padding_bottom + holder.border_bottom_width
            for sibling in self.after:
                trial = sibling.deepcopy()
                trial.position_x, trial.position_y = self.position_x, self.position_y
                height += block_level_layout(self.context, trial, -inf, None, holder)[0].margin_height()
            return float(height)

    return FittingPicture
