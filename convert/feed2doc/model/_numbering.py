"""The numbers of the items of a list, and how they are written."""

from __future__ import annotations

from feed2doc.model._nodes import OrderedList

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 3999


def item_numbers(node: OrderedList) -> tuple[int, ...]:
    """Return the number of each item."""
    if len(node.values) == len(node.items):
        return node.values
    step = -1 if node.reversed else 1
    return tuple(range(node.start, node.start + step * len(node.items), step))


def item_labels(node: OrderedList) -> tuple[str, ...]:
    """Return the number of each item as it is written: `3`, `c`, `iii`."""
    return tuple(_written(number, node.numbering) for number in item_numbers(node))


def _written(number: int, kind: str) -> str:
    """Return the number as a browser writes it; letters and Roman numerals have no zero and no negative numbers.

    Source: https://www.w3.org/TR/css-counter-styles-3/#simple-numeric
    """
    if kind == "1" or number < 1 or (kind in "iI" and number > _LARGEST_ROMAN):
        return str(number)
    written = _roman(number) if kind in "iI" else _letters(number)
    return written.upper() if kind.isupper() else written


def _letters(number: int) -> str:
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
