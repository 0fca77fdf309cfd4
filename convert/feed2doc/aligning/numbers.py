"""The numbers, dates and quantities in a text, in any writing, as values that can be compared across languages."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from feed2doc._compiled_data import toml_file
from feed2doc._locale.tags import is_known_to_icu, primary_language
from feed2doc._text.lazy_re import pattern

_DIGITS = pattern(
    r"(?<![\d.,])\d{1,3}(?:([,.'’ \u00a0\u2009\u202f])\d{3}(?:\1\d{3}){0,4})(?:[.,]\d{1,6})?(?!\d)|\d{1,15}(?:[.,]\d{1,6})?"
)
_HAN_NUMBER = pattern(
    r"(?:\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,6})?|[〇零一二三四五六七八九两]|[十百千](?![瓦克米卡])|[万亿兆]){1,20}"
)
_FRACTION = pattern(r"([\d.〇一二三四五六七八九十百]{1,8})分[之の]([\d.〇一二三四五六七八九十百]{1,8})")
_TENTHS = pattern(r"([一二两三四五六七八九\d])[成割](?![立为了功员本])")
_WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLOCK_HALF = pattern(r"[点時时]半")
_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 1e4, "亿": 1e8, "兆": 1e12}
_CJK = ("zh", "ja")


def numbers(text: str, language: str) -> Iterator[str]:
    """Yield a key for each number, month, day of the week and quantity; keys of equal values are equal.

    The text is in simplified characters and NFKC. Quantities with a unit also have a key `unit VALUE`, in base units.
    """
    lang = primary_language(language)
    if lang in _CJK:
        yield from _cjk(text, lang)
    else:
        yield from _alphabetic(text, lang)


def _key(value: float) -> str:
    return f"number {value:.6g}"


# ---- Chinese and Japanese --------------------------------------------------------------------------


def _cjk(text: str, lang: str) -> Iterator[str]:
    for found in _FRACTION.finditer(text):
        below, above = _han_value(found[1]), _han_value(found[2])
        yield _key(above) if below == 100 else _key(above / below) if below else _key(above)
    text = _FRACTION.sub(" ", text)
    yield from (_key(_han_value(found[1]) / 10) for found in _TENTHS.finditer(text))
    yield from (_key(30) for _ in _CLOCK_HALF.finditer(text))
    yield from (f"day {day}" for word, day in _weekdays(lang) if word in text)
    yield from (_key(1 / n) for word, n in _table("fractions", lang).items() if word in text)
    for found in _HAN_NUMBER.finditer(text):
        written, end = found[0], found.end()
        if written == "一" or not re.search(r"[\d〇-九十两]", written) or set(written) <= set(_GREAT):
            continue
        value = _han_value(written)
        yield _key(value)
        if text[end : end + 1] == "月" and 1 <= value <= 12:
            yield f"month {value:g}"
        yield from _clock(value, text[max(0, found.start() - 3) : found.start()], text[end : end + 1])
        yield from _quantity(value, _longest(_table("units", lang), text, end))


def _clock(value: float, before: str, after: str) -> Iterator[str]:
    """Yield the hour in 24 hours of a time such as 下午五点."""
    if after in ("点", "時", "时") and any(word in before for word in ("下午", "晚上", "傍晚", "午後")):
        yield _key(value + 12)


def _longest(table: dict[str, Any], text: str, at: int) -> Any:
    return next((table[text[at : at + n]] for n in range(7, 0, -1) if text[at : at + n] in table), None)


def _han_value(written: str) -> float:
    """Return the value of a number such as 2.4万, 一亿三千万, 二〇二一 or 三百二十."""
    total = section = 0.0
    current: float | None = None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|.", written):
        if token[0].isascii() and token[0].isdigit():
            current = float(token.replace(",", ""))
        elif token in _HAN_DIGITS:
            digit = _HAN_DIGITS[token]
            current = digit if current is None else current * 10 + digit
        elif token in _SMALL:
            section += (1 if current is None else current) * _SMALL[token]
            current = None
        elif token in _GREAT:
            section += current or 0
            total += (section or 1) * _GREAT[token]
            section, current = 0.0, None
    return total + section + (current or 0)


# ---- alphabetic scripts ----------------------------------------------------------------------------


def _alphabetic(text: str, lang: str) -> Iterator[str]:
    scales, units = _table("scales", lang), _table("units", lang)
    for found in _DIGITS.finditer(text):
        value = _value(found[0], found[1] or "", lang)
        after = [word[0].lower() for word in _WORD.finditer(text[found.end() : found.end() + 24])][:2]
        value, after = _scaled(value, after, scales)
        yield _key(value)
        if after[:1] == ["p"] or text[found.end() : found.end() + 3].strip().lower().startswith("pm"):
            yield _key(value + 12)
        yield from (key for word in after for key in _quantity(value, units.get(word)))
    yield from _spelled(text, lang, scales, units)


def _value(written: str, separator: str, lang: str) -> float:
    comma = _decimal_comma(lang)
    if separator and (separator != ("," if comma else ".") or written.count(separator) > 1):
        written = written.replace(separator, "")
    whole, sign, rest = written.replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '')}{sign}{rest}")


def _scaled(value: float, after: list[str], scales: dict[str, float]) -> tuple[float, list[str]]:
    if after and after[0] in scales:
        return value * scales[after[0]], after[1:]
    return value, after


def _spelled(text: str, lang: str, scales: dict[str, float], units: dict[str, Any]) -> Iterator[str]:
    """Yield keys for numbers, ordinals, fractions, months and days in words."""
    words = [word[0].lower() for word in _WORD.finditer(text)]
    names, fractions, calendar = _names(lang), _table("fractions", lang), _calendar(lang)
    at = 0
    while at < len(words):
        if (key := calendar.get(words[at])) is not None:
            yield key
        if words[at] in fractions:
            yield _key(1 / fractions[words[at]])
        size, value = next(
            ((n, names[joined]) for n in (4, 3, 2, 1) if (joined := " ".join(words[at : at + n])) in names),
            (1, None),
        )
        at += size
        if value is None:
            continue
        if at < len(words) and words[at] in fractions:
            yield _key(value / fractions[words[at]])
            at += 1
            continue
        if (
            words[at : at + 1] == ["in"]
            and value == 1
            and (below := names.get(" ".join(words[at + 1 : at + 2])))
        ):
            yield _key(1 / below)
        scaled, after = _scaled(value, words[at : at + 2], scales)
        if scaled > 1:
            yield _key(scaled)
            yield from (key for word in after for key in _quantity(scaled, units.get(word)))


def _quantity(value: float, unit: Any) -> Iterator[str]:
    """Yield the quantity in base units. A temperature without a scale may be in either."""
    if unit is None:
        return
    kind, factor = unit
    if kind in ("fahrenheit", "degrees"):
        yield f"temperature {(value - 32) / 1.8:.6g}"
    if kind in ("celsius", "degrees"):
        yield f"temperature {value:.6g}"
    if kind not in ("fahrenheit", "celsius", "degrees"):
        yield f"{kind} {value * factor:.6g}"


# ---- tables ----------------------------------------------------------------------------------------


@functools.cache
def _tables() -> dict[str, Any]:
    return toml_file("aligning/numbers.toml")


def _table(name: str, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = _tables()[name].get(lang, {})
    return found


@functools.cache
def _weekdays(lang: str) -> list[tuple[str, int]]:
    days = _tables()["weekdays"].get(lang, [])
    return [(word, day) for day, words in enumerate(days) for word in words.split()]


@functools.cache
def _decimal_comma(lang: str) -> bool:
    return is_known_to_icu(lang) and "," in _formatted("{it, number}", lang, 0.5)


@functools.cache
def _calendar(lang: str) -> dict[str, str]:
    """Return the keys of the names of months and days in this language, if ICU knows it."""
    found: dict[str, str] = {}
    if not is_known_to_icu(lang):
        return found
    for number in range(1, 13):
        for form in ("MMM", "LLLL", "MMMM"):
            found[_formatted(f"{{it, date,{form}}}", lang, datetime(2020, number, 1, 12))] = f"month {number}"
    for number in range(7):
        monday = datetime(2020, 6, 1, 12)
        found[_formatted("{it, date,EEEE}", lang, monday + timedelta(number))] = f"day {number}"
    return {name.rstrip(".").lower(): key for name, key in found.items() if len(name.rstrip(".")) > 2}


def _formatted(form: str, lang: str, value: float | datetime) -> str:
    from icu4py.messageformat import MessageFormat

    written: str = MessageFormat(form, lang).format({"it": value})
    return written


@functools.cache
def _names(lang: str) -> dict[str, float]:
    """Return the values of numbers in words, from ICU, and of ordinals, by words separated by spaces."""
    found: dict[str, float] = dict(_table("ordinals", lang))
    if not is_known_to_icu(lang):
        return found
    for n in (*range(1, 100), *range(100, 1000, 100), *range(1000, 11000, 1000)):
        spelled = _formatted("{it, spellout}", lang, n).replace("\u00ad", "").lower()
        found[" ".join(_WORD.findall(spelled))] = n
    return found
