"""The rules of the site of an article: those of the program that wrote its page, or of the host of its URL.

The user's folders are searched before the shipped rules.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from feed2doc._plugins import site_folders
from feed2doc._text.urls import host_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.schema import SHIPPED, SiteRule, load, text_of
from feed2doc.readers._rules.systems import forget as forget_systems

_GENERIC = "generic.toml"


def rules_for(url: str, folders: Iterable[Path] = (), generator: str = "") -> Rules:
    """Return the rules for the program that wrote a page, else for the host of the URL, merged with the generic rules.

    The first folder with matching rules wins. Raise SiteRuleError, which names the file, line and key, if a rule is invalid.
    """
    path = re.sub("//+", "/", urlsplit(url).path) if (host := host_of(url)) else ""
    candidates = _candidates(host, generator.split(" ")[0].lower(), tuple(folders))
    return next(rules for under, rules in candidates if path.startswith(under))


def forget() -> None:
    """Clear the caches, so that changed files are read again in a process that serves several runs."""
    for reading in (text_of, load, _candidates):
        reading.cache_clear()
    forget_systems()


@functools.lru_cache(maxsize=512)
def _candidates(host: str, generator: str, folders: tuple[Path, ...]) -> list[tuple[str, Rules]]:
    """Return the rules for this host, the most specific first and the generic ones last, each with its URL path prefix.

    Rules of other packages are used only for hosts without rules from the user or feed2doc.
    """
    own = next((f for folder in folders if (f := folder / _GENERIC).is_file()), SHIPPED / _GENERIC)
    generic = load(own)
    found = _matching((*folders, SHIPPED), host, generator, generic)
    if host and not found:
        found = _matching(site_folders(), host, generator, generic)
    return [*found, ("", Rules((generic,)))]


def _matching(
    folders: Iterable[Path], host: str, generator: str, generic: SiteRule
) -> list[tuple[str, Rules]]:
    """Return the rules in these folders for this host or program, each with the URL path prefix that it applies to."""
    found: list[tuple[str, Rules]] = []
    for folder in folders:
        rules = [load(f) for f in sorted(folder.glob("*.toml")) if f.name != _GENERIC]
        if generator:
            found += [
                ("", Rules((r, generic))) for r in rules if r.generator.lower() == generator and not r.marks
            ]
        named = [(name.partition("/"), rule) for rule in rules for name in rule.hosts]
        ranked = [
            (host.count(".") - name.count("."), -len(path), f"/{path}" if path else "", rule)
            for (name, _, path), rule in named
            if host == name or host.endswith("." + name)
        ]
        ranked.sort(key=lambda row: row[:2])
        found += [(under, Rules((rule, generic))) for _, _, under, rule in ranked]
    return found
