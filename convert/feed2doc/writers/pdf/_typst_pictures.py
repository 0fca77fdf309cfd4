"""Pictures that shrink instead of leaving the foot of a page blank, for Typst.

The template decides their heights from where everything is in the layout before, and Typst lays out a book up to five times
until nothing moves. Each layout settles one more picture of an article. So the heights of the first ones are given to another
run if five layouts are not enough for an article with many pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import msgspec

from feed2doc.writers.typst.compiler import CompileError
from feed2doc.writers.typst.settings import with_heights

# The label of the names and heights of pictures in the template.
HEIGHTS = "<picture-height>"
# The pictures of an article that are settled after each run, and after how many runs those that move stay as they are.
_SETTLED, _MOST_RUNS = 4, 5


class Layout(NamedTuple):
    """A PDF, whether something in it still moves, the names and heights of all pictures, and the ends of articles."""

    pdf: bytes
    is_unsettled: bool
    heights: object
    ends: object


def settled(first: Layout, source: str, again: Callable[[str], Layout]) -> tuple[Layout, str]:
    """Return a layout in which nothing moves, and its source, which has heights of pictures if they were needed.

    `again` lays out a source. A layout that fails leaves the one before, which is complete.
    """
    layout, given, runs = first, source, 0
    with suppress(CompileError):
        while layout.is_unsettled and runs <= _MOST_RUNS:
            runs += 1
            heights = msgspec.convert(layout.heights, list[tuple[str, float]])
            given = with_heights(
                source,
                {
                    name: height
                    for name, height in heights
                    if runs >= _MOST_RUNS or int(name.rpartition("-")[2]) <= _SETTLED * runs
                },
            )
            layout = again(given)
    return layout, given
