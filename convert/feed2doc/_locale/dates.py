"""Localized dates and times (CLDR, from Babel)."""

from __future__ import annotations

import functools
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from feed2doc._locale.labels import script_of

if TYPE_CHECKING:
    from babel import Locale

    from feed2doc.model import Document

_BABEL = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW"}
# CLDR's long date formats that consist of numbers only. They are kept here because Babel takes 15 ms to load.
_NUMERIC = dict.fromkeys(("zh-Hans", "zh-Hant", "ja"), "{0.year}年{0.month}月{0.day}日")
_NUMERIC["ko"] = "{0.year}년 {0.month}월 {0.day}일"

# CLDR's long form of American English, for the same reason.
_ENGLISH = frozenset(["en", "en-us", "und"])
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


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
    from babel.dates import format_date

    return format_date(day, "long", _locale(language))


def localized_days(first: date, last: date, language: str) -> str:
    """Return the localized date range, without repeating common parts. The arguments must not be datetimes."""
    from babel.dates import format_interval

    if first == last:
        return localized_day(first, language)
    return format_interval(first, last, "yMMMMd", locale=_locale(language))


@functools.cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_BABEL.get(script_of(language), language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def display_time(document: Document) -> str:
    """Return when the article was published, in its language; "" if that is unknown."""
    if document.published is None:
        return ""
    return localized_time(document.published, document.published_has_time, document.language)


def check_zone(name: str) -> None:
    """Raise OptionError if there is no time zone of this name."""
    from zoneinfo import ZoneInfo

    from feed2doc.errors import OptionError

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise OptionError(f"unknown time zone {name!r}: use a name such as Europe/Berlin or UTC") from None


def in_zone(document: Document, name: str) -> Document:
    """Return the article with its times in the zone of this IANA name. Days without a time stay as they are."""
    from msgspec.structs import replace

    published = document.published
    if published and document.published_has_time:
        published = _moved(published, name)
    return replace(document, published=published, updated=document.updated and _moved(document.updated, name))


def _moved(moment: datetime, name: str) -> datetime:
    from zoneinfo import ZoneInfo

    try:
        offset = moment.astimezone(ZoneInfo(name)).utcoffset() or timedelta()
        # Before 1900 offsets had seconds, which JSON cannot represent.
        return moment.astimezone(timezone(timedelta(minutes=round(offset / timedelta(minutes=1)))))
    except OverflowError:  # in the year 1 or 9999
        return moment


def published_text(document: Document) -> str:
    """Return the publication time in ISO 8601 with its time zone, or only the date if the source states no time."""
    if document.published is None:
        return ""
    if not document.published_has_time:
        return document.published.strftime("%Y-%m-%d")
    return document.published.isoformat(" ", "seconds" if document.published.second else "minutes")
