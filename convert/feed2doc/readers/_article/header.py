"""The header of an article: its byline and time, extracted from the body by the site's rules."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of
from feed2doc.env import Env, Provenance
from feed2doc.errors import OptionError
from feed2doc.readers._article.times import (
    Written,
    fixed,
    infer_zone,
    on_twelve_hour_clock,
    parse_time,
    zone_named,
)
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index, describe, selector

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

    from feed2doc.readers._article.metadata import Metadata

_LONGEST_BYLINE = 200
# A line of labels at the beginning of an article: how many elements are searched, its maximum length, and its parts.
_FIRST, _LONGEST_LINE = 6, 120
_BETWEEN = pattern(
    r"[\s|｜]+(?=(?:来源|來源|作者|记者|記者|编辑|編輯|责编|責編|责任编辑|責任編輯|发布时间|發布時間|时间|時間)\s*[：:]|\d{4}\s*[-年/.])"
)
_TIME_LABEL = pattern(r"^(?:发布时间|發布時間|时间|時間)\s*[：:]\s*")
_NAMED = pattern(
    r"(?:作者|记者|記者)\s*[：:]\s*(?P<author>.{2,30})|(?:来源|來源|编辑|編輯|责编|責編|责任编辑|責任編輯)\s*[：:]\s*.{2,30}"
)
_LABEL = pattern(r"by|written by|von|par|por|作者|記者|记者|文", re.I)
# Elements that a header element must not contain, because they would be removed with it.
_SHOWN = ("img", "picture", "video", "audio", "iframe", "table")


class Header(Struct):
    """The content of the header, the elements that it was taken from, and the rules that found it."""

    byline: str = ""
    time: Written | None = None
    time_text: str = ""
    clock: str = "24h"
    taken: list[_Element] = []
    reasons: dict[str, Provenance] = {}
    lines: list[str] = []


def take_header(index: Index, rules: Rules, dropped: Collection[_Element], known: Metadata) -> Header:
    """Return the byline and time found by the rules, or those of the metadata if the HTML has none."""
    header = Header()
    for key in ("byline", "header"):
        for element, reason in rules.select(key, index).items():
            if element not in dropped and not (header.byline and key == "byline"):
                _take_lines(element, header, reason, only_byline=key == "byline")
    _take_time(index, rules, dropped, header)
    if header.time is None or not header.byline:
        _take_labelled(index.root, header)
    if header.time is None and known.written_time:
        header.time, header.time_text = parse_time(known.written_time), " ".join(known.written_time.split())
        header.reasons["published"] = Provenance(f"{known.source_format}: date")
    if not header.byline and known.byline:
        header.byline = known.byline
        header.reasons["byline"] = Provenance(f"{known.source_format}: author")
    if not header.byline and (found := rules.search("byline_in_headline", known.headline)):
        header.byline = found[0]["person"].strip()
        header.reasons["byline"] = Provenance(found[1])
    return header


def _take_lines(element: _Element, header: Header, reason: str, *, only_byline: bool) -> None:
    """Extract the byline and time of an element with nothing else in it: at most one line of each. Otherwise leave it."""
    lines = [element.get("content") or ""] if element.tag == "meta" else _lines(element)
    times = [] if only_byline else [line for line in lines if parse_time(line)]
    names = [line for line in lines if line and line not in times]
    if len(names) > 1 or len(times) > 1 or sum(map(len, names)) > _LONGEST_BYLINE:
        return
    if (not only_byline and not times) or (names and header.byline):
        return
    if next(element.iter(*_SHOWN), None) is not None:
        return
    origin = Provenance(reason, describe(element))
    if names:
        header.byline = names[0]
        header.reasons["byline"] = origin
    if times and header.time is None:
        header.time, header.time_text = parse_time(times[0]), times[0]
        header.reasons["published"] = origin
    if (line := _whole_line(element)) is not None:
        header.taken.append(line)


def _take_labelled(root: _Element, header: Header) -> None:
    """Extract a line at the beginning that consists of labels, names and a time.

    For example `来源：海港日报　作者：梅林　2025-03-04 08:30`. Parts other than the byline and time become credits.
    """
    for element in islice(root.iter("p", "div", "span"), _FIRST):
        text = words_of(element)
        parts = [part for part in _BETWEEN.split(text) if part]
        if len(parts) < 2 or len(text) > _LONGEST_LINE or next(element.iter(*_SHOWN), None) is not None:
            continue
        times = {part: time for part in parts if (time := parse_time(_TIME_LABEL.sub("", part)))}
        if not all(part in times or _NAMED.fullmatch(part) for part in parts) or len(times) != 1:
            continue
        origin = Provenance("a line of labels", describe(element))
        for part in parts:
            found = _NAMED.fullmatch(part)
            if part in times and header.time is None:
                header.time, header.time_text = times[part], part
                header.reasons["published"] = origin
            elif found and found["author"] and not header.byline:
                header.byline = found["author"]
                header.reasons["byline"] = origin
            else:
                header.lines.append(part)
        header.taken.append(element)
        return


def _whole_line(element: _Element) -> _Element | None:
    """Return the element to remove from the text together with a byline, or None if the byline is part of a sentence.

    This is the element of the byline, or the line around it if that has nothing else but a label
    (`<p>By <a rel="author">Ann Ba</a></p>`).
    """
    parent = element.getparent()
    if parent is None or parent.tag not in ("p", "div", "span") or element.tag not in ("a", "span"):
        return element
    rest = words_of(parent).replace(words_of(element), "", 1).strip(" :：|｜/·,")
    return parent if not rest or _LABEL.fullmatch(rest) else None


def _take_time(index: Index, rules: Rules, dropped: Collection[_Element], header: Header) -> None:
    for rule, reason in rules.times:
        for element in selector(rule.select).of(index):
            if header.time is not None or element in dropped:
                return
            text = words_of(element)
            value = parse_time(element.get(rule.attribute) or "") if rule.attribute else None
            if (value or (value := parse_time(text))) is not None:
                header.time, header.time_text, header.clock = value, text, rule.clock
                header.reasons["published"] = Provenance(reason, describe(element))
                header.taken.append(element)


def _lines(element: _Element) -> list[str]:
    """Return the lines of an element's text, split at `br` elements."""
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
    header: Header, rules: Rules, known: Metadata, language: str, url: str, env: Env
) -> tuple[datetime | None, bool]:
    """Return the publication time with its time zone, and True if a time of day was stated. Never use today's date.

    If the source has no time, return the archive's timestamp, or None if there is none.
    """
    stamp, zone = known.archived, known.options.timezone
    if header.time is None:
        if stamp is not None:
            header.reasons["published"] = Provenance("the archive's timestamp")
            env.note("notice", "the item has no time: using its timestamp", rule="time")
        return stamp, True
    value, has_time = header.time.value, header.time.has_time
    if value.tzinfo is not None:
        return value, has_time
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
