"""Numbers of parts, in figures, Roman numerals and Han characters."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

NUMBER = pattern(r"[（(]?(?P<number>\d{1,2}|[一二三四五六七八九十]|VIII|VII|VI|IV|IX|V|X|I{1,3})[.．、)）]?")
"""The number of a part, with the signs around it."""
LONGEST_NUMBER = 4
"""The length of the longest of these texts that parts have, so that few texts are compared."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_HAN = "一二三四五六七八九十"


def number_of(written: str) -> int:
    """Return a number from one to ten, or any in figures. Raise ValueError if it is neither."""
    if written.isdecimal():
        return int(written)
    return (_HAN.index(written) if len(written) == 1 and written in _HAN else _ROMAN.index(written)) + 1
