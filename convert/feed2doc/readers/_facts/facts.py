"""Stated facts, and the choice among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc._text.plain import printable
from feed2doc.env import Provenance
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._facts.table import SOURCES

_TIMES = ("published", "updated")
_ADDRESS = pattern(r"\s*\w+://\S+\s*")
# Signs between the parts of the name of a feed: `海港APP - 潮新闻`.
_PARTS = pattern(r"(?<!\s)(?:\s++[-–—·•_]\s+|\s*+[|｜]\s*)")


class Fact(Struct, frozen=True):
    """A value that one source states. `origin` says where, `text` is the value as printed, if that is different.

    `names` are those of a byline that are stated one by one.
    """

    value: str
    source: str
    origin: Provenance
    text: str = ""
    names: tuple[str, ...] = ()


class Facts(Struct):
    """All facts stated about an article, by name."""

    stated: dict[str, list[Fact]] = {}

    def add(self, name: str, value: str, source: str, rule: str, element: str = "", text: str = "") -> None:
        """Add a fact, unless its value is empty."""
        if not value:
            return
        value = " ".join((printable(value).lstrip("#＃") if name == "tags" else value).split())
        if value and (name not in _TIMES or parse_time(value) is not None):
            self._add(name, Fact(value, source, Provenance(rule, element), text))

    def _add(self, name: str, fact: Fact) -> None:
        self.stated.setdefault(name, []).append(fact)

    def add_list(self, name: str, values: Iterable[str], source: str, rule: str, element: str = "") -> None:
        """Add a fact that may be stated several times: all names, all tags (split at commas), or else the first value.

        The address of a profile, which takes the place of many a name, is not a name.
        """
        found = [value for value in dict.fromkeys(values) if value.strip()]
        if name == "byline":
            found = [value for value in found if "://" not in value or not _ADDRESS.fullmatch(value)]
        if name == "tags":
            for tag in ",".join(found).split(","):
                self.add(name, tag, source, rule, element)
        elif found and name == "byline":
            value = " ".join(", ".join(found).split())
            self._add(name, Fact(value, source, Provenance(rule, element), names=tuple(found)))
        elif found:
            self.add(name, found[0], source, rule, element)

    def all(self, name: str) -> list[Fact]:
        """Return the facts with this name, by precedence of their sources."""
        found = self.stated.get(name, [])
        return found if len(found) < 2 else sorted(found, key=lambda fact: SOURCES.index(fact.source))

    def update(self, others: Facts) -> None:
        """Add the facts of another place."""
        for name, found in others.stated.items():
            self.stated.setdefault(name, []).extend(found)

    def is_ruled(self, name: str) -> bool:
        """Return True if a site rule states this fact."""
        return any(fact.source == "site rule" for fact in self.stated.get(name, ()))

    def organisations(self, byline: Fact | None) -> set[str]:
        """Return the names that, as a byline, only repeat the publication, a part of its name or a tag.

        They give way to a person.
        """
        if byline is None or byline.source in ("site rule", "markup"):
            return set()
        found = {fact.value for name in ("publication", "tags") for fact in self.all(name)}
        return found | {part for fact in self.all("publication") for part in _PARTS.split(fact.value)}

    def byline(self, is_nobody: Callable[[str], bool]) -> Fact | None:
        """Return the best byline: of a person, if there is one. What a program states and is not a name does not count."""
        found = [fact for fact in self.all("byline") if fact.source == "markup" or not is_nobody(fact.value)]
        if not found:
            return None
        persons = (fact for fact in found if fact.value not in self.organisations(fact))
        return next(persons, found[0])

    def best(self, name: str) -> Fact | None:
        """Return the fact of the source that takes precedence, or None if there is none."""
        if (found := self.stated.get(name)) is None:
            return None
        return found[0] if len(found) == 1 else self.all(name)[0]

    def value(self, name: str) -> str:
        """Return the value of the best fact, or an empty string."""
        return best.value if (best := self.best(name)) is not None else ""

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values that the best source states in one place, without duplicates."""
        found = self.all(name)
        return tuple(dict.fromkeys(fact.value for fact in found if fact.origin == found[0].origin))
