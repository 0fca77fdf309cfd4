"""Which fonts a language is set in.

Han characters have other forms in each region; left alone, fontconfig takes the Japanese ones for Chinese.
"""

from __future__ import annotations

from feed2doc._labels import script_of

_CJK = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}


def families_of(language: str) -> list[str]:
    """The font families for this language, the best first."""
    region = "HK" if language.lower() == "zh-hk" else _CJK.get(script_of(language), "")
    cjk = (
        [f"Noto Serif CJK {region}", f"Source Han Serif {region}", f"Noto Sans CJK {region}"]
        if region
        else []
    )
    latin = ["Noto Serif", "DejaVu Serif"]
    # Han in an article of another language still wants a font, and the simplified forms are the commonest here.
    return [*cjk, *latin, "Noto Serif CJK SC", "serif"] if not region else [*cjk, "Noto Serif", "serif"]
