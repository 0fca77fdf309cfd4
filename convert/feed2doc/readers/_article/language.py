"""The language of a text, told by its characters; of Latin script, by a detector."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of

# Characters of everyday words that are written in one of the two ways only (Unihan kSimplifiedVariant).
_SIMPLIFIED = frozenset(
    "们这国说时对会来后发经学过为个开关问动现实业产无见车东门马长书报记论议设请让话谈认识边进远运还连达选择"
)
_TRADITIONAL = frozenset(
    "們這國說時對會來後發經學過為個開關問動現實業產無見車東門馬長書報記論議設請讓話談認識邊進遠運還連達選擇"
)
# Words that are written Cantonese only (https://words.hk).
_CANTONESE = frozenset("嘅咗喺啲嚟冇唔佢哋咁嗰")
# Unicode blocks of a script (https://www.unicode.org/Public/UNIDATA/Scripts.txt), and the language it means.
_KANA = pattern(r"[\u3041-\u309f\u30a0-\u30fa]+")
_SCRIPTS = (
    ("ja", _KANA),
    ("ko", pattern(r"[\uac00-\ud7a3]+")),
    ("zh", None),  # which is counted without a pattern: to compile one takes 1 ms
    ("ru", pattern(r"[\u0400-\u04ff]+")),
    ("ar", pattern(r"[\u0600-\u06ff]+")),
    ("he", pattern(r"[\u0590-\u05ff]+")),
    ("el", pattern(r"[\u0370-\u03ff]+")),
    ("th", pattern(r"[\u0e00-\u0e7f]+")),
    ("hi", pattern(r"[\u0900-\u097f]+")),
    ("und", pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")),
)
# Letters that one language of a script has and its best-known one has not (CLDR exemplar characters).
_LETTERS = (
    ("ru", "uk", frozenset("іїєґІЇЄҐ")),
    ("ar", "fa", frozenset("پچژگک")),
    ("ar", "ur", frozenset("ٹڈڑےں")),
)
# English words that no other language of its script writes so; an eighth of any English text is these.
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "is",
        "that",
        "was",
        "with",
        "for",
        "are",
        "this",
        "which",
        "from",
        "have",
        "has",
    ]
)
_SAMPLE = 240
_FOR_DETECTOR = 2_000
# Below this a detector guesses: a headline of three words may be anything.
_SHORTEST_FOR_DETECTOR = 40


def script_language(text: str) -> str:
    """The language that a script means where it means one: zh, ja, ko, ... "und" for Latin or no letters."""
    sample = text[:_SAMPLE]
    han = sum("\u3400" <= character <= "\u9fff" for character in sample)
    if han * 2 > len(sample) and _KANA.search(sample) is None:
        return "zh"
    counts = {name: sum(map(len, p.findall(sample))) if p else han for name, p in _SCRIPTS}
    counts["und"] //= 5  # a Latin word is several letters, a Han word one or two
    if counts["ja"] > counts["zh"] // 20:
        counts["ja"] += counts["zh"]
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "und"


def detect_language(text: str, url: str = "") -> str:
    """The BCP 47 tag of this text: by script, Chinese by characters and the host of its address; "und" if it has none.

    Latin script goes to a detector (CLD3, https://github.com/google/cld3), which is loaded only then.
    """
    best = script_language(text)
    sample = text[: 2 * _SAMPLE]
    if best == "zh":
        return _chinese(sample, url)
    if best == "und":
        return _latin(text) if re.search("[A-Za-z]", text) else "und"
    return next(
        (other for script, other, own in _LETTERS if script == best and _count(own, sample) > 1), best
    )


def _chinese(sample: str, url: str) -> str:
    """Simplified or traditional by the characters that are one of the two; Hong Kong by words or host."""
    if _count(_TRADITIONAL, sample) <= _count(_SIMPLIFIED, sample):
        return "zh-CN"
    return "zh-HK" if host_of(url).endswith(".hk") or _count(_CANTONESE, sample) > 2 else "zh-TW"


def _count(letters: Iterable[str], sample: str) -> int:
    """How many of these letters are in the sample."""
    return sum(map(sample.__contains__, letters))


def _latin(text: str) -> str:
    """Return the language of a text in Latin script: English unless it is long enough to tell and is something else."""
    words = re.findall(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’]+", text[:_FOR_DETECTOR])
    if len(" ".join(words)) < _SHORTEST_FOR_DETECTOR:
        return "en"
    if sum(word.lower() in _ENGLISH for word in words) * 8 > len(words):
        return "en"
    language = str(_detector().FindLanguage(" ".join(words)).language)
    # A romanization (zh-Latn) is far less likely than English with many names in it.
    return "en" if language.endswith("-Latn") else language


@functools.cache
def _detector() -> Any:
    from gcld3 import NNetLanguageIdentifier

    return NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=_FOR_DETECTOR)
