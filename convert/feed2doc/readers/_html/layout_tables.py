"""Tables in which old pages place their text, and the links above it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

CELLS = frozenset({"tbody", "tr", "td"})
"""The parts of such a table, which begin and end a line."""
# What only tables of data have, the longest row of links, and the shortest paragraph.
_DATA = ("th", "thead", "caption")
_LONGEST, _MOST, _SHORTEST = 400, 200, 40


def places_text(table: _Element) -> bool:
    """Return True for a table without borders and headers that has paragraphs, of an article or in another table, or one cell."""
    if table.get("border", "0") not in ("", "0"):
        return False
    cells = list(islice(table.iter("td", "th"), 2))
    if len(cells) == 1 and cells[0].tag == "td":
        return True
    parent, length = None, 0
    for each in table.iter("p", *_DATA):
        if each.tag != "p":
            return False
        if each.getparent() is not parent:
            parent, length = each.getparent(), 0
        length += len(words_of(each))
        if length >= _SHORTEST:
            return True
    return False


def is_row_of_links(table: _Element) -> bool:
    """Return True for a short table that has nothing but links."""
    if next(islice(table.iter(), _MOST, None), None) is not None or next(table.iter("a"), None) is None:
        return False
    words = "".join(words_of(table).split())
    if not words or len(words) > _LONGEST or next(table.iter("p", "img"), None) is not None:
        return False
    return len(words) == sum(len("".join(words_of(each).split())) for each in table.iter("a"))
