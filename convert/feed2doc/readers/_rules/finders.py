"""Searches for many patterns at once: which of those of a rule key may occur in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from feed2doc._compiled_data import compiled
from feed2doc._decoding import decode
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.heads import Heads, heads_of

HEADS = "heads"

_LONGEST_FOR_OWN = 500
_ALONE = pattern(r"\\[1-9]|\(\?P=|\(\?[aiLmsux]+\)|\(\?\(")


class Known(NamedTuple):
    """A pattern with the name of its rule. Tests show that a shipped one takes linear time; others see only part of a long text."""

    pattern: re.Pattern[str]
    reason: str
    shipped: bool

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in what the pattern sees of a text."""
        if self.shipped or len(text) <= _LONGEST_FOR_OWN:
            return self.pattern.search(text)
        found = self.pattern.search(text, 0, _LONGEST_FOR_OWN)
        if (
            found is not None and found.end() < _LONGEST_FOR_OWN
        ):  # otherwise `$` may have matched where it was cut
            return found
        return self.pattern.search(text, len(text) - _LONGEST_FOR_OWN)


def finder_of(rows: Sequence[Known]) -> Callable[[str], Sequence[int]]:
    """Return a fast function that returns the numbers of the patterns that may occur in a text, in order."""
    shipped = [n for n, known in enumerate(rows) if known.shipped]
    if len(shipped) == len(rows):
        return _of_shipped(rows)
    own = [n for n, known in enumerate(rows) if not known.shipped]
    in_shipped = _of_shipped([rows[n] for n in shipped])
    in_own = _joined([rows[n].pattern.pattern for n in own])

    def found_in(text: str) -> Sequence[int]:
        found = {shipped[n] for n in in_shipped(text)}
        for part in _ends(text):
            found.update(own[n] for n in in_own(part))
        return sorted(found)

    return found_in


def _of_shipped(rows: Sequence[Known]) -> Callable[[str], Sequence[int]]:
    """Return the function for patterns that the build has seen: it compiles only those that may match at the start of a text."""
    heads = _heads()
    patterns = [known.pattern.pattern for known in rows]
    if not heads or not rows:
        return _joined(patterns) if rows else _none_in
    bound = [(n, heads[p]) for n, p in enumerate(patterns) if p in heads]
    free = [n for n, p in enumerate(patterns) if p not in heads]
    anywhere = pattern(_any_of([patterns[n] for n in free]))
    tried: dict[str, list[tuple[int, Callable[[str], object]]]] = {}

    def found_in(text: str) -> Sequence[int]:
        others = free if free and anywhere.search(text) is not None else ()
        first = text[:1]
        if (matches := tried.get(first)) is None:
            matches = tried[first] = [
                (n, rows[n].pattern.match) for n, head in bound if head is None or head.begin(first)
            ]
        for n, match in matches:
            if match(text):
                return [*(other for other in others if other < n), n]
        return others

    return found_in


def _none_in(_: str) -> Sequence[int]:
    return ()


@functools.cache
def _heads() -> dict[str, Heads | None]:
    """Return the heads of the shipped patterns for the beginning of a text, or nothing if they are not compiled."""
    if (made := compiled().get(HEADS)) is None:
        return {}
    found: dict[str, Heads | None] = decode(made, dict[str, Heads | None])
    return found


def compiled_heads(patterns: Iterable[str]) -> dict[str, Heads | None]:
    """Return the heads of those patterns that match only at the beginning of a text, as stored in `compiled.json`."""
    found: dict[str, Heads | None] = {}
    for each in patterns:
        if _is_bound(each):
            found[each] = heads_of(each)
        elif _ALONE.search(each):
            raise ValueError(f"{each!r} cannot be joined with others: begin it with ^")
    return found


def _ends(text: str) -> tuple[str, ...]:
    """Return what the patterns of users see of a text: all of it, or its beginning and its end."""
    return (text,) if len(text) <= _LONGEST_FOR_OWN else (text[:_LONGEST_FOR_OWN], text[-_LONGEST_FOR_OWN:])


def _joined(patterns: list[str]) -> Callable[[str], Sequence[int]]:
    """Return a fast function that returns the numbers of the patterns that may occur in a text, in order.

    Most texts have none of them. Patterns anchored at the start are tried only there, and the first match ends the search.
    Patterns with backreferences or flags for all of them cannot be joined with others.
    """
    if any(map(_ALONE.search, patterns)):
        return lambda text: [n for n, p in enumerate(patterns) if re.search(p, text)]
    nameless = [_nameless(p) for p in patterns]
    bound = {n: p for n, p in enumerate(nameless) if _is_bound(p)}
    free = [n for n in range(len(patterns)) if n not in bound]
    at_start = pattern("|".join(f"(?P<n{n}>{p})" for n, p in bound.items()))
    anywhere = pattern(_any_of([patterns[n] for n in free]))

    def found_in(text: str) -> Sequence[int]:
        first = at_start.match(text) if bound else None
        others = free if free and anywhere.search(text) is not None else ()
        if first is None or first.lastgroup is None:
            return others
        last = int(first.lastgroup[1:])
        return [*(n for n in others if n < last), last]

    return found_in


def _any_of(patterns: list[str]) -> str:
    return "|".join(f"(?:{_nameless(p)})" for p in patterns)


def _nameless(pattern: str) -> str:
    return re.sub(r"[(][?]P<[A-Za-z_]+>", "(?:", pattern) if "(?P<" in pattern else pattern


def _is_bound(pattern: str) -> bool:
    """Return True if a pattern matches only at the beginning of a text."""
    return pattern.startswith("^") and "|" not in re.sub(r"\(.*\)|\[.*?\]|\\.", "", pattern)
