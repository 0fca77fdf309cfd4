"""A fast path for paragraphs that contain only text, links and simple inlines, as most do."""

from __future__ import annotations

import operator
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from feed2doc.model import Inline, Inlines, Text
from feed2doc.readers._blocks.elements import MARKS
from feed2doc.readers._blocks.inlines import Mark, line_of_text, merged

if TYPE_CHECKING:
    from lxml.etree import _Element


def paragraph_of(
    element: _Element, apart: Container[_Element], link: Callable[[_Element], Mark | None]
) -> tuple[Inlines, str] | None:
    """Return the inlines of a simple paragraph and their text ("" if nothing is visible), or None if it is not simple.

    A paragraph is not simple if it has nested inline elements, elements in `apart` (those with a style among them), or white
    space that must be collapsed.
    `link` returns the wrapper of a link, or None if only its text is kept.
    """
    before = element.text or ""
    if not len(element):
        text = line_of_text(before)
        return (Text(text),), text
    text = before
    parts: list[tuple[_Element, str, str]] = []
    for child in element:
        inside = child.text
        if len(child) or not inside or inside.isspace() or child in apart:
            return None
        # Attributes may have a meaning, but those that every link has do not.
        if (tag := child.tag) != "a" and (tag not in MARKS or child.attrib):
            return None
        after = child.tail or ""
        parts.append((child, inside, after))
        text += inside + after
    if line_of_text(text) != text:
        return None
    row: list[Inline] = [Text(before)] if before else []
    for child, inside, after in parts:
        mark = link(child) if child.tag == "a" else MARKS[child.tag]
        row.append(Text(inside) if mark is None else mark((Text(inside),)))
        if after:
            row.append(Text(after))
    kinds = [*map(type, row)]
    return merged(row) if any(map(operator.is_, kinds, kinds[1:])) else tuple(row), text
