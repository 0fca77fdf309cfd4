"""Tables as XHTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from math import inf

from feed2doc._text.lazy_re import pattern
from feed2doc._text.wrap import width_of
from feed2doc.model import Cell
from feed2doc.writers._shared.tables import grid_of, head_rows, longest_that_fits, placed, whole_columns
from feed2doc.writers._shared.wide_tables import WORD

# A table with so few rows, each of so few characters of XHTML, stays on one page of a PDF.
_SHORT, _FEW = 7, 200
_TAGS = pattern("<[^<>]*>")
# The markup that makes a cell more than one line.
_BLOCKS = ("\n", "<br", "<img")
# Text with breaks that were inserted into very long words of a PDF.
_BROKEN = pattern("(?:[^<>\u200b]{1,60}\u200b){25}")


def table_of(
    rows: tuple[tuple[Cell, ...], ...],
    contents: Sequence[Sequence[str]],
    caption: str,
    line_length: int,
    attributes: str = "",
    screen_length: int = 0,
) -> str:
    """Return a table; `contents` has the XHTML of each cell. Rows at the top with nothing but header cells are its head.

    `line_length` is the number of letters per line, or 0 if it is not known. If a table does not fit, its longest words are
    broken. `attributes` are those of the element around it. `screen_length` is the number of letters per line of a wide screen.
    """
    grid = grid_of(rows)
    places = placed(rows)
    heads = head_rows(places)
    # A page that ended within a cell would leave the tags of a PDF with rows of different lengths.
    joined = {y + n for y, row in enumerate(places) for place in row for n in range(place.rowspan - 1)}
    longest = [[_longest_word(content) for content in row] for row in contents] if line_length else []
    if line_length:  # WeasyPrint measures a cell again from each break to the end of an element
        contents = [[_BROKEN.sub(r"<span>\g<0></span>", content) for content in row] for row in contents]
    most = longest_that_fits(grid, longest, line_length) if longest else 0
    room = 0 if most else line_length or screen_length
    widths = [[_width(content) for content in row] for row in contents] if room else []
    whole = whole_columns(grid, widths, room) if room else frozenset()
    written = []
    for y, row in enumerate(rows):
        cells = []
        starts = [x for x, cell in enumerate(grid[y]) if cell is not None]
        for cell, content, x in zip(row, contents[y], starts, strict=False):
            is_broken = bool(most) and _longest_word(content) > most
            below = min(cell.rowspan, len(grid) - y)
            scope = _scope(x, y, heads) if cell.header else ""
            # The reader takes a class for an alignment, so this one is not a class.
            scope += ' data-whole=""' if x in whole and cell.colspan == 1 else ""
            cells.append(_cell(cell, content, below, scope, is_broken=is_broken))
        marks = ' class="joined"' if line_length and y in joined else ""
        written.append(f"<tr{marks}>{''.join(cells)}</tr>\n")
    titled = f"<caption>{caption}</caption>\n" if caption else ""
    head = f"<thead>\n{''.join(written[:heads])}</thead>\n" if heads else ""
    body = f"<tbody>\n{''.join(written[heads:])}</tbody>\n"
    is_short = line_length and len(rows) <= _SHORT and sum(map(len, written)) <= _FEW * len(rows)
    classes = "table short" if is_short else "table"
    return f'<div class="{classes}"{attributes}><table>\n{titled}{head}{body}</table></div>'


def _scope(x: int, y: int, heads: int) -> str:
    return ' scope="col"' if y < max(heads, 1) else ' scope="row"' if x == 0 else ""


def _cell(cell: Cell, content: str, rows: int, attributes: str, *, is_broken: bool) -> str:
    tag = "th" if cell.header else "td"
    across = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    down = f' rowspan="{rows}"' if rows > 1 else ""
    marks = " ".join(filter(None, (cell.align, "breaking" if is_broken else "")))
    classes = f' class="{marks}"' if marks else ""
    return f"<{tag}{attributes}{across}{down}{classes}>{content}</{tag}>"


def _width(content: str) -> float:
    """Return how many letters a cell needs on one line."""
    if any(each in content for each in _BLOCKS):
        return inf
    return width_of(unescape(_TAGS.sub("", content)))


def _longest_word(content: str) -> int:
    """Return the length of the longest word in a piece of XHTML."""
    return max(map(len, WORD.findall(_TAGS.sub("", content))), default=0)
