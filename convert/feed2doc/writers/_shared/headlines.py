"""Headlines whose lines end between phrases in Chinese and Japanese, and about how wide words are."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate

from feed2doc._locale.tags import primary_language
from feed2doc._text.lazy_re import pattern
from feed2doc._text.phrases import phrases_of
from feed2doc._text.wrap import width_of
from feed2doc.writers._shared.autospace import spaced
from feed2doc.writers._shared.escape import text
from feed2doc.writers._shared.line_breaks import kept
from feed2doc.writers._shared.punctuation_widths import with_half_widths

# The widths of characters in bold fonts with and without serifs, in ems; other letters have the last one.
_WIDTHS = ((" ", 0.26), ("ijlI.,:;'’!|()-", 0.34), ('ftrs"“”‘?', 0.47), ("0123456789", 0.56), ("mwMW&", 0.98))
_CAPITAL, _LETTER = 0.7, 0.61
# Letters that are not bold are narrower.
_REGULAR = 0.92
# The width in ems of the longest phrase that is kept on one line.
_LONGEST = 10
# The headlines that fit on a line of any page.
_SHORT = 8
# The run of letters of another script, a reference, or a character of XHTML that `spaced` returns.
_TOKEN, _TAG = pattern(r"<span[^<>]*>[^<]*</span>|&[^;]{1,9};|.", re.S), pattern("<[^<>]*>")
# Characters that are as wide as Han ones in fonts with Han characters, but not in others.
_WIDE_IN_CHINESE = "“”‘’…—·"


def width_in_ems(words: str) -> float:
    """Return about how wide words are, rather more than less."""
    return sum(map(_width_in_chinese, words))


def regular_width(words: str) -> float:
    """Return about how wide words are in letters that are not bold, in ems."""
    return sum(map(_regular_width, words))


def fitting_length(words: str, room: float) -> int:
    """Return how many of the characters of words, in letters that are not bold, fit into `room` ems."""
    return bisect_right(list(accumulate(map(_regular_width, words))), room)


def _regular_width(character: str) -> float:
    width = _width_in_chinese(character)
    return width if width == 1 else width * _REGULAR


def _width_in_chinese(character: str) -> float:
    return 1 if character in _WIDE_IN_CHINESE or width_of(character) > 1 else _width(character)


def has_phrases(language: str) -> bool:
    """Return True if lines of this language may end anywhere, but those of headlines should end between phrases."""
    return primary_language(language) in ("zh", "ja")


def is_phrased(title: str, language: str) -> bool:
    """Return True if a headline that is longer than a line of a small page has phrases."""
    return len(title.strip()) > _SHORT and has_phrases(language)


def heading_of(title: str, language: str) -> str:
    """Return the title of a book for a template, as markup whose lines end between phrases if it has some."""
    if not is_phrased(title, language):
        return title
    from markupsafe import Markup

    return Markup(broken_at_phrases(title))


def broken_at_phrases(headline: str) -> str:
    """Return a Chinese or Japanese headline as XHTML whose lines end between phrases, for browsers and reading systems.

    Lines end anywhere if a phrase is longer than a line, and in reading systems that do not know `word-break: keep-all`
    (https://www.w3.org/TR/css-text-3/#word-break-property).
    """
    return f'<span class="phrases">{"<wbr/>".join(kept(text(each)) for each in phrases_of(headline))}</span>'


def with_phrases(headline: str, language: str) -> str:
    """Return a Chinese or Japanese headline as XHTML whose lines end only between phrases, for pages of a fixed size."""
    ends = set(accumulate(map(len, phrases_of(headline))))
    written, at = [""], 0
    for token in _TOKEN.findall(with_half_widths(spaced(headline), language)):
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
