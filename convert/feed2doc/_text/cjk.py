"""Han characters, kana, and the blocks of characters in a text."""

from __future__ import annotations

import sys

from feed2doc._text.lazy_re import pattern

# Compiling this pattern takes 1 ms, so modules share it.
HAN = pattern(r"[\u3400-\u9fff]+")
# In patterns for texts with Han characters, other letters than those of Western Europe are Han characters or kana. A class with
# the range of Han characters takes six to thirty times as long to compile.
WIDE_LETTER = r"[^\W\d_A-Za-z\u00c0-\u00ff]"
"""The class of Han characters and kana in patterns of names."""
HAN_LETTER = r"[^\W\d_A-Za-z\u00c0-\u00ff\u3041-\u30ff]"
"""The class of Han characters in patterns of names."""

# Those after the byte order mark. UTF-16 of the machine's own byte order needs no module of a codec.
_HIGH_BYTES = slice(3 if sys.byteorder == "little" else 2, None, 2)
_HAN_BLOCKS = bytes(range(0x34, 0xA0))


def blocks_of(text: str) -> bytes:
    """Return the blocks of 256 characters that the characters of a text are in, by their numbers: 0x4E for `一`.

    They show which scripts a text has in a third of the time of patterns, whose ranges of a script also take 0.5 ms to compile.
    """
    return text.encode("utf-16", "surrogatepass")[_HIGH_BYTES]


def han_in(blocks: bytes) -> int:
    """Return how many Han characters of the basic plane a text with these blocks has."""
    return len(blocks) - len(blocks.translate(None, _HAN_BLOCKS))


def is_han(char: str) -> bool:
    """Return True if this is a Han character."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def reading_length(text: str) -> int:
    """Return the length of a text, in which each Han character counts twice: it says as much as a short word."""
    return len(text) + sum(map(is_han, text))


def is_character(char: str) -> bool:
    """Return True if this is a Han character or kana."""
    return is_han(char) or "\u3041" <= char <= "\u30fa" or "\uf900" <= char <= "\ufaff"


def is_wide(char: str) -> bool:
    """Return True for a Han character, kana, or a sign of their width, between which a line may end without a space."""
    return is_character(char) or "\u3001" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e"
