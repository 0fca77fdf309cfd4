"""Patterns of texts, as short and readable as they can be."""

from __future__ import annotations

import re

_LONGEST_HEADLINE = 300


def escaped(text: str) -> str:
    """Return the pattern of a text, escaping only what has a meaning in patterns."""
    return re.sub(r"([\\^$.|?*+()\[\]{}])", r"\\\1", text)


def pattern_of(key: str) -> str:
    """Return the pattern of an article's key: any number stands for a number, and anything for the headline."""
    plain = re.sub(r"0", r"\\d+", escaped(key))
    return plain.replace("\0", f".{{1,{_LONGEST_HEADLINE}}}").replace("\n", r"\s+")
