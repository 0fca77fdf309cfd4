"""The spans of tables, which a few bytes can make as large as memory, shortened to what the table needs."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from feed2doc.model._nodes import Cell

Rows = tuple[tuple[Cell, ...], ...]

# How many positions (rows times columns) a table may have: so many, and as many more for each of its cells.
MAX_POSITIONS, MAX_POSITIONS_PER_CELL = 200, 20


class _Place(Struct, frozen=True):
    """A cell with its first column, and the rows and columns that it covers."""

    cell: Cell
    x: int
    colspan: int
    rowspan: int


def bounded_rows(rows: Rows) -> Rows:
    """Return the rows of a table unchanged, unless spans or long rows give it too many positions for its cells.

    Then spans end where no cell begins any more. If that is not enough, each cell gets one position, and long rows are
    divided. No cell is left out.
    """
    cells = sum(map(len, rows))
    most = MAX_POSITIONS + MAX_POSITIONS_PER_CELL * cells
    places = list(_places(rows, most))
    if len(places) < len(rows):
        return _single(rows, (most - cells) // len(rows))
    if _positions(places) <= most:
        return rows
    starts = sorted({place.x for row in places for place in row})
    places = [[_narrowed(place, starts) for place in row] for row in places]
    if _positions(places) > most:
        return _single(rows, (most - cells) // len(rows))
    return tuple(tuple(replace(p.cell, colspan=p.colspan, rowspan=p.rowspan) for p in row) for row in places)


def _places(rows: Rows, most: int) -> Iterator[list[_Place]]:
    """Yield the places of the cells, row by row, as long as they and the spans from above are not more than `most`."""
    above: list[tuple[int, int, int]] = []  # first column, column after the last, row after the last
    for y, row in enumerate(rows):
        above = [span for span in above if span[2] > y]
        most -= len(above) + len(row)
        if most < 0:
            return
        places: list[_Place] = []
        x = number = 0
        for cell in row:
            while number < len(above) and above[number][0] <= x:
                x = max(x, above[number][1])
                number += 1
            places.append(_Place(cell, x, cell.colspan, min(cell.rowspan, len(rows) - y)))
            x += cell.colspan
        yield places
        above = sorted([*above, *((p.x, p.x + p.colspan, y + p.rowspan) for p in places if p.rowspan > 1)])


def _positions(places: list[list[_Place]]) -> int:
    width = max((place.x + place.colspan for row in places for place in row), default=0)
    return max(len(places) * width, sum(place.colspan * place.rowspan for row in places for place in row))


def _narrowed(place: _Place, starts: list[int]) -> _Place:
    """Return the place in a table that has only the columns in which a cell starts."""
    from bisect import bisect_left

    x = bisect_left(starts, place.x)
    return replace(place, x=x, colspan=bisect_left(starts, place.x + place.colspan) - x)


def _single(rows: Rows, width: int) -> Rows:
    """Return the cells without spans, in rows that are not longer than `width`."""
    width = max(1, width)
    return tuple(
        tuple(replace(cell, colspan=1, rowspan=1) for cell in row[at : at + width])
        for row in rows
        for at in range(0, max(1, len(row)), width)
    )
