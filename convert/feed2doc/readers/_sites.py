"""Site rules: what a source's markup means, as data (`sites/<host>.toml`).

A rule adds to `generic.toml`: lists are joined, the rule's own first; single values win over it. A user's
folder is searched before ours.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args
from urllib.parse import urlsplit

import msgspec

from feed2doc.errors import SiteRuleError
from feed2doc.model import Role

if TYPE_CHECKING:
    from lxml.etree import _Element

SHIPPED = Path(__file__).parent.parent / "sites"


class TimeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the time stands. `attribute` holds it rather than the text; `clock = "12h"` has no am or pm."""

    select: str
    attribute: str = ""
    clock: str = "24h"


class CreditRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of credits that matches `text` has this role; the group `person` is who it names."""

    role: str
    text: str


class SiteRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file. Selectors are CSS, texts are Python regular expressions searched in a paragraph's text."""

    hosts: tuple[str, ...] = ()
    publication: str = ""
    language: str = ""
    timezone: str = ""
    byline: tuple[str, ...] = ()
    time: tuple[TimeRule, ...] = ()
    header: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    credit: tuple[CreditRule, ...] = ()
    drop: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()
    bold_headings: bool = False
    name: str = "generic"

    def select(self, root: _Element, key: str) -> list[_Element]:
        """The elements that the selectors of this key choose, in the order of the selectors."""
        return [e for css in getattr(self, key) for e in select(root, css)]

    def dropped_by(self, text: str) -> str:
        """The pattern that says that a paragraph of this text is junk, "" if there is none."""
        return next((pattern for pattern in self.drop_text if re.search(pattern, text)), "")


def select(root: _Element, css: str) -> list[_Element]:
    """The elements that this CSS selector chooses, in document order."""
    return cast("list[_Element]", _compiled(css)(root))


@functools.cache
def _compiled(css: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(css, translator="html")


def rule_for(url: str, folders: Iterable[Path] = ()) -> SiteRule:
    """The rule of this address's host with the generic one joined in, or the generic one alone.

    Raises SiteRuleError, which names file and key, if a rule is wrong.
    """
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        host = ""
    return _rule_of_host(host, (*folders, SHIPPED))


@functools.lru_cache(maxsize=512)
def _rule_of_host(host: str, folders: tuple[Path, ...]) -> SiteRule:
    generic = next(f for folder in folders if (f := folder / "generic.toml").is_file())
    rules = [_load(generic)]
    if host:
        for folder in folders:
            found = [r for r in _rules_in(folder) if any(_is_host(host, name) for name in r.hosts)]
            if found:
                rules.insert(0, max(found, key=lambda r: max(len(n) for n in r.hosts if _is_host(host, n))))
                break
    return _join(rules)


def _is_host(host: str, name: str) -> bool:
    return host == name or host.endswith("." + name)


@functools.cache
def _rules_in(folder: Path) -> tuple[SiteRule, ...]:
    return tuple(_load(f) for f in sorted(folder.glob("*.toml")) if f.name != "generic.toml")


@functools.cache
def _load(path: Path) -> SiteRule:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        rule = msgspec.convert({**data, "name": path.stem}, SiteRule)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SiteRuleError(f"site rule {path}: {error}") from error
    _check(rule, path)
    return rule


def _check(rule: SiteRule, path: Path) -> None:
    """Raise SiteRuleError for a value of the right type that cannot be right."""
    from zoneinfo import ZoneInfo

    for key in ("byline", "header", "standfirst", "caption", "credits", "drop"):
        for css in getattr(rule, key):
            _check_one(path, key, css, _compiled)
    for time in rule.time:
        _check_one(path, "time.select", time.select, _compiled)
        if time.clock not in ("12h", "24h") or (time.clock == "12h" and not rule.timezone):
            raise SiteRuleError(f'site rule {path}: time.clock is "24h", or "12h" beside a timezone')
    for credit in rule.credit:
        _check_one(path, "credit.text", credit.text, re.compile)
        if credit.role not in get_args(Role):
            raise SiteRuleError(f"site rule {path}: credit.role {credit.role!r} is none of {get_args(Role)}")
    for pattern in rule.drop_text:
        _check_one(path, "drop_text", pattern, re.compile)
    if rule.timezone:
        _check_one(path, "timezone", rule.timezone, ZoneInfo)


def _check_one(path: Path, key: str, value: str, test: Any) -> None:
    try:
        test(value)
    except Exception as error:  # cssselect, re and zoneinfo each have several
        raise SiteRuleError(f"site rule {path}: {key}: {value!r}: {error}") from error


def _join(rules: list[SiteRule]) -> SiteRule:
    first, *others = rules
    values: dict[str, Any] = {}
    for name in SiteRule.__struct_fields__:
        value = getattr(first, name)
        for other in others:
            value = (
                value + getattr(other, name) if isinstance(value, tuple) else value or getattr(other, name)
            )
        values[name] = value
    return SiteRule(**values)
