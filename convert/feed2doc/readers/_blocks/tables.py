"""Tables that are only used for layout, as in newsletters, as opposed to tables of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

Rows = tuple[tuple[m.Cell, ...], ...]

_DATA_CLASS = pattern(
    r"\b(?:wikitable|infobox|data-?table|dataframe|sortable|wp-block-table|table-(?:striped|bordered))\b"
)
# The length of text in one cell that is prose rather than a value.
_PROSE = 160


def is_layout(element: _Element | None, rows: Rows, caption: m.Inlines) -> bool:
    """Return True if a table only places its content on the page.

    A table that says what it is, by its role, header cells, a caption or borders, is that. Otherwise it is a table of data if
    it has several columns of short texts.
    """
    if element is not None and element.get("role") in ("presentation", "none"):
        return True
    if (
        caption
        or any(cell.header for row in rows for cell in row)
        or (element is not None and _says_data(element))
    ):
        return False
    filled = [[cell for cell in row if cell.blocks] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return True
    cells = [cell for row in filled for cell in row]
    if all(isinstance(block, m.Figure) for cell in cells for block in cell.blocks):  # a gallery
        return True
    return any(map(_is_part_of_page, cells))


def _says_data(element: _Element) -> bool:
    if element.get("role") in ("table", "grid") or (element.get("summary") or "").strip():
        return True
    if element.get("border", "0") not in ("", "0") or element.get("rules", "none") != "none":
        return True
    return (
        _DATA_CLASS.search(element.get("class") or "") is not None
        or next(element.iter("thead"), None) is not None
    )


def _is_part_of_page(cell: m.Cell) -> bool:
    """Return True if the cell has what a table of data does not: headings, tables, or several paragraphs of prose."""
    kinds = {type(block) for block in cell.blocks}
    if not kinds.isdisjoint((m.Heading, m.Table, m.Quote, m.Aside, m.Embed)):
        return True
    texts = [m.plain_text(block.content) for block in cell.blocks if isinstance(block, m.Paragraph)]
    if m.Figure in kinds and texts:
        return True
    return len(texts) > 1 and sum(map(len, texts)) > _PROSE
