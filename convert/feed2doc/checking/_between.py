"""The parts of an output between texts of an article that have been found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from feed2doc.checking.alignment import NOWHERE


class Between:
    """The highest place before each letter of an article, and the lowest from each on, as its letters are placed now."""

    def __init__(self, places: Sequence[int], end: int) -> None:
        self._places, self._end = places, end
        self._before = list(accumulate(places, max, initial=NOWHERE))
        placed = (end if place == NOWHERE else place for place in reversed(places))
        self._after = list(accumulate(placed, min, initial=end))[::-1]

    def first_from(self, at: int) -> int:
        """Return the lowest place from this letter of the article on, or the end of the output."""
        return self._after[at]

    def texts(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the output after the letters before `start` and before those from `end` on."""
        low, high = self._before[start] + 1, self._after[end]
        if high <= low:  # what follows begins before, as the cells of a table may do
            high = next((place for place in self._places[end:] if place > low), self._end)
        return low, high
