"""The words that feed2doc itself prints, in the article's language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from feed2doc._compiled_data import compiled

_TRADITIONAL = ("hant", "tw", "hk", "mo")


def script_of(language: str) -> str:
    """The key of a language's labels and typography: `zh-Hans`, `zh-Hant`, else its primary subtag.

    Simplified is what `zh` alone means (CLDR likely subtags, https://cldr.unicode.org).
    """
    primary, *rest = language.lower().split("-")
    if primary == "zh":
        return "zh-Hant" if any(tag in _TRADITIONAL for tag in rest) else "zh-Hans"
    return primary


@functools.lru_cache(64)
def labels(language: str) -> Mapping[str, str]:
    """All labels in this language (BCP 47); English where it has none."""
    table = _table()
    return MappingProxyType(table["en"] | table.get(script_of(language), {}))


def count_of_articles(number: int, language: str) -> str:
    """So many articles, in this language."""
    words = labels(language)
    return words["article"] if number == 1 else words["articles"].format(n=number)


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    if (known := compiled().files.get("_locale/labels.toml")) is not None:
        return known
    import tomllib

    with (Path(__file__).parent / "labels.toml").open("rb") as file:
        return tomllib.load(file)
