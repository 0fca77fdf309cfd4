"""The publication time of an article with its time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from feed2doc._locale.zones import zone_named
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of
from feed2doc.env import Env
from feed2doc.errors import OptionError
from feed2doc.readers._article.times.parsing import (
    fixed,
    infer_zone,
    on_twelve_hour_clock,
    parse_time,
    zones_for,
)
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from feed2doc.readers._article.header.facts import Header
    from feed2doc.readers._article.metadata import Metadata

# Central Standard Time in America, and China Standard Time.
_CST = pattern(r"\bCST\b")


def published_time(
    header: Header, rules: Rules, known: Metadata, language: str, url: str, env: Env
) -> tuple[datetime | None, bool]:
    """Return the publication time with its time zone, and True if a time of day was stated. Never use today's date.

    If the source has no time, or only the day of the archive's timestamp in the dateline, return that timestamp, or None if
    there is none.
    """
    stamp, zone = known.archived, known.options.timezone
    if header.time is None:
        if stamp is not None:
            env.note("notice", "the item has no time: using its timestamp", rule="time")
        return stamp, True
    value, has_time = header.time.value, header.time.has_time
    if value.tzinfo is not None:
        is_chinese = language.startswith("zh") and _CST.search(header.published_text) is not None
        return (_in_china(value, stamp) if is_chinese else value), has_time
    is_guess = header.published is not None and header.published.source == "guess"
    if is_guess and not has_time and stamp is not None and not zone:
        moments = (_at(stamp, each) for each in zones_for(language, host_of(url)))
        if (moment := next((each for each in moments if each.date() == value.date()), None)) is not None:
            return moment, True
    if header.clock == "12h" and has_time and not zone:
        home = zone_named(rules.setting("timezone"))
        reading = on_twelve_hour_clock(value, home, stamp)
        if reading is None:
            env.note(
                "notice",
                "the timestamp does not resolve a 12-hour time: using it as printed",
                rule="time",
            )
        return reading or fixed(value, home), True
    return fixed(value, _zone(value, rules, stamp, language, url, zone, env)), has_time


def updated_time(text: str, published: datetime | None) -> datetime | None:
    """Return the time of the last update, with the offset of the publication if it states none, or None without either."""
    if (updated := parse_time(text)) is None:
        return None
    if updated.value.tzinfo is None and published is not None and updated.has_time:
        return updated.value.replace(tzinfo=published.tzinfo)
    return updated.value if updated.value.tzinfo is not None else None


def _at(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment with the offset of a zone."""
    local = moment.astimezone(zone)
    return fixed(local.replace(tzinfo=None), zone)


def _in_china(value: datetime, stamp: datetime | None) -> datetime:
    """Return a time with the zone `CST`, which is Chinese time in Chinese texts unless American time is nearer to the stamp."""
    chinese = value.replace(tzinfo=timezone(timedelta(hours=8)))
    return value if stamp is not None and abs(stamp - value) < abs(stamp - chinese) else chinese


def _zone(
    value: datetime, rules: Rules, stamp: datetime | None, language: str, url: str, zone: str, env: Env
) -> tzinfo:
    if zone:
        try:
            return zone_named(zone)
        except (KeyError, ValueError, OSError) as error:
            raise OptionError(
                f"unknown time zone {zone!r}: use a name such as Europe/Berlin or UTC"
            ) from error
    if rules.setting("timezone"):
        return zone_named(rules.setting("timezone"))
    found = infer_zone(value, stamp, language, host_of(url))
    if found is None:
        env.note("notice", "time without a time zone and no timestamp near it: assuming UTC", rule="time")
        return UTC
    env.note("notice", f"time without a time zone: assuming {found}, nearest to the timestamp", rule="time")
    return found
