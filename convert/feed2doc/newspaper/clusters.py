"""Groups of similar vectors: candidates from an index of their heaviest terms, joined by average similarity."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from feed2doc.newspaper.terms import Vector

Pair = tuple[int, int]

_INDEXED = 60  # terms of a vector
LEAST_SHARED = 3
_AVERAGE = 0.75  # the share of the average in the similarity of groups
_SPREAD = 0.15  # the power of a group's spread by which its average counts more
_APART = 0.7  # the share of the cohesion of two groups that their similarity must have
_LONGEST_ENTRY = 200  # vectors; one with a term of more of them is compared with the last


def similarities(vectors: Sequence[Vector], languages: Sequence[str]) -> dict[Pair, float]:
    """Return the cosines of pairs of vectors of one language that share several of their heaviest terms.

    Vectors that are likely to belong together should be near each other: where many have a term, only the near ones are
    compared.
    """
    index: dict[tuple[str, str], deque[int]] = defaultdict(lambda: deque(maxlen=_LONGEST_ENTRY))
    shared: Counter[Pair] = Counter()
    for number, vector in enumerate(vectors):
        for term in _heaviest(vector):
            entry = index[languages[number], term]
            shared.update([(other, number) for other in entry])
            entry.append(number)
    return {pair: cosine(*(vectors[n] for n in pair)) for pair, n in shared.items() if n >= LEAST_SHARED}


def _heaviest(vector: Vector) -> list[str]:
    """Return the heaviest terms of a vector. Sorting only the weights takes a tenth of the time of sorting the terms."""
    least = min(sorted(vector.values())[-_INDEXED:], default=0.0)
    terms = [term for term, weight in vector.items() if weight > least]
    ties = sorted(term for term, weight in vector.items() if weight == least)
    return terms + ties[: _INDEXED - len(terms)]


def cosine(a: Vector, b: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])  # in any order the same


def clusters(
    count: int, similar: Mapping[Pair, float], least: float, together: Iterable[Sequence[int]] = ()
) -> list[list[int]]:
    """Return groups of the numbers below `count`: two groups are joined while their similarity is at least `least`.

    Two close groups stay apart if they are less similar to each other than the members of either: they are two events in one
    affair. The numbers in each part of `together` are one group from the beginning.
    """
    groups = {number: _Group([number], {}) for number in range(count)}
    for (a, b), value in similar.items():
        groups[a].links[b] = groups[b].links[a] = (value, value)
    for first, *rest in together:
        for number in rest:
            _join(groups, first, number, (len(groups[first].members), 1.0))
    queue = [
        (-value, a, b)
        for a, group in groups.items()
        for b in group.links
        if a < b and (value := group.similarity(b, groups[b])) >= least
    ]
    heapq.heapify(queue)
    while queue:
        value, a, b = heapq.heappop(queue)
        if a not in groups or b not in groups or groups[a].similarity(b, groups[b]) != -value:
            continue  # one of them has grown since
        if -value < _APART * min(groups[a].cohesion(), groups[b].cohesion()):
            continue
        one = groups[a]
        _join(groups, a, b, one.links[b])
        for near in one.links:
            value = one.similarity(near, groups[near])
            if value >= least:
                heapq.heappush(queue, (-value, min(a, near), max(a, near)))
    return sorted(sorted(group.members) for group in groups.values())


def _join(groups: dict[int, _Group], a: int, b: int, link: tuple[float, float]) -> None:
    """Make the group `b`, to which this link leads, a part of the group `a`."""
    one, other = groups[a], groups.pop(b)
    one.absorb(other, link)
    for near, (total, most) in other.links.items():
        del groups[near].links[b]
        if near != a:
            known = one.links.get(near, (0.0, 0.0))
            one.links[near] = groups[near].links[a] = (known[0] + total, max(known[1], most))


class _Group:
    """Numbers that belong together, with the similarities of their members to those of others: the sum and the greatest."""

    def __init__(self, members: list[int], links: dict[int, tuple[float, float]]) -> None:
        self.members: list[int] = members
        self.links: dict[int, tuple[float, float]] = links
        self._inner: float = 0.0

    def similarity(self, number: int, other: _Group) -> float:
        """Return the similarity to the group with this number: between the average of their members and the greatest.

        The average alone splits an event with many sides, the greatest alone chains events. Where the members of a group are
        less similar to each other, so are they to any other article: the average counts more.
        """
        total, most = self.links.get(number, (0.0, 0.0))
        average = total / (len(self.members) * len(other.members))
        spread = math.pow(self._spread() * other._spread(), _SPREAD)
        return _AVERAGE * average * spread + (1 - _AVERAGE) * most

    def _spread(self) -> float:
        """Return how many members that share nothing are as different as these: from 1, if they are equal, to their number."""
        size = len(self.members)
        return size * size / (size + 2 * self._inner)

    def cohesion(self) -> float:
        """Return the average similarity of the members, 0 if there is only one."""
        size = len(self.members)
        return self._inner / (size * (size - 1) / 2) if size > 1 else 0.0

    def absorb(self, other: _Group, link: tuple[float, float]) -> None:
        """Add the members of another group, to which this link leads."""
        self.members += other.members
        self._inner += other._inner + link[0]


class Connected:
    """Groups of numbers that pairs connect."""

    def __init__(self) -> None:
        self._groups: dict[int, list[int]] = {}

    def has(self, pair: Pair) -> bool:
        """Return True if both numbers are in one group."""
        return self._groups.get(pair[0], pair) is self._groups.get(pair[1])

    def add(self, pair: Pair) -> None:
        """Connect two numbers."""
        one, other = sorted((self._groups.setdefault(n, [n]) for n in pair), key=len, reverse=True)
        if one is not other:
            one += other
            self._groups.update(dict.fromkeys(other, one))

    def groups(self) -> list[list[int]]:
        """Return the groups, each sorted, in the order of their first numbers."""
        return sorted({id(group): sorted(group) for group in self._groups.values()}.values())
