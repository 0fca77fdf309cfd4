"""The words that apply to one article: those of its languages, with the patterns compiled on first use."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from feed2doc._compiled_data import FOLDER, compiled, word_files
from feed2doc._decoding import convert, decode
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.words import WordFile, WordRule, rules_of

_EDGES = " \t\n\u00a0\u3000（(［[【)）］]】*•·▶►→"
_LONGEST = 600
# Kinds of rules whose matches are positions in the text as it is.
_RAW = frozenset({"photo-tail", "dateline", "byline-note", "related-before"})
# Scripts that imply a language, whatever the article's own is.
_SCRIPTS = (
    ("zh", pattern(r"[\u3400-\u9fff]")),
    ("ja", pattern(r"[\u3041-\u309f\u30a0-\u30fa]")),
    ("ko", pattern(r"[\uac00-\ud7a3]")),
    ("ru", pattern(r"[\u0400-\u04ff]")),
    ("ar", pattern(r"[\u0600-\u06ff]")),
)


class _Compiled(msgspec.Struct, frozen=True):
    languages: tuple[str, ...]
    rules: tuple[WordRule, ...]


class Found(msgspec.Struct, frozen=True):
    """A match of a word rule, and the name of that rule."""

    rule: WordRule
    match: re.Match[str]
    reason: str


class Lexicon:
    """The word rules of several languages."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._rows: dict[str, list[tuple[WordRule, re.Pattern[str], str]]] = defaultdict(list)
        self._starts: dict[str, frozenset[str] | None] = {}
        for name, file in _files().items():
            if not set(languages).isdisjoint(file.languages):
                for rule in file.rules:
                    flags = re.NOFLAG if rule.exact or "(?P<person>" in rule.pattern else re.I
                    reason = f"words/{name}: {rule.role or rule.kind}"
                    self._rows[rule.kind].append((rule, pattern(rule.pattern, flags), reason))
        for kind, rows in self._rows.items():
            starts = [start for rule, _, _ in rows for start in rule.starts]
            self._starts[kind] = frozenset(starts) if all(rule.starts for rule, _, _ in rows) else None

    def find(self, kind: str, text: str) -> Found | None:
        """Return the first match of a rule of this kind in a text, which is compared without brackets around it."""
        return next(self.all(kind, text), None)

    def all(self, kind: str, text: str) -> Iterator[Found]:
        """Yield the matches of the rules of this kind in a text, one for each rule."""
        if kind not in _RAW:
            text = text.strip(_EDGES).replace("\n", " ")
        start = text[:2].lower()
        known = self._starts.get(kind)
        if (known is not None and start not in known and start[:1] not in known) or len(text) > _LONGEST:
            return
        for rule, known_pattern, reason in self._rows.get(kind, ()):
            if rule.starts and start not in rule.starts and start[:1] not in rule.starts:
                continue
            if match := known_pattern.search(text):
                yield Found(rule, match, reason)

    def sources(self, kind: str) -> list[str]:
        """Return the patterns of a kind as strings, to be joined into one."""
        return [rule.pattern for rule, _, _ in self._rows.get(kind, ())]


@functools.cache
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """Return the words of these languages, and of English."""
    return Lexicon((*languages, "en"))


def languages_in(text: str, stated: str) -> tuple[str, ...]:
    """Return the primary languages whose words may occur in an article: the stated one and those of the scripts in its text."""
    found = {language for language, known in _SCRIPTS if known.search(text)}
    if stated:
        found.add(stated.split("-")[0].lower())
    return tuple(sorted(found))


@functools.cache
def _files() -> dict[str, _Compiled]:
    made = compiled().words
    return {name: _load(name, made.get(name)) for name in word_files()}


def _load(name: str, made: msgspec.Raw | None) -> _Compiled:
    if made is not None:
        return decode(made, _Compiled)
    return convert(compile_words(name), _Compiled)


def compile_words(name: str) -> dict[str, Any]:
    """Return the languages and rules of a word file, as stored in `compiled.json`."""
    import tomllib

    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    return {"languages": words.languages, "rules": msgspec.to_builtins(rules_of(words))}
