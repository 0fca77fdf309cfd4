"""The letters of a text: what is left without layout, markup and variant spellings of the same characters."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, normalize

from feed2doc._text.cjk import is_character


class _Kept(dict[int, int | None]):
    """The translation table that keeps letters, digits, currency signs and symbols such as emoji.

    Each format sets and escapes spaces, punctuation, hyphens and invisible characters in its own way. Combining marks
    that are separate characters have no fixed place among the letters in a PDF.
    """

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        self[code] = code if kind[0] in "LN" or kind in ("So", "Sc") else None
        return self[code]


_KEPT = _Kept()


def letters_of(text: str) -> str:
    """Return the letters of the text in Unicode's compatibility form (NFKC), which splits ligatures into their letters."""
    return normalize("NFKC", text).translate(_KEPT)


def words_of(text: str) -> list[str]:
    """Return the letters word by word. In scripts that do not separate words, each character is a word."""
    spaced = "".join(f" {c} " if is_character(c) else c for c in normalize("NFKC", text))
    return [letters for word in spaced.split() if (letters := word.translate(_KEPT))]


def joined(words: Iterable[str]) -> str:
    """Return the words joined, with spaces if their script uses them."""
    row = ""
    for word in words:
        row += word if not row or is_character(row[-1]) or is_character(word[0]) else f" {word}"
    return row


def weight_of(letters: str) -> int:
    """Return how distinctive these letters are: a Han character counts as two letters."""
    return len(letters) + sum(map(is_character, letters))
