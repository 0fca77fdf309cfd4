"""Whether the text of a header line looks like names."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.bylines import printed_names

_LONGEST_NAME = 60
# The spaces in a name of East Asian characters.
_MOST_SPACES = 4
_IN_BRACKETS = pattern(r"(?:(?<!\s)\s+)?[(（][^()（）]{1,60}[)）]")
_NO_NAME = pattern(r"[\d!?。！？…“”\"「」<>@#=…]|[:：]|\.\s*$(?<!\b[A-Z]\.)(?<!\b[JS]r\.)")
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
    if len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return False
    words = name.split()
    if is_east_asian(name):
        return len(name) <= 24 and ". " not in name and name.count(" ") <= _MOST_SPACES
    return len(words) <= 5 and all(
        not word[0].islower() or word.lower() in _PARTICLES or "'" in word[:2] for word in words
    )


def is_east_asian(text: str) -> bool:
    """Return True if there are Han characters, kana or Hangul in a text. A pattern of them takes 2 ms to compile."""
    return not text.isascii() and any(
        "\u3040" <= each <= "\u9fff" or "\uac00" <= each <= "\ud7a3" for each in text
    )
