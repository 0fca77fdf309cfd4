"""The evidence that groups of paragraphs say the same: what they share, and what only one of them has."""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from feed2doc._locale.tags import primary_language
from feed2doc._text.folding import folded
from feed2doc.aligning import names
from feed2doc.aligning.features import CJK, features
from feed2doc.aligning.units import Unit

# The weight of each kind of feature (the first word of its key), before its rarity counts.
_WEIGHTS = {
    "number": 1.0,
    "month": 0.9,
    "day": 1.0,
    "link": 2.0,
    "word": 1.2,
    "start": 0.7,
    "entry": 0.8,
    "char": 0.6,
    "heard": 1.3,
    "gloss": 1.6,
    "sign": 0.5,
}
_QUANTITY = 1.2
_SMALL_NUMBER = 0.6  # up to ten
_MISSED = 0.15  # the share of its weight that a feature costs which only one side has
_SPREAD = 0.27  # of the logarithm of the ratio of lengths
_GREATEST_MISFIT = 5.0
_FEW = 6  # letters, which make the ratio of short texts less certain
_TOLERANCE = 0.07  # of a quantity that was converted and rounded
_COMPARED = 100  # units of an article whose names are looked for together
_REMEMBERED = 1024  # groups of units


class Evidence:
    """The features and lengths of the units of two articles, and how much each feature weighs."""

    def __init__(self, a: Sequence[Unit], b: Sequence[Unit], languages: tuple[str, str]) -> None:
        keys = ([features(unit, languages[0]) for unit in a], [features(unit, languages[1]) for unit in b])
        _unify_quantities(*keys)
        in_characters = [primary_language(tag) in CJK for tag in languages]
        if in_characters == [False, True]:
            _add_names(a, keys[0], b, keys[1])
        elif in_characters == [True, False]:
            _add_names(b, keys[1], a, keys[0])
        common = set().union(*keys[0]) & set().union(*keys[1])
        if not all(in_characters):
            common = {key for key in common if not key.startswith("char ")}
        self.keys: tuple[list[set[str]], list[set[str]]] = (
            [each & common for each in keys[0]],
            [each & common for each in keys[1]],
        )
        counts = Counter(key for side in self.keys for each in side for key in each)
        total = len(a) + len(b) + 1
        self.weights: dict[str, float] = {
            key: _weight(key) * math.log(total / count) for key, count in counts.items()
        }
        self._lengths: tuple[list[int], list[int]] = (
            [len(unit.text) for unit in a],
            [len(unit.text) for unit in b],
        )
        texts = [sum(len(unit.text) for unit in units if unit.kind == "text") or 1 for units in (a, b)]
        self._ratio: float = texts[1] / texts[0]
        self._part: Callable[[int, tuple[int, ...]], tuple[set[str], float, int]] = functools.lru_cache(
            _REMEMBERED
        )(self._read_part)

    def _read_part(self, side: int, units: tuple[int, ...]) -> tuple[set[str], float, int]:
        """Return the features of units of a side, their weight, and the length of the units."""
        keys = set().union(*(self.keys[side][unit] for unit in units))
        return keys, self.weight(keys), sum(self._lengths[side][unit] for unit in units)

    def of(self, units: Iterable[int], side: int) -> set[str]:
        """Return the features of units of a side."""
        return self._part(side, tuple(units))[0]

    def shared(self, left: Iterable[int], right: Iterable[int]) -> float:
        """Return the weight of what two groups share, less a part of what only one of them has."""
        (a, of_a, _), (b, of_b, _) = self._part(0, tuple(left)), self._part(1, tuple(right))
        both = self.weight(a & b)
        return both - _MISSED * (of_a + of_b - 2 * both)

    def weight(self, keys: Iterable[str]) -> float:
        """Return the weight of features, which does not depend on their order."""
        return math.fsum(map(self.weights.__getitem__, keys))

    def misfit(self, left: Iterable[int], right: Iterable[int]) -> float:
        """Return how unlikely the lengths of two groups are for a translation.

        Source: Gale and Church, A program for aligning sentences in bilingual corpora, 1993.
        """
        a, b = self._part(0, tuple(left))[2], self._part(1, tuple(right))[2]
        off = math.log((b + _FEW * self._ratio) / (self._ratio * (a + _FEW))) / _SPREAD
        return min(_GREATEST_MISFIT, off * off / 2)

    def score(self, left: Sequence[int], right: Sequence[int]) -> float:
        """Return how likely it is that these groups are each other's translation; 0 is undecided."""
        return self.shared(left, right) - self.misfit(left, right)


def _weight(key: str) -> float:
    kind, _, value = key.partition(" ")
    if kind == "number" and float(value) <= 10:
        return _SMALL_NUMBER
    return _WEIGHTS.get(kind, _QUANTITY)


def _unify_quantities(a: Iterable[set[str]], b: Iterable[set[str]]) -> None:
    """Give quantities in b the keys of those in a that they equal, but for conversion and rounding."""
    known: dict[str, list[float]] = {}
    for kind, value, _ in sorted(_quantities(a), key=lambda each: each[1]):
        known.setdefault(kind, []).append(value)
    for kind, value, keys in _quantities(b):
        values = known.get(kind, [])
        at = bisect_left(values, value)
        near = min(values[max(0, at - 1) : at + 1], key=lambda other: abs(other - value), default=math.inf)
        if abs(near - value) <= _TOLERANCE * abs(near) < math.inf:
            keys.discard(f"{kind} {value:.6g}")
            keys.add(f"{kind} {near:.6g}")


def _quantities(units: Iterable[set[str]]) -> list[tuple[str, float, set[str]]]:
    split = [(key.partition(" "), keys) for keys in units for key in sorted(keys)]
    return [(kind, float(value), keys) for (kind, _, value), keys in split if kind not in _WEIGHTS]


def _add_names(
    latin: Sequence[Unit], latin_keys: Sequence[set[str]], other: Sequence[Unit], other_keys: list[set[str]]
) -> None:
    """Add keys for names of the Latin text that the other text has in its own script.

    Of long articles, parts are compared that are at about the same place.
    """
    slope = len(other) / max(1, len(latin))
    for start in range(0, len(latin), _COMPARED):
        here = slice(start, start + _COMPARED)
        there = slice(max(0, int((start - _COMPARED) * slope)), math.ceil((start + 2 * _COMPARED) * slope))
        _add_names_of(latin[here], latin_keys[here], other[there], other_keys[there])


def _add_names_of(
    latin: Sequence[Unit],
    latin_keys: Sequence[set[str]],
    other: Sequence[Unit],
    other_keys: Sequence[set[str]],
) -> None:
    """Add keys for the names that the other text glosses once, or has as they sound."""
    texts = [folded(unit.text) for unit in other]
    in_latin = names.latin_names([unit.text for unit in latin])
    spelled = set().union(*in_latin)
    found: dict[str, set[int]] = {}
    for written, name in names.glossed(texts):
        if name in spelled:
            places = {place for place, text in enumerate(texts) if written in text}
            found.setdefault(f"gloss {name}", set()).update(places)
    runs = [names.transcriptions(text) for text in texts]
    for name in spelled - {key.removeprefix("gloss ") for key in found}:
        sound = names.consonants(name)
        found[f"heard {name}"] = {place for place, each in enumerate(runs) if names.is_heard(sound, each)}
    for key, places in found.items():
        for place in places:
            other_keys[place].add(key)
    for keys, each in zip(latin_keys, in_latin, strict=True):
        keys |= {key for name in each for key in (f"gloss {name}", f"heard {name}") if key in found}
