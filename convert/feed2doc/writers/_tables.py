"""Tables as a grid: which cell begins where, and what spans leave empty."""

from __future__ import annotations

from feed2doc.model import Cell

Grid = list[list[Cell | None]]

_WIDEST = 200


def grid_of(rows: tuple[tuple[Cell, ...], ...]) -> Grid:
    """The table as rows of equal columns; None where a cell from above or the left reaches to.

    Spans end with the table, as https://html.spec.whatwg.org/#forming-a-table has it.
    """
    grid: Grid = [[] for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for dy in range(min(cell.rowspan, len(rows) - y)):
                for dx in range(min(cell.colspan, _WIDEST)):
                    taken.add((y + dy, x + dx))
            _put(grid[y], x, cell)
            x += min(cell.colspan, _WIDEST)
    width = max((x + 1 for _, x in taken), default=0)
    for row_of in grid:
        row_of += [None] * (width - len(row_of))
    return grid


def _put(row: list[Cell | None], at: int, cell: Cell) -> None:
    row += [None] * (at + 1 - len(row))
    row[at] = cell
