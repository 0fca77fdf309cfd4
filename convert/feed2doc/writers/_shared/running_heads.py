"""Running heads: the publication and headline of an article, or as much of them as fits on a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from feed2doc._text.lazy_re import pattern
from feed2doc._text.phrases import Piece, phrases_of
from feed2doc.writers._shared.headlines import fitting_length, regular_width

# A beginning that ends with a pause is preferred to a longer one if it takes this share of the line.
_LONG_ENOUGH = 0.4
# In contents, the shares of what fits that one outside quotations, and any of whole words, must have. No phrase is longer than so
# many characters.
_LONG_WHOLE, _LONG_PHRASES, _LONGEST_PHRASE = 0.75, 0.4, 40
# More characters than any letters have in an em.
_MOST_IN_AN_EM = 8
_PAIRS = ("“”", "「」", "『』", "《》", "（）", "()", "[]")
# Characters that are left out at the end of a beginning.
_LOOSE = " ,;:，；：、·—–-"
# An article, preposition or conjunction, after which a line that goes on nowhere should not end.
_SMALL_WORD = pattern(r" [a-zà-ÿ]{1,3}$")


def running_head(publication: str, headline: str, room: float) -> str:
    """Return the publication and the headline, the headline alone, or its beginning, whichever fits first into `room` ems.

    The beginning ends where readers pause, or else after a word, without an ellipsis and outside quotations and brackets.
    """
    for words in (" · ".join(filter(None, (publication, headline))), headline):
        if regular_width(words) <= room:
            return words
    start = headline[
        : round(room * _MOST_IN_AN_EM)
    ]  # a longer headline would be measured once for each of its phrases
    fitting = [each for each in _beginnings(start) if regular_width(each[0]) <= room]
    paused = [words for words, is_pause in fitting if is_pause]
    if paused and regular_width(paused[-1]) >= _LONG_ENOUGH * room:
        return paused[-1]
    return fitting[-1][0] if fitting else headline


def beginning_of(title: str, room: float) -> str:
    """Return the longest beginning that fits into `room` ems, and ends after a word or phrase, if one is long enough.

    One that has quotations and brackets as a whole may be a little shorter.
    """
    fitting = title[: fitting_length(title, room)]
    start = title[: len(fitting) + _LONGEST_PHRASE]
    for ends, share in (
        ((words for words, _ in _beginnings(start)), _LONG_WHOLE),
        (_phrases(start), _LONG_PHRASES),
    ):
        found = [words for words in ends if len(words.rstrip(_LOOSE)) <= len(fitting)]
        if found and len(found[-1]) >= share * len(fitting):
            return found[-1].rstrip(_LOOSE)
    return fitting.rstrip(_LOOSE)


def _phrases(headline: str) -> Iterator[str]:
    """Yield the beginnings of a headline that end with a phrase and not with a small word, the shortest first."""
    return (each for each in accumulate(phrases_of(headline)) if not _SMALL_WORD.search(each.rstrip(_LOOSE)))


def _beginnings(headline: str) -> Iterator[tuple[str, bool]]:
    """Yield those outside quotations and brackets that do not end with a small word, and whether readers pause there."""
    at = 0
    for phrase in phrases_of(headline):
        at += len(phrase)
        beginning = headline[:at].rstrip(_LOOSE)
        is_whole = all(beginning.count(pair[0]) == beginning.count(pair[1]) for pair in _PAIRS)
        if beginning and is_whole and not _SMALL_WORD.search(beginning):
            yield beginning, headline[len(beginning) : at].strip(" ") != "" or Piece(phrase).is_pause
