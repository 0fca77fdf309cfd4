"""Formulas from and to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc.formulas.latex import tex_of
from feed2doc.formulas.linear import linear
from feed2doc.formulas.mathml import clean_mathml, mathml_text, parse_mathml
from feed2doc.formulas.tex import is_partly_unread, mathml_of_tex, spaced
from feed2doc.model import Math

if TYPE_CHECKING:
    from lxml.etree import _Element


def formula_of_tex(tex: str, *, display: bool = False, printed: str = "") -> Math | None:
    """Return TeX as a formula, or None if it is not valid. `printed` is the TeX with its delimiters, if readers saw it."""
    tex = tex.strip()
    root = mathml_of_tex(tex, display=display)
    if root is None:
        return None
    return Math(tex, mathml_text(root), printed or linear(root) or tex, display)


def formula_of_mathml(element: _Element, *, tex: str = "", display: bool = False) -> Math | None:
    """Return a `math` element, of which `tex` is the source if known, as a formula, or None if it has no content."""
    root = clean_mathml(element, display=display)
    if root is None:
        return formula_of_tex(tex, display=display)
    tex = tex.strip()
    if mathml_of_tex(tex) is None:
        tex = tex_of(root)
    words = "".join(map(str, root.itertext()))
    return Math(tex, mathml_text(root), linear(root) or tex or words, display)


def inert_tex(formula: Math) -> str:
    """Return the TeX of a formula for programs that run TeX, on one line, or "" if it has none that is known to be harmless.

    Only commands that have MathML pass: none reads a file or links. Definitions and comments, whose content is not
    checked, are replaced by what they stand for. Spaces keep characters apart that mean something else than TeX in markup.
    """
    root = mathml_of_tex(formula.tex, display=formula.display)
    if root is None:
        return ""
    tex = tex_of(root) if is_partly_unread(formula.tex) else formula.tex
    return " ".join(spaced(tex).split())


def mathml_of(formula: Math) -> _Element | None:
    """Return the MathML of a formula, safe and valid, or None if it has none. A document may come from anywhere."""
    root = parse_mathml(formula.mathml) if formula.mathml else None
    if root is None:
        return mathml_of_tex(formula.tex, display=formula.display)
    return clean_mathml(root, display=formula.display)
