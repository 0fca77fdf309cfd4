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
    options: list[tuple[float, int, int]] = []
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            if left.kind != right.kind or left.kind not in ("heading", "figure"):
                continue
            score = evidence.shared([i], [j]) + _same_picture(left, right)
            before, after = ((_next_text(a, i, step), _next_text(b, j, step)) in partners for step in (-1, 1))
            score += (
                _SAME_NEIGHBOUR * before
                + (_SAME_SECTION if left.kind == "heading" else _SAME_NEIGHBOUR) * after
            )
            options.append((-score, i, j))
    found: dict[int, int] = {}
    for score, i, j in sorted(options):
        if -score >= _LEAST and i not in found and j not in found.values():
            found[i] = j
    return [((i,), (j,)) for i, j in found.items()]


def _next_text(units: Sequence[Unit], at: int, step: int) -> int:
    """Return the number of the next paragraph in a direction, or -1."""
    at += step
    while 0 <= at < len(units) and units[at].kind != "text":
        at += step
    return at if at < len(units) else -1


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
