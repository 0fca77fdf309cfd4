"""Recognizing names in a header line."""

from __future__ import annotations

from itertools import pairwise

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.bylines import printed_names

_LONGEST_NAME = 60
# The spaces in a name of East Asian characters.
_MOST_SPACES = 4
_IN_BRACKETS = pattern(r"(?:(?<!\s)\s+)?[(（][^()（）]{1,60}[)）]")
_NO_NAME = pattern(r"[\d!?。！？…“”\"「」<>@#=…]|[:：]|\.\s*$(?<!\b[A-Z]\.)(?<!\b[JS]r\.)")
# Words and ends of sentences in Chinese, Korean and Japanese, which no place or name next to a time has.
_SAID = pattern(
    r"(?<=.)[的是在了]|\s\S{0,12}[다요까]$|[^\W\d_A-Za-z\u3041-\u309f][がをはにでのも]\S{0,40}[\u3041-\u309f]$"
)
# Names in East Asian characters that have a space, and perhaps a title after it.
_SPACED = pattern(
    r"[^\W\d_A-Za-z\u3041-\u309f\uac00-\ud7a3]{1,3}[ \u3000][^\W\d_A-Za-z\uac00-\ud7a3]{1,4}|[\uac00-\ud7a3]{2,4} (?:기자|[\uac00-\ud7a3]{1,3}기자)"
    r"|[^\W\d_]{1,20}(?:[ ·・][^\W\d_]{1,20}){0,3}(?<=[A-Za-z])"
)
CONJUNCTIONS = frozenset({"e", "y", "et", "und", "i"})
"""Words between two names that are not English."""
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "te",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "y",
        "e",
        "i",
        "af",
        "av",
        "zu",
        "zur",
        "the",
        "of",
    ]
)


def is_names(text: str) -> bool:
    """Return True if the text looks like one or several names."""
    names = printed_names(text)
    return bool(names) and all(map(_is_name, names))


def _is_name(name: str) -> bool:
    if "(" in name or "（" in name:  # the name in another script, or a place
        name = _IN_BRACKETS.sub("", name)
    if not name or len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return False
    words = name.split()
    if is_east_asian(name):
        return len(name) <= 24 and ". " not in name and name.count(" ") <= _MOST_SPACES
    if any(
        one in CONJUNCTIONS and other in _PARTICLES for one, other in pairwise(words)
    ):  # `Roma e di Milano`
        return False
    return (
        len(words) <= 5
        and words[-1] not in _PARTICLES
        and all(not word[0].islower() or word.lower() in _PARTICLES or "'" in word[:2] for word in words)
    )


def is_said(text: str) -> bool:
    """Return True for a sentence in East Asian characters, in which capitals do not tell names from words: `배가 돌아왔다`."""
    return is_east_asian(text) and _SAID.search(text) is not None


def is_spelled(text: str) -> bool:
    """Return True if a text with a space is spelled like a name: capitals, or a few East Asian characters in each word."""
    return not is_east_asian(text) or _SPACED.fullmatch(text) is not None


def has_hiragana(text: str) -> bool:
    """Return True if a text has hiragana, as Japanese sentences and phrases do, but few names."""
    return any("\u3041" <= each <= "\u309f" for each in text)


def is_east_asian(text: str) -> bool:
    """Return True if there are Han characters, kana or Hangul in a text. A pattern of them takes 2 ms to compile."""
    return not text.isascii() and any(
        "\u3040" <= each <= "\u9fff" or "\uac00" <= each <= "\ud7a3" for each in text
    )
