"""What attributes of elements state: whole numbers, levels of headings, alignments of cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from feed2doc import model as m

if TYPE_CHECKING:
    from lxml.etree import _Element


def number(value: str | None, default: int, *, low: int = 1, high: int = 2**31 - 1) -> int:
    """Return an integer attribute clamped to the bounds, or the default if it is not an integer."""
    try:
        return max(low, min(high, int((value or "").strip())))
    except ValueError:
        return default


def level_of(element: _Element | None) -> int:
    """Return the level of a heading, from its tag, a class such as `level3` or `aria-level`; the default is 2."""
    if element is None:
        return 2
    if re.fullmatch("h[1-6]", element.tag):
        return int(element.tag[1])
    stated = re.search(r"\blevel([1-6])\b", element.get("class") or "")
    return int(stated[1]) if stated else number(element.get("aria-level"), 2, high=6)


def align_of(element: _Element) -> m.Align:
    """Return the alignment of a cell, from its style, `align` attribute or class."""
    style = (element.get("style") or "").replace(" ", "").lower()
    value = (element.get("align") or element.get("class") or "").lower()
    if "text-align:" in style:
        value = style.split("text-align:", 1)[1].split(";", 1)[0]
    return cast("m.Align", value) if value in ("left", "center", "right") else ""
