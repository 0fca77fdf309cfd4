"""TOML from files that may be from others: with limits, because `tomllib` takes quadratic time for keys of many parts."""

from __future__ import annotations

from typing import Any

from feed2doc._text.lazy_re import pattern

MAX_CHARACTERS = 2**20
MAX_PARTS = 50
_LONG_KEY = pattern(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_PARTS}}}""")
# What msgspec calls the types of values, and what the author of a file writes.
_TYPE = pattern(r"`(array|object|str|int|float|bool)`")
_WRITTEN = {
    "array": 'a list in brackets, such as ["..."]',
    "object": "a table in braces, such as { key = 1 }",
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}


class TomlError(ValueError):
    """A text is not TOML, or exceeds a limit."""


def parse_toml(text: str) -> dict[str, Any]:
    """Return the TOML text as a table. Raise TomlError, whose message continues after the name of the file."""
    import tomllib

    if len(text) > MAX_CHARACTERS:
        raise TomlError(f"larger than {MAX_CHARACTERS // 2**20} MiB")
    if found := _LONG_KEY.search(text):
        raise TomlError(
            f"line {text.count(chr(10), 0, found.start()) + 1} has a key of more than {MAX_PARTS} parts"
        )
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise TomlError(f"not valid TOML: {error}") from error


def value_error(message: str) -> str:
    """Return a message of msgspec about a value of the wrong type or without a key, in the words of TOML."""
    if message.startswith("Object missing"):
        return f"the key {message.split('`')[1]} is missing"
    expected, got, given = message.partition(", got ")
    given = given and _TYPE.sub(lambda found: _WRITTEN[found[1]].partition(",")[0], given)
    said = _TYPE.sub(lambda found: _WRITTEN[found[1]], expected) + (got and ", not ") + given
    return said.replace("Expected", "expected", 1)
