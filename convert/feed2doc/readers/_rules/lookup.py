"""The rules for one article: its site's file with the generic one joined in.

Lists are joined, the site's own first; single values win over the generic ones. A user's folders are searched
before ours.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feed2doc._plugins import site_folders
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of
from feed2doc.readers._rules.schema import (
    PATTERNS,
    SELECTED,
    SHIPPED,
    CreditRule,
    SiteRule,
    TimeRule,
    load,
    text_of,
)
from feed2doc.readers._rules.selectors import Index, Selector, selector

if TYPE_CHECKING:
    from lxml.etree import _Element

GENERIC = "generic.toml"
_ALONE = pattern(r"\\[1-9]|\(\?P=|\(\?[aiLmsux]|\(\?\(")


class Rules:
    """What the files say, the site's own first, `generic.toml` last."""

    def __init__(self, files: tuple[SiteRule, ...]) -> None:
        self.files = files
        self.name = files[0].name
        self.bold_headings = any(file.bold_headings for file in files)
        self.header_row = any(file.header_row for file in files)

    @cached_property
    def times(self) -> list[tuple[TimeRule, str]]:
        """Where the time may stand, and the rule that says so."""
        return [(t, f"{file.name}: time {t.select!r}") for file in self.files for t in file.time]

    @cached_property
    def _selectors(self) -> dict[str, list[tuple[Selector, str]]]:
        return {
            key: [(selector(css), f"{f.name}: {key} {css!r}") for f in self.files for css in getattr(f, key)]
            for key in SELECTED
        }

    @cached_property
    def _patterns(self) -> dict[str, list[tuple[re.Pattern[str], str]]]:
        return {
            key: [(pattern(p), f"{f.name}: {key} {p!r}") for f in self.files for p in getattr(f, key)]
            for key in PATTERNS
        }

    @cached_property
    def _credits(self) -> list[tuple[CreditRule, re.Pattern[str], str]]:
        return [
            (credit, pattern(credit.text), f"{f.name}: credit {credit.text!r}")
            for f in self.files
            for credit in f.credit
        ]

    @cached_property
    def _finders(self) -> dict[str, Callable[[str], Sequence[int]]]:
        return {key: _finder([p.pattern for p, _ in rows]) for key, rows in self._patterns.items()}

    @cached_property
    def _credits_in(self) -> Callable[[str], Sequence[int]]:
        return _finder([p.pattern for _, p, _ in self._credits])

    def setting(self, key: str) -> str:
        """The first value that is not empty of a key that has one value."""
        return next((value for file in self.files if (value := str(getattr(file, key)))), "")

    def select(self, key: str, index: Index) -> dict[_Element, str]:
        """The elements that the selectors of this key choose, and the rule that chose each."""
        found: dict[_Element, str] = {}
        for css, reason in self._selectors[key]:
            if css.needs <= index.names:
                for element in css.of(index):
                    found.setdefault(element, reason)
        return found

    def finder(self, key: str) -> Callable[[str], object]:
        """Says quickly whether any pattern of this key is in a text."""
        return self._finders[key]

    def search(self, key: str, text: str) -> tuple[re.Match[str], str] | None:
        """The first match of this key's patterns in a text, and the rule whose pattern it is."""
        for number in self._finders[key](text):
            known, reason = self._patterns[key][number]
            if found := known.search(text):
                return found, reason
        return None

    def credit(self, text: str) -> tuple[CreditRule, re.Match[str], str] | None:
        """The first credit rule that knows this line, its match, and the rule's name."""
        for number in self._credits_in(text):
            rule, known, reason = self._credits[number]
            if found := known.search(text):
                return rule, found, reason
        return None


def _finder(patterns: list[str]) -> Callable[[str], Sequence[int]]:
    """Says quickly which of these patterns may be in a text, by their numbers in order; in most texts there is none.

    Those that are bound to the text's start are tried there alone, and the first that is there ends the search. One that
    counts its groups or sets flags for itself cannot be joined with others.
    """
    if any(map(_ALONE.search, patterns)):
        return lambda text: [n for n, p in enumerate(patterns) if re.search(p, text)]
    nameless = [re.sub(r"[(][?]P<[A-Za-z_]+>", "(?:", p) for p in patterns]
    bound = {
        n: p
        for n, p in enumerate(nameless)
        if p.startswith("^") and "|" not in re.sub(r"\(.*\)|\[.*?\]|\\.", "", p)
    }
    free = [n for n in range(len(patterns)) if n not in bound]
    at_start = pattern("|".join(f"(?P<n{n}>{p})" for n, p in bound.items()) or "(?!)")
    anywhere = pattern("|".join(f"(?:{nameless[n]})" for n in free) or "(?!)")

    def found_in(text: str) -> Sequence[int]:
        first = at_start.match(text)
        last = int(first.lastgroup[1:]) if first and first.lastgroup else len(patterns)
        others = [n for n in free if n < last] if free and anywhere.search(text) else []
        return [*others, last] if first else others

    return found_in


def rules_for(url: str, folders: Iterable[Path] = (), generator: str = "") -> Rules:
    """The rules for the program that wrote a page, else for the host of this address, with the generic ones.

    The first folder that has any wins. Raises SiteRuleError, which names file, line and key, if one is wrong.
    """
    path = re.sub("//+", "/", urlsplit(url).path) if (host := host_of(url)) else ""
    candidates = _candidates(host, generator.split(" ")[0].lower(), tuple(folders))
    return next(rules for under, rules in candidates if path.startswith(under))


def forget() -> None:
    """Let go of what was read, so that files that have changed are read anew: a process may serve several runs."""
    for reading in (text_of, load, _candidates):
        reading.cache_clear()


@functools.lru_cache(maxsize=512)
def _candidates(host: str, generator: str, folders: tuple[Path, ...]) -> list[tuple[str, Rules]]:
    """The rules for this host, the nearest first, and the path under which each counts; the generic ones last.

    Those that other packages bring are for hosts for which neither the user nor feed2doc has any.
    """
    own = next((f for folder in folders if (f := folder / GENERIC).is_file()), SHIPPED / GENERIC)
    generic = load(own)
    found = _matching((*folders, SHIPPED), host, generator, generic)
    if host and not found:
        found = _matching(site_folders(), host, generator, generic)
    return [*found, ("", Rules((generic,)))]


def _matching(
    folders: Iterable[Path], host: str, generator: str, generic: SiteRule
) -> list[tuple[str, Rules]]:
    """The rules of these folders that are for this host or program, and the path under which each counts."""
    found: list[tuple[str, Rules]] = []
    for folder in folders:
        rules = [load(f) for f in sorted(folder.glob("*.toml")) if f.name != GENERIC]
        if generator:
            found += [("", Rules((r, generic))) for r in rules if r.generator.lower() == generator]
        named = [(name.partition("/"), rule) for rule in rules for name in rule.hosts]
        ranked = [
            (host.count(".") - name.count("."), -len(path), f"/{path}" if path else "", rule)
            for (name, _, path), rule in named
            if host == name or host.endswith("." + name)
        ]
        ranked.sort(key=lambda row: row[:2])
        found += [(under, Rules((rule, generic))) for _, _, under, rule in ranked]
    return found
