"""The labels that feed2doc adds to its output, in the article's language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from feed2doc._compiled_data import toml_file

_TRADITIONAL = ("hant", "tw", "hk", "mo")


def script_of(language: str) -> str:
    """Return the key for a language's labels and typography: `zh-Hans`, `zh-Hant`, else the primary subtag.

    A bare `zh` means simplified Chinese (CLDR likely subtags, https://cldr.unicode.org).
    """
    primary, *rest = language.lower().split("-")
    if primary == "zh":
        return "zh-Hant" if any(tag in _TRADITIONAL for tag in rest) else "zh-Hans"
    return primary


@functools.lru_cache(64)
def labels(language: str) -> Mapping[str, str]:
    """Return all labels in this language (BCP 47), or in English if the language has none."""
    table = _table()
    return MappingProxyType(table.get(script_of(language)) or table["en"])


def has_labels(language: str) -> bool:
    """Return True if there are labels in this language (BCP 47)."""
    return script_of(language) in _table()


def count_of_articles(number: int, language: str) -> str:
    """Return the label for a number of articles in this language."""
    words = labels(language)
    return words["article"] if number == 1 else words["articles"].format(n=number)


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return toml_file("_locale/labels.toml")
