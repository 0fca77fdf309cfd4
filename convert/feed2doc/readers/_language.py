"""The language of a text, told by its characters."""

from __future__ import annotations

import re

# Characters of everyday words that are written in one of the two ways only (Unihan kSimplifiedVariant).
_SIMPLIFIED = re.compile(
    "[们这国说时对会来后发经学过为个开关问动现实业产无见车东门马长书报记论议设请让话谈认识边进远运还连达选择]"
)
_TRADITIONAL = re.compile(
    "[們這國說時對會來後發經學過為個開關問動現實業產無見車東門馬長書報記論議設請讓話談認識邊進遠運還連達選擇]"
)
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u309f\u30a0-\u30fa]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("en", re.compile(r"[A-Za-z]")),
)
_SAMPLE = 4_000


def detect_language(text: str, host: str = "") -> str:
    """The BCP 47 tag of this text: by script, Chinese by characters and host; "und" if it has none.

    Latin script counts as English until a rule or the source says otherwise.
    """
    text = text[:_SAMPLE]
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    counts["en"] //= 5  # a Latin word is several letters, a Han word one or two
    if counts["ja"] > counts["zh"] // 20:
        counts["ja"] += counts["zh"]
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        return "en" if re.search("[A-Za-z]", text) else "und"
    return _chinese(text, host) if best == "zh" else best


def _chinese(text: str, host: str) -> str:
    simplified = len(_SIMPLIFIED.findall(text))
    traditional = len(_TRADITIONAL.findall(text))
    if traditional <= simplified:
        return "zh-CN"
    return "zh-HK" if host.endswith(".hk") else "zh-TW"
