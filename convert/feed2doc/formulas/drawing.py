"""Formulas as drawings (SVG), for formats that cannot set MathML."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.formulas.convert import mathml_of
from feed2doc.formulas.mathml import mathml_text

if TYPE_CHECKING:
    from feed2doc.model import Math

_SIZE = 20.0
# The time of a drawing grows faster than its formula. Longer ones are printed as text.
_LONGEST = 50_000
# Longer formulas are drawn again each time, or a cache of them could grow large.
_LONGEST_KEPT = 5_000


class Drawing(Struct, frozen=True):
    """A formula as SVG. Width, height, and depth below the baseline are in ems."""

    svg: str
    width: float
    height: float
    depth: float


def drawing_of(formula: Math) -> Drawing | None:
    """Return the drawing of a formula, or None if it has no MathML, is very long, or has characters that the font does not have."""
    root = mathml_of(formula)
    markup = mathml_text(root) if root is not None else ""
    if not 0 < len(markup) <= _LONGEST:
        return None
    return _kept(markup) if len(markup) <= _LONGEST_KEPT else _drawn(markup)


@lru_cache(maxsize=256)
def _kept(markup: str) -> Drawing | None:
    return _drawn(markup)


def _drawn(markup: str) -> Drawing | None:
    from xml.etree import ElementTree

    from ziamath.zmath import Math as Drawn

    root = ElementTree.fromstring(markup)
    letters = set("".join("".join(root.itertext()).split()))
    try:
        drawn = Drawn(root, size=_SIZE)
        svg = drawn.svgxml()
    except Exception:  # of any kind: ziamath does not check its input, and the formula has a text
        return None
    if not all(map(drawn.font.glyphindex, letters)):
        return None
    _, top, width, height = (float(value) for value in svg.get("viewBox", "0 0 0 0").split())
    if not width or not height:
        return None
    return Drawing(
        ElementTree.tostring(svg, encoding="unicode"),
        round(width / _SIZE, 3),
        round(height / _SIZE, 3),
        round((top + height) / _SIZE, 3),
    )
