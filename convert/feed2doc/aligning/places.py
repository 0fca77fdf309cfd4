"""Headings and pictures, paired by what they are and by where they are among the aligned paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import normalize_url
from feed2doc.aligning.evidence import Evidence
from feed2doc.aligning.units import Group, Unit

_LEAST = 2.5
_SAME_PICTURE = 12.0
_SAME_NAME = 5.0
_SAME_NEIGHBOUR = 1.5
_SAME_SECTION = 2.0  # two headings above the same paragraph
_NEAR = 100  # headings or pictures that are compared with one, before and after its place
_PART = pattern(r"[^\W_]+")
# Parts of a file name that tell the size of a picture.
_SIZE = pattern(
    r"\d{3,4}x\d{3,4}|[wh]?\d{3,4}|(?:master|article|large|small|medium|jumbo|super|thumb|square|xl|hd|orig)[a-z]*\d*",
    re.I,
)


def paired_anchors(
    groups: Sequence[Group], a: Sequence[Unit], b: Sequence[Unit], evidence: Evidence
) -> list[Group]:
    """Return pairs of headings and pairs of pictures, the most certain first."""
    partners = {(i, j) for left, right in groups for i in left for j in right} | {(-1, -1)}
    before, after = (
        [_nearest_texts(units, range(len(units))[::step]) for units in (a, b)] for step in (1, -1)
    )
    options: list[tuple[float, int, int]] = []
    for kind in ("heading", "figure"):
        left, right = ([n for n, unit in enumerate(units) if unit.kind == kind] for units in (a, b))
        for place, i in enumerate(left):
            at = place * len(right) // len(left)
            for j in right[max(0, at - _NEAR) : at + _NEAR]:
                score = evidence.shared([i], [j]) + _same_picture(a[i], b[j])
                if (before[0][i], before[1][j]) in partners:
                    score += _SAME_NEIGHBOUR
                if (after[0][i], after[1][j]) in partners:
                    score += _SAME_SECTION if kind == "heading" else _SAME_NEIGHBOUR
                options.append((-score, i, j))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in sorted(options):
        if -score >= _LEAST and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return [((i,), (j,)) for i, j in found.items()]


def _nearest_texts(units: Sequence[Unit], numbers: range) -> dict[int, int]:
    """Return for each unit the number of the nearest paragraph before it in this order, or -1."""
    found: dict[int, int] = {}
    last = -1
    for number in numbers:
        found[number] = last
        if units[number].kind == "text":
            last = number
    return found


def _same_picture(a: Unit, b: Unit) -> float:
    """Return the evidence of two pictures with the same address, or with the same name but for the size."""
    pairs = [(one, other) for one in a.pictures for other in b.pictures]
    if any(normalize_url(one) == normalize_url(other) for one, other in pairs):
        return _SAME_PICTURE
    return _SAME_NAME if any(_name(one) == _name(other) != [] for one, other in pairs) else 0.0


def _name(url: str) -> list[str]:
    """Return the parts of a picture's file name, without those that tell its size."""
    last = unquote(url).split("?")[0].rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return [part for part in _PART.findall(last.lower()) if not _SIZE.fullmatch(part)]
