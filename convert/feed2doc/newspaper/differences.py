"""The differences of two sequences: the parts of both that are not in their longest common subsequence."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence, Set

_MOST = 400_000_000  # pairs of elements; that many take 100 MB

Change = tuple[
    int, int, int, int
]  # from where to where the first sequence is replaced, and by what of the second


def changed_parts(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[Change]:
    """Yield the parts that differ, in order. Beginnings and ends that are equal are found first."""
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    most = min(len(a), len(b)) - start
    tail = next((n for n in range(most) if a[-1 - n] != b[-1 - n]), most)
    for i, j, k, n in _gaps(a[start : len(a) - tail], b[start : len(b) - tail]):
        yield i + start, j + start, k + start, n + start


def without_remnants(changes: Iterable[Change]) -> list[Change]:
    """Return the changes, with two made one if what is equal between them is not longer than either.

    So a sentence that was written again is not shown as a mixture of both.
    """
    found: list[Change] = []
    for change in changes:
        found.append(change)
        while len(found) > 1 and found[-1][0] - found[-2][1] <= min(map(_size, found[-2:])):
            (i, _, k, _), (_, j, _, n) = found[-2:]
            found[-2:] = [(i, j, k, n)]
    return found


def _size(change: Change) -> int:
    i, j, k, n = change
    return max(j - i, n - k)


def _gaps(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[Change]:
    """Yield what is between the elements that both have in the longest common subsequence."""
    i = k = 0
    for x, y in [*_common(a, b), (len(a), len(b))]:
        if (i, k) != (x, y):
            yield i, x, k, y
        i, k = x + 1, y + 1


def _common(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence, or none if the sequences are too long.

    A bit of a row is 0 where one more element of `b` makes the subsequence longer. Source: H. Hyyrö, Bit-parallel LCS-length
    computation revisited, 2004.
    """
    if len(a) * len(b) > _MOST:
        return []
    places = _places(b, frozenset(a))
    ones = (1 << len(b)) - 1
    rows = [ones]
    for each in a:
        row = rows[-1]
        equal = row & places.get(each, 0)
        rows.append((row + equal | row - equal) & ones)
    found: list[tuple[int, int]] = []
    x, y = len(a), len(b)
    while x and y:
        if rows[x] >> (y - 1) & 1:
            y -= 1
        elif not rows[x - 1] >> (y - 1) & 1:
            x -= 1
        else:
            x, y = x - 1, y - 1
            found.append((x, y))
    return found[::-1]


def _places(of: Sequence[Hashable], known: Set[Hashable]) -> dict[Hashable, int]:
    """Return the places of each element that is known, as bits."""
    found: dict[Hashable, bytearray] = {}
    for number, each in enumerate(of):
        if each in known:
            if each not in found:
                found[each] = bytearray((len(of) + 7) // 8)
            found[each][number // 8] |= 1 << number % 8
    return {each: int.from_bytes(found.pop(each), "little") for each in list(found)}
