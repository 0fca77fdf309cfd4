"""Localized dates and times (CLDR, from ICU)."""

from __future__ import annotations

import functools
from datetime import date, datetime, timedelta, timezone
from itertools import takewhile
from typing import TYPE_CHECKING

from feed2doc._locale.labels import labels, script_of
from feed2doc._locale.tags import is_known_to_icu
from feed2doc._locale.zones import zone_named
from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from feed2doc.model import Document

# CLDR's long date formats that consist of numbers only. They are kept here because ICU takes 50 ms to load.
_NUMERIC = dict.fromkeys(("zh-Hans", "zh-Hant", "ja"), "{0.year}年{0.month}月{0.day}日")
_NUMERIC["ko"] = "{0.year}년 {0.month}월 {0.day}일"

# CLDR's long form of American English, for the same reason.
_ENGLISH = frozenset(["en", "en-us", "und"])
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_EXTENSION = pattern(r"-[0-9A-Za-z](?:-|$)")
# A number with the letters and points that belong to it, as in `3.` and 3日, or another word, or what is between words.
_WORD = pattern(r"[0-9]+[^0-9\s,،]*|[^0-9\s]+|\s+")


def localized_time(published: datetime, has_time: bool, language: str) -> str:
    """Return the localized date, with the time and time zone if `has_time`."""
    day = localized_day(published, language)
    if not has_time:
        return day
    offset = published.strftime("%z")
    zone = "UTC" if offset in ("+0000", "") else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{day} {published:%H:%M} ({zone})"


def localized_day(day: date, language: str) -> str:
    """Return the localized date, including the year."""
    if form := _NUMERIC.get(script_of(language)):
        return form.format(day)
    if language.lower() in _ENGLISH:
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return _day_of_2020(day.month, day.day, language).replace("2020", str(day.year))


@functools.lru_cache(1024)
def _day_of_2020(month: int, day: int, language: str) -> str:
    """Return a day of a leap year. ICU takes days before 1583 for those of the Julian calendar, and Python knows no year 10000.

    It is noon in the local time zone, which Python and ICU may see differently.
    """
    from icu4py.messageformat import MessageFormat

    return MessageFormat("{day, date, long}", _locale(language)).format(
        {"day": datetime(2020, month, day, 12)}
    )


@functools.cache
def _locale(language: str) -> str:
    """Return ICU's locale of a language, with our calendar and digits."""
    plain = _EXTENSION.split(language)[0] if is_known_to_icu(language) else "en"
    return f"{plain}-u-ca-gregory-nu-latn"


def localized_days(first: date, last: date, language: str) -> str:
    """Return the localized date range, without repeating the year or the month. The arguments must not be datetimes."""
    one, other = localized_day(first, language), localized_day(last, language)
    if first == last:
        return one
    before, after = "", ""
    if first.year == last.year:
        # Another day, so that what both have in common is not the number of the day.
        day = last if last.day != first.day else last.replace(day=last.day % 28 + 1)
        before, after = _common_ends(one, localized_day(day, language))
        if not (other.startswith(before) and other.endswith(after)):
            before, after = "", ""
    one, other = one[len(before) : len(one) - len(after)], other[len(before) : len(other) - len(after)]
    space = " " if " " in one + other else ""
    return f"{before}{one}{space}{labels(language)['until']}{space}{other}{after}"


def _common_ends(one: str, other: str) -> tuple[str, str]:
    """Return the words that both texts begin with, and those that both end with."""
    words, others = _WORD.findall(one), _WORD.findall(other)
    before = [word for word, _ in takewhile(_are_equal, zip(words, others, strict=False))]
    after = [word for word, _ in takewhile(_are_equal, zip(words[::-1], others[::-1], strict=False))]
    return "".join(before), "".join(after[::-1])


def _are_equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def display_time(document: Document) -> str:
    """Return when the article was published, in its language; "" if that is unknown."""
    if document.published is None:
        return ""
    return localized_time(document.published, document.published_has_time, document.language)


def in_zone(document: Document, name: str) -> Document:
    """Return the article with its times in the zone of this IANA name. Days without a time stay as they are."""
    from msgspec.structs import replace

    published = document.published
    if published and document.published_has_time:
        published = _moved(published, name)
    return replace(document, published=published, updated=document.updated and _moved(document.updated, name))


def _moved(moment: datetime, name: str) -> datetime:
    try:
        offset = moment.astimezone(zone_named(name)).utcoffset() or timedelta()
        # Before 1900 offsets had seconds, which JSON cannot represent.
        return moment.astimezone(timezone(timedelta(minutes=round(offset / timedelta(minutes=1)))))
    except OverflowError:  # in the year 1 or 9999
        return moment


def iso_time(moment: datetime, has_time: bool = True) -> str:
    """Return a time in ISO 8601 to the second, with its zone, or only the day if `has_time` is False.

    HTML allows at most three digits of a second (https://html.spec.whatwg.org/#times), and readers of YAML differ about them.
    """
    return moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat()


def published_text(document: Document) -> str:
    """Return the publication time in ISO 8601 with its time zone, or only the date if the source states no time."""
    if document.published is None:
        return ""
    if not document.published_has_time:
        return iso_time(document.published, has_time=False)
    return document.published.isoformat(" ", "seconds" if document.published.second else "minutes")
