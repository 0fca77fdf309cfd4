"""Font families for each language.

Han characters have different forms in each region; by default, fontconfig chooses the Japanese ones for Chinese.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from feed2doc._locale.labels import script_of
from feed2doc.env import Env

Kind = Literal["serif", "sans", "display", "kai"]

_CJK = {"zh-Hans": "SC", "zh-Hant": "TC", "ja": "JP", "ko": "KR"}
_SOURCE_HAN = {"SC": " SC", "TC": " TC", "HK": " HC", "JP": "", "KR": " K"}
# The fonts of systems that have neither Noto's nor Source Han's.
_SYSTEM_SERIF = {
    "SC": ("Songti SC", "SimSun"),
    "TC": ("Songti TC", "PMingLiU"),
    "HK": ("Songti TC", "MingLiU_HKSCS"),
    "JP": ("Hiragino Mincho ProN", "Yu Mincho"),
    "KR": ("AppleMyungjo", "Batang"),
}
_SYSTEM_SANS = {
    "SC": ("PingFang SC", "Microsoft YaHei"),
    "TC": ("PingFang TC", "Microsoft JhengHei"),
    "HK": ("PingFang HK", "Microsoft JhengHei"),
    "JP": ("Hiragino Sans", "Yu Gothic"),
    "KR": ("Apple SD Gothic Neo", "Malgun Gothic"),
}
# Brush-like fonts, for quotations (https://www.w3.org/TR/clreq/#commonly_used_chinese_typefaces).
_KAI = {
    "SC": ("Kaiti SC", "STKaiti", "KaiTi", "LXGW WenKai", "AR PL UKai CN"),
    "TC": ("Kaiti TC", "BiauKai", "DFKai-SB", "LXGW WenKai TC", "TW-Kai", "AR PL UKai TW"),
    "HK": ("Kaiti TC", "DFKai-SB", "LXGW WenKai TC", "AR PL UKai HK"),
}
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


def families_of(language: str, kind: Kind = "serif", latin: Sequence[str] = _LATIN) -> list[str]:
    """Return the font families of a kind for this language, the best first. `latin` has those for Latin letters."""
    generic = "sans-serif" if kind == "sans" else "serif"
    region = region_of(language)
    if region:
        return [*_han(region, kind), *latin[:1], generic]
    own = _SCRIPTS.get(script_of(language), ())
    if kind == "sans":
        own = tuple(sorted(own, key=lambda family: " Sans " not in family))
    # Articles in other languages can contain Han too; the simplified forms are the most common here.
    return [*own, *latin, f"Noto {'Sans' if kind == 'sans' else 'Serif'} CJK SC", generic]


def han_families(language: str) -> list[str]:
    """Return the families with the forms of Han characters that this language uses."""
    return [*_han(region_of(language), "serif"), "serif"]


def _han(region: str, kind: Kind) -> Iterator[str]:
    serif = (f"Noto Serif CJK {region}", f"Source Han Serif{_SOURCE_HAN[region]}", *_SYSTEM_SERIF[region])
    sans = (f"Noto Sans CJK {region}", f"Source Han Sans{_SOURCE_HAN[region]}", *_SYSTEM_SANS[region])
    if kind == "kai":
        yield from _KAI.get(region, ())
    yield from (*sans, serif[0]) if kind == "sans" else (*serif, sans[0])


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
