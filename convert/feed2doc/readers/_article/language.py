"""Language detection by characters, and by a detector for Latin script."""

from __future__ import annotations

import functools
import re
from typing import Any

from feed2doc._text.cjk import blocks_of, han_in
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import host_of

# Common characters that exist only in simplified or only in traditional Chinese (Unihan kSimplifiedVariant).
_SIMPLIFIED = (
    "们这国说时对会来后发经学过为个开关问动现实业产无见车东门马长书报记论议设请让话谈认识边进远运还连达选择"
)
_TRADITIONAL = (
    "們這國說時對會來後發經學過為個開關問動現實業產無見車東門馬長書報記論議設請讓話談認識邊進遠運還連達選擇"
)
# Characters used only in written Cantonese (https://words.hk).
_CANTONESE = "嘅咗喺啲嚟冇唔佢哋咁嗰"
# Unicode ranges of scripts (https://www.unicode.org/Public/UNIDATA/Scripts.txt), with the language that each implies.
_KANA = pattern(r"[\u3041-\u309f\u30a0-\u30fa]")
_SCRIPTS = {
    "ja": r"[\u3041-\u309f\u30a0-\u30fa]+",
    "ko": r"[\uac00-\ud7a3]+",
    "zh": r"[\u3400-\u9fff]+",
    "ru": r"[\u0400-\u04ff]+",
    "ar": r"[\u0600-\u06ff]+",
    "he": r"[\u0590-\u05ff]+",
    "el": r"[\u0370-\u03ff]+",
    "th": r"[\u0e00-\u0e7f]+",
    "hi": r"[\u0900-\u097f]+",
    "und": r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+",
}
_RUN = pattern("|".join(f"(?P<{name}>{letters})" for name, letters in _SCRIPTS.items()))
# Letters that distinguish a language from the main language of its script (CLDR exemplar characters).
_LETTERS = (
    ("ru", "uk", "іїєґІЇЄҐ"),
    ("ar", "fa", "پچژگک"),
    ("ar", "ur", "ٹڈڑےں"),
)
# Words that exist only in English among the languages in Latin script. They make up an eighth of any English text.
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
# The detector is unreliable for shorter texts, such as a headline of three words.
_SHORTEST_FOR_DETECTOR = 40
# Languages of the detector that are not written in Latin letters.
_NOT_LATIN = frozenset(
    [
        "am",
        "ar",
        "be",
        "bg",
        "bn",
        "el",
        "fa",
        "gu",
        "hi",
        "hy",
        "iw",
        "ja",
        "ka",
        "kk",
        "km",
        "kn",
        "ko",
        "ky",
        "lo",
        "mk",
        "ml",
        "mn",
        "mr",
        "my",
        "ne",
        "pa",
        "ps",
        "ru",
        "sd",
        "si",
        "sr",
        "ta",
        "te",
        "tg",
        "th",
        "uk",
        "ur",
        "yi",
        "zh",
    ]
)
# Dutch has the others, too.
_ONLY_ENGLISH = _ENGLISH - {"is", "of", "was"}
# The length of a text that may contradict what a page states.
_SHORTEST_TO_CONTRADICT = 120
# How sure the detector must be then.
_CERTAIN = 0.98
_WORD = pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’]+")
# The length from which the language that the detector is not sure of is likelier than English.
_SHORTEST_FOR_GUESS = 70


def script_language(text: str) -> str:
    """Return the language implied by the script of the text (zh, ja, ko, ...), or "und" for Latin script or no letters."""
    sample = text[:_SAMPLE]
    han = han_in(blocks_of(sample))
    if han * 2 > len(sample) and _KANA.search(sample) is None:
        return "zh"
    counts = dict.fromkeys(_SCRIPTS, 0)
    for run in _RUN.finditer(sample):
        counts[str(run.lastgroup)] += len(run[0])
    counts["und"] //= 5  # a Latin word is several letters, a Han word one or two
    if counts["ja"] > counts["zh"] // 20:
        counts["ja"] += counts["zh"]
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "und"


def detect_language(text: str, url: str = "") -> str:
    """Return the BCP 47 tag of the text's language, or "und" if it cannot be determined.

    The language follows from the script; the variant of Chinese from its characters and the host of the URL. Text in Latin
    script is passed to a detector (CLD3, https://github.com/google/cld3), which is loaded only then.
    """
    return language_in_script(script_language(text), text, url)


def language_in_script(best: str, text: str, url: str) -> str:
    """Return the BCP 47 tag of the language of a text, of which `script_language` returned this one."""
    sample = text[: 2 * _SAMPLE]
    if best == "zh":
        return _chinese(sample, url)
    if best == "und":
        return _latin(text) if re.search("[A-Za-z]", text) else "und"
    return next(
        (other for script, other, own in _LETTERS if script == best and _count(own, sample) > 1), best
    )


def _chinese(sample: str, url: str) -> str:
    """Return zh-CN, zh-TW or zh-HK, by simplified and traditional characters, Cantonese words and the host."""
    traditional = _count(_TRADITIONAL, sample)
    if not traditional or traditional <= _count(_SIMPLIFIED, sample):
        return "zh-CN"
    return "zh-HK" if host_of(url).endswith(".hk") or _count(_CANTONESE, sample) > 2 else "zh-TW"


def _count(letters: str, sample: str) -> int:
    """Return how many of these letters occur in the sample. A pattern of them would take longer to compile."""
    return sum(map(sample.__contains__, letters))


def _latin(text: str) -> str:
    """Return the language of a text in Latin script. Texts that are too short for the detector count as English."""
    words = _WORD.findall(text[:_FOR_DETECTOR])
    if len(" ".join(words)) < _SHORTEST_FOR_DETECTOR:
        return "en"
    if sum(word.lower() in _ENGLISH for word in words) * 8 > len(words):
        return "en"
    found = _detector().FindLanguage(" ".join(words))
    if not found.is_reliable and (len(text) < _SHORTEST_FOR_GUESS or _are_names(words)):
        return "en"
    language = str(found.language)
    # English with many names is far more likely than a romanization (zh-Latn), and program text has no language.
    return "en" if language.endswith("-Latn") or language in _NOT_LATIN else language


def other_than_english(text: str) -> str:
    """Return the language of a text that is certainly not in English, or "".

    A short text tells nothing, and neither does one with words that only English has, or of which the detector is not sure.
    """
    words = _WORD.findall(text[:_FOR_DETECTOR])
    if len(" ".join(words)) < _SHORTEST_TO_CONTRADICT:
        return ""
    if sum(word.lower() in _ONLY_ENGLISH for word in words) * 20 > len(words) or _are_names(words):
        return ""
    found = _detector().FindLanguage(" ".join(words))
    language = str(found.language)
    if (
        found.probability < _CERTAIN
        or language == "en"
        or language.endswith("-Latn")
        or language in _NOT_LATIN
    ):
        return ""
    return language


def _are_names(words: list[str]) -> bool:
    """Return True if almost all words begin with a capital, as those of a picture's title do, which tell nothing."""
    return len(" ".join(word for word in words if word[0].islower())) < _SHORTEST_FOR_DETECTOR


@functools.cache
def _detector() -> Any:
    from gcld3 import NNetLanguageIdentifier

    return NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=_FOR_DETECTOR)
