"""The parts of an output between texts of an article that have been found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from feed2doc.checking.alignment import NOWHERE

# Letters whose highest place is known, so that they need not be searched one by one.
_BLOCK = 256


class Between:
    """The highest place before each letter of an article, and the lowest from each on, as its letters are placed now."""

    def __init__(self, places: Sequence[int], end: int) -> None:
        self._places, self._end = places, end
        self._highest = [max(places[at : at + _BLOCK]) for at in range(0, len(places), _BLOCK)]
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
            high = self._first_above(low, end)
        return low, high

    def _first_above(self, low: int, at: int) -> int:
        """Return the place of the first letter from this one on that is after `low`, or the end of the output."""
        while at < len(self._places):
            if at % _BLOCK == 0 and self._highest[at // _BLOCK] <= low:
                at += _BLOCK
            elif self._places[at] > low:
                return self._places[at]
            else:
                at += 1
        return self._end
