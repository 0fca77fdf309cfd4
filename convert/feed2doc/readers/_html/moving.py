"""Moving elements of a tree without the text after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def move_without_tails(elements: Iterable[_Element], into: _Element) -> None:
    """Move elements, in document order and not in each other, to the end of another, and leave the texts after them where they are.

    What is left between two elements is joined once: text that grows with each would be copied each time.
    """
    tails: dict[_Element, list[str]] = defaultdict(list)
    texts: dict[_Element, list[str]] = defaultdict(list)
    for each in elements:
        before, parent = each.getprevious(), each.getparent()
        if before is not None:
            tails[before].append(each.tail or "")
        elif parent is not None:
            texts[parent].append(each.tail or "")
        each.tail = None
        into.append(each)
    for before, after in tails.items():
        before.tail = "".join((before.tail or "", *after))
    for parent, after in texts.items():
        parent.text = "".join((parent.text or "", *after))
