"""The header of an article: its byline and time, taken out of the body by the site's rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feed2doc.env import Env
from feed2doc.errors import OptionError
from feed2doc.readers._sites import SiteRule, select
from feed2doc.readers._times import Written, fixed, infer_zone, on_twelve_hour_clock, parse_time
from feed2doc.readers._tree import words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element


@dataclass(slots=True)
class Header:
    """What the header says, and the elements that say it."""

    byline: str = ""
    time: Written | None = None
    time_text: str = ""
    clock: str = "24h"
    taken: list[_Element] = field(default_factory=list)


def take_header(root: _Element, rule: SiteRule, dropped: Collection[_Element], written: str) -> Header:
    """The byline and time that the rule finds; `written` is used if the HTML has no time."""
    header = Header()
    for key in ("byline", "header"):
        for element in rule.select(root, key):
            if element not in dropped and not (header.byline and key == "byline"):
                _take_lines(element, header, only_byline=key == "byline")
    _take_time(root, rule, dropped, header)
    if header.time is None and written:
        header.time, header.time_text = parse_time(written), " ".join(written.split())
    return header


def _take_lines(element: _Element, header: Header, *, only_byline: bool) -> None:
    """Take an element whose every line is a time or, once, a byline; leave it in the text if it is more."""
    lines = _lines(element)
    times = [] if only_byline else [line for line in lines if parse_time(line)]
    names = [line for line in lines if line not in times]
    if len(names) > 1 or len(times) > 1 or sum(map(len, names)) > 200:
        return
    if (not only_byline and not times) or (names and header.byline):
        return
    if names:
        header.byline = names[0]
    if times and header.time is None:
        header.time, header.time_text = parse_time(times[0]), times[0]
    header.taken.append(element)


def _take_time(root: _Element, rule: SiteRule, dropped: Collection[_Element], header: Header) -> None:
    for time_rule in rule.time:
        for element in select(root, time_rule.select):
            if header.time is not None or element in dropped:
                return
            text = words_of(element)
            value = parse_time(element.get(time_rule.attribute) or "") if time_rule.attribute else None
            if (value or (value := parse_time(text))) is not None:
                header.time, header.time_text, header.clock = value, text, time_rule.clock
                header.taken.append(element)


def _lines(element: _Element) -> list[str]:
    """The lines of an element's text, cut at its `br` elements."""
    parts: list[str] = [""]
    for node in element.iter():
        if node.tag == "br":
            parts.append("")
        else:
            parts[-1] += node.text or ""
        if node is not element:
            parts[-1] += node.tail or ""
    return [line for part in parts if (line := " ".join(part.split()))]


def published(
    header: Header, rule: SiteRule, stamp: datetime | None, language: str, url: str, zone: str, env: Env
) -> tuple[datetime | None, bool]:
    """The moment of publication with its zone, and whether an hour was stated; never today's date.

    With no time in the source it is the stamp; with no stamp either it is None.
    """
    if header.time is None:
        if stamp is not None:
            env.note("notice", "no time in the item: its stamp is taken", rule="time")
        return stamp, True
    value, has_time = header.time.value, header.time.has_time
    if value.tzinfo is not None:
        return value, has_time
    if header.clock == "12h" and has_time and not zone:
        home = ZoneInfo(rule.timezone)
        reading = on_twelve_hour_clock(value, home, stamp)
        if reading is None:
            env.note(
                "notice",
                "a 12-hour clock that its stamp does not settle: the time is as printed",
                rule="time",
            )
        return reading or fixed(value, home), True
    return fixed(value, _zone(value, rule, stamp, language, url, zone, env)), has_time


def _zone(
    value: datetime, rule: SiteRule, stamp: datetime | None, language: str, url: str, zone: str, env: Env
) -> tzinfo:
    if zone:
        try:
            return ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise OptionError(
                f"unknown time zone {zone!r}: use an IANA name such as Asia/Shanghai"
            ) from error
    if rule.timezone:
        return ZoneInfo(rule.timezone)
    found = infer_zone(value, stamp, language, urlsplit(url).hostname or "")
    if found is None:
        env.note("notice", "a time with no zone, and no stamp near it: taken as UTC", rule="time")
        return UTC
    env.note("notice", f"a time with no zone: taken as {found}, nearest its stamp", rule="time")
    return found
