"""Dates and times as people and programs write them, in many languages, taken apart.

The words are data (`_locale/calendar.toml`). A text is a time only if every word and number of it is part of one.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import date
from typing import Any

from msgspec import Struct

from feed2doc._compiled_data import toml_file
from feed2doc._locale.zones import zone_names
from feed2doc._text.lazy_re import pattern

_ERAS = {"民國": 1911, "民国": 1911, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = pattern(r"(?:中華)?(民[國国]|明治|大正|昭和|平成|令和)\s?(元|\d{1,3})\s?(?=年)")
_EAST_ASIAN_DAY = pattern(
    r"(?:星期|礼拜|禮拜|[周週])[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일"
    r"|\([一二三四五六月火水木金土日월화수목금토일]\)|^[月火水木金土日월화수목금토일],"
)
_T = pattern(r"(?<=\d)t(?=\d\d:)")
_INVISIBLE = pattern(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Clocks with marks other than a colon, each with the hour, and minutes and seconds that may be missing.
_CLOCKS = (
    pattern(r"(?<!\d)(\d{1,2})\s?[時时點点시](?:\s?(\d{1,2}|半)\s?[分분]?)?(?:\s?(\d{1,2})\s?[秒초])?"),
    pattern(r"(?<![\d.])(\d{1,2})(?:[.:](\d{2}))?()\s?uhr(?!\w)"),
    pattern(r"(?<![\d:.])(\d{1,2})\s?h(?:\s?(\d{2})(?:\s?m(?:in|n)?)?)?()(?![^\W_])"),
    pattern(r"(?:kl|klo|ore|alle|pukul|jam)\.?\s(\d{1,2})\.(\d{2})()(?![.\d])"),
    pattern(r"(?<![\d.])(\d{1,2})\.(\d{2})()\s(?=(?:bst|gmt|utc|cet|cest|[ap]m)(?!\w))"),
    pattern(r"(?<![\d:])(\d{1,2})()()\s?(?=[ap]m(?!\w| ?\d))"),
    pattern(r"(?<=[ap]m )(\d{1,2})()()(?![\d:./-])"),
    pattern(r"(?<=\d{4} )(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![.\d])"),
)
_CLOCK = pattern(
    r"(?:(?P<before>am|pm|noon)[\s,]{0,9})?(?<![\d:])(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d{1,9})?)?(?![\d:])"
    r"(?:\s?(?P<after>am|pm)(?!\w))?"
)
# A colon between a year and a clock: `5 May 2025: 09:30`.
_BEFORE_CLOCK = pattern(r"(?<=\d{4}):\s(?=\d{1,2}:\d{2})")
_COMMENT = r"(?:\s?\([^()]{0,60}\))?"
_OFFSET = pattern(r"\s?\(?(?:gmt|utc|ut)?\s?([+\-])(\d{1,2}):?(\d{2})?(?:z(?!\w))?\)?" + _COMMENT + r"(?!\d)")
# Offsets whose sign is missing, as after the decoding of `+` in an address.
_UNSIGNED = pattern(r" (?:0000|(\d\d):(00|30|45))$")
_ZONE = pattern(r"\s?[(\"']?([^\W\d_]{1,9})[)\"']?(?![^\W_])" + _COMMENT)
# `Europe/Paris`, `America/Argentina/Buenos_Aires`.
_PLACE = pattern(r"\s?[(\[]?([a-z]{2,10}(?:/[a-z_-]{3,20}){1,2})[)\]]?(?![\w/])")
_SEPARATORS = pattern(r"\s[-\u2013\u2014|·/]\s|[\s,،()]")
_YEAR_FIRST = pattern(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})\s?[日号號일.]?")
_YEAR_LAST = pattern(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})\.?")
# A year of two digits, which is one of the last or next ones.
_SHORT_YEAR = pattern(r"(\d\d)[./](\d\d)[./](\d\d)\.?")
_SHORT_YEARS, _CENTURY = range(15, 36), 2000
# Zones in which the month is first, next to a clock of twelve hours.
_AMERICAN_ZONES = frozenset(["et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt"])
# Months as PHP writes them in RFC 822 dates in Japanese, Korean and Chinese.
_NUMBERED = pattern(r"(?<=\d )(\d{1,2}) ?[月월] (?=\d{4})")
_SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = range(1, 13)
_VIETNAMESE = pattern(r"th(?:áng|g)\.?\s?(\d{1,2})(?!\d)")
_WORD = pattern(r"[^\W\d_]+|\d+|[^\w\s.,'’/-]")
_LETTERS = pattern(r"[^\W\d_]+")
# The words in the patterns above, and where alphabets end whose words are separated by spaces and written without marks.
_MARKS_OF_CLOCKS = "uhr min mn kl klo ore alle pukul jam gmt utc ut bst cet cest am pm noon tháng thg"
_LAST_ALPHABET = "\u08ff"


class Parts(Struct, frozen=True):
    """The parts of a written time. `hour` is None if there is only a date.

    `offset` is in minutes, the IANA name of a zone, or None if unknown.
    """

    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int = 0
    second: int = 0
    offset: int | str | None = None


class _Words(Struct, frozen=True):
    """The words of all languages: months by name, words without a meaning, zones, and patterns of longer names."""

    months: dict[str, int]
    weekdays: frozenset[str]
    fillers: frozenset[str]
    prepositions: frozenset[str]
    zones: dict[str, int | str]
    periods: dict[str, str]
    period: Any
    phrases: dict[str, int]


@functools.cache
def _words() -> _Words:
    table = toml_file("_locale/calendar.toml")
    months = {
        name: number
        for rows in table["months"].values()
        for number, names in enumerate(rows, 1)
        for name in names.split()
    }
    periods = {
        name.replace("_", " "): period for period, names in table["periods"].items() for name in names.split()
    }
    longest_first = sorted(periods, key=len, reverse=True)
    latin = "|".join(re.escape(n) for n in longest_first if not _is_east_asian(n))
    east_asian = "|".join(n for n in longest_first if _is_east_asian(n))
    return _Words(
        months=months,
        weekdays=frozenset(name for names in table["weekdays"].values() for name in names.split()),
        fillers=frozenset(name for names in table["fillers"].values() for name in names.split()),
        prepositions=frozenset(table["prepositions"]["all"].split()),
        zones=table["zones"],
        periods=periods,
        period=re.compile(rf"(?<![^\W\d_])(?:{latin})(?![^\W_])|(?:{east_asian})"),
        phrases={name.replace("_", " "): number for name, number in months.items() if "_" in name},
    )


def _is_east_asian(name: str) -> bool:
    return "\u3000" < name[0] < "\ue000"


def parts_of(text: str) -> Parts | None:
    """Return the parts of a text that is a time in any of the languages, else None."""
    words = _words()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = _ERA.sub(lambda m: f"{_ERAS[m[1]] + (1 if m[2] == '元' else int(m[2]))}", text)
    text = _T.sub(" ", _EAST_ASIAN_DAY.sub(" ", text))
    text = words.period.sub(lambda m: f" {words.periods[m[0]]} ", text)
    text = " ".join(text.split())
    for form in _CLOCKS:
        text = form.sub(_with_colons, text)
    text = " ".join(text.split())
    text = _BEFORE_CLOCK.sub(" ", text)
    clock = _CLOCK.search(text)
    if clock is None:
        return _date(text, words, {})
    rest = text[clock.end() :]
    offset, taken = _offset(rest, words, has_seconds=clock["S"] is not None)
    hour = _hour(int(clock["H"]), clock["before"] or clock["after"] or "")
    time = {"hour": hour, "minute": int(clock["M"]), "second": int(clock["S"] or 0), "offset": offset}
    in_america = bool(clock["after"]) and rest[:taken].strip(" ()") in _AMERICAN_ZONES
    return _date(f"{text[: clock.start()]} {rest[taken:]}", words, time, in_america=in_america)


def may_be_in_time(word: str) -> bool:
    """Return False for a word that no time has: it has no number, and letters that are not a word of the calendar.

    A line of names has dozens of pieces that might be times; with this, few of them are taken apart.
    """
    if any(each.isdigit() or each > _LAST_ALPHABET for each in word):
        return True
    bare = unicodedata.normalize("NFKC", word).casefold()
    if "/" in bare and _PLACE.match(bare):
        return True
    return all(len(each) == 1 or each in _vocabulary() for each in _LETTERS.findall(bare))


@functools.cache
def _vocabulary() -> frozenset[str]:
    """Return all words that a time may have, and the parts of those of several words."""
    words = _words()
    names = {
        *words.months,
        *words.weekdays,
        *words.fillers,
        *words.prepositions,
        *words.zones,
        *words.periods,
    }
    return frozenset(_LETTERS.findall(" ".join([*names, _MARKS_OF_CLOCKS]).replace("_", " ").casefold()))


def is_preposition(word: str) -> bool:
    """Return True for a word that is before a part of a time, never at its end: `at`, `le`, `A` of `12 maggio 2025 - A cura di`."""
    return word.casefold() in _words().prepositions


def is_weekday(word: str) -> bool:
    """Return True if this is the name of a day in any of the languages. Most short ones are parts of names as well."""
    name = word.casefold().rstrip(".,")
    return name in _words().weekdays and (len(name) > 3 or name in _SHORT_DAYS)


def _with_colons(clock: re.Match[str]) -> str:
    minute = "30" if clock[2] == "半" else (clock[2] or "").zfill(2)
    return f" {clock[1]}:{minute}" + (f":{clock[3].zfill(2)} " if clock[3] else " ")


def _hour(hour: int, period: str) -> int:
    if period == "am" and hour == 12:
        return 0
    if (period == "pm" and hour < 12) or (period == "noon" and hour < 5):
        return hour + 12
    return hour


def _offset(rest: str, words: _Words, *, has_seconds: bool) -> tuple[int | str | None, int]:
    """Return the offset at the beginning of the text after a clock, and the length of what states it."""
    if found := _OFFSET.match(rest):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return (minutes if found[1] == "+" else -minutes), found.end()
    if has_seconds and (found := _UNSIGNED.match(rest)):
        return int(found[1] or 0) * 60 + int(found[2] or 0), found.end()
    if (found := _PLACE.match(rest)) and (place := zone_names().get(found[1])):
        return place, found.end()
    name = _ZONE.match(rest)
    if name is None:
        return None, 0
    if len(name[1]) == 1 and name[1].isascii() and name[1] not in words.fillers:
        return 0, name.end()
    if name[1] not in words.zones:
        return None, 0
    return words.zones[name[1]], name.end()


def _date(
    text: str, words: _Words, time: dict[str, int | str | None], *, in_america: bool = False
) -> Parts | None:
    """Return the date of a text without its clock. The month is first if the clock is one of the United States."""
    text = " ".join(_SEPARATORS.sub(" ", f" {text} ").split())
    for form in (_VIETNAMESE, _NUMBERED):
        text = form.sub(lambda m: f" {_english(int(m[1]))} ", text)
    for phrase, number in words.phrases.items():
        text = text.replace(phrase, _english(number))
    bare = " ".join(word for word in text.split() if word.strip(".") not in words.weekdays | words.fillers)
    if found := _YEAR_FIRST.fullmatch(bare):
        return Parts(int(found[1]), int(found[2]), int(found[3]), **time)  # type: ignore[arg-type]
    found = _YEAR_LAST.fullmatch(bare)
    if found is None and time:  # in `05/03/25` or `10.11.12` alone, nothing says what is what
        found = _SHORT_YEAR.fullmatch(bare)
    if found is not None:
        day, month, year = map(int, found.groups())
        if len(found[3]) == 2:
            if year not in _SHORT_YEARS and day in _SHORT_YEARS:  # `25.05.05`
                day, year = year, day
            elif year not in _SHORT_YEARS:
                return None
            year += _CENTURY
        if month > 12 or (
            year
            and day in _MONTHS
            and month in _MONTHS
            and (in_america or _is_american(text, year, day, month))
        ):
            day, month = month, day
        return Parts(year, month, day, **time)  # type: ignore[arg-type]
    return _named(text, words, time)


def _is_american(text: str, year: int, first: int, second: int) -> bool:
    """Return True if the English weekday in a text is that of the date if its month is first, and not if its day is."""
    stated = {word[:3] for word in text.split()}
    american, other = (
        _SHORT_DAYS[date(year, month, day).weekday()] for month, day in ((first, second), (second, first))
    )
    return american in stated and other not in stated


def _english(month: int) -> str:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return names[month - 1] if 1 <= month <= 12 else "?"


def _named(text: str, words: _Words, time: dict[str, int | str | None]) -> Parts | None:
    """Return the parts of a date whose month is a word, in any unambiguous order."""
    tokens = _WORD.findall(text)
    months = [i for i, token in enumerate(tokens) if token in words.months]
    while len(months) > 1 and tokens[months[0]] in words.weekdays:  # `mar` is also Tuesday
        del months[0]
    named = {words.months[tokens[i]] for i in months}
    if len(named) != 1:  # but `أيار/مايو` is one month
        return None
    numbers: list[str] = []
    for i, token in enumerate(tokens):
        if token.isdigit():
            numbers.append(token)
        elif i not in months and token not in words.fillers and token not in words.weekdays:
            return None
    if len(numbers) != 2 or sorted(map(len, numbers)) not in ([1, 2], [2, 2], [1, 4], [2, 4]):
        return None
    day, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
    return Parts(_year(year), words.months[tokens[months[0]]], int(day), **time)  # type: ignore[arg-type]


def _year(written: str) -> int:
    """Return a year. One of two figures is between 1950 and 2049 (RFC 5322, section 4.3)."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 50 else 1900)
