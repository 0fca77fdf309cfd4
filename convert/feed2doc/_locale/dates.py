"""Localized dates and times (CLDR, from Babel)."""

from __future__ import annotations

import functools
from datetime import date, datetime
from typing import TYPE_CHECKING

from feed2doc._locale.labels import script_of

if TYPE_CHECKING:
    from babel import Locale

    from feed2doc.model import Document

_BABEL = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW"}
# CLDR's long date formats that consist of numbers only. They are kept here because Babel takes 15 ms to load.
_NUMERIC = dict.fromkeys(("zh-Hans", "zh-Hant", "ja"), "{0.year}年{0.month}月{0.day}日")
_NUMERIC["ko"] = "{0.year}년 {0.month}월 {0.day}일"


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


def published_text(document: Document) -> str:
    """Return the publication time in ISO 8601 with its time zone, or only the date if the source states no time."""
    if document.published is None:
        return ""
    if not document.published_has_time:
        return document.published.strftime("%Y-%m-%d")
    return document.published.isoformat(" ", "seconds" if document.published.second else "minutes")
