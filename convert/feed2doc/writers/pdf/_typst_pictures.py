"""Pictures that shrink instead of leaving the foot of a page blank, for Typst.

The template decides their heights from where everything is in the layout before, and Typst lays out a book up to five times
until nothing moves. Each layout settles one more picture of an article. So if five layouts are not enough for an article with many
pictures, another run starts from the heights in the last one, of which those of the first pictures stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import NamedTuple

from msgspec.structs import replace

from feed2doc._decoding import convert
from feed2doc.writers.typst.compiler import CompileError
from feed2doc.writers.typst.settings import Found

# The label of the names and heights of pictures in the template.
HEIGHTS = "<picture-height>"
# The pictures of an article that are settled after each run, of which one that may float counts twice, and after how many runs those
# that move stay as they are.
_SETTLED, _FLOATING, _MOST_RUNS = 4, 2, 6


class Layout(NamedTuple):
    """A PDF, whether something in it still moves, the heights of all pictures, and the ends of articles."""

    pdf: bytes
    is_unsettled: bool
    heights: object
    ends: object


class Height(NamedTuple):
    """The height of the picture of this name in points, and whether the picture may float."""

    name: str
    height: float
    floats: bool

    @property
    def article(self) -> str:
        """The name of its article."""
        return self.name.rpartition("-")[0]

    @property
    def number(self) -> int:
        """Its number in the article."""
        return int(self.name.rpartition("-")[2])


def heights_of(layout: Layout) -> list[Height]:
    """Return the heights of all pictures in the layout."""
    return convert(layout.heights, list[Height])


def settled(
    first: Layout, found: Found, again: Callable[[Found], Layout], floating: int = _FLOATING
) -> tuple[Layout, Found]:
    """Return a layout in which nothing moves, and what was found for it, which has heights of pictures if they were needed.

    `again` lays out once more, and a picture that may float counts as so many. A layout that fails leaves the one before, which is complete.
    """
    layout, runs = first, 0
    with suppress(CompileError):
        while layout.is_unsettled and runs <= _MOST_RUNS:
            runs += 1
            is_last = runs >= _MOST_RUNS
            pictures = heights_of(layout)
            first_ones = _first_ones(pictures, inf if is_last else _SETTLED * runs, floating)
            given = replace(found, heights={each.name: each.height for each in pictures}, settled=first_ones)
            layout, found = again(given), given
    return layout, found


def _first_ones(pictures: list[Height], most: float, floating: int) -> tuple[str, ...]:
    """Return the names of so many pictures of each article."""
    found, counts = list[str](), Counter[str]()
    for picture in sorted(pictures, key=lambda each: each.number):
        counts[picture.article] += floating if picture.floats else 1
        if counts[picture.article] <= most:
            found.append(picture.name)
    return tuple(found)
