"""The rules of a word file by what a text begins with or contains, from which an article needs only a few."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

import msgspec

from feed2doc._compiled_data import FOLDER, compiled, word_files
from feed2doc._decoding import convert, decode
from feed2doc.readers._rules.words.labels import all_roles_after, labels_of, roles_after_space
from feed2doc.readers._rules.words.patterns import rules_of
from feed2doc.readers._rules.words.word_file import WordFile
from feed2doc.readers._rules.words.word_rule import WordRule

_LANGUAGES = "words"

# The beginnings of texts in lower case, and the numbers of the rules for them.
Starts = tuple[tuple[str, ...], tuple[int, ...]]
# The numbers of the rules that need each word.
Needs = dict[str, tuple[int, ...]]


class _Index(msgspec.Struct, frozen=True):
    """The labels of a word file, the words for roles after names, the sizes of its rules as JSON, and where to find them.

    By kind, and by the first character of the beginnings of texts or of the words that they need. Each is decoded when a text has
    that character.
    """

    labels: tuple[str, ...]
    roles: tuple[str, ...]
    roles_after_space: tuple[str, ...]
    sizes: tuple[int, ...]
    starts: dict[str, msgspec.Raw]
    needs: dict[str, msgspec.Raw]


class WordIndex:
    """The rules of a word file."""

    def __init__(self, name: str) -> None:
        values = compiled()
        index, rules = values.get(_index_of(name)), values.get(_rules_of(name))
        if index is None or rules is None:
            made = compiled_words(name)
            index, rules = memoryview(made[_index_of(name)]), memoryview(made[_rules_of(name)])
        self.name = name
        self._index = decode(index, _Index)
        self._json = rules
        self._known: dict[int, WordRule] = {}
        self.labels = self._index.labels
        self.roles = self._index.roles
        self.roles_after_space = self._index.roles_after_space
        self.count = len(self._index.sizes)
        self.kinds_with_starts = self._index.starts.keys()
        self.kinds_with_needs = self._index.needs.keys()

    @cached_property
    def _places(self) -> list[int]:
        """Where the rules are in their array, between brackets and commas."""
        return list(accumulate((size + 1 for size in self._index.sizes), initial=1))

    def rule(self, number: int) -> WordRule:
        """Return a rule by its number."""
        if (known := self._known.get(number)) is None:
            start, next_start = self._places[number : number + 2]
            known = self._known[number] = decode(self._json[start : next_start - 1], WordRule)
        return known

    def starts(self, kind: str) -> dict[str, msgspec.Raw]:
        """Return the beginnings of texts (`Starts`), by their first characters, for the rules of a kind."""
        return _decoded(self._index.starts.get(kind))

    def needs(self, kind: str) -> dict[str, msgspec.Raw]:
        """Return the words (`Needs`), by their first characters, that rules of a kind without beginnings need."""
        return _decoded(self._index.needs.get(kind))


def _decoded(raw: msgspec.Raw | None) -> dict[str, msgspec.Raw]:
    found: dict[str, msgspec.Raw] = {} if raw is None else decode(raw, dict[str, msgspec.Raw])
    return found


@functools.cache
def word_index(name: str) -> WordIndex:
    """Return the rules of a word file."""
    return WordIndex(name)


def files_in(languages: tuple[str, ...]) -> Iterator[WordIndex]:
    """Yield the rules of the word files in these languages."""
    for name, its_languages in _languages().items():
        if not set(languages).isdisjoint(its_languages):
            yield word_index(name)


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    if (known := compiled().get(_LANGUAGES)) is None:
        return {name: _word_file(name).languages for name in word_files()}
    found: dict[str, tuple[str, ...]] = decode(known, dict[str, tuple[str, ...]])
    return found


def word_rules(name: str) -> list[WordRule]:
    """Return all rules of a word file, from its TOML."""
    return rules_of(_word_file(name))


@functools.cache
def _word_file(name: str) -> WordFile:
    import tomllib

    return convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)


def _index_of(name: str) -> str:
    return f"words/{name}"


def _rules_of(name: str) -> str:
    return f"words/{name}/rules"


def compiled_languages() -> dict[str, bytes]:
    """Return the languages of all word files, as stored in `compiled.json`."""
    return {_LANGUAGES: msgspec.json.encode({name: _word_file(name).languages for name in word_files()})}


def compiled_words(name: str) -> dict[str, bytes]:
    """Return the rules of a word file, as stored in `compiled.json`."""
    rules = word_rules(name)
    starts: dict[str, dict[str, tuple[list[str], list[int]]]] = {}
    needs: dict[str, dict[str, dict[str, list[int]]]] = {}
    for number, rule in enumerate(rules):
        for start in rule.starts:
            words, numbers = starts.setdefault(rule.kind, {}).setdefault(start[0], ([], []))
            words.append(start)
            numbers.append(number)
        for need in () if rule.starts else rule.needs:
            needs.setdefault(rule.kind, {}).setdefault(need[0], {}).setdefault(need, []).append(number)
    for firsts in starts.values():
        for first, (words, numbers) in firsts.items():
            firsts[first] = list(dict.fromkeys(words)), list(dict.fromkeys(numbers))
    lines = [msgspec.json.encode(rule) for rule in rules]
    index = {
        "labels": labels_of(_word_file(name)),
        "roles": all_roles_after(_word_file(name)),
        "roles_after_space": roles_after_space(_word_file(name)),
        "sizes": [len(line) for line in lines],
        "starts": starts,
        "needs": needs,
    }
    return {_index_of(name): msgspec.json.encode(index), _rules_of(name): b"[" + b",".join(lines) + b"]"}
