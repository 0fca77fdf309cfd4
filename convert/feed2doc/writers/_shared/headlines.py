"""Headlines whose lines are of about the same length, and in Chinese and Japanese end between phrases."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import accumulate
from math import ceil

from msgspec import Struct

from feed2doc._locale.tags import primary_language
from feed2doc._text.lazy_re import pattern
from feed2doc._text.phrases import Piece, phrases_of
from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.autospace import spaced

# The share of a line that differently wide characters may take more than expected.
_SLACK = 0.75
_MOSTLY_WIDE = 0.8
# The widths of characters in bold fonts with and without serifs, in ems; other letters have the last one.
_WIDTHS = ((" ", 0.26), ("ijlI.,:;'’!|()-", 0.34), ('ftrs"“”‘?', 0.47), ("0123456789", 0.56), ("mwMW&", 0.98))
_CAPITAL, _LETTER = 0.7, 0.61
# How much wider, as a share of a line, a headline may be so that one more line ends with a pause.
_PAUSE = 0.1
# The width in ems of the longest phrase that is kept on one line.
_LONGEST = 10
# The run of letters of another script, a reference, or a character of XHTML that `spaced` returns.
_TOKEN, _TAG = pattern(r"<span[^<>]*>[^<]*</span>|&[^;]{1,9};|.", re.S), pattern("<[^<>]*>")
# In this range such widths are right within this share of a line.
_LATIN, _ERROR = pattern("[ -\u024f‐-”]{1,300}"), 0.04
# Those of Han characters are all the same.
_LEAST_ERROR = 0.01
# Where Han and Latin meet there is a space of so many ems.
_SIDES, _SIDE = (
    pattern(
        "(?<=[\u3041-\u30fa\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3041-\u30fa\u3400-\u9fff])"
    ),
    0.09,
)
# Characters that are as wide as Han ones in fonts with Han characters, but not in others.
_WIDE_IN_CHINESE = "“”‘’…—·"


def balanced_width(headline: str, room: float) -> float:
    """Return the width in ems at which the lines of a headline have about the same length, or 0 if `room` ems are right."""
    if _LATIN.fullmatch(headline):
        return _balanced_words([f"{word} " for word in headline.split()], room, _width, _ERROR)
    width = width_in_ems(headline)
    if room < 1 or width < _MOSTLY_WIDE * len(headline):
        return 0
    exact = sum(_width_in_chinese(each) == 1 for each in headline)
    error = _ERROR * (1 - exact / width) + _SIDE * len(_SIDES.findall(headline)) / room
    if width <= room * (1 - error):
        return 0
    error = max(_LEAST_ERROR, error)
    if balanced := _balanced_words(phrases_of(headline), room, _width_in_chinese, error):
        return balanced
    return round(min(room, width / ceil(width / room) + _SLACK), 2)


def _balanced_words(phrases: list[str], room: float, width: Callable[[str], float], error: float) -> float:
    """Return the least width at which a headline of words has as few lines as with `room`, if that may be too wide by `error`.

    Of widths that are nearly as small, one is better at which more lines end with a pause.
    """
    words = [_Word.of(phrase, width) for phrase in phrases]
    count = len(_lines(words, room * (1 - error)))
    # One that might have a line less is left alone, except that on two lines no word is alone on the second; and so is one with a
    # word that might not fit on a line.
    is_unsure = count > 2 and count != len(_lines(words, room * (1 + error)))
    if count < 2 or is_unsure or max(word.width for word in words) > room * (1 - error):
        return 0
    each = ((share, _lines(words, share * room)) for share in (0.5 + n / 100 for n in range(51)))
    fitting = [
        # WeasyPrint needs room for a space at the end of a line.
        (
            share - _PAUSE * sum(line.pause for line in lines[:-1]),
            max(line.width + line.space for line in lines),
        )
        for share, lines in each
        if len(lines) <= count
    ]
    least = min(fitting)[1] * (1 + error)
    return round(least, 2) if least < room else 0


class _Word(Struct, frozen=True):
    """A word with the space after it. A line that ends with it may end with a `pause`, as readers make."""

    width: float
    space: float
    pause: bool

    @classmethod
    def of(cls, phrase: str, width: Callable[[str], float]) -> _Word:
        word = phrase.rstrip(" ")
        has_space = word != phrase
        return cls(sum(map(width, word)), _WIDTHS[0][1] if has_space else 0, Piece(phrase).is_pause)


def _lines(words: list[_Word], room: float) -> list[_Word]:
    """Return the lines that the words take, each as one long word."""
    lines = words[:1]
    for word in words[1:]:
        before = lines[-1]
        width = before.width + before.space + word.width
        if width <= room:
            lines[-1] = _Word(width, word.space, word.pause)
        else:
            lines.append(word)
    return lines


def width_in_ems(words: str) -> float:
    """Return about how wide words are, rather more than less."""
    return sum(map(_width_in_chinese, words))


def _width_in_chinese(character: str) -> float:
    return 1 if character in _WIDE_IN_CHINESE or width_of(character) > 1 else _width(character)


def has_phrases(language: str) -> bool:
    """Return True if lines of this language may end anywhere, but those of headlines should end between phrases."""
    return primary_language(language) in ("zh", "ja")


def heading_of(title: str, language: str) -> str:
    """Return the title of a book for a template, in Chinese and Japanese as markup whose lines end only between phrases."""
    if not has_phrases(language):
        return title
    from markupsafe import Markup

    return Markup(with_phrases(title))


def with_phrases(headline: str) -> str:
    """Return a Chinese or Japanese headline as XHTML, whose lines end only between phrases."""
    ends = set(accumulate(map(len, phrases_of(headline))))
    written, at = [""], 0
    for token in _TOKEN.findall(spaced(headline)):
        at += len(unescape(_TAG.sub("", token)))
        written[-1] += token
        if at in ends:
            written.append("")
    return "<wbr/>".join(map(_kept_together, filter(None, written)))


def _kept_together(phrase: str) -> str:
    """Return a phrase as XHTML in which no line ends, unless it has words of its own or may be too long for a line."""
    words = phrase.rstrip(" ")
    shown = _TAG.sub("", words)
    if " " in shown or len(shown) < 2 or width_of(shown) > 2 * _LONGEST or words.isascii():
        return phrase
    return f'<span class="keep">{words}</span>{phrase[len(words) :]}'


def _width(character: str) -> float:
    known = next((width for characters, width in _WIDTHS if character in characters), 0.0)
    return known or (_CAPITAL if character.isupper() else _LETTER)
