"""Language tags."""

from __future__ import annotations

import functools

from feed2doc._compiled_data import toml_file
from feed2doc._text.lazy_re import pattern

_TAG = pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


_RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"])


def primary_language(tag: str) -> str:
    """Return the language that a BCP 47 tag begins with, without script and region."""
    return tag.lower().split("-")[0]


def is_right_to_left(language: str) -> bool:
    """Return True if this language is written from right to left."""
    return primary_language(language) in _RIGHT_TO_LEFT


def direction_of(language: str) -> str:
    """Return the direction of writing of a language, as HTML names it: "ltr" or "rtl"."""
    return "rtl" if is_right_to_left(language) else "ltr"


@functools.cache
def is_known_to_icu(language: str) -> bool:
    """Return True if ICU knows this language. For any other, it takes the language of the environment."""
    return primary_language(language) in toml_file("_locale/languages.toml")["dates"].split()


@functools.lru_cache(256)
def language_tag(written: str) -> str:
    """Return the BCP 47 tag in conventional case, or "" if it is invalid.

    Source: https://www.rfc-editor.org/rfc/rfc5646#section-2.1.1
    """
    tag = written.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return ""
    primary, *rest = tag.lower().split("-")
    cased = (p.upper() if len(p) == 2 else p.title() if len(p) == 4 and p.isalpha() else p for p in rest)
    return "-".join([primary, *cased])
