"""Phrases: the pieces of a headline between which its lines end, preferably not inside Chinese and Japanese words."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from feed2doc._text import wrap
from feed2doc._text.cjk import is_character
from feed2doc._text.han_names import surnames
from feed2doc._text.lazy_re import pattern

# A date or time, which is kept on a line as a word is: `2025年5月7日`.
_DATE = pattern(r"(?:\d{1,4}[年月日号號时時点點분년월일시]\s?)+")
# The most characters of neighbours that no dictionary has, and of a phrase that is longer than a word.
_LONGEST_NAME, _LONGEST = 4, 8
# More characters than two lines of a headline have on any page.
_LONGEST_TURNED = 240
# Where the first half of a Chinese or Japanese headline may end: after a full-width mark, or at a space.
_TURN = pattern("[：；，。！？] *|(?<=[^ -~]) +(?=[^ -~])")


class Piece(Struct, frozen=True):
    """An unbreakable piece with the spaces after it; `inside_word` says that a break after it would split a phrase."""

    text: str
    inside_word: bool = False

    @property
    def is_pause(self) -> bool:
        """Return True if readers pause after it: at punctuation, and at the space between the halves of a Chinese headline."""
        end = self.text.rstrip(" ")[-1:]
        return end in wrap.NOT_AT_START or (self.text.endswith(" ") and is_character(end))


@functools.lru_cache(64)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return the text split at all allowed line breaks (UAX #14, kinsoku), with a dictionary for Chinese and Japanese words."""
    ends = _ends_of_phrases(text)
    pieces: list[Piece] = []
    at = 0
    for piece in wrap.pieces_of(text):
        at += len(piece)
        pieces.append(Piece(piece, at not in ends))
    return tuple(pieces)


def phrases_of(text: str) -> list[str]:
    """Return the text split where its lines should end, each phrase with the spaces after it."""
    phrases = [""]
    for piece in pieces_of(text):
        phrases[-1] += piece.text
        if not piece.inside_word:
            phrases.append("")
    return [phrase for phrase in phrases if phrase]


def turns_of(text: str) -> list[int]:
    """Return the ends of the parts, with the spaces after them, after which a Chinese or Japanese headline pauses best.

    One that is longer than two lines of any page has none.
    """
    if len(text) > _LONGEST_TURNED:
        return []
    ends = [found.end() for found in _TURN.finditer(text)]
    return [end for end in ends if text[end : end + 1] and text[end] not in wrap.NOT_AT_START]


def _ends_of_phrases(text: str) -> frozenset[int]:
    from icu4py.breakers import WordBreaker

    ends = [0, *wrap.ends_of(WordBreaker(text, "zh"))]
    words = [text[start:end] for start, end in pairwise(ends)]
    found = {end for end, stays in zip(ends[1:], _ends(words), strict=False) if stays}
    dates = {
        at
        for date in (_DATE.finditer(text) if any(map(str.isdigit, text)) else ())
        for at in range(date.start() + 1, len(date[0].rstrip()) + date.start())
    }
    return frozenset(found - dates | {len(text)})


def _ends(words: list[str]) -> Iterator[bool]:
    """Yield for each word but the last whether a phrase may end after it."""
    not_first, not_last = _signs()
    length = names = 0
    for word, following in pairwise(words):
        length += len(word)
        is_name = _is_single(word) and word not in not_first | not_last
        names = names + 1 if is_name else 0
        belongs = (
            following in not_first
            or word in not_last
            or (word[-1:].isdigit() and is_character(following[0]))
            or (0 < names < _LONGEST_NAME and _is_single(following) and following not in not_last)
        )
        stays = word.isspace() or not belongs or length >= _LONGEST
        if stays:
            length = names = 0
        yield stays


def _is_single(word: str) -> bool:
    return len(word) == 1 and is_character(word)


@functools.cache
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that no line begins with, and those that none ends with."""
    with open(Path(__file__).with_name("phrases.toml"), "rb") as file:
        table = tomllib.load(file)
    not_first = wrap.DOTS_AND_DASHES.union(table["not_first"], table["suffixes"])
    return not_first, frozenset(table["not_last"] + surnames())
