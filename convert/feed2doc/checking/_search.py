"""The two sides of a search as letters: an article that is looked for, and the output that is searched."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate, pairwise

import msgspec

from feed2doc.checking._chances import Chances
from feed2doc.checking.alignment import NOWHERE, Alignment
from feed2doc.checking.expected import Piece, pieces_of
from feed2doc.checking.letters import words_of
from feed2doc.model import Document

# The letters of the output are kept in a code that gives each the same number of bytes.
_CODE, _WIDTH = "utf-32-le", 4
# The number of letters of a text that is not found by chance.
_LONG = 8


class Expected(msgspec.Struct):
    """An article that is looked for: its texts, their words and letters, and the places of the letters in the output."""

    document: Document
    pieces: list[Piece]
    words: list[list[str]]
    letters: str
    starts: list[int]
    places: list[int]
    first: int = NOWHERE
    last: int = NOWHERE
    _long: list[int] = []

    def long_after(self, at: int) -> int:
        """Return the start of the first text from here on that is too long to be found by chance, or the end."""
        if not self._long:
            ends = pairwise([*self.starts, len(self.letters)])
            self._long = [*(start for start, end in ends if end - start >= _LONG), len(self.letters)]
        return self._long[min(bisect_left(self._long, at), len(self._long) - 1)]


def sought_of(document: Document) -> Expected:
    """Return the article as it is before the search."""
    pieces = pieces_of(document)
    words = [[] if piece.forms else words_of(piece.text) for piece in pieces]
    texts = ["".join(each) for each in words]
    starts = list(accumulate(map(len, texts), initial=0))
    return Expected(document, pieces, words, "".join(texts), starts[:-1], [NOWHERE] * starts[-1])


class Actual:
    """The letters of the output, and which of them already belong to the text of an article.

    `apart` are the formulas that are not in its text, with their numbers.
    """

    def __init__(self, letters: str, apart: Counter[str]) -> None:
        self.letters = letters
        self.apart = apart
        self._unused = bytearray(letters.encode(_CODE))
        self._searched: dict[str, int] = {}
        self.chances: Chances = Chances(letters)

    def unused(self, start: int, end: int) -> str:
        """Return a part of the letters, with NUL in place of each letter that is taken."""
        return self._unused[_WIDTH * start : _WIDTH * end].decode(_CODE)

    def take(self, at: int, length: int = 1) -> None:
        """Mark these letters as taken, so that they are not found again."""
        self._unused[_WIDTH * at : _WIDTH * (at + length)] = bytes(_WIDTH * length)

    def take_anywhere(self, letters: str) -> bool:
        """Take these letters anywhere among the unused ones. Return True if they were found."""
        start = self._searched.get(letters, 0)
        at = self.letters.find(letters, start) if self.chances.whole(letters) else NOWHERE
        while at != NOWHERE and self.unused(at, at + len(letters)) != letters:
            at = self.letters.find(letters, at + 1)
        self._searched[letters] = at if at != NOWHERE else len(self.letters) + 1
        if at != NOWHERE:
            self.take(at, len(letters))
        return at != NOWHERE

    def align(self, article: Expected, start: int, end: int) -> None:
        """Find the texts of an article in a part of the letters."""
        alignment = Alignment(article.letters, article.starts, self.unused(start, end), self.chances)
        article.places = [NOWHERE if place == NOWHERE else start + place for place in alignment.places]
        there = [place for place in article.places if place != NOWHERE]
        article.first, article.last = (there[0], there[-1]) if there else (NOWHERE, NOWHERE)
        for place in there:
            self.take(place)
