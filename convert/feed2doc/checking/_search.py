"""The two sides of a search as letters: an article that is looked for, and the output that is searched."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

import msgspec

from feed2doc.checking.alignment import NOWHERE, Alignment
from feed2doc.checking.expected import Piece, pieces_of
from feed2doc.checking.letters import words_of
from feed2doc.model import Document


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
        self._unused = list(letters)
        self._searched: dict[str, int] = {}

    def unused(self, start: int, end: int) -> str:
        """Return a part of the letters, with NUL in place of each letter that is taken."""
        return "".join(self._unused[start:end])

    def take(self, at: int, length: int = 1) -> None:
        """Mark these letters as taken, so that they are not found again."""
        self._unused[at : at + length] = "\0" * length

    def take_anywhere(self, letters: str) -> bool:
        """Take these letters anywhere among the unused ones. Return True if they were found."""
        at = self.letters.find(letters, self._searched.get(letters, 0))
        while at != NOWHERE and self.unused(at, at + len(letters)) != letters:
            at = self.letters.find(letters, at + 1)
        self._searched[letters] = at if at != NOWHERE else len(self.letters) + 1
        if at != NOWHERE:
            self.take(at, len(letters))
        return at != NOWHERE

    def align(self, article: Expected, start: int, end: int) -> None:
        """Find the texts of an article in a part of the letters."""
        alignment = Alignment(article.letters, article.starts, self.unused(start, end))
        article.places = [NOWHERE if place == NOWHERE else start + place for place in alignment.places]
        there = [place for place in article.places if place != NOWHERE]
        article.first, article.last = (there[0], there[-1]) if there else (NOWHERE, NOWHERE)
        for place in there:
            self.take(place)
