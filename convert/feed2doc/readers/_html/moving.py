"""Moving elements of a tree without the text after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def leave_tail(element: _Element) -> None:
    """Leave the text after an element, which is about to be moved, where it is."""
    before, parent, tail = element.getprevious(), element.getparent(), element.tail or ""
    element.tail = None
    if before is not None:
        before.tail = (before.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail
