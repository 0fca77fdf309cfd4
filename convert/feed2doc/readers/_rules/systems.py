"""The publishing systems of an article: what the name of a program or the markup itself shows.

A rule file with `marks` or `feeds` describes a system. It applies to any article that has one of the marks, whose page or
feed names the program, or whose feed is of one of the hosts. One article may have several: a WordPress page with the footnotes of a plugin.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from feed2doc.readers._rules.schema import SYSTEMS, SiteRule, load
from feed2doc.readers._rules.selectors import Index

# The length of the beginnings of names by which most articles are known to have no system. No mark is shorter.
_HEAD = 4


class _Systems(Struct, frozen=True):
    """All systems, their marks, and the beginnings of marks that stand for several names."""

    rules: tuple[SiteRule, ...]
    marks: frozenset[str]
    heads: frozenset[str]


def systems_in(
    index: Index, generator: str, folders: Iterable[Path] = (), feed: str = ""
) -> tuple[SiteRule, ...]:
    """Return the rules of the systems that wrote this tree, or a part of it, or its feed, whose host is given."""
    known = _systems(tuple(folders))
    marked = not known.marks.isdisjoint(index.names)
    if (
        not marked
        and not generator
        and not feed
        and known.heads.isdisjoint([name[:_HEAD] for name in index.names])
    ):
        return ()
    program = generator.lower()
    return tuple(
        rule
        for rule in known.rules
        if (program and rule.generator and rule.generator.lower() in program)
        or (feed and any(feed == host or feed.endswith(f".{host}") for host in rule.feeds))
        or _is_marked(rule, index.names)
    )


def _is_marked(rule: SiteRule, names: frozenset[str]) -> bool:
    begins = tuple(mark[:-1] for mark in rule.marks if mark.endswith("*"))
    return not names.isdisjoint(rule.marks) or any(name.startswith(begins) for name in names)


@functools.lru_cache(maxsize=8)
def _systems(folders: tuple[Path, ...]) -> _Systems:
    rules = tuple(
        rule
        for folder in (*folders, SYSTEMS)
        for path in sorted(folder.glob("*.toml"))
        if (rule := load(path)).marks or rule.feeds
    )
    marks = [mark for rule in rules for mark in rule.marks]
    return _Systems(
        rules,
        frozenset(mark for mark in marks if not mark.endswith("*")),
        frozenset(mark[:_HEAD] for mark in marks if mark.endswith("*")),
    )


def forget() -> None:
    """Clear the cache, so that changed files are read again."""
    _systems.cache_clear()
