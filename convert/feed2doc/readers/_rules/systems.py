"""The publishing systems of an article: what the name of a program or the markup itself shows.

A rule file with `marks` or `feeds` describes a system. It applies to any article that has one of the marks, whose page or
feed names the program, or whose feed is of one of the hosts, or has elements with a namespace of one. One article may have several: a WordPress page with the footnotes of a plugin.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from feed2doc.readers._rules.schema import SYSTEMS, SiteRule, load
from feed2doc.readers._rules.selectors import Index

# The length of the beginnings of names by which most articles are known to have no system. No mark is shorter.
_head_of = operator.itemgetter(slice(4))


class _System(Struct, frozen=True):
    """A system, its marks, and the beginnings of names that are marks."""

    rule: SiteRule
    marks: frozenset[str]
    beginnings: tuple[str, ...]


class _Systems(Struct, frozen=True):
    """All systems, all of their marks, and the heads of the beginnings of names that are marks."""

    systems: tuple[_System, ...]
    marks: frozenset[str]
    heads: frozenset[str]


def systems_in(
    index: Index, generator: str, folders: Iterable[Path] = (), hosts: tuple[str, ...] = ()
) -> tuple[SiteRule, ...]:
    """Return the rules of the systems that wrote this tree, or a part of it, or its feed, which has URLs of these hosts."""
    known = _systems(tuple(folders))
    names = known.marks & index.names
    is_longer = not known.heads.isdisjoint(map(_head_of, index.names))
    if not (names or is_longer or generator or any(hosts)):
        return ()
    longer = [name for name in index.names if _head_of(name) in known.heads] if is_longer else []
    program = generator.lower()
    return tuple(
        system.rule
        for system in known.systems
        if not names.isdisjoint(system.marks)
        or any(name.startswith(system.beginnings) for name in longer)
        or (program and (name := system.rule.generator.lower()) and name in program)
        or any(host == own or host.endswith(f".{own}") for own in system.rule.feeds for host in hosts)
    )


@functools.lru_cache(maxsize=8)
def _systems(folders: tuple[Path, ...]) -> _Systems:
    rules = tuple(
        rule
        for folder in (*folders, SYSTEMS)
        for path in sorted(folder.glob("*.toml"))
        if (rule := load(path)).marks or rule.feeds or rule.generator
    )
    systems = tuple(_system(rule) for rule in rules)
    return _Systems(
        systems,
        frozenset(mark for system in systems for mark in system.marks),
        frozenset(_head_of(name) for system in systems for name in system.beginnings),
    )


def _system(rule: SiteRule) -> _System:
    beginnings = tuple(mark[:-1] for mark in rule.marks if mark.endswith("*"))
    return _System(rule, frozenset(mark for mark in rule.marks if not mark.endswith("*")), beginnings)


def forget() -> None:
    """Clear the cache, so that changed files are read again."""
    _systems.cache_clear()
