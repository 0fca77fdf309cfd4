"""Groups of similar vectors: candidates from an index of their heaviest terms, joined by average similarity."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from feed2doc.newspaper.terms import Vector

Pair = tuple[int, int]

_INDEXED = 60  # terms of a vector
_LEAST_SHARED = 3
_AVERAGE = 0.6  # the share of the average in the similarity of groups
_APART = 0.8  # the share of the cohesion of two groups that their similarity must have
_LONGEST_ENTRY = 200  # vectors; a term of more of them says little


def similarities(vectors: Sequence[Vector], languages: Sequence[str]) -> dict[Pair, float]:
    """Return the cosines of pairs of vectors of one language that share several of their heaviest terms."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    shared: Counter[Pair] = Counter()
    for number, vector in enumerate(vectors):
        for term in _heaviest(vector):
            entry = index[languages[number], term]
            if len(entry) <= _LONGEST_ENTRY:
                shared.update([(other, number) for other in entry])
                entry.append(number)
    return {pair: cosine(*(vectors[n] for n in pair)) for pair, n in shared.items() if n >= _LEAST_SHARED}


def _heaviest(vector: Vector) -> list[str]:
    """Return the heaviest terms of a vector. Sorting only the weights takes a tenth of the time of sorting the terms."""
    least = min(sorted(vector.values())[-_INDEXED:], default=0.0)
    terms = [term for term, weight in vector.items() if weight > least]
    ties = sorted(term for term, weight in vector.items() if weight == least)
    return terms + ties[: _INDEXED - len(terms)]


def cosine(a: Vector, b: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])  # in any order the same


def clusters(count: int, similar: Mapping[Pair, float], least: float) -> list[list[int]]:
    """Return groups of the numbers below `count`: two groups are joined while their similarity is at least `least`.

    Two close groups stay apart if they are less similar to each other than the members of either: they are two events in one
    affair.
    """
    groups = {number: _Group([number], {}) for number in range(count)}
    queue: list[tuple[float, int, int]] = []
    for (a, b), value in similar.items():
        groups[a].links[b] = groups[b].links[a] = (value, value)
        if value >= least:
            queue.append((-value, a, b))
    heapq.heapify(queue)
    while queue:
        value, a, b = heapq.heappop(queue)
        if a not in groups or b not in groups or groups[a].similarity(b, groups[b]) != -value:
            continue  # one of them has grown since
        if -value < _APART * min(groups[a].cohesion(), groups[b].cohesion()):
            continue
        one, other = groups[a], groups.pop(b)
        one.absorb(other, one.links[b])
        for near, link in other.links.items():
            del groups[near].links[b]
            if near != a:
                total, most = one.links.get(near, (0.0, 0.0))
                one.links[near] = groups[near].links[a] = (total + link[0], max(most, link[1]))
        for near in one.links:
            value = one.similarity(near, groups[near])
            if value >= least:
                heapq.heappush(queue, (-value, min(a, near), max(a, near)))
    return sorted(sorted(group.members) for group in groups.values())


class _Group:
    """Numbers that belong together, with the similarities of their members to those of others: the sum and the greatest."""

    def __init__(self, members: list[int], links: dict[int, tuple[float, float]]) -> None:
        self.members: list[int] = members
        self.links: dict[int, tuple[float, float]] = links
        self._inner: float = 0.0

    def similarity(self, number: int, other: _Group) -> float:
        """Return the similarity to the group with this number: between the average of their members and the greatest.

        The average alone splits an event that is told from many sides, the greatest alone chains events.
        """
        total, most = self.links.get(number, (0.0, 0.0))
        return _AVERAGE * total / (len(self.members) * len(other.members)) + (1 - _AVERAGE) * most

    def cohesion(self) -> float:
        """Return the average similarity of the members, 0 if there is only one."""
        size = len(self.members)
        return self._inner / (size * (size - 1) / 2) if size > 1 else 0.0

    def absorb(self, other: _Group, link: tuple[float, float]) -> None:
        """Add the members of another group, to which this link leads."""
        self.members += other.members
        self._inner += other._inner + link[0]


def connected(pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the groups of numbers that pairs connect, in the order of the first of each."""
    groups: dict[int, list[int]] = {}
    for a, b in pairs:
        one, other = groups.setdefault(a, [a]), groups.setdefault(b, [b])
        if one is not other:
            one += other
            groups.update(dict.fromkeys(other, one))
    return sorted({id(group): sorted(group) for group in groups.values()}.values())
