"""Names of persons without a word that says so, known by a given name, or by a surname in Chinese and Japanese.

Places, books and headlines also have capitals (`Lower Harbour`, `Port Louis`), so only common names count.
"""

from __future__ import annotations

import functools

from feed2doc._compiled_data import toml_file
from feed2doc._text.cjk import is_han
from feed2doc._text.han_names import ends_as_place, is_han_name, is_japanese_name

# Most words of two Han characters that begin with a surname are not names: `高山`.
_FEWEST_HAN = 3
_FEWEST_WORDS, _MOST_WORDS = 2, 5
# Letters of the numbers of kings.
_NUMERALS = frozenset("IVX")


def is_surely_person(name: str) -> bool:
    """Return True if a text is the full name of a person: `Ann Ba`, `Анна Морева`, `林海生`."""
    if any(map(is_han, name[:1])):
        is_chinese = len(name) >= _FEWEST_HAN and is_han_name(name) and not ends_as_place(name)
        return is_chinese or is_japanese_name(name)
    words = [word for word in name.split() if word.lower() not in _table()["titles"]]
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not _is_capitalised(words):
        return False
    first, last = words[0].lower(), words[-1].lower().rstrip(".")
    known = _table()
    return (first in known["names"] or first.partition("-")[0] in known["names"]) and last not in known[
        "places"
    ]


def _is_capitalised(words: list[str]) -> bool:
    """Return True if all words but particles between them have a capital, and the last is not a number of a king."""
    known = _table()
    before = ""
    for word in words:
        if not word.rstrip(".").replace("-", "").replace("’", "").replace("'", "").isalpha():
            return False
        if not word[0].isupper() and not (
            (before and word in known["particles"])
            or (before in known["particles"] and word in known["articles"])
        ):
            return False
        before = word
    return before[0].isupper() and not _NUMERALS.issuperset(before.rstrip("."))


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    """Return the names, the second words of places, the particles of names, those after them, and the titles before names."""
    table: dict[str, str] = dict(toml_file("_text/given_names.toml"))
    others = {key: frozenset(table.pop(key).split()) for key in ("places", "particles", "articles", "titles")}
    return {"names": frozenset(" ".join(table.values()).split()), **others}
