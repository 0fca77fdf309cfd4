"""The best alignment in order of two sequences, by dynamic programming near the diagonal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from feed2doc.aligning.evidence import Evidence
from feed2doc.aligning.units import Group

# How many units of each side a group may have, and what it gains or costs to be of that form.
_FORMS = {(1, 1): 1.0, (1, 2): 0.0, (2, 1): 0.0, (1, 3): -1.0, (3, 1): -1.0, (1, 4): -2.0, (4, 1): -2.0}
_LONGEST = max(max(form) for form in _FORMS)
_BAND = 25  # how far from the diagonal a group may end


def chain(a: Sequence[int], b: Sequence[int], evidence: Evidence) -> list[Group]:
    """Return the groups of the best alignment in order. Units without a counterpart are in no group."""
    rows: list[_Row] = []
    slope = len(b) / max(1, len(a))
    for i in range(len(a) + 1):
        near = range(max(0, math.ceil(i * slope - _BAND)), min(len(b), int(i * slope + _BAND)) + 1)
        row = _Row(max(0, near.start - _LONGEST))
        for j in range(row.start, near.stop):
            options = [(rows[-1].best(j), (1, 0))] if i else []
            options += [(row.best(j - 1), (0, 1))] if j > row.start else []
            if j in near:
                options += [
                    (rows[i - n].best(j - m) + gain + evidence.score(a[i - n : i], b[j - m : j]), (n, m))
                    for (n, m), gain in _FORMS.items()
                    if n <= i and m <= j
                ]
            row.append(*max(options, default=(0.0, (0, 0))))
        rows.append(row)
    groups: list[Group] = []
    i, j = len(a), len(b)
    while i or j:
        n, m = rows[i].step(j)
        if n and m:
            groups.append((tuple(a[i - n : i]), tuple(b[j - m : j])))
        i, j = i - n, j - m
    return groups[::-1]


class _Row:
    """The best alignments of the first units of one side with those of the other, from a number of these on.

    Before the first and after the last, units are only passed over.
    """

    def __init__(self, start: int) -> None:
        self.start: int = start
        self._values: list[float] = []
        self._steps: list[tuple[int, int]] = []

    def append(self, value: float, step: tuple[int, int]) -> None:
        """Add the value of the next alignment, and the form of its last group."""
        self._values.append(value)
        self._steps.append(step)

    def best(self, j: int) -> float:
        """Return the value of the best alignment with the first `j` units of the other side."""
        return self._values[min(j - self.start, len(self._values) - 1)]

    def step(self, j: int) -> tuple[int, int]:
        """Return the form of the last group of that alignment; with a zero, a unit is passed over."""
        at = j - self.start
        if at < 0:
            return 1, 0
        return self._steps[at] if at < len(self._steps) else (0, 1)
