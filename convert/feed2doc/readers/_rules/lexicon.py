"""The words that apply to one article: those of its languages, with the patterns compiled on first use."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import msgspec

from feed2doc._compiled_data import FOLDER, compiled, word_files
from feed2doc._decoding import convert, decode
from feed2doc._text.cjk import HAN
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.names import are_names
from feed2doc.readers._rules.phrases import WordSearch
from feed2doc.readers._rules.word_file import WordFile
from feed2doc.readers._rules.word_rule import WordRule
from feed2doc.readers._rules.words import labels_of, rules_of

# The length of the longest text in which words are looked for, if it may begin with anything.
_LONGEST = 240
_EDGES = " \t\n\u00a0\u3000（(［[【)）］]】*•·▶►→■□◆◇●★☆◎👉👇☞▷※✅🔔📌📣📢📲📱🔗"
_EDGE = frozenset(_EDGES)
# Kinds of rules whose matches are positions in the text as it is.
_RAW = frozenset({"photo-tail", "related-before", "byline-label", "opening"})
# Scripts that imply a language, whatever the article's own is.
_OTHER_SCRIPTS = pattern(r"[\u0400-\u04ff\u0600-\u06ff\u3041-\u309f\u30a0-\u30fa\uac00-\ud7a3]")
_SCRIPTS = (
    ("ja", pattern(r"[\u3041-\u309f\u30a0-\u30fa]")),
    ("ko", pattern(r"[\uac00-\ud7a3]")),
    ("ru", pattern(r"[\u0400-\u04ff]")),
    ("ar", pattern(r"[\u0600-\u06ff]")),
)
# Characters that may be before and after a label in a line of several credits, and signs after which it may begin with a small
# letter.
_BEFORE_LABEL = r"[\s\u3000；;/／，,.。|｜·)）–—]++"
_AFTER = " \t\u00a0\u3000：:/／｜|丨︱＝="
_AFTER_LABEL, _AFTER_ANY_LABEL = frozenset(_AFTER), pattern(f"[{_AFTER}]")
_SIGNS = tuple(";；，,|｜·–—")


class _Compiled(msgspec.Struct, frozen=True):
    languages: tuple[str, ...]
    rules: msgspec.Raw  # decoded if an article is in one of the languages
    labels: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """A match of a word rule, and the name of that rule."""

    rule: WordRule
    match: re.Match[str]
    reason: str


class _Row(msgspec.Struct, frozen=True, eq=False, gc=False):
    number: int
    rule: WordRule
    file: str
    needs: WordSearch | None


class _Bucket(msgspec.Struct):
    """The rows for texts that begin with the same character, and all beginnings of these texts in lower case."""

    rows: list[_Row] = []
    starts: tuple[str, ...] = ()

    def add(self, row: _Row, start: str) -> None:
        if start not in self.starts:
            self.starts += (start,)
        if row not in self.rows[-1:]:
            self.rows.append(row)


_NOTHING: dict[str, _Bucket] = {}


class Lexicon:
    """The word rules of several languages."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        # By kind, and by the first character of a text or, in `_within`, by a word that it must contain.
        self._buckets: dict[str, dict[str, _Bucket]] = defaultdict(lambda: defaultdict(_Bucket))
        self._within: dict[str, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
        self._labels: set[str] = set()
        self._longest_start = 1
        searches: dict[tuple[str, ...], WordSearch] = {}
        number = 0
        for name, file in _files().items():
            if set(languages).isdisjoint(file.languages):
                continue
            for rule in _rules(name):
                number += 1
                needs = None  # or the row is found by the words that it needs
                if rule.starts and rule.needs:  # many rules need the same words
                    needs = searches.setdefault(rule.needs, WordSearch(rule.needs))
                row = _Row(number, rule, name, needs)
                if rule.starts:
                    for start in rule.starts:
                        self._buckets[rule.kind][start[0]].add(row, start)
                else:
                    for need in rule.needs:
                        self._within[rule.kind][need].append(row)
            self._labels.update(file.labels)
        for buckets in self._buckets.values():
            for first, bucket in list(buckets.items()):
                if first in bucket.starts:  # more than a character is surer
                    bucket.rows.sort(key=lambda row: first in row.rule.starts)
                self._longest_start = max(self._longest_start, *map(len, bucket.starts))
                buckets[first.upper()] = bucket
        # Most texts have none of the words, which one search for all of them shows.
        self._words_within = {kind: WordSearch(words) for kind, words in self._within.items()}

    def find(self, kind: str, text: str, *, weak: bool = True) -> Found | None:
        """Return the first match of a rule of this kind in a text, which is compared without brackets around it.

        Weak rules can be left out.
        """
        if kind not in _RAW:
            text = text.strip(_EDGES)
        bucket = self._buckets.get(kind, _NOTHING).get(text[:1])
        if bucket is not None and text[: self._longest_start].lower().startswith(bucket.starts):
            rows = bucket.rows if weak else [row for row in bucket.rows if not row.rule.weak]
            if found := next(_matches(rows, text), None):
                return found
        return next(self.all(kind, text), None) if kind in self._within else None

    def may_begin(self, kind: str, text: str) -> bool:
        """Return False if neither the text nor its first words match a rule of this kind, as those of most texts."""
        first = text[:1]
        bucket = self._buckets.get(kind, _NOTHING).get(first)
        if bucket is not None and (
            not first.isalpha() or text[: self._longest_start].lower().startswith(bucket.starts)
        ):
            return True
        return first in _EDGE or kind in self._within

    def beginnings(self, kind: str) -> frozenset[str] | None:
        """Return the first characters of texts that rules of this kind may match, or None if they may begin with anything."""
        return None if kind in self._within else _EDGE.union(self._buckets.get(kind, _NOTHING))

    def all(self, kind: str, text: str) -> Iterator[Found]:
        """Yield the matches in a text of the rules of this kind whose words may be anywhere in it."""
        within = self._within.get(kind)
        if within is None or (len(text) > _LONGEST and kind not in _RAW):
            return iter(())
        rows: set[_Row] = set()
        for word in self._words_within[kind].found_in(_spaced(text)):
            rows.update(within[word])
        return _matches(sorted(rows, key=_number_of), text) if rows else iter(())

    @cached_property
    def _label_search(self) -> WordSearch:
        return WordSearch(self._labels)

    @cached_property
    def _before_label(self) -> re.Pattern[str]:
        """The pattern of what may be between two credits: it ends before a bracket or the first character of a label."""
        first = {
            "（",
            "(",
            *(label[0] for label in self._labels),
            *(label[0].lower() for label in self._labels),
        }
        return re.compile(f"{_BEFORE_LABEL}(?=[{re.escape(''.join(sorted(first)))}])")

    @cached_property
    def _small_label_search(self) -> WordSearch:
        return WordSearch(label[0].lower() + label[1:] for label in self._labels)

    def split_at_labels(self, text: str) -> list[str]:
        """Return a line of several credits as one text for each: `记者：林海　责编：梅林`."""
        if not _AFTER_ANY_LABEL.search(text):
            return [text]
        cuts = [found.end() for found in self._before_label.finditer(text) if self._is_between(text, found)]
        if not cuts:
            return [text]
        return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def _is_between(self, text: str, found: re.Match[str]) -> bool:
        """Return True if a label follows these signs and spaces, perhaps in brackets or, after a sign, with a small letter."""
        end = found.end()
        after = end + text.startswith(("（", "("), end)
        if _is_label(text, self._label_search.ends_at(text, after)):
            return True
        before = found[0][:-1] if found[0][-1].isspace() else found[0]
        return before.endswith(_SIGNS) and _is_label(text, self._small_label_search.ends_at(text, end))


def _is_label(text: str, ends: Iterable[int]) -> bool:
    return any(text[end : end + 1] in _AFTER_LABEL for end in ends)


def _matches(rows: list[_Row], text: str) -> Iterator[Found]:
    length = len(text)
    low = text.lower()
    spaced = _spaced(text)
    line = text.replace("\n", " ") if "\n" in text else text
    for row in rows:
        rule = row.rule
        parts = rule.parts
        if length > rule.most or (parts and parts[0] not in low):  # the longest one, which few texts have
            continue
        if rule.starts and not low.startswith(rule.starts):
            continue
        if len(parts) > 1 and not all(part in low for part in parts):
            continue
        if row.needs is not None and not row.needs.is_in(spaced):
            continue
        # A search for what is only at the start would try each place.
        known = _compiled(rule.pattern, rule.exact)
        match = known.match(line) if rule.pattern.startswith("^") else known.search(line)
        if match and (not rule.named or are_names(match["person"])):
            yield Found(rule, match, f"words/{row.file}: {rule.role or rule.kind}")


@functools.cache
def _compiled(source: str, exact: bool) -> re.Pattern[str]:
    return re.compile(source, re.NOFLAG if exact else re.I)


def _spaced(text: str) -> str:
    """Return the text with plain spaces between words, as words are written in the files; patterns allow others."""
    return text if text.isprintable() else " ".join(text.split())


def _number_of(row: _Row) -> int:
    return row.number


@functools.lru_cache(maxsize=64)
def credit_in(words: Lexicon, text: str) -> Found | None:
    """Return what a line of credits says. Each line is asked for several times: to find it, to split it and to name its role."""
    return words.find("credit", text)


@functools.cache
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """Return the words of these languages, and of English."""
    return Lexicon((*languages, "en"))


def languages_in(text: str, stated: str) -> tuple[str, ...]:
    """Return the primary languages whose words may occur in an article: the stated one and those of the scripts in its text."""
    found = {"zh"} if HAN.search(text) else set()
    if _OTHER_SCRIPTS.search(text):
        found.update(language for language, known in _SCRIPTS if known.search(text))
    if stated:
        found.add(stated.split("-")[0].lower())
    return tuple(sorted(found))


@functools.cache
def _files() -> dict[str, _Compiled]:
    made = compiled().words
    return {name: _load(name, made.get(name)) for name in word_files()}


def _load(name: str, made: msgspec.Raw | None) -> _Compiled:
    return decode(made or msgspec.json.encode(compile_words(name)), _Compiled)


@functools.cache
def _rules(name: str) -> tuple[WordRule, ...]:
    rules: tuple[WordRule, ...] = decode(_files()[name].rules, tuple[WordRule, ...])
    return rules


def compile_words(name: str) -> dict[str, Any]:
    """Return the languages, rules and labels of a word file, as stored in `compiled.json`."""
    import tomllib

    words = convert(tomllib.loads((FOLDER / "words" / f"{name}.toml").read_text("utf-8")), WordFile)
    rules = msgspec.to_builtins(rules_of(words))
    return {"languages": words.languages, "rules": rules, "labels": labels_of(words)}
