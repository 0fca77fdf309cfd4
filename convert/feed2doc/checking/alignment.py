"""Alignment of a text with another that contains its letters in the same order, with anything in between.

Long common runs are found first. Runs that occur once on either side, in the order that most of them share, anchor
everything else. What an output adds (page heads, link numbers, labels) is between the runs and costs nothing; each
letter that it lacks stays without a place.
"""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Iterator, Mapping, Sequence

from feed2doc.checking._chances import Chances, most_pieces
from feed2doc.checking.letters import weight_of

# The lengths of the runs that are looked for: each pass searches the gaps that the pass before has left.
SIZES = (16, 8, 4)
NOWHERE = -1
# In a longer part, only every n-th run is indexed; in a shorter one, a run is known to occur once.
_LONG = 200_000
# A text with less weight may occur by chance.
MIN_WEIGHT = 12

Range = tuple[int, int, int, int]
Index = Mapping[str, int]


def index_of(found: str, size: int, start: int = 0, end: int | None = None) -> dict[str, int]:
    """Return the runs of this size in a part of the text, each with its place, or NOWHERE if it occurs twice.

    In a long part, only consecutive runs that do not overlap are indexed.
    """
    end = len(found) if end is None else end
    index: dict[str, int] = {}
    for at in range(start, end - size + 1, size if end - start > _LONG else 1):
        run = found[at : at + size]
        index[run] = NOWHERE if run in index else at
    return index


def common_runs(
    wanted: str, index: Index, size: int, start: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    """Return the places in both texts of the runs that occur once in each, in the order of `wanted`."""
    end = len(wanted) if end is None else end
    here: dict[str, int] = {}
    for at in range(start, end - size + 1):
        run = wanted[at : at + size]
        if index.get(run, NOWHERE) != NOWHERE:
            here[run] = NOWHERE if run in here else at
    return [(at, index[run]) for run, at in here.items() if at != NOWHERE]


def ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of these pairs, sorted by their first values, whose second values ascend."""
    ends: list[int] = []  # the smallest second value that a subsequence of each length ends with
    last: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        length = bisect.bisect_left(ends, second)
        ends[length : length + 1] = [second]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else NOWHERE)
    chain = []
    number = last[-1] if last else NOWHERE
    while number != NOWHERE:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


class Alignment:
    """The places of the letters of `wanted` in `found`: `places` has NOWHERE for letters that are not there.

    `starts` are the offsets of the texts that make up `wanted`. `chances` says which of them may be in `found`.
    """

    def __init__(self, wanted: str, starts: Sequence[int], found: str, chances: Chances) -> None:
        self.places: array[int] = array("q", [NOWHERE]) * len(wanted)
        self._wanted, self._starts, self._found = wanted, starts, found
        self._chances = chances
        todo: list[tuple[Range, int]] = [((0, len(wanted), 0, len(found)), 0)]
        while todo:
            gap, level = todo.pop()
            if gap[0] >= gap[1] or gap[2] >= gap[3]:
                continue
            if level < len(SIZES):
                todo += [(part, level + 1) for part in self._fill(gap, SIZES[level])]
            else:
                self._place(gap)
        self._slide()

    def _fill(self, gap: Range, size: int) -> Iterator[Range]:
        """Place the runs of this size and extend them. Yield the gaps between them."""
        here, here_end, there, there_end = gap
        index = index_of(self._found, size, there, there_end)
        for at, to in ascending(common_runs(self._wanted, index, size, here, here_end)):
            if at < here or to < there:  # the run before has been extended over it
                continue
            back = 0
            while at - back > here and to - back > there and self._same(at - back - 1, to - back - 1):
                back += 1
            on = size
            while at + on < here_end and to + on < there_end and self._same(at + on, to + on):
                on += 1
            self._set(at - back, to - back, back + on)
            yield here, at - back, there, to - back
            here, there = at + on, to + on
        yield here, here_end, there, there_end

    def _same(self, at: int, to: int) -> bool:
        return self._wanted[at] == self._found[to]

    def _set(self, at: int, to: int, length: int) -> None:
        self.places[at : at + length] = array("q", range(to, to + length))

    def _place(self, gap: Range) -> None:
        """Place the texts that are in the gap, whole or in pieces, the longest first, each between those placed before."""
        placed: list[Range] = []
        absent: dict[str, tuple[int, int]] = {}
        for at, end in sorted(self._runs(*gap[:2]), key=lambda run: run[0] - run[1]):
            number = bisect.bisect(placed, (at,))
            _, here, _, there = placed[number - 1] if number else (0, gap[0], 0, gap[2])
            here_end, _, there_end, _ = placed[number] if number < len(placed) else (gap[1], 0, gap[3], 0)
            text = self._wanted[at:end]
            low, high = absent.get(text, (there_end, there))
            if there >= there_end or (low <= there and there_end <= high):
                continue
            pieces = self._pieces(text, there, there_end, 0 if here else here_end - end + 1)
            if not pieces:
                absent[text] = there, there_end
                continue
            for offset, place, length in pieces:
                self._set(at + offset, place, length)
            (_, first, _), (_, last, length) = pieces[0], pieces[-1]
            placed.insert(number, (at, end, first, last + length))

    def _pieces(self, text: str, there: int, there_end: int, room: int) -> list[tuple[int, int, int]]:
        """Return the pieces of a text that are in this part of the output, as `in_pieces` does.

        `room` is 0, or for a text in the first gap, how many letters come after it there, and one.
        """
        to = self._found.find(text, there, there_end) if self._chances.whole(text) else NOWHERE
        if to != NOWHERE and room and weight_of(text) < MIN_WEIGHT:
            # Do not mistake a part of the article's head for its first text, if there is room after it.
            to = max(to, self._found.rfind(text, there, max(there_end - room + 1, 0)))
        if to != NOWHERE:
            return [(0, to, len(text))]
        if not self._chances.in_pieces(text, there_end - there):
            return []
        found = in_pieces(text, self._found[there:there_end])
        return [(offset, there + place, length) for offset, place, length in found]

    def _slide(self) -> None:
        """Shift an unplaced run that spans two texts to the start of the earlier text, if it fits there as well.

        For the texts `ab`, `ac`, `ad` without the second, `ca` would be missing as well as `ac`.
        """
        end = 0
        for begin in self._starts[1:]:
            if begin < end or not begin or self.places[begin - 1] != NOWHERE:
                continue
            end = begin
            while end < len(self.places) and self.places[end] == NOWHERE:
                end += 1
            if end == begin:
                continue
            start = begin
            while start and self.places[start - 1] == NOWHERE:
                start -= 1
            self._slide_to_text(start, end)

    def _slide_to_text(self, start: int, end: int) -> None:
        first = self._starts[bisect.bisect_right(self._starts, start) - 1]
        by = start - first
        if self._wanted[first:start] == self._wanted[end - by : end] and by <= end - start:
            self.places[end - by : end] = self.places[first:start]
            self.places[first:start] = array("q", [NOWHERE]) * by

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the texts in `wanted` between start and end."""
        number = bisect.bisect_right(self._starts, start)
        while start < end:
            stop = min(self._starts[number], end) if number < len(self._starts) else end
            yield start, stop
            start, number = stop, number + 1


def in_pieces(text: str, found: str, *, ordered: bool = True) -> list[tuple[int, int, int]]:
    """Return the pieces of the text that are in `found`, as (place in the text, place there, length).

    They are in the same order there, unless `ordered` is false. Return nothing if the text is not there completely, or
    only in pieces so small that they may belong to anything.
    """
    pieces: list[tuple[int, int, int]] = []
    at = start = 0
    most = most_pieces(text)
    while at < len(text) and len(pieces) < most:
        # Bisection works because no longer beginning can be there if a shorter one is not.
        length = bisect.bisect_left(
            range(1, len(text) - at + 1), True, key=lambda n: found.find(text[at : at + n], start) == NOWHERE
        )
        if not length:
            return []
        to = found.find(text[at : at + length], start)
        pieces.append((at, to, length))
        at += length
        if ordered:
            start = to + length
        else:
            found = found[:to] + "\0" * length + found[to + length :]
    return pieces if at == len(text) else []
