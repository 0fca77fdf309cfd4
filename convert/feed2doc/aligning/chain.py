"""The best alignment in order of two sequences, by dynamic programming."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc.aligning.evidence import Evidence
from feed2doc.aligning.units import Group

# How many units of each side a group may have, and what it gains or costs to be of that form.
_FORMS = {(1, 1): 1.0, (1, 2): 0.0, (2, 1): 0.0, (1, 3): -1.0, (3, 1): -1.0, (1, 4): -2.0, (4, 1): -2.0}
_BAND = 25  # how far from the diagonal a group may be


def chain(a: Sequence[int], b: Sequence[int], evidence: Evidence) -> list[Group]:
    """Return the groups of the best alignment in order. Units without a counterpart are in no group."""
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    steps = [[(0, 0)] * (len(b) + 1) for _ in range(len(a) + 1)]
    slope = len(b) / max(1, len(a))
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            options = [(best[i - n][j - m], (n, m)) for n, m in ((1, 0), (0, 1)) if n <= i and m <= j]
            if abs(i * slope - j) <= _BAND:
                options += [
                    (best[i - n][j - m] + gain + evidence.score(a[i - n : i], b[j - m : j]), (n, m))
                    for (n, m), gain in _FORMS.items()
                    if n <= i and m <= j
                ]
            if options:
                best[i][j], steps[i][j] = max(options)
    groups: list[Group] = []
    i, j = len(a), len(b)
    while i or j:
        n, m = steps[i][j]
        if n and m:
            groups.append((tuple(a[i - n : i]), tuple(b[j - m : j])))
        i, j = i - n, j - m
    return groups[::-1]
