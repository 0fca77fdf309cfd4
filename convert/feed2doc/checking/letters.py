"""The letters of a text: what is left when layout, markup and ways of writing the same are taken away."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, normalize

from feed2doc._text.cjk import is_character


class _Kept(dict[int, int | None]):
    """Which characters count: letters, digits, signs of currencies and symbols such as emoji.

    Space, punctuation, hyphens and what is not seen are set and escaped by each format in its own way; marks that stand by
    themselves above and below letters have no fixed place among them in a PDF.
    """

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        self[code] = code if kind[0] in "LN" or kind in ("So", "Sc") else None
        return self[code]


_KEPT = _Kept()


def letters_of(text: str) -> str:
    """The letters of the text, in Unicode's compatibility form (NFKC): ligatures are the letters that they join."""
    return normalize("NFKC", text).translate(_KEPT)


def words_of(text: str) -> list[str]:
    """The letters word by word; each character of scripts that part no words is one."""
    parted = "".join(f" {c} " if is_character(c) else c for c in normalize("NFKC", text))
    return [letters for word in parted.split() if (letters := word.translate(_KEPT))]


def joined(words: Iterable[str]) -> str:
    """The words in a row, with spaces where their script has them."""
    row = ""
    for word in words:
        row += word if not row or is_character(row[-1]) or is_character(word[0]) else f" {word}"
    return row


def weight_of(letters: str) -> int:
    """How much it tells that these letters are found: a Han character as much as two letters."""
    return len(letters) + sum(map(is_character, letters))
