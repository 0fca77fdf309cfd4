"""Articles that do not end with a few lines on a page of their own, for Typst.

If the last page of an article has little text, the book is compiled again with lines of this article that are a little closer,
as typesetters do, so that the page is not needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import msgspec

from feed2doc.writers._shared.page_layout import POINT, PageSize, closer_by
from feed2doc.writers.pdf._typst_pictures import Layout, settled
from feed2doc.writers.typst.compiler import CompileError
from feed2doc.writers.typst.settings import with_closer_lines, with_heights

# The label of the ends of articles in the template.
ENDS = "<article-end>"
# A last page of which less than this share has text is sparse; a layout takes less time than in WeasyPrint.
_SPARSE = 0.3
# How often the book is compiled again: with closer lines wherever they may help, then only where they do.
_ROUNDS = 2
# What headings and the space between paragraphs take of a page, as a share.
_BETWEEN = 0.15


class _End(NamedTuple):
    """The end of an article: its name, first and last page, and the height of what is on that, in points."""

    name: str
    first: int
    last: int
    used: float

    def closer(self, page: float, pictures: float) -> float:
        """Return the share by which lines must be closer so that the last of these pages is not needed, or 0.

        `pictures` is the height of all pictures of the article in points.
        """
        if self.last == self.first or self.used > _SPARSE * page:
            return 0
        text = (self.last - self.first) * page * (1 - _BETWEEN) - pictures
        return closer_by(self.used, max(text, 1))


def with_full_endings(
    first: Layout, source: str, again: Callable[[str], Layout], page: PageSize
) -> tuple[bytes, str]:
    """Return the PDF in which articles do not end with little text on a page, if possible, and its source.

    `again` lays out a source.
    """
    height = page.text_height / POINT
    layout, heights = _settled(first, source, again)
    before = {end.name: end for end in _ends(layout)}
    pictures = _heights(layout)
    closer = {name: share for name, end in before.items() if (share := end.closer(height, pictures[name]))}
    with suppress(CompileError):
        for _ in range(_ROUNDS):
            if not closer:
                break
            tried = with_closer_lines(source, closer)
            made, found = _settled(again(tried), tried, again)
            saved = {end.name for end in _ends(made) if end.last - end.first < _pages(before[end.name])}
            if saved >= closer.keys():
                return made.pdf, with_heights(tried, found)
            closer = {name: share for name, share in closer.items() if name in saved}
    return layout.pdf, with_heights(source, heights)


def _settled(first: Layout, source: str, again: Callable[[str], Layout]) -> tuple[Layout, dict[str, float]]:
    return settled(first, lambda given: again(with_heights(source, given)))


def _ends(layout: Layout) -> list[_End]:
    return msgspec.convert(layout.ends, list[_End])


def _heights(layout: Layout) -> defaultdict[str, float]:
    """Return the heights of the pictures of each article."""
    found = defaultdict[str, float](float)
    for name, height in msgspec.convert(layout.heights, list[tuple[str, float]]):
        found[name.rpartition("-")[0]] += height
    return found


def _pages(end: _End) -> int:
    return end.last - end.first
