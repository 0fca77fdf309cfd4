"""Tables as a grid: where each cell begins, and the positions that spans cover."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc.model import Align, Cell

Grid = list[list[Cell | None]]

# The space between two columns, in letters.
_BORDERS = 2


def grid_of(rows: tuple[tuple[Cell, ...], ...]) -> Grid:
    """Return the table as rows of equal length, with None where a cell spans from above or from the left.

    Spans end with the table (https://html.spec.whatwg.org/#forming-a-table). The rows must come from `bounded_rows`.
    """
    grid: Grid = [[] for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for dy in range(min(cell.rowspan, len(rows) - y)):
                for dx in range(cell.colspan):
                    taken.add((y + dy, x + dx))
            _put(grid[y], x, cell)
            x += cell.colspan
    width = max((x + 1 for _, x in taken), default=0)
    for row_of in grid:
        row_of += [None] * (width - len(row_of))
    return grid


def alignments(grid: Grid) -> list[Align]:
    """Return the alignment of each column: that of most of its cells with data, or of its header if those have none."""
    found: list[Align] = []
    for column in zip(*grid, strict=True):
        cells = [cell for cell in column if cell is not None]
        data = [cell.align for cell in cells if not cell.header]
        most: Align = max(data, key=data.count) if data else ""
        found.append(most or next((cell.align for cell in cells if cell.header), ""))
    return found


def _put(row: list[Cell | None], at: int, cell: Cell) -> None:
    row += [None] * (at + 1 - len(row))
    row[at] = cell


def longest_that_fits(grid: Grid, longest: Sequence[Sequence[int]], room: int) -> int:
    """Return how many letters a word may have for the table to fit in `room` letters, or 0 if it fits anyway.

    `longest` has, for each cell of each row, the length of its longest word.
    """
    columns = [_BORDERS] * max(map(len, grid), default=0)
    for row, lengths in zip(grid, longest, strict=True):
        starts = [x for x, cell in enumerate(row) if cell is not None]
        for x, length in zip(starts, lengths, strict=False):
            cell = row[x]
            if cell is not None and cell.colspan == 1:
                columns[x] = max(columns[x], length + _BORDERS)
    return max(1, room // len(columns) - _BORDERS) if sum(columns) > room else 0


def whole_columns(grid: Grid, widths: Sequence[Sequence[float]], room: int) -> frozenset[int]:
    """Return the narrowest columns of a table that is wider than `room` letters, whose cells need no second line.

    The other columns share what these leave, and none of them gets less than one of these. `widths` has, for each cell of each
    row, how many letters it needs on one line. Engines would make all columns narrower in proportion.
    """
    columns = [0.0] * max(map(len, grid), default=0)
    for row, lengths in zip(grid, widths, strict=True):
        starts = [x for x, cell in enumerate(row) if cell is not None]
        for x, length in zip(starts, lengths, strict=False):
            cell = row[x]
            if cell is not None and cell.colspan == 1:
                columns[x] = max(columns[x], length)
    left = float(room - _BORDERS * len(columns))
    if sum(columns) <= left:
        return frozenset()
    whole: list[int] = []
    for x in sorted(range(len(columns)), key=columns.__getitem__):
        if columns[x] * (len(columns) - len(whole)) > left:
            break
        whole.append(x)
        left -= columns[x]
    return frozenset(whole)


class Placed(Struct, frozen=True):
    """A cell and the rows and columns it covers; None is an empty position that no cell covers."""

    cell: Cell | None
    colspan: int = 1
    rowspan: int = 1


def placed(rows: tuple[tuple[Cell, ...], ...]) -> list[list[Placed]]:
    """Return the table row by row, with every position covered exactly once: spans that would overlap are shortened.

    The rows must come from `bounded_rows`.
    """
    grid = grid_of(rows)
    taken: set[tuple[int, int]] = set()
    found: list[list[Placed]] = [[] for _ in grid]
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            if (y, x) in taken:
                continue
            wide = 1
            while cell and wide < min(cell.colspan, len(row) - x) and _is_free(row, x + wide, y, taken):
                wide += 1
            high = min(cell.rowspan, len(grid) - y) if cell else 1
            taken |= {(y + dy, x + dx) for dy in range(high) for dx in range(wide)}
            found[y].append(Placed(cell, wide, high))
    return found


def _is_free(row: list[Cell | None], x: int, y: int, taken: set[tuple[int, int]]) -> bool:
    return row[x] is None and (y, x) not in taken


def head_rows(rows: list[list[Placed]]) -> int:
    """Return the number of rows at the top that contain only header cells and do not span further down."""
    heads = 0
    while heads < len(rows) - 1 and rows[heads] and all(p.cell and p.cell.header for p in rows[heads]):
        heads += 1
    return heads if all(y + p.rowspan <= heads for y in range(heads) for p in rows[y]) else 0
