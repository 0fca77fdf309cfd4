"""One form for characters that mean the same: simplified for traditional Chinese, compatibility forms (NFKC)."""

from __future__ import annotations

import functools
import unicodedata


def folded(text: str) -> str:
    """Return the text in NFKC, with traditional characters simplified one by one."""
    return unicodedata.normalize("NFKC", text).translate(_simplified())


def unaccented(word: str) -> str:
    """Return a word in lower case without accents."""
    split = unicodedata.normalize("NFD", word.lower().replace("ß", "ss").replace("œ", "oe"))
    return "".join(char for char in split if not unicodedata.combining(char))


@functools.cache
def _simplified() -> dict[int, str]:
    """Return the simplified form of each traditional character, by code point."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x3400, 0xA000)]
    changed = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, changed, strict=True) if old != new}
