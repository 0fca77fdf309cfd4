"""The verdict on an article, once its texts have been looked for in the output."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby

from feed2doc._locale.tags import is_right_to_left
from feed2doc._text.lazy_re import pattern
from feed2doc.checking._between import Between
from feed2doc.checking._formulas import find
from feed2doc.checking._search import Actual, Expected
from feed2doc.checking.alignment import MIN_WEIGHT, NOWHERE, in_pieces
from feed2doc.checking.expected import Piece, facts_of
from feed2doc.checking.findings import Discrepancy, Fault
from feed2doc.checking.letters import joined, letters_of, weight_of, words_of

# Indic and related scripts: their letters are reordered and joined to shapes that do not map back to letters in a PDF.
_JOINED = pattern("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]")
_RIGHT_TO_LEFT = pattern("[\u0590-\u08ff]")
# The weight of a formula that may be anywhere, and how far from the text before it a formula is looked for.
_SHORTEST = 4
_FAR = 1_000
# The share of an article's words that may occur somewhere in a book that does not contain it.
_ABSENT = 0.75


class Judgement:
    """The verdict on an article: counts its words and texts, and looks elsewhere for missing ones."""

    def __init__(self, article: Expected, output: Actual, shaped: bool) -> None:
        self.words = self.missing = self.unread = self.texts = 0
        self.findings: list[Discrepancy] = []
        self._article, self._output, self._shaped = article, output, shaped

    def facts(self, start: int, end: int) -> None:
        """Check that the head of the article is in this part of the output, apart from the letters that texts use."""
        facts = facts_of(self._article.document)
        for fact in sorted(facts, key=lambda f: -len(f.forms[0])):  # a short fact may be part of a longer one
            words = words_of(fact.forms[0])
            self._count(words)
            there = any(self._has(letters_of(form), start, end) for form in fact.forms)
            if not there and (lost := self._readable(words)):
                self._add("missing", fact.kind, fact.forms[0], lost)

    def _has(self, letters: str, start: int, end: int) -> bool:
        """Return True if these letters are in an unused part of the output or, if they are distinctive, anywhere."""
        unused = self._output.unused(start, end)
        pieces = in_pieces(letters, unused)
        if not pieces and self._runs_left(letters):
            pieces = in_pieces(letters, unused, ordered=False)
        for _, at, length in pieces:
            self._output.take(start + at, length)
        if not letters or pieces:
            return True
        return weight_of(letters) >= MIN_WEIGHT and letters in self._output.letters

    def body(self) -> None:
        """Check the texts. If almost all of them are missing, report one finding for the article."""
        article = self._article
        self._find_split()
        between = (
            Between(article.places, len(self._output.letters))
            if any(p.forms for p in article.pieces)
            else None
        )
        for piece, start, words in zip(article.pieces, article.starts, article.words, strict=True):
            if between and piece.forms:
                self._formula(piece, start, between)
                continue
            self._count(words)
            lost = self._readable(self._lost(start, words))
            free = piece.kind == "note"  # some formats put notes where they are referenced
            if len(lost) < len(words):
                if lost:
                    self._add("cut", piece.where, piece.text, lost)
            elif lost and not self._is_elsewhere("".join(words), needs_weight=not free):
                self._add("missing", piece.where, piece.text, lost)
            elif lost and not free:
                self._add("out of order", piece.where, piece.text, [])
        if len(self.findings) > 1 and self.missing > _ABSENT * self.words:
            headline, count = self.findings[0].headline, len(self.findings)
            self.findings = [Discrepancy("missing", "article", headline, headline, headline, count)]

    def _formula(self, piece: Piece, at: int, between: Between) -> None:
        """Look for a formula between the texts before and after the one that it is in, or apart from the text."""
        words = words_of(piece.text)
        self._count(words)
        apart = next((form for form in piece.forms if self._output.apart[form]), None)
        if apart is not None:
            self._output.apart[apart] -= 1
            return
        starts = self._article.starts
        host = starts[max(bisect_left(starts, at) - 1, 0)]
        # A short text after it, such as a cell, may have been found in the markup of the formula.
        low, high = between.texts(host, self._article.long_after(at))
        if found := find(piece.forms, self._output.unused(low, min(high, low + _FAR))):
            self._output.take(low + found[0], found[1])
        elif not any(
            weight_of(form) >= _SHORTEST and self._output.take_anywhere(form) for form in piece.forms
        ):
            self._add("missing", piece.where, piece.text, words)

    def _count(self, words: Sequence[str]) -> None:
        self.texts += bool(words)
        self.words += len(words)

    def _add(self, fault: Fault, where: str, text: str, lost: Sequence[str]) -> None:
        self.missing += len(lost)
        headline = " ".join(self._article.document.headline.split())
        self.findings.append(Discrepancy(fault, where, " ".join(text.split()), joined(lost), headline))

    def _lost(self, start: int, words: Sequence[str]) -> list[str]:
        """Return the words of which a letter is missing."""
        lost = []
        for word in words:
            if NOWHERE in self._article.places[start : start + len(word)]:
                lost.append(word)
            start += len(word)
        return lost

    def _readable(self, lost: list[str]) -> list[str]:
        """Return the lost words if a PDF reader could have read them; else return none, and do not count them."""
        if not self._shaped or not any(map(_JOINED.search, lost)):
            return lost
        self.unread += len(lost)  # and everything between them, which cannot be placed
        self.words -= len(lost)
        return []

    def _is_elsewhere(self, letters: str, *, needs_weight: bool) -> bool:
        if needs_weight and weight_of(letters) < MIN_WEIGHT:
            return False
        return self._output.take_anywhere(letters)

    def _runs_left(self, letters: str) -> bool:
        """Return True for a right-to-left text in a PDF, which may be extracted in visual order."""
        if not self._shaped:
            return False
        return is_right_to_left(self._article.document.language) or _RIGHT_TO_LEFT.search(letters) is not None

    def _find_split(self) -> None:
        """Find the rest of the texts that are not in one run.

        In columns, the lines of a cell are between those of its neighbours. In a PDF, the numbers in a right-to-left
        line are in visual order.
        """
        article, places = self._article, self._article.places
        ends = [*article.starts, len(article.letters)][1:]
        rows = zip(article.pieces, article.starts, ends, strict=True)
        between: Between | None = None
        low = seen = 0
        for table, group in groupby(rows, key=lambda row: row[0].table):
            spans = [(start, end) for _, start, end in group]
            for together in [spans] if table else [[span] for span in spans]:
                start, end = together[0][0], together[-1][1]
                if not (table or self._runs_left(article.letters[start:end])):
                    continue
                low, seen = max(low, max(places[seen:start], default=NOWHERE) + 1), start
                if NOWHERE in places[start:end]:
                    between = between or Between(places, len(self._output.letters))
                    self._find_anyhow(together, low, between.first_from(end))

    def _find_anyhow(self, spans: list[tuple[int, int]], low: int, high: int) -> None:
        """Find the unplaced letters of these texts, in any order, in this part of the output."""
        article, places = self._article, self._article.places
        for run_start, run_end in _gaps(places, spans):
            letters = article.letters[run_start:run_end]
            if not self._output.chances.in_pieces(letters, high - low):
                continue
            for offset, at, length in in_pieces(letters, self._output.unused(low, high), ordered=False):
                self._output.take(low + at, length)
                places[run_start + offset : run_start + offset + length] = range(low + at, low + at + length)


def _gaps(places: Sequence[int], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the unplaced runs in these spans."""
    gaps = []
    for start, end in spans:
        for missing, run in groupby(range(start, end), key=lambda at: places[at] == NOWHERE):
            numbers = list(run)
            if missing:
                gaps.append((numbers[0], numbers[-1] + 1))
    return gaps
