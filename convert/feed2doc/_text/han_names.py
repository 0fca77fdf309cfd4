"""Chinese names of persons, by their surnames."""

from __future__ import annotations

import functools
from pathlib import Path

from feed2doc._text.cjk import is_han

_LONGEST_GIVEN_NAME = 2


def is_han_name(text: str) -> bool:
    """Return True if a text is a surname and a given name of one or two characters, and no known word."""
    table = _table()
    if not all(map(is_han, text)) or text in table["not_names"].split():
        return False
    surname = text[:2] if text[:2] in table["long_surnames"].split() else text[:1]
    given = len(text) - len(surname)
    is_known = len(surname) > 1 or surname in table["surnames"] or surname in table["other_surnames"]
    return is_known and 1 <= given <= _LONGEST_GIVEN_NAME


def surnames() -> str:
    """Return the surnames of one character that begin few other words."""
    return _table()["surnames"]


@functools.cache
def _table() -> dict[str, str]:
    import tomllib

    with open(Path(__file__).with_name("han_names.toml"), "rb") as file:
        return tomllib.load(file)
