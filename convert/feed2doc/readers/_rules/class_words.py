"""Words in the names that templates give to elements: `c-signature__author` and `fig-content-metas__author` say `author`.

Every paper has class names of its own, but they are made of the same words. What such a word says is only a hint: each use
checks that the content agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

# The parts of a name: `article__header-intro`, and of those the words of `socialBarContainer`. Names made by programs
# (`sc-jnSNlF`) have short ones by chance.
_SIGNS, _DIGITS = pattern(r"[-_]+"), "0123456789"
_WORD = pattern(r"[A-Z]?[a-z]{3,}|[A-Z]{4,}(?![a-z])")
# Words before what an element only has or lacks: `text-with-summary`, `no-author`.
_HAVING = frozenset({"with", "without", "has", "no"})
# Attributes in which templates name the parts of a page for tests and statistics.
_ATTRIBUTES = (
    "[data-testid]",
    "[data-test-id]",
    "[data-qa]",
    "[data-component]",
    "[data-gu-name]",
    "[data-name]",
)
# How much of a name is read, and how many names are remembered for other articles.
_LONGEST, _MOST_NAMES = 80, 20_000


class ClassWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that name a part of an article, by part. Two words with a hyphen occur one after the other."""

    byline: tuple[str, ...] = ()
    occupation: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    standfirst: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    invitation: tuple[str, ...] = ()
    promotion: tuple[str, ...] = ()
    advertisement: tuple[str, ...] = ()
    biography: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


class Words:
    """The meanings of words in class names by some rule files: the part of the article, and the name of the rule."""

    def __init__(self, files: Iterable[tuple[str, ClassWords]]) -> None:
        self._known: dict[str, dict[str, str]] = {}
        for name, words in files:
            for kind in ClassWords.__struct_fields__:
                for word in getattr(words, kind):
                    reason = f"{name}: class_words {kind} {word!r}"
                    self._known.setdefault(word, {}).setdefault(kind, reason)
        self._said: dict[str, dict[str, str]] = {}

    def of(self, name: str) -> dict[str, str]:
        """Return what a name says: the parts, each with the name of its rule."""
        if (said := self._said.get(name)) is None:
            said = {}
            for word in sorted(words_of_name(name)):
                for kind, reason in self._known.get(word, {}).items():
                    said.setdefault(kind, reason)
            if len(self._said) < _MOST_NAMES:
                self._said[name] = said
        return said

    def whole(self, name: str) -> dict[str, str]:
        """Return what a name says that is nothing but one of the words: the parts, each with the name of its rule."""
        return self._known.get(name.lower().replace("_", "-"), {})

    def marked(self, index: Index) -> dict[str, dict[_Element, str]]:
        """Return the elements of a tree whose names say what they are, by part, each with the name of its rule."""
        found: dict[str, dict[_Element, str]] = {}
        for name in index.names:
            if name[0] in ".#" and (said := self.of(name)):
                _add(said, index.named[name], found)
        for attribute in _ATTRIBUTES:
            if attribute in index.names:
                for element in index.named[attribute]:
                    if said := self.of((element.get(attribute[1:-1]) or "")[:_LONGEST]):
                        _add(said, (element,), found)
        return found


def _add(said: dict[str, str], elements: Iterable[_Element], found: dict[str, dict[_Element, str]]) -> None:
    for kind, reason in said.items():
        of_kind = found.setdefault(kind, {})
        for element in elements:  # of several names, always the same one counts
            of_kind[element] = min(reason, of_kind.get(element, reason))


def words_of_name(name: str) -> frozenset[str]:
    """Return the words of a name in lower case, and each two that follow each other."""
    words: list[str] = []
    for part in _SIGNS.split(name[:_LONGEST].lstrip(".#")):
        bare = part.strip(_DIGITS)
        if bare.islower() or bare.isupper() or bare.istitle():
            words.append(bare.lower())
        else:
            words += map(str.lower, _WORD.findall(bare))
    pairs = [*pairwise(words)]
    said = {second for first, second in pairs if first in _HAVING}
    if said:
        words = [word for word in words if word not in said]
        pairs = [pair for pair in pairs if said.isdisjoint(pair)]
    return frozenset((*words, *map("-".join, pairs)))
