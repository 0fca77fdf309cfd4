"""Publication times: parsing of date formats, and inference of the time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from msgspec import Struct

from feed2doc._text.lazy_re import pattern

_CLOCK = (
    r"(?:[T\s,\-–]*(?P<H>\d{1,2})[:：](?P<M>\d{2})(?:[:：](?P<S>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|GMT|UTC|[+\-]\d{2}:?\d{2})?)?"
)
_MONTH = r"(?P<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_FORMS = [
    pattern(form + _CLOCK)
    for form in (
        r"(?P<Y>\d{4})[\-/.](?P<m>\d{1,2})[\-/.](?P<d>\d{1,2})",
        r"(?P<Y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日(?:\s*[（(]?(?:星期|周|週).[)）]?)?",
        r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<Y>\d{4})",
        r"(?:[A-Z][a-z]{2,8},?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH + r",?\s+(?P<Y>\d{4})",
        _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<Y>\d{4})",
    )
]
_DIGITS = "0123456789"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

# The usual time zones of publications in a language, and of country-code domains (IANA zone1970.tab).
_LANGUAGE_ZONES = {"zh": "Asia/Shanghai", "ja": "Asia/Tokyo", "ko": "Asia/Seoul"}
_COUNTRY_ZONES = {
    "cn": "Asia/Shanghai",
    "tw": "Asia/Taipei",
    "hk": "Asia/Hong_Kong",
    "sg": "Asia/Singapore",
    "my": "Asia/Kuala_Lumpur",
    "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul",
    "fr": "Europe/Paris",
    "de": "Europe/Berlin",
    "uk": "Europe/London",
    "ru": "Europe/Moscow",
    "it": "Europe/Rome",
    "es": "Europe/Madrid",
    "nl": "Europe/Amsterdam",
    "in": "Asia/Kolkata",
    "au": "Australia/Sydney",
}

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_BEFORE_STAMP = timedelta(hours=24)
_AFTER_STAMP = timedelta(minutes=10)


class Written(Struct, frozen=True):
    """A time as written in the source: naive if there is no time zone. `has_time` is false if there is only a date."""

    value: datetime
    has_time: bool


def parse_time(text: str) -> Written | None:
    """Return the time if the whole text is a time, else None."""
    text = " ".join(text.split())
    if len(text) > 60 or not any(map(text.__contains__, _DIGITS)):
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _written(found.groupdict())
    return None


def _written(parts: dict[str, str | None]) -> Written | None:
    name = parts.get("name")
    month = _MONTHS.index(name) + 1 if name else int(parts["m"] or 0)
    hour, minute, second = (int(parts[key] or 0) for key in ("H", "M", "S"))
    try:
        if (
            not _FIRST_YEAR <= int(parts["Y"] or 0) <= _LAST_YEAR
        ):  # such as year 1, which programs write for a missing date
            return None
        value = datetime(int(parts["Y"] or 0), month, int(parts["d"] or 0), hour, minute, second)
        if zone := parts["zone"]:
            value = value.replace(tzinfo=_offset(zone))
    except ValueError:  # such as month 13 or an offset of 80 hours
        return None
    return Written(value, parts["H"] is not None)


def _offset(zone: str) -> timezone:
    if zone in ("Z", "GMT", "UTC"):
        return UTC
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timezone(timedelta(minutes=minutes if zone[0] == "+" else -minutes))


def zone_named(name: str) -> tzinfo:
    """Return the time zone with this IANA name. Raise KeyError, ValueError or OSError if there is none."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def fixed(value: datetime, zone: tzinfo) -> datetime:
    """Return the naive time with the zone's fixed offset on that day, which JSON can represent."""
    offset = value.replace(tzinfo=zone).utcoffset() or timedelta()
    if offset.seconds % 60:  # offsets before 1900 have seconds, which JSON cannot represent
        offset = timedelta(minutes=round(offset / timedelta(minutes=1)))
    return value.replace(tzinfo=timezone(offset) if offset else UTC)


def on_twelve_hour_clock(value: datetime, zone: tzinfo, stamp: datetime | None) -> datetime | None:
    """Return the interpretation of a 12-hour time without am or pm that is the latest within 24 hours before the timestamp.

    Return None if there is no timestamp or no interpretation fits.
    """
    if stamp is None:
        return None
    printed, earliest = fixed(value, zone), stamp - _BEFORE_STAMP
    readings = [printed + timedelta(hours=hours) for hours in (-12, 0, 12)]
    return max((r for r in readings if earliest <= r <= stamp), default=None)


def infer_zone(value: datetime, stamp: datetime | None, language: str, host: str) -> tzinfo | None:
    """Return the time zone in which a naive time is nearest to the timestamp, among those of the language and the host.

    The time must be at most 24 hours before or 10 minutes after the timestamp. Return None if no zone fits.
    """
    if stamp is None:
        return None
    at = stamp
    names = [_LANGUAGE_ZONES.get(language.split("-")[0]), _COUNTRY_ZONES.get(host.rpartition(".")[2])]
    zones: list[tzinfo] = [*(zone_named(name) for name in names if name), UTC]
    fitting = [z for z in zones if at - _BEFORE_STAMP <= fixed(value, z) <= at + _AFTER_STAMP]
    return min(fitting, key=lambda zone: abs(at - fixed(value, zone)), default=None)
