"""Publication times: parsing of date formats, and inference of the time zone."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._locale.zones import zone_named
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.times.han_dates import with_figures

if TYPE_CHECKING:
    from feed2doc.readers._article.times.written_times import Parts

_ISO = pattern(
    r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d)(?:[T ]\d\d(?::?\d\d){1,2}(?:[.,]\d+)?(?: ?(?:Z|[+\-]\d\d:?\d\d))?)?"
)
# As Go and Java print times: `2025-03-04 16:12:00.364419679 +0100 CET`, `2025-03-04T16:12+01:00[Europe/Oslo]`.
_PRINTED = pattern(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})? ?(Z|[+-]\d\d:?\d\d)"
    r"(?: (?:[A-Z]{2,5}|[+-]\d{2,4}))?(?: m=[+-][\d.]{1,20}|\[[\w/+-]{1,40}\])?",
    re.A,
)
# The usual form of Chinese papers, which needs no words.
_NUMERIC = pattern(
    r"(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?(?: ?(\d{1,2})[:：](\d\d)(?:[:：](\d\d))?)?", re.A
)
_NUMBERS = pattern(r"\d{1,4}")
_LONGEST, _FEWEST_NUMBERS = 100, 2

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
    "br": "America/Sao_Paulo",
    "ar": "America/Argentina/Buenos_Aires",
    "co": "America/Bogota",
    "pe": "America/Lima",
    "pt": "Europe/Lisbon",
    "ie": "Europe/Dublin",
    "at": "Europe/Vienna",
    "ch": "Europe/Zurich",
    "be": "Europe/Brussels",
    "pl": "Europe/Warsaw",
    "cz": "Europe/Prague",
    "se": "Europe/Stockholm",
    "no": "Europe/Oslo",
    "dk": "Europe/Copenhagen",
    "fi": "Europe/Helsinki",
    "gr": "Europe/Athens",
    "tr": "Europe/Istanbul",
    "ua": "Europe/Kyiv",
    "eg": "Africa/Cairo",
    "sa": "Asia/Riyadh",
    "ae": "Asia/Dubai",
    "th": "Asia/Bangkok",
    "vn": "Asia/Ho_Chi_Minh",
    "ph": "Asia/Manila",
    "nz": "Pacific/Auckland",
}

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
# The digits of the seconds and milliseconds since 1970, and how many of them are a second.
_EPOCH = {10: 1, 13: 1000}
_NOTHING = timedelta()
_HALF_DAYS = (timedelta(hours=-12), _NOTHING, timedelta(hours=12))
_BEFORE_STAMP = timedelta(hours=24)
_AFTER_STAMP = timedelta(minutes=10)


class Written(Struct, frozen=True):
    """A time as written in the source: naive if there is no time zone. `has_time` is false if there is only a date."""

    value: datetime
    has_time: bool

    @property
    def text(self) -> str:
        """Return the time in ISO 8601, without a time of day if there is none."""
        return self.value.isoformat() if self.has_time else self.value.date().isoformat()


def without_seconds(text: str) -> str:
    """Return the moment that a feed states in seconds or milliseconds since 1970 in ISO 8601, or the text."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) not in _EPOCH:
        return text
    return datetime.fromtimestamp(int(text) // _EPOCH[len(text)], UTC).isoformat()


@functools.lru_cache(maxsize=64)
def parse_time(text: str) -> Written | None:
    """Return the time if the whole text is a time, in ISO 8601 or as people write it, else None.

    An article's time is asked for by its rule, by the facts and by the header.
    """
    text = " ".join(text.split())
    if _ISO.fullmatch(text):
        return _iso(text)
    if text[:4].isdecimal() and (printed := _PRINTED.fullmatch(text)):
        return _iso(f"{printed[1]}T{printed[2]}{printed[3]}")
    text = with_figures(text)
    if len(text) > _LONGEST or len(_NUMBERS.findall(text)) < _FEWEST_NUMBERS:
        return None
    from feed2doc.readers._article.times.written_times import Parts, parts_of

    if found := _NUMERIC.fullmatch(text):
        year, month, day, hour, minute, second = (int(n) if n else None for n in found.groups())
        return _written(Parts(year or 0, month or 0, day or 0, hour, minute or 0, second or 0))

    parts = parts_of(text)
    return None if parts is None else _written(parts)


def _iso(text: str) -> Written | None:
    try:
        value = datetime.fromisoformat(re.sub(r" (?=[Z+\-])", "", text) if " " in text else text)
    except ValueError:  # such as month 13 or an offset of 80 hours
        return None
    if value.tzinfo is not None and value.utcoffset() == timedelta():
        value = value.replace(tzinfo=UTC)
    has_time = "T" in text or " " in text
    return (
        Written(value.replace(microsecond=0), has_time) if _FIRST_YEAR <= value.year <= _LAST_YEAR else None
    )


def _written(parts: Parts) -> Written | None:
    if not _FIRST_YEAR <= parts.year <= _LAST_YEAR:  # such as year 1, which programs write for a missing date
        return None
    midnight = parts.hour == 24 and parts.minute == parts.second == 0
    hour = 0 if midnight else parts.hour or 0
    try:
        value = datetime(parts.year, parts.month, parts.day, hour, parts.minute, parts.second)
        if isinstance(parts.offset, str):
            value = fixed(value, zone_named(parts.offset))
        elif parts.offset is not None:
            value = value.replace(tzinfo=timezone(timedelta(minutes=parts.offset)) if parts.offset else UTC)
    except ValueError:  # such as the 31st of February or an offset of 80 hours
        return None
    return Written(value + timedelta(days=midnight), parts.hour is not None)


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
    printed = fixed(value, zone)
    age = stamp - printed
    fitting = [shift for shift in _HALF_DAYS if _NOTHING <= age - shift <= _BEFORE_STAMP]
    return printed + max(fitting) if fitting else None


def zones_for(language: str, host: str) -> list[tzinfo]:
    """Return the time zones in which a source may print its times: of its language, of its host's country, and UTC."""
    names = [_LANGUAGE_ZONES.get(language.split("-")[0]), _COUNTRY_ZONES.get(host.rpartition(".")[2])]
    return [*(zone_named(name) for name in names if name), UTC]


def known_zones() -> list[tzinfo]:
    """Return the time zones of all languages and countries that are known."""
    return [zone_named(name) for name in dict.fromkeys((*_LANGUAGE_ZONES.values(), *_COUNTRY_ZONES.values()))]


def infer_zone(value: datetime, stamp: datetime | None, language: str, host: str) -> tzinfo | None:
    """Return the time zone in which a naive time is nearest to the timestamp, among those of the language and the host.

    The time must be at most 24 hours before or 10 minutes after the timestamp. Return None if no zone fits.
    """
    if stamp is None:
        return None
    at = stamp
    zones = zones_for(language, host)
    fitting = [z for z in zones if at - _BEFORE_STAMP <= fixed(value, z) <= at + _AFTER_STAMP]
    return min(fitting, key=lambda zone: abs(at - fixed(value, zone)), default=None)
