"""Recognizing two articles as one text: issued again, reprinted, lightly edited, or in the other script."""

from __future__ import annotations

from msgspec import Struct

from feed2doc._text.folding import folded
from feed2doc._text.lazy_re import pattern
from feed2doc.model import Document, words_in

_RUN = 6  # signs
_SHARED = 0.56  # the share of all runs that both texts must have
_LENGTHS = 0.75  # the shorter's share of the longer's length
_FIGURES = 0.45  # the share of all numbers that both must have, or they are two reports made from one form
_MANY_FIGURES = 3
_NOT_SIGN = pattern(r"[\W_]+")
_NUMBER = pattern(r"\d[\d.,]{0,15}")


class Signs(Struct, frozen=True):
    """The signs of a text without spaces and punctuation: their number, their runs of six, and the numbers in the text."""

    length: int
    runs: frozenset[str]
    numbers: frozenset[str]


def signs(document: Document) -> Signs:
    """Return the signs of an article's text, or of its headline if it has no text."""
    text = folded(words_in(document) or document.headline).lower()
    letters = _NOT_SIGN.sub("", text)
    runs = frozenset(letters[at : at + _RUN] for at in range(max(1, len(letters) - _RUN + 1)))
    return Signs(len(letters), runs, frozenset(n.rstrip(".,") for n in _NUMBER.findall(text)))


def letters_of(document: Document) -> str:
    """Return the signs of an article's headline and text, which are equal for articles that differ in nothing else."""
    return "\n".join(
        _NOT_SIGN.sub("", folded(text).lower()) for text in (document.headline, words_in(document))
    )


def shared_runs(a: Signs, b: Signs) -> float:
    """Return the share of all runs of two texts that both have."""
    both = len(a.runs & b.runs)
    return both / (len(a.runs) + len(b.runs) - both)


def is_same_text(a: Signs, b: Signs) -> bool:
    """Return True if two texts are one, but for light edits."""
    if not _are_alike(a, b):
        return False
    figures = a.numbers | b.numbers
    return len(figures) < _MANY_FIGURES or len(a.numbers & b.numbers) >= _FIGURES * len(figures)


def are_of_one_form(a: Signs, b: Signs) -> bool:
    """Return True if two texts are reports made from one form, such as prices of two days: alike, each with its own figures."""
    own = min(len(a.numbers - b.numbers), len(b.numbers - a.numbers))
    return own >= _MANY_FIGURES and _are_alike(a, b) and not is_same_text(a, b)


def _are_alike(a: Signs, b: Signs) -> bool:
    shorter, longer = sorted((a.length, b.length))
    return 0 < shorter >= _LENGTHS * longer and shared_runs(a, b) >= _SHARED
