"""Pictures that shrink instead of leaving the foot of a page blank, for Typst.

The template decides their heights from where everything is in the layout before, and Typst lays out a book up to five times
until nothing moves. Each layout settles one more picture of an article. So the heights of the first ones are given to another
run if five layouts are not enough for an article with many pictures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import NamedTuple

from feed2doc._decoding import convert
from feed2doc.writers.typst.compiler import CompileError
from feed2doc.writers.typst.settings import with_heights

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
    first: Layout, source: str, again: Callable[[str], Layout], floating: int = _FLOATING
) -> tuple[Layout, str]:
    """Return a layout in which nothing moves, and its source, which has heights of pictures if they were needed.

    `again` lays out a source, and one that may float counts as so many pictures. A layout that fails leaves the one before, which is complete.
    """
    layout, given, runs = first, source, 0
    with suppress(CompileError):
        while layout.is_unsettled and runs <= _MOST_RUNS:
            runs += 1
            is_last = runs >= _MOST_RUNS
            given = with_heights(source, _heights(layout, inf if is_last else _SETTLED * runs, floating))
            layout = again(given)
    return layout, given


def _heights(layout: Layout, most: float, floating: int) -> dict[str, float]:
    """Return the heights of so many pictures of each article by their names."""
    found, counts = dict[str, float](), Counter[str]()
    for picture in sorted(heights_of(layout), key=lambda each: each.number):
        counts[picture.article] += floating if picture.floats else 1
        if counts[picture.article] <= most:
            found[picture.name] = picture.height
    return found
