"""The words that apply to one article: those of its languages, with the patterns compiled on first use."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from feed2doc._decoding import decode
from feed2doc._text.cjk import blocks_of, han_in
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.names import are_names
from feed2doc.readers._rules.words.credit_parts import CreditParts
from feed2doc.readers._rules.words.phrases import CharacterSearch, WordSearch
from feed2doc.readers._rules.words.word_index import Needs, Starts, WordIndex, files_in
from feed2doc.readers._rules.words.word_rule import WordRule

# The length of the longest text in which words are looked for, if it may begin with anything.
_LONGEST = 240
_EDGES = " \t\n\u00a0\u3000（(［[【〔)）］]】〕*•·▶►→■□◆◇●★☆◎✍✏📝📷📸🎬🎨🎤🎙🖊🖋\ufe0f👉👇☞▷※✅🔔📌📣📢📲📱🔗"
# A signature may be between hash signs, but a line with one is a tag; a label such as `— Advertisement —` between dashes.
_ARROWS = "↑↓⬆⬇⇧⇩▲△▼▽☝👆👈\ufe0f"
_EDGES_OF = {"credit": f"#＃{_EDGES}", "junk": f"—–-←→{_ARROWS}{_EDGES}"}
# Signs with which phrases may begin.
_MARKS = frozenset("▶▷■※☞")
_DASHES = frozenset("—–―-－─")
_SIGNS_BEFORE = _DASHES.union(_ARROWS)
_EDGE = frozenset("".join(_EDGES_OF.values()))
# Kinds of rules whose matches are positions in the text as it is.
_RAW = frozenset({"photo-tail", "related-before", "byline-label", "opening"})
# The roles of credit lines that sentences of articles may look like, if they report words or acts of a person.
_TOLD = frozenset({"junk", "original"})
# The blocks of 256 characters of scripts that imply a language, whatever the article's own is.
_CYRILLIC, _ARABIC, _KANA, _HANGUL = 0x04, 0x06, 0x30, frozenset(range(0xAC, 0xD8))
_OTHER_BLOCKS = bytes(block for block in range(256) if block not in (_CYRILLIC, _ARABIC, _KANA, *_HANGUL))
_IN_KANA = pattern(r"[\u3041-\u30fa]")  # the block has punctuation, too


class Found(msgspec.Struct, frozen=True):
    """A match of a word rule, and the name of that rule."""

    rule: WordRule
    match: re.Match[str]
    reason: str


# A word file, the number that its first rule has among those of several files, and numbers of its rules.
_Numbers = tuple[WordIndex, int, tuple[int, ...]]


class _Row(msgspec.Struct, frozen=True, eq=False, gc=False):
    number: int
    rule: WordRule
    file: str
    needs: WordSearch | None
    also: WordSearch | None


class _Bucket:
    """The rows for texts that begin with the same character, and all beginnings of these texts in lower case.

    The rows are only decoded for a text with one of these beginnings, as few have.
    """

    def __init__(self, start: str, starts: Iterable[str], numbered: list[_Numbers], rows: _Rows) -> None:
        self._start = start
        self._numbered = numbered
        self._all_rows = rows
        self.starts = tuple(sorted(starts))
        self.longest = max(map(len, self.starts))

    @cached_property
    def _rows(self) -> list[_Row]:
        found = self._all_rows.numbered(self._numbered)
        if self._start in self.starts:  # more than a character is surer
            found.sort(key=lambda row: self._start in row.rule.starts)
        return found

    def first_in(self, text: str, *, weak: bool) -> Found | None:
        """Return the first match in a text."""
        if not text[: self.longest].lower().startswith(self.starts):
            return None
        rows = self._rows if weak else [row for row in self._rows if not row.rule.weak]
        return next(_matches(rows, text), None)


class _Rows:
    """The rows of several word files, which are decoded when a text needs them."""

    def __init__(self, files: Iterable[WordIndex]) -> None:
        self.files: list[tuple[WordIndex, int]] = []
        self._rows: dict[int, _Row] = {}
        self._searches: dict[tuple[str, ...], WordSearch] = {}
        count = 0
        for file in files:
            self.files.append((file, count))
            count += file.count

    def row(self, file: WordIndex, first: int, number: int) -> _Row:
        """Return the row for a rule of a file. The numbers of the rows of this file begin with `first`."""
        if (known := self._rows.get(first + number)) is None:
            rule = file.rule(number)
            # If a rule has no beginnings, the row is found by the words that it needs.
            needs = self._search(rule.needs) if rule.starts and rule.needs else None
            also = self._search(rule.also) if rule.also else None
            known = self._rows[first + number] = _Row(first + number, rule, file.name, needs, also)
        return known

    def numbered(self, numbered: Iterable[_Numbers]) -> list[_Row]:
        """Return the rows for these rules."""
        return [self.row(file, first, number) for file, first, numbers in numbered for number in numbers]

    def _search(self, words: tuple[str, ...]) -> WordSearch:
        """Return a search for words. Many rules need the same ones."""
        return self._searches.setdefault(words, WordSearch(words))


class _Buckets(dict[str, _Bucket | None]):
    """The buckets for the texts of a kind by their first characters, in either case. None is for texts without rules."""

    def __init__(self, kind: str, rows: _Rows) -> None:
        super().__init__()
        self._rows = rows
        self._files = [(file, number, file.starts(kind)) for file, number in rows.files]

    def __missing__(self, first: str) -> _Bucket | None:
        small = first.lower()
        start = small if small.upper() == first else first
        starts: set[str] = set()
        numbered: list[_Numbers] = []
        for file, number, by_first in self._files:
            if (raw := by_first.get(start)) is not None:
                words, numbers = decode(raw, Starts)
                starts.update(words)
                numbered.append((file, number, numbers))
        found = self[first] = _Bucket(start, starts, numbered, self._rows) if starts else None
        return found

    def firsts(self) -> frozenset[str]:
        """Return the first characters of all texts with rules."""
        small = {first for _, _, by_first in self._files for first in by_first}
        return frozenset({*small, *map(str.upper, small)})


class _Within(dict[str, dict[str, list[_Numbers]]]):
    """The numbers of the rules of a kind by a word that a text must contain, by the first characters of these words."""

    def __init__(self, kind: str, rows: _Rows) -> None:
        super().__init__()
        self._rows = rows
        self._by_word: dict[str, list[_Row]] = {}
        self._files = [(file, number, file.needs(kind)) for file, number in rows.files]
        self._firsts = CharacterSearch(first for _, _, by_first in self._files for first in by_first)

    def __missing__(self, first: str) -> dict[str, list[_Numbers]]:
        found: dict[str, list[_Numbers]] = {}
        for file, number, by_first in self._files:
            if (raw := by_first.get(first)) is not None:
                for word, numbers in decode(raw, Needs).items():
                    found.setdefault(word, []).append((file, number, numbers))
        self[first] = found
        return found

    def rows_in(self, text: str) -> list[_Row]:
        """Return the rows whose words are in a text, in order. Most texts have none."""
        found: set[_Row] = set()
        for first in self._firsts.found_in(text):
            numbered = self[first]
            for word in filter(text.__contains__, numbered):
                if (rows := self._by_word.get(word)) is None:
                    rows = self._by_word[word] = self._rows.numbered(numbered[word])
                found.update(rows)
        return sorted(found, key=_number_of) if found else []


def _number_of(row: _Row) -> int:
    return row.number


class Lexicon:
    """The word rules of several languages."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        files = list(files_in(languages))
        rows = _Rows(files)
        self._buckets = {
            kind: _Buckets(kind, rows) for kind in {k for file in files for k in file.kinds_with_starts}
        }
        self._within = {
            kind: _Within(kind, rows) for kind in {k for file in files for k in file.kinds_with_needs}
        }
        self._labels = (
            [each for file in files for each in file.labels],
            [each for file in files for each in file.roles],
            [each for file in files for each in file.roles_after_space],
        )

    def find(self, kind: str, text: str, *, weak: bool = True) -> Found | None:
        """Return the first match of a rule of this kind in a text, which is compared without brackets around it.

        Weak rules can be left out. A sentence that reports words or acts of a person does not belong to what is around an article.
        """
        whole = text
        if kind not in _RAW:
            text = text.strip(_EDGES_OF.get(kind, _EDGES))
        found = None
        buckets = self._buckets.get(kind)
        bucket = buckets[text[:1]] if buckets is not None else None
        if bucket is not None:
            found = bucket.first_in(text, weak=weak)
        if found is None and buckets is not None and whole[:1] in _MARKS and kind not in _RAW:
            bucket = buckets[whole[0]]
            if bucket is not None:  # the sign is in the phrase: `▶…바로가기`
                found = bucket.first_in(whole.rstrip(), weak=weak)
        if found is None and kind in self._within:
            found = next(self.all(kind, text), None)
        if found is None and kind == "credit" and text[:1] in _SIGNS_BEFORE:
            found = self._behind_sign(text)
        if found is None or (kind != "junk" and (kind != "credit" or found.rule.role not in _TOLD)):
            return found
        return None if next(self.all("tell", whole), None) is not None else found

    def _behind_sign(self, text: str) -> Found | None:
        """Return what is behind a dash before a name (`—Translated by Ann Ba`) or an arrow before an invitation."""
        found = self.find("credit", text.strip("".join(_SIGNS_BEFORE) + _EDGES_OF["credit"]))
        if found is None:
            return None
        is_one = found.match.re.groupindex if text[0] in _DASHES else found.rule.role == "junk"
        return found if is_one else None

    def may_begin(self, kind: str, text: str) -> bool:
        """Return False if neither the text nor its first words match a rule of this kind, as those of most texts."""
        first = text[:1]
        buckets = self._buckets.get(kind)
        bucket = buckets[first] if buckets is not None else None
        if bucket is not None and (
            not first.isalpha() or text[: bucket.longest].lower().startswith(bucket.starts)
        ):
            return True
        return first in _EDGE or kind in self._within

    def beginnings(self, kind: str) -> frozenset[str] | None:
        """Return the first characters of texts that rules of this kind may match, or None if they may begin with anything."""
        if kind in self._within:
            return None
        return _EDGE.union(self._buckets[kind].firsts()) if kind in self._buckets else _EDGE

    def all(self, kind: str, text: str) -> Iterator[Found]:
        """Yield the matches in a text of the rules of this kind whose words may be anywhere in it."""
        within = self._within.get(kind)
        if within is None or (len(text) > _LONGEST and kind not in _RAW):
            return iter(())
        rows = within.rows_in(_spaced(text))
        return _matches(rows, text) if rows else iter(())

    @cached_property
    def _credit_parts(self) -> CreditParts:
        return CreditParts(*self._labels)

    def is_label(self, text: str) -> bool:
        """Return True for a label of a credit: `文`, `责任编辑`."""
        return self._credit_parts.is_label(text)

    def split_at_labels(self, text: str) -> list[str]:
        """Return a line of several credits as one text for each: `记者：林海　责编：梅林`, `Ann Ba (text) and Bo Cy (photos)`."""
        return self._credit_parts.of(text)


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
        if row.also is not None and not row.also.is_in(spaced.lower()):
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
    found: set[str] = set()
    if not text.isascii():
        blocks = blocks_of(text)
        others = {*blocks.translate(None, _OTHER_BLOCKS)}
        known = {
            "zh": han_in(blocks) > 0,
            "ja": _KANA in others and _IN_KANA.search(text) is not None,
            "ko": not _HANGUL.isdisjoint(others),
            "ru": _CYRILLIC in others,
            "ar": _ARABIC in others,
        }
        found.update(language for language, is_known in known.items() if is_known)
    if stated:
        found.add(stated.split("-")[0].lower())
    return tuple(sorted(found))
