"""Features of a paragraph that a translation keeps: numbers, names, links, common words, and that it quotes or asks."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from feed2doc._compiled_data import toml_file
from feed2doc._locale.tags import primary_language
from feed2doc._text.cjk import is_character
from feed2doc._text.folding import folded, unaccented
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import normalize_url
from feed2doc.aligning.numbers import numbers
from feed2doc.aligning.units import Unit

CJK = ("zh", "ja")

_WORD = pattern(r"[^\W\d_]{2,30}")
_QUOTED = pattern(r"[“”„«»「」『』]|(?<!\w)\"")
_ASKED = pattern(r"[?？]")
_PREFIX = 5  # letters; words of related languages begin alike
_ENDINGS = (
    *("ments", "ingly", "ungen", "ment", "ung", "ing", "ies", "ied", "ers", "est"),
    *("er", "es", "en", "ed", "em", "e", "s", "y", "n"),
)
_SHORTEST_STEM = 3
_LONGEST_ENTRY = 6  # characters


def features(unit: Unit, tag: str) -> set[str]:
    """Return keys of what a paragraph contains; what is equal in two languages has equal keys."""
    text = folded(unit.text)
    language = primary_language(tag)
    words = _WORD.findall(text)
    found = set(numbers(text, language))
    found |= {f"link {address}" for url in unit.links if (address := normalize_url(url))}
    if language in CJK:
        found |= {f"word {unaccented(word)}" for word in words if word.isascii()}
        found |= {f"char {char}" for char in text if is_character(char)}
        found |= {f"char {a}{b}" for a, b in pairwise(text) if is_character(a) and is_character(b)}
        found |= {f"entry {number}" for number in _entries_in(text, language)}
    else:
        found |= {f"word {unaccented(word)}" for word in words if word[0].isupper()}
        found |= {f"start {unaccented(word)[:_PREFIX]}" for word in words if len(word) >= _PREFIX}
        found |= {f"entry {number}" for number in _entries_of(words, language)}
    if _QUOTED.search(text):
        found.add("sign quoted")
    if _ASKED.search(text):
        found.add("sign asked")
    return found


def _entries_of(words: list[str], language: str) -> Iterator[int]:
    """Yield the entries of the lexicon that these words, or two in a row, are in."""
    lexicon = _lexicon(language)
    stems = list(map(_stem, words))
    for each in (*stems, *map(" ".join, pairwise(stems))):
        yield from lexicon.get(each, ())


def _entries_in(text: str, language: str) -> Iterator[int]:
    """Yield the entries of the longest words at each place of a text without spaces."""
    lexicon = _lexicon(language)
    at = 0
    while at < len(text):
        size = next((n for n in range(_LONGEST_ENTRY, 0, -1) if text[at : at + n] in lexicon), 0)
        if size:
            yield from lexicon[text[at : at + size]]
        at += size or 1


@functools.cache
def _lexicon(language: str) -> dict[str, list[int]]:
    """Return the numbers of the entries of each word of a language."""
    lexicon = _data()
    if language not in lexicon["languages"]:
        return {}
    column = lexicon["languages"].index(language)
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lexicon["words"].strip().splitlines()):
        for word in line.split("|")[column].strip().split("/"):
            key = folded(word) if language in CJK else " ".join(map(_stem, _WORD.findall(word)))
            found[key].append(number)
    return dict(found)


@functools.cache
def _data() -> dict[str, str]:
    return toml_file("aligning/lexicon.toml")


@functools.lru_cache(8192)
def _stem(word: str) -> str:
    """Return a word without its commonest endings, accents and capitals."""
    word = unaccented(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
