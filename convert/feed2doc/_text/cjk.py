"""Han characters and kana."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

# Compiling this pattern takes 1 ms, so modules share it.
HAN = pattern(r"[\u3400-\u9fff]+")


def is_han(char: str) -> bool:
    """Return True if this is a Han character."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def is_character(char: str) -> bool:
    """Return True if this is a Han character or kana."""
    return is_han(char) or "\u3041" <= char <= "\u30fa" or "\uf900" <= char <= "\ufaff"
