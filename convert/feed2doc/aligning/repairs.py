"""Repairs of an alignment in order: unsure pairs leave it, moved and straddling paragraphs join it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from feed2doc.aligning.chain import chain
from feed2doc.aligning.evidence import Evidence
from feed2doc.aligning.units import Group

_SURE = 2.5  # the evidence for a pair without support by its neighbours
_LIKELY = 0.5  # the evidence for a pair next to a sure one
_POSSIBLE = -1.0  # the evidence for a pair between two sure ones
_MOVED = 5.0  # the evidence for a pair out of order
_ALSO = 4.0  # what a group gains by a unit from elsewhere
_ROUNDS = 20  # of looking for paragraphs out of order
_MANY = 100  # groups; what more of them have says little
_STRADDLING = 4.0  # the weight of what a paragraph shares with the next group only
_GREATEST_MISFIT = 1.0

Places = tuple[dict[int, int], dict[int, int]]


def _places(a: Sequence[int], b: Sequence[int]) -> Places:
    return {unit: place for place, unit in enumerate(a)}, {unit: place for place, unit in enumerate(b)}


def sure(groups: Sequence[Group], a: Sequence[int], b: Sequence[int], evidence: Evidence) -> list[Group]:
    """Return the groups that have enough evidence, or fit next to those that do."""
    places = _places(a, b)
    good = [evidence.score(*group) >= _SURE for group in groups]
    unknown = [number for number, each in enumerate(good) if not each]
    while unknown:
        number = unknown.pop()
        if not good[number] and _fits(number, groups, good, places, evidence):
            good[number] = True
            unknown += [near for near in (number - 1, number + 1) if 0 <= near < len(groups)]
    return [group for group, each in zip(groups, good, strict=True) if each]


def _fits(
    number: int, groups: Sequence[Group], good: Sequence[bool], places: Places, evidence: Evidence
) -> bool:
    """Return True if the lengths of a group fit, and it follows or precedes a sure one, or better both."""
    group = groups[number]
    if evidence.misfit(*group) >= _GREATEST_MISFIT:
        return False
    if number == 0:
        before = all(places[side][group[side][0]] == 0 for side in (0, 1))
    else:
        before = good[number - 1] and _follow(groups[number - 1], group, places)
    if number == len(groups) - 1:
        after = all(places[side][group[side][-1]] == len(places[side]) - 1 for side in (0, 1))
    else:
        after = good[number + 1] and _follow(group, groups[number + 1], places)
    least = _POSSIBLE if before and after else _LIKELY
    return (before or after) and evidence.shared(*group) >= least


def _follow(one: Group, other: Group, places: Places) -> bool:
    return all(places[side][one[side][-1]] + 1 == places[side][other[side][0]] for side in (0, 1))


def moved(groups: Sequence[Group], a: Sequence[int], b: Sequence[int], evidence: Evidence) -> list[Group]:
    """Return the groups, with more of paragraphs out of order, and with paragraphs that were joined from two places."""
    found = list(groups)
    for _ in range(_ROUNDS):
        pairs = chain(_unpaired(found, a, 0), _unpaired(found, b, 1), evidence)
        more = [pair for pair in pairs if evidence.score(*pair) >= _MOVED]
        if not more:
            break
        found += more
    for side, units in ((0, a), (1, b)):
        with_key: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(found):
            for key in evidence.of(group[1 - side], 1 - side):
                with_key[key].append(number)
        for unit in _unpaired(found, units, side):
            likely = (with_key[key] for key in evidence.keys[side][unit] if len(with_key[key]) <= _MANY)
            near = sorted({number for numbers in likely for number in numbers})
            gains = [(_gain(found[number], unit, side, evidence), number) for number in near]
            gain, number = max(gains, default=(0.0, 0))
            if gain >= _ALSO:
                found[number] = _with(found[number], unit, side)
    return found


def _unpaired(groups: Sequence[Group], units: Sequence[int], side: int) -> list[int]:
    taken = {unit for group in groups for unit in group[side]}
    return [unit for unit in units if unit not in taken]


def _with(group: Group, unit: int, side: int) -> Group:
    left, right = group
    return (left, tuple(sorted((*right, unit)))) if side else (tuple(sorted((*left, unit))), right)


def _gain(group: Group, unit: int, side: int, evidence: Evidence) -> float:
    return evidence.score(*_with(group, unit, side)) - evidence.score(*group)


def joined(groups: Sequence[Group], a: Sequence[int], b: Sequence[int], evidence: Evidence) -> list[Group]:
    """Return the groups in order, with two neighbours made one if a paragraph straddles them."""
    places = _places(a, b)
    found: list[Group] = []
    for group in sorted(groups):
        if found and _follow(found[-1], group, places) and _straddle(found[-1], group, evidence):
            one = found.pop()
            found.append(((*one[0], *group[0]), (*one[1], *group[1])))
        else:
            found.append(group)
    return found


def _straddle(one: Group, other: Group, evidence: Evidence) -> bool:
    """Return True if a side of one group shares much with the other side of the next that only these two have."""
    (a, b), (c, d) = ((evidence.of(group[0], 0), evidence.of(group[1], 1)) for group in (one, other))
    return any(evidence.weight(across) >= _STRADDLING for across in ((a & d) - b - c, (c & b) - a - d))
