"""The titles of contents in which each article has one line."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from feed2doc.writers._shared.contents.design import ContentsDesign
from feed2doc.writers._shared.contents.entries import ContentsPart, ContentsRow
from feed2doc.writers._shared.headlines import regular_width, width_in_ems
from feed2doc.writers._shared.page_layout import PageSize
from feed2doc.writers._shared.running_heads import beginning_of

# The dots and the page number after a title, and the space after the name of a part, in ems.
_NUMBER, _SPACE = 3.8, 0.8
_ELLIPSIS = "…"
# The share of a line that the name of a part takes at most, and how much wider than other letters its bold ones are.
_MOST_OF_A_LINE, _BOLD = 0.5, 1.1


def shown(parts: Sequence[ContentsPart], design: ContentsDesign | None, page: PageSize) -> list[ContentsPart]:
    """Return the parts as this design lists them: with titles that fit on a line, if it has only one for each."""
    if design is None or not design.shortened:
        return list(parts)
    room = design.room(page)[0] / design.size - _NUMBER
    return [_on_lines(part, room) for part in parts]


def _on_lines(part: ContentsPart, room: float) -> ContentsPart:
    """Return the part with titles of its articles that fit on a line, next to its own title in that of the first."""
    title = part.title
    if (name := width_in_ems(title)) > _MOST_OF_A_LINE * room:
        title = beginning_of(title, _MOST_OF_A_LINE * room / _BOLD - 1) + _ELLIPSIS
        name = width_in_ems(title)
    first = room - name - _SPACE if title else room
    rows = (_row(row, room if at else first) for at, row in enumerate(part.rows))
    return replace(part, title=title, rows=tuple(rows))


def _row(row: ContentsRow, room: float) -> ContentsRow:
    """Return the row with as much of its title as fits; links are described by the whole one."""
    if regular_width(row.title) <= room:
        return row
    return replace(row, title=beginning_of(row.title, room - 1) + _ELLIPSIS, whole=row.title)
