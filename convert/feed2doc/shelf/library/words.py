"""The words of articles and of searches: folded, and with the bigrams of scripts that are written without spaces."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from feed2doc._text.folding import folded as in_one_form
from feed2doc._text.lazy_re import pattern

_MOST_WORDS, _LONGEST_WORD = 24, 80
_SHORTEST_BEGINNING = 3
# Han, kana and Hangul. Korean has spaces, but endings stick to its words.
_UNSPACED = (
    "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = pattern(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = pattern(rf"[{_UNSPACED}]")
# The voicing marks of kana are part of the letter, not accents on it.
_KEPT_MARKS = "\u3099\u309a"


def folded(text: str) -> str:
    """Return the text without differences of case, accents and width, and between traditional and simplified Chinese."""
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", in_one_form(text))
    bare = "".join(c for c in parts if c in _KEPT_MARKS or unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare)


def tokens(text: str) -> str:
    """Return the words of a text for the index, separated by spaces.

    A run of characters without spaces becomes its bigrams and its last character, so that each of its characters begins a
    token.
    """
    return " ".join(token for run in _RUN.findall(folded(text)) for token in _of_run(run))


def match(query: str) -> str:
    """Return the expression of FTS5 that finds articles with all words of a query, or "" if it has none.

    The last word may be the beginning of one, unless it is so short that it begins very many.
    """
    runs = _RUN.findall(folded(query[: _MOST_WORDS * _LONGEST_WORD]))[:_MOST_WORDS]
    phrases = [_phrase(run[:_LONGEST_WORD]) for run in runs]
    if runs and len(runs[-1]) >= _SHORTEST_BEGINNING and not _IS_UNSPACED.match(runs[-1]):
        phrases[-1] += " *"
    return " AND ".join(phrases)


def _of_run(run: str) -> Iterator[str]:
    if not _IS_UNSPACED.match(run):
        yield run
        return
    yield from map("".join, itertools.pairwise(run))
    yield run[-1]


def _phrase(run: str) -> str:
    """Return a phrase, in quotation marks: nothing in it is an operator. One character finds all bigrams that begin with it."""
    if not _IS_UNSPACED.match(run):
        return f'"{run}"'
    if len(run) == 1:
        return f'"{run}" *'
    return f'"{" ".join(re.findall("..", _doubled(run)))}"'


def _doubled(run: str) -> str:
    return "".join(f"{a}{b}" for a, b in itertools.pairwise(run))
