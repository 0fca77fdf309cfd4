"""Names in another script: as the consonants that one hears, and as their first mention glosses them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from feed2doc._compiled_data import toml_file
from feed2doc._text.folding import unaccented
from feed2doc._text.lazy_re import pattern

_NAME = pattern(r"(?<![\w’'])[^\W\d_a-zà-ÿ][^\W\d_]{1,20}")
_LOWER = pattern(r"(?<![\w’'])[a-zà-ÿ][^\W\d_]{1,20}")
_IN_SENTENCE = pattern(r"[\w,;]’?s? $")
_RUN = pattern(r"[\u3400-\u9fff]{2,24}|[\u30a1-\u30fa\u30fc]{3,24}")
_UNHEARD = "ー・ッ"
_LEAST = 3  # consonants; fewer are found in too many places
_OFF = 0.25  # the share of the consonants that may differ
_GLOSS = pattern(
    r"([\u3400-\u9fff\u30a0-\u30ff·・‧]{2,24})[(（]([A-Za-zÀ-ÿ][^()（）\u3400-\u9fff]{1,60})[)）]"
)
_WORD = pattern(r"[^\W\d_]{2,30}")
_DOT = pattern(r"[·・‧]")
_LONGEST_NAME = 8  # characters


def latin_names(texts: Sequence[str]) -> list[set[str]]:
    """Return the names in each of the texts of an article: capitalized words, in lower case without accents.

    A word that the article also has in lower case, or only at the beginning of sentences, is not a name.
    """
    lower = {unaccented(word) for text in texts for word in _LOWER.findall(text)}
    found: list[set[str]] = []
    sure: set[str] = set()
    for text in texts:
        found.append(set())
        for each in _NAME.finditer(text):
            name = unaccented(each[0])
            found[-1].add(name)
            if _IN_SENTENCE.search(text, max(0, each.start() - 3), each.start()):
                sure.add(name)
    return [each & (sure - lower) for each in found]


def glossed(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield names that the texts give in Latin letters, too, in brackets, part by part: as written, and in Latin."""
    whole = "\n".join(texts)
    for written, latin in _GLOSS.findall(whole):
        words = [unaccented(word) for word in _WORD.findall(latin)]
        first, *rest = _DOT.split(written)
        if not words:
            continue
        if not rest:
            name = _repeated(first, whole) or first[-4:]
            yield from ((name, word) for word in words)
            continue
        yield from zip(reversed(rest), reversed(words), strict=False)
        if len(words) > 1 and (given := _repeated(first, whole)):
            yield given, words[0]


def _repeated(written: str, text: str) -> str:
    """Return the longest end of these characters that the text has elsewhere, too, or ""."""
    sizes = range(min(len(written), _LONGEST_NAME), 1, -1)
    return next((written[-n:] for n in sizes if text.count(written[-n:]) > 1), "")


def transcriptions(text: str) -> list[str]:
    """Return the consonants of each run of characters of a text that may transcribe a name."""
    sounds = _characters()
    found: list[str] = []
    for run in _RUN.findall(text):
        heard = ""
        for char in (*run, "\n"):
            if char in _UNHEARD:
                continue
            if char in sounds:
                heard += sounds[char]
                continue
            found.append(heard)
            heard = ""
    return [heard for heard in found if len(heard) > 1]


@functools.lru_cache(4096)
def consonants(name: str) -> str:
    """Return the consonants of a name in Latin letters without accents."""
    spellings = _spellings()
    heard, at = "", 0
    while at < len(name):
        size = next((n for n in (4, 3, 2, 1) if name[at : at + n] in spellings), 0)
        heard += spellings[name[at : at + size]] if size else ""
        at += size or 1
    return heard


def is_heard(name: str, runs: Sequence[str]) -> bool:
    """Return True if a name with these consonants is part of one of the runs."""
    if len(name) < _LEAST:
        return False
    most = int(_OFF * len(name))
    size = len(name) // (most + 1)
    parts = [name[at : at + size] for at in range(0, size * (most + 1), size)]  # one of them is the same
    return any(
        _least_edits(name, run) <= most
        for run in runs
        if len(run) >= len(name) - most and any(part in run for part in parts)
    )


def _least_edits(name: str, run: str) -> int:
    """Return the edit distance of the name to the most similar part of the run."""
    above = [0] * (len(run) + 1)
    for i, sound in enumerate(name, 1):
        row = [i]
        for j, other in enumerate(run, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (sound != other)))
        above = row
    return min(above)


@functools.cache
def _characters() -> dict[str, str]:
    """Return the consonants of each character that transcribes names; the first group that has it counts."""
    sounds = toml_file("aligning/sounds.toml")
    found: dict[str, str] = {}
    for sound, characters in (*sounds["han"].items(), *sounds["kana"].items()):
        for char in characters:
            found.setdefault(char, sound)
    return found


@functools.cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = toml_file("aligning/sounds.toml")["latin"]
    return found
