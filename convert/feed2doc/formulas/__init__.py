"""Formulas: TeX and MathML checked, converted into each other and into text, and drawn."""
