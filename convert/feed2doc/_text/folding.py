"""One form for characters that mean the same: simplified for traditional Chinese, compatibility forms (NFKC)."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

from feed2doc._text.lazy_re import pattern

_SIGNS = pattern(r"[\W_]+")


def folded(text: str) -> str:
    """Return the text in NFKC, with traditional characters simplified one by one."""
    return unicodedata.normalize("NFKC", text).translate(_simplified())


def unaccented(word: str) -> str:
    """Return a word in lower case without accents."""
    split = unicodedata.normalize("NFD", word.lower().replace("ß", "ss").replace("œ", "oe"))
    return "".join(char for char in split if not unicodedata.combining(char))


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in lower case, to compare texts that differ in signs and spaces."""
    return _SIGNS.sub("", text).casefold()


@functools.cache
def _simplified() -> dict[int, str]:
    """Return the simplified form of each traditional character, by code point."""
    import tomllib  # few runs fold characters

    # It is not in `compiled.json`, which every run reads.
    with open(Path(__file__).with_name("simplified.toml"), "rb") as file:
        table = tomllib.load(file)
    traditional, simplified = ("".join(table[name].split()) for name in ("traditional", "simplified"))
    return {ord(old): new for old, new in zip(traditional, simplified, strict=True)}
