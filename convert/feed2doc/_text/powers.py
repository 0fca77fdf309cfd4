"""Raised and lowered text in plain text: `10⁶`, `H₂O`, `x^(n+1)`, `y_i`."""

from __future__ import annotations

_ABOVE = dict(zip("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_BELOW = dict(zip("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def raised(text: str) -> str:
    """Return the text as an exponent: in raised characters if all of them exist, else after `^`."""
    return _scripted(text, _ABOVE, "^")


def lowered(text: str) -> str:
    """Return the text as an index: in lowered characters if all of them exist, else after `_`."""
    return _scripted(text, _BELOW, "_")


def _scripted(text: str, characters: dict[str, str], sign: str) -> str:
    compact = text.replace(" ", "")
    if compact and all(character in characters for character in compact):
        return "".join(characters[character] for character in compact)
    return f"{sign}{compact}" if len(compact) == 1 or compact.isdecimal() else f"{sign}({compact})"
