"""Pictures that shrink instead of leaving the foot of a page blank, for Typst.

Typst does not say how much space is left on a page, but where everything is after a layout. So a book with such a picture is
laid out again, which is quick because Typst keeps what has not changed. In each layout, the first such picture of every
article gets its height; what follows it has another place then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from feed2doc.writers._shared.page_layout import LARGEST_GAP, POINT, SMALLEST_PICTURE, PageSize

# The label of the list of places in the template.
PLACES = "<places>"

# Lengths are in points. Rounding may add so much to a height.
_ROUNDING = 1.0
_MOST_LAYOUTS = 20


class _Mark(msgspec.Struct):
    """The place of an article, of a picture of this height, of what is above one with this space, or of a caption's end."""

    kind: Literal["article", "before", "picture", "after"]
    page: int
    y: float
    height: float = 0
    space: float = 0


class _Picture(msgspec.Struct):
    """A picture, with the places where a page might have ended above it: before headings, then before the picture."""

    number: int
    article: int
    breaks: list[_Mark]
    place: _Mark
    after: _Mark


class PictureHeights:
    """Finds the heights of pictures, layout by layout."""

    def __init__(self, page: PageSize) -> None:
        self.heights: dict[int, float] = {}
        self._page = page
        self._refused: set[int] = set()
        self._layouts = 0

    def change(self, places: object) -> bool:
        """Change heights according to the places in a layout with the present ones; return False if they are right."""
        self._layouts += 1
        articles: set[int] = set()
        if self._layouts > _MOST_LAYOUTS:
            return False
        for picture in _pictures(msgspec.convert(places or [], list[_Mark])):
            if picture.article in articles or picture.number in self._refused:
                continue
            start, above = _page_break(picture, self._page)
            if start.page != picture.place.page - 1:
                continue
            if self.heights.pop(picture.number, 0):  # it did not fit all the same
                self._refused.add(picture.number)
                articles.add(picture.article)
            elif height := _fitting_height(picture, start, above, self._page):
                self.heights[picture.number] = height
                articles.add(picture.article)
        return bool(articles)


def _pictures(marks: list[_Mark]) -> Iterator[_Picture]:
    number = article = 0
    breaks: list[_Mark] = []
    place: _Mark | None = None
    for mark in marks:
        match mark.kind:
            case "article":
                article += 1
                breaks = []
            case "before":
                breaks.append(mark)
            case "picture":
                place = mark
            case "after" if place and breaks:
                number += 1
                yield _Picture(number, article, breaks, place, mark)
                breaks = []


def _page_break(picture: _Picture, page: PageSize) -> tuple[_Mark, float]:
    """Return where the page before ends if the picture begins a page, and the height of the headings between the two."""
    *headings, start = picture.breaks
    if start.page < picture.place.page:
        return start, 0.0
    moved = next((each for each in reversed(headings) if each.page < start.page), start)
    return moved, start.y - page.top / POINT


def _fitting_height(picture: _Picture, start: _Mark, above: float, page: PageSize) -> float | None:
    """Return the height at which the picture would fit on the page before, or None if it should stay as it is."""
    bottom, place = (page.height - page.top) / POINT, picture.place
    space = max(each.space for each in picture.breaks if (each.page, each.y) == (start.page, start.y))
    left = bottom - start.y - space - above
    if left < LARGEST_GAP * bottom or above > LARGEST_GAP * bottom:
        return None
    room = left - (picture.after.y - place.y - place.height) - _ROUNDING
    return room if SMALLEST_PICTURE * place.height <= room < place.height else None
