"""Font families for each language.

Han characters have different forms in each region; by default, fontconfig chooses the Japanese ones for Chinese.
"""

from __future__ import annotations

import unicodedata

from feed2doc._locale.labels import script_of
from feed2doc.env import Env

_CJK = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}
_SOURCE_HAN = {"SC": " SC", "TC": " TC", "HK": " HC", "JP": "", "KR": " K"}
_ARABIC = ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Noto Sans Arabic")
_SCRIPTS = {
    "ar": _ARABIC,
    "fa": _ARABIC,
    "ur": ("Noto Nastaliq Urdu", *_ARABIC),
    "ug": _ARABIC,
    "ps": _ARABIC,
    "he": ("Noto Serif Hebrew", "Frank Ruehl CLM", "Noto Sans Hebrew"),
    "yi": ("Noto Serif Hebrew", "Frank Ruehl CLM", "Noto Sans Hebrew"),
    "hi": ("Noto Serif Devanagari", "Noto Sans Devanagari"),
    "th": ("Noto Serif Thai", "Noto Sans Thai"),
}
_SHOWN = 20
_LATIN = ("Noto Serif", "Source Serif 4", "Source Serif Pro", "Liberation Serif", "DejaVu Serif")


def region_of(language: str) -> str:
    """Return the region whose forms of Han characters this language uses, or "" if it does not use Han characters."""
    return "HK" if language.lower() in ("zh-hk", "zh-hant-hk") else _CJK.get(script_of(language), "")


def families_of(language: str) -> list[str]:
    """Return the font families for this language, the best first."""
    region = region_of(language)
    if region:
        return [
            f"Noto Serif CJK {region}",
            f"Source Han Serif{_SOURCE_HAN[region]}",
            f"Noto Sans CJK {region}",
            "Noto Serif",
            "serif",
        ]
    own = _SCRIPTS.get(script_of(language), ())
    # Articles in other languages can contain Han too; the simplified forms are the most common here.
    return [*own, *_LATIN, "Noto Serif CJK SC", "serif"]


def package_with(characters: str) -> str:
    """Return the Debian package with a font for these characters."""
    kinds = {(unicodedata.east_asian_width(c) in "WF", unicodedata.category(c)) for c in characters}
    if any(wide and category not in ("So", "Sk") for wide, category in kinds):  # Sk: emoji skin tones
        return "fonts-noto-cjk"
    return "fonts-noto-color-emoji" if any(category == "So" for _, category in kinds) else "fonts-noto-core"


def note_missing(characters: str, env: Env) -> None:
    """Note that no installed font has these characters, so the PDF lacks them."""
    seen = [each for each in characters if unicodedata.category(each) != "Cf"]  # emoji joiners are invisible
    shown = " ".join(seen[:_SHOWN]) + (" …" if len(seen) > _SHOWN else "")
    message = f"PDF: no installed font has {shown}: apt install {package_with(characters)}, or use --font"
    env.note("loss", message, rule="fonts", text=characters)
