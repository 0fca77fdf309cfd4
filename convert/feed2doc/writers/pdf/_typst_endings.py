"""Articles that do not end with a few lines on a page of their own, for Typst.

If the last page of an article has little text, the article is compiled again with lines that are a little closer, as typesetters
do, or with smaller pictures, or both, so that the page is not needed. Where that is not enough, its lines are a little wider apart, so
that pages before give lines to the last one. There too, and in books, whose articles have the same lines, the template lets more
lines of the last paragraphs be on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from feed2doc._decoding import convert
from feed2doc.writers._shared.page_layout import (
    CLOSER,
    POINT,
    SMALLER,
    SPARSE_LINES,
    SPARSE_PAGE,
    PageSize,
    closer_by,
    may_be_fuller,
    smaller_by,
)
from feed2doc.writers.pdf._typst_pictures import Layout, heights_of, settled
from feed2doc.writers.typst.compiler import CompileError
from feed2doc.writers.typst.settings import Found

# The label of the ends of articles in the template.
ENDS = "<article-end>"
# A last page of which less than this share has text is sparse; a layout takes less time than in WeasyPrint.
_SPARSE = 0.35
# The share of a page that headings and the space between paragraphs take.
_BETWEEN = 0.15
# What the space above what is on the last page takes, which has none there, and what may be blank at the foot of the page before,
# which is not known, as shares of the page; and by what share pictures can be smaller.
_ABOVE, _BLANK, _MOST = 0.05, 0.15, 0.22


class _End(NamedTuple):
    """The end of an article: its name, first and last page, and the heights of what is on that and of a line, in points."""

    name: str
    first: int
    last: int
    used: float
    line: float

    @property
    def pages(self) -> int:
        """The number of pages after the first."""
        return self.last - self.first

    def closer(self, page: float, pictures: float) -> float:
        """Return the share by which lines must be closer so that the last of these pages is not needed, or 0.

        `pictures` is the height of all pictures of the article in points.
        """
        if not self.pages or self.used > _SPARSE * page:
            return 0
        text = self.pages * page * (1 - _BETWEEN) - pictures
        return closer_by(self.used, max(text, 1))

    def sparse(self, page: float) -> float:
        """Return the height of what is on a last page that has little on it, at most."""
        return max(SPARSE_PAGE * page, SPARSE_LINES * self.line)

    def smaller(self, page: float, pictures: float) -> float:
        """Return the share by which pictures of this height in points must be smaller for that, or 0."""
        if not self.pages or self.used > _SPARSE * page:
            return 0
        needed = self.used + _ABOVE * page
        if needed > _MOST * pictures:  # the rest may be blank before
            needed = max(needed - _BLANK * page, _MOST * pictures)
        return smaller_by(needed, pictures, self.pages)


def with_full_ending(first: Layout, again: Callable[[Found], Layout], page: PageSize) -> tuple[Layout, Found]:
    """Return a settled layout of an article that does not end with little text on a page, if possible, and what was found for it.

    `again` lays out the article once more.
    """
    layout, found = settled(first, Found(), again)
    before, height = _ends(layout), page.text_height / POINT
    pictures = sum(each.height for each in heights_of(layout))
    closer = {end.name: share for end in before if (share := end.closer(height, pictures))}
    smaller = max((end.smaller(height, pictures) for end in before), default=0)
    for tried in _tries(closer, smaller, [end.name for end in before]):
        with suppress(CompileError):
            made = settled(again(tried), tried, again)
            if all(now.pages < end.pages for now, end in zip(_ends(made[0]), before, strict=True)):
                return made
    if all(may_be_fuller(end.used, end.pages, end.line, end.sparse(height)) for end in before):
        with suppress(CompileError):
            tried = Found(closer={end.name: -CLOSER for end in before})
            made = settled(again(tried), tried, again)
            after = zip(_ends(made[0]), before, strict=True)
            if all(now.pages == end.pages and now.used >= end.sparse(height) for now, end in after):
                return made
    return layout, found


def _tries(closer: dict[str, float], smaller: float, names: list[str]) -> Iterator[Found]:
    """Yield what to try: closer lines, with smaller pictures, and then with the closest lines and pictures that are smaller still.

    Pages save whole lines and pictures, so that what would be enough for one column may not be for pages.
    """
    if closer:
        yield Found(closer=closer)
    if smaller:
        yield Found(smaller=smaller)
        yield Found(closer=dict.fromkeys(names, CLOSER), smaller=min(2 * smaller, SMALLER))


def _ends(layout: Layout) -> list[_End]:
    return convert(layout.ends, list[_End])
