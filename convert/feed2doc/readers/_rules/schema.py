"""The file of a site rule, `sites/<host>.toml`: what a source's markup means, as data (docs/site-rules.md)."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any, get_args

import msgspec

from feed2doc._compiled_data import compiled
from feed2doc.errors import SiteRuleError
from feed2doc.model import Role
from feed2doc.readers._rules.selectors import selector

SHIPPED = Path(__file__).parents[2] / "sites"

# The keys whose values are CSS selectors.
SELECTED = (
    "byline",
    "header",
    "standfirst",
    "heading",
    "paragraph",
    "caption",
    "photo_credit",
    "credits",
    "quote",
    "aside",
    "figure",
    "note",
    "embed",
    "tags",
    "drop",
)
# The keys whose values are patterns.
PATTERNS = (
    "byline_in_headline",
    "headline_suffix",
    "caption_text",
    "caption_credit",
    "signature",
    "drop_text",
)


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the time stands. `attribute` holds it rather than the text; `clock = "12h"` has no am or pm."""

    select: str
    attribute: str = ""
    clock: str = "24h"


class CreditRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of credits that matches `text` has this role; the group `person` is who it names.

    The role "byline" says that the line names who wrote the article.
    """

    role: str
    text: str


class SiteRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file. Selectors are CSS, patterns are Python regular expressions searched in a paragraph's text."""

    hosts: tuple[str, ...] = ()
    generator: str = ""
    publication: str = ""
    language: str = ""
    timezone: str = ""
    byline: tuple[str, ...] = ()
    byline_in_headline: tuple[str, ...] = ()
    headline_suffix: tuple[str, ...] = ()
    time: tuple[TimeRule, ...] = ()
    header: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    bold_headings: bool = False
    header_row: bool = False
    caption: tuple[str, ...] = ()
    photo_credit: tuple[str, ...] = ()
    caption_text: tuple[str, ...] = ()
    caption_credit: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    credit: tuple[CreditRule, ...] = ()
    signature: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()
    name: str = ""


@functools.cache
def text_of(path: Path) -> str:
    """What is written in this file; SiteRuleError if it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteRuleError(f"site rule {path}: cannot be read: {error}") from error


@functools.cache
def load(path: Path) -> SiteRule:
    """The rule in this file. Raises SiteRuleError, which names file, line and key, if it is wrong."""
    data = compiled().files.get(f"sites/{path.name}") if path.parent == SHIPPED else None
    if data is None:
        data = _parsed(path)
    try:
        rule = msgspec.convert({**data, "name": path.stem}, SiteRule)
    except msgspec.ValidationError as error:
        raise SiteRuleError(_message(path, *_place(str(error)))) from error
    if path.parent != SHIPPED:  # the tests check ours
        check(rule, path)
    return rule


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise SiteRuleError(f"site rule {path}: is no TOML: {error}") from error


def _place(message: str) -> tuple[str, str]:
    """The key that msgspec's message is about, and what is wrong with it."""
    import difflib

    if unknown := re.search(r"unknown field `([^`]+)`", message):
        known = [name for kind in (SiteRule, TimeRule, CreditRule) for name in kind.__struct_fields__]
        close = difflib.get_close_matches(unknown[1], [name for name in known if name != "name"], n=1)
        hint = f"did you mean {close[0]}?" if close else "they are listed in docs/site-rules.md"
        return unknown[1], f"is no key of a site rule: {hint}"
    at = re.search(r" - at `\$\.?([A-Za-z_]*)", message)
    return (at[1] if at else ""), message.split(" - at ")[0]


def _message(path: Path, key: str, problem: str, value: str = "") -> str:
    line = _line_of(text_of(path), key, value)
    return f"site rule {path}, line {line}: {key}: {problem}"


def _line_of(text: str, key: str, value: str = "") -> int:
    """The line, from 1, where this key, or after it this value, is written."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(rf"\s*(?:\[\[?)?{key}\b", line)), 0)
    shown = (value, value.replace("\\", "\\\\").replace('"', '\\"')) if value else ()
    return next((n for n in range(start, len(lines)) if any(s in lines[n] for s in shown)), start) + 1


def check(rule: SiteRule, path: Path) -> None:
    """Raise SiteRuleError for a value of the right type that cannot be right."""
    from zoneinfo import ZoneInfo

    for key in SELECTED:
        for css in getattr(rule, key):
            _check_one(path, key, css, lambda css: selector(css).check())
    for key in PATTERNS:
        for pattern in getattr(rule, key):
            _check_one(path, key, pattern, re.compile)
    for time in rule.time:
        _check_one(path, "time", time.select, lambda css: selector(css).check())
        if time.clock not in ("12h", "24h") or (time.clock == "12h" and not rule.timezone):
            raise SiteRuleError(_message(path, "time", 'clock is "24h", or "12h" beside a timezone', "clock"))
    for credit in rule.credit:
        _check_one(path, "credit", credit.text, re.compile)
        if credit.role not in (*get_args(Role), "byline"):
            known = ", ".join((*get_args(Role), "byline"))
            raise SiteRuleError(
                _message(path, "credit", f"role {credit.role!r} is none of {known}", credit.role)
            )
    if rule.timezone:
        _check_one(path, "timezone", rule.timezone, ZoneInfo)
    if not rule.hosts and not rule.generator and path.name != "generic.toml":
        raise SiteRuleError(
            _message(path, "hosts", 'is missing: name the hosts, as in hosts = ["example.com"]')
        )


def _check_one(path: Path, key: str, value: str, test: Any) -> None:
    try:
        test(value)
    except Exception as error:  # cssselect, re and zoneinfo each have several
        raise SiteRuleError(_message(path, key, f"{value!r}: {error}", value)) from error
