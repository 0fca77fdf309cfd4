"""Tables as columns of plain text."""

from __future__ import annotations

from feed2doc._text.wrap import lines_of, width_of

# The gap between columns, and the minimum width of a column.
GAP = "  "
_NARROWEST_COLUMN = 8


def column_widths(rows: list[list[str]], room: int) -> list[int]:
    """Return the width of each column: that of its widest cell if it fits, while the others share the rest equally.

    Return an empty list if a share would be too narrow, or if a word does not fit in its column. 0 means unlimited room.
    """
    wanted = [max(1, *(width_of(row[i]) for row in rows)) for i in range(len(rows[0]))]
    if not room:
        return wanted
    room -= len(GAP) * (len(wanted) - 1)
    sizes: dict[int, int] = {}
    for left, i in zip(
        range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True
    ):
        sizes[i] = min(wanted[i], (room - sum(sizes.values())) // left)
    if any(sizes[i] < min(wanted[i], _NARROWEST_COLUMN) for i in sizes):
        return []
    for row in rows:
        if any(width_of(line) > sizes[i] for i, text in enumerate(row) for line in lines_of(text, sizes[i])):
            return []
    return [sizes[i] for i in range(len(wanted))]


def row_lines(row: list[str], sizes: list[int], aligned: list[str]) -> list[str]:
    """Return the lines of a row, with each cell wrapped and padded to its column."""
    cells = [lines_of(text, size) for text, size in zip(row, sizes, strict=True)]
    height = max(map(len, cells))
    return [
        GAP.join(
            _padded(cell[at] if at < len(cell) else "", size, align)
            for cell, size, align in zip(cells, sizes, aligned, strict=True)
        )
        for at in range(height)
    ]


def _padded(text: str, size: int, align: str) -> str:
    space = size - width_of(text)
    before = space if align == "right" else space // 2 if align == "center" else 0
    return " " * before + text + " " * (space - before)
