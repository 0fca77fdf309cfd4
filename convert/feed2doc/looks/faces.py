"""The font families of a look, for each language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from feed2doc.fonts.families import families_of, han_families
from feed2doc.looks.tokens import Look

if TYPE_CHECKING:
    from markupsafe import Markup

Role = Literal["text", "headings", "labels", "quotes"]
ROLES: tuple[Role, ...] = get_args(Role)
# Reading systems choose fonts by these languages; the first row is for all others.
SCREEN_LANGUAGES = ("", "zh", "zh-TW", "zh-HK", "zh-Hant", "ja", "ko")
_GENERIC = frozenset(["serif", "sans-serif", "monospace"])
# Languages that are written in Han characters, by the class of the text around them.
_HAN = {
    "zh-Hans": ("zh-TW", "zh-Hant", "zh-HK", "ja", "ko"),
    "zh-Hant": ("zh-CN", "zh-Hans", "zh-HK", "ja", "ko"),
    "ja": ("zh-CN", "zh-Hans", "zh-TW", "zh-Hant", "zh-HK", "ko"),
    "ko": ("zh-CN", "zh-Hans", "zh-TW", "zh-Hant", "zh-HK", "ja"),
}


def families(look: Look, role: Role, language: str) -> list[str]:
    """Return the families for a role in this language, the best first."""
    kind = getattr(look.fonts, role)
    latin = look.fonts.serif if kind == "kai" else getattr(look.fonts, kind)
    return families_of(language, kind, latin)


@functools.lru_cache(32)
def faces(
    look: Look, languages: tuple[str, ...], own: str = ""
) -> tuple[tuple[str, Mapping[Role, Markup]], ...]:
    """Return a row for each language: its families by role, for style sheets, with the user's `own` first.

    A role whose families are those of the text is empty.
    """
    rows: list[tuple[str, Mapping[Role, Markup]]] = []
    for language in languages:
        text = families(look, "text", language)
        others = {role: families(look, role, language) for role in ROLES}
        row = {role: css(found if found != text else ()) for role, found in others.items()}
        rows.append((language, MappingProxyType(row | {"text": css([own, *text] if own else text)})))
    return tuple(rows)


@functools.cache
def han_faces() -> tuple[tuple[str, str, Markup], ...]:
    """Return the families for text in Han characters inside text that uses other forms of them."""
    return tuple(
        (around, language, css(han_families(language)))
        for around, languages in _HAN.items()
        for language in languages
    )


def css(families: Iterable[str]) -> Markup:
    """Return families as a value of CSS."""
    from markupsafe import Markup, escape

    return Markup(", ".join(each if each in _GENERIC else f'"{escape(each)}"' for each in families))
