"""Dates in Chinese numerals: `二〇二五年五月十二日`."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern

_FIGURES = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_TENS = {"廿": "二十", "卅": "三十"}
_DATE = pattern(
    r"(?P<year>[〇零○一二三四五六七八九]{2,4})年\s?(?P<month>[一二三四五六七八九十]{1,2})月\s?"
    r"(?P<day>[一二三四五六七八九十廿卅]{1,4})[日号號]"
)


def with_figures(text: str) -> str:
    """Return the text with its dates in figures: `2025年5月12日`."""
    return _DATE.sub(_in_figures, text) if "年" in text else text


def _in_figures(date: re.Match[str]) -> str:
    year = "".join(_FIGURES[character] for character in date["year"])
    return f"{year}年{_number(date['month'])}月{_number(date['day'])}日"


def _number(numeral: str) -> int:
    """Return the value of a numeral below 100: `五`, `十二`, `二十`, `廿三`."""
    for sign, tens in _TENS.items():
        numeral = numeral.replace(sign, tens)
    tens, ten, ones = numeral.rpartition("十")
    value = int(_FIGURES.get(ones[-1:], "0"))
    return value + 10 * int(_FIGURES.get(tens[-1:], "1")) if ten else value
