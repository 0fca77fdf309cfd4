"""Tables of other elements whose roles say what they are, rewritten as HTML's own."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

SIGN = b"columnheader"
"""A page without these bytes has no such table."""
# https://www.w3.org/TR/wai-aria-1.2/#table
_TABLES = frozenset({"table", "grid", "treegrid"})
_CELLS = {"cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
_NATIVE_TABLE = frozenset({"table", "tr", "td", "th"})
_NATIVE = _NATIVE_TABLE | {"img", "input", "a", "button"}
_SPANS = {"aria-colspan": "colspan", "aria-rowspan": "rowspan"}


# A cell is at most this deep in its row.
_DEEPEST = 3


def settle_aria_tables(root: _Element) -> None:
    """Rename the elements of tables that have a header and are made of roles only."""
    for table in _innermost(root):
        parts = [(each, each.get("role") or "") for each in table.iterdescendants()]
        rows = {each for each, role in parts if role == "row"}
        cells = [(each, _CELLS[role]) for each, role in parts if role in _CELLS]
        named = (table, *rows, *(cell for cell, _ in cells))
        if any(each.tag in _NATIVE for each in named) or any(each.tag in _NATIVE_TABLE for each, _ in parts):
            continue
        if "th" not in {tag for _, tag in cells} or not all(_is_in(cell, rows) for cell, _ in cells):
            continue
        if any(map(_has_text, (table, *rows))):  # it would be put below the table
            continue
        table.tag = "table"
        for row in rows:
            row.tag = "tr"
        for cell, tag in cells:
            cell.tag = tag
            for name, span in _SPANS.items():
                if stated := cell.get(name):
                    cell.set(span, stated)


def _innermost(root: _Element) -> list[_Element]:
    """Return the tables without others in them."""
    from lxml.etree import iterwalk

    found: list[_Element] = []
    opened: list[_Element] = []
    last: _Element | None = None  # the table that began last
    for event, each in iterwalk(root, events=("start", "end")):
        if each.get("role") not in _TABLES:
            continue
        if event == "start":
            opened.append(each)
            last = each
        elif opened.pop() is last:
            found.append(each)
            last = None
    return found


def _is_in(cell: _Element, rows: set[_Element]) -> bool:
    return any(each in rows for each in islice(cell.iterancestors(), _DEEPEST))


def _has_text(element: _Element) -> bool:
    """Return True if there is text between the children of an element."""
    return bool((element.text or "").strip()) or any((each.tail or "").strip() for each in element)
