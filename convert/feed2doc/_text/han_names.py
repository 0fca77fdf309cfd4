"""Chinese names of persons, by their surnames."""

from __future__ import annotations

import functools

from feed2doc._compiled_data import toml_file
from feed2doc._text.cjk import is_character, is_han

_LONGEST_GIVEN_NAME, _SHORTEST, _LONGEST = 2, 2, 4
_FEWEST_OF_OFFICE, _MOST_OF_OFFICE = 6, 30
_JAPANESE_SURNAMES, _LONGEST_JAPANESE, _KOREAN = (3, 2), 3, 3


def is_han_name(text: str) -> bool:
    """Return True if a text is a surname and a given name of one or two characters, and no known word."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return False
    table = _table()
    if not all(map(is_han, text)) or text in table["not_names"].split():
        return False
    surname = text[:2] if text[:2] in table["long_surnames"].split() else text[:1]
    given = len(text) - len(surname)
    is_known = len(surname) > 1 or surname in table["surnames"] or surname in table["other_surnames"]
    return is_known and 1 <= given <= _LONGEST_GIVEN_NAME


def is_japanese_name(text: str) -> bool:
    """Return True if a text is a common Japanese surname and a given name, with or without a space: `山田太郎`, `佐藤 はるか`."""
    known = _japanese()
    surname, _, given = text.replace("\u3000", " ").partition(" ")
    if not given:
        surname = next((text[:size] for size in _JAPANESE_SURNAMES if text[:size] in known), "")
        given = text[len(surname) :]
    return (
        surname in known
        and 1 <= len(given) <= _LONGEST_JAPANESE
        and all(is_character(char) or char == "々" for char in given)
        and given not in _table()["after_japanese_surnames"].split()
        and not ends_as_place(text)
    )


def ends_as_place(text: str) -> bool:
    """Return True if a text ends with the character of a place or an institution: `石川県`, `江苏省`."""
    return text[-1:] in _table()["last_of_places"]


def last_of_offices() -> str:
    """Return the last characters of offices."""
    return _table()["last_of_offices"]


def is_office(text: str) -> bool:
    """Return True for a few words that end like an office, in Han characters only: `海港大学教授`."""
    return (
        _FEWEST_OF_OFFICE <= len(text) <= _MOST_OF_OFFICE
        and text[-1] in last_of_offices()
        and all(map(is_han, text))
    )


def is_korean_name(text: str) -> bool:
    """Return True if a text is a Korean surname and a given name of two syllables."""
    return (
        len(text) == _KOREAN
        and text[0] in _table()["korean_surnames"]
        and all("\uac00" <= c <= "\ud7a3" for c in text)
    )


def is_korean_person(text: str) -> bool:
    """Return True if a text is a Korean name, and does not end like a place (`강원도`) or a word with a particle."""
    return is_korean_name(text) and text[-1] not in _table()["last_of_korean_words"]


def surnames() -> str:
    """Return the surnames of one character that begin few other words."""
    return _table()["surnames"]


def korean_surnames() -> str:
    """Return the common Korean surnames of one syllable."""
    return _table()["korean_surnames"]


@functools.cache
def _japanese() -> frozenset[str]:
    return frozenset(_table()["japanese_surnames"].split())


@functools.cache
def _table() -> dict[str, str]:
    table: dict[str, str] = toml_file("_text/han_names.toml")
    return table | {"surnames": "".join(table["surnames"].split())}
