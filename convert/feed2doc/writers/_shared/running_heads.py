"""Running heads: the publication and headline of an article, or as much of them as fits on a line."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc._text.lazy_re import pattern
from feed2doc._text.phrases import Piece, phrases_of
from feed2doc.writers._shared.headlines import width_in_ems

# A beginning that ends with a pause is preferred to a longer one if it takes this share of the line.
_LONG_ENOUGH = 0.4
# The widths of letters are known for bold ones, which are wider.
_REGULAR = 0.92
# More characters than any letters have in an em.
_MOST_IN_AN_EM = 8
_PAIRS = ("“”", "「」", "『』", "《》", "（）", "()", "[]")
# What is left out at the end of a beginning.
_LOOSE = " ,;:，；：、·—–-"
# An article, preposition or conjunction, after which a line that goes on nowhere should not end.
_SMALL_WORD = pattern(r" [a-zà-ÿ]{1,3}$")


def running_head(publication: str, headline: str, room: float) -> str:
    """Return the publication and the headline, the headline alone, or its beginning, whichever fits first into `room` ems.

    The beginning ends where readers pause, or else after a word, without an ellipsis and outside quotations and brackets.
    """
    for words in (" · ".join(filter(None, (publication, headline))), headline):
        if _width(words) <= room:
            return words
    start = headline[
        : round(room * _MOST_IN_AN_EM)
    ]  # a longer headline would be measured once for each of its phrases
    fitting = [each for each in _beginnings(start) if _width(each[0]) <= room]
    paused = [words for words, is_pause in fitting if is_pause]
    if paused and _width(paused[-1]) >= _LONG_ENOUGH * room:
        return paused[-1]
    return fitting[-1][0] if fitting else headline


def _width(words: str) -> float:
    wide = sum(width_in_ems(character) == 1 for character in words)
    return wide + (width_in_ems(words) - wide) * _REGULAR


def _beginnings(headline: str) -> Iterator[tuple[str, bool]]:
    """Yield the beginnings of a headline that end with a phrase, the shortest first, and whether readers pause there."""
    at = 0
    for phrase in phrases_of(headline):
        at += len(phrase)
        beginning = headline[:at].rstrip(_LOOSE)
        is_whole = all(beginning.count(pair[0]) == beginning.count(pair[1]) for pair in _PAIRS)
        if beginning and is_whole and not _SMALL_WORD.search(beginning):
            yield beginning, headline[len(beginning) : at].strip(" ") != "" or Piece(phrase).is_pause
