"""Formulas in XHTML: as MathML, or as a picture in the line."""

from __future__ import annotations

from feed2doc.model import Math
from feed2doc.writers._shared.escape import attribute, text


def formula_as_mathml(formula: Math, *, annotated: bool) -> str:
    """Return a formula as a `math` element with its alternative text, or "" if it has no MathML.

    An annotation with the TeX, for copying and for reading the page back, is for browsers: some e-readers display it.
    """
    from feed2doc.formulas.convert import mathml_of
    from feed2doc.formulas.mathml import mathml_text

    root = mathml_of(formula)
    if root is None:
        return ""
    start, _, rest = mathml_text(root).partition(">")
    if annotated and formula.tex:
        content = rest.removesuffix("</math>")
        annotation = f'<annotation encoding="application/x-tex">{text(formula.tex)}</annotation>'
        rest = f"<semantics><mrow>{content}</mrow>{annotation}</semantics></math>"
    return f'{start} alttext="{attribute(formula.words)}">{rest}'


def formula_as_picture(formula: Math) -> str:
    """Return a formula as a picture on the baseline of the line, or "" if it cannot be drawn."""
    from base64 import b64encode

    from feed2doc.formulas.drawing import drawing_of

    drawing = drawing_of(formula)
    if drawing is None:
        return ""
    data = b64encode(drawing.svg.encode("utf-8")).decode("ascii")
    style = f"width: {drawing.width:g}em; vertical-align: {-drawing.depth:g}em"
    source = f"data:image/svg+xml;base64,{data}"
    return f'<img class="formula" src="{source}" alt="{attribute(formula.words)}" style="{style}"/>'
