"""TOML from files that may be from others: with limits, because `tomllib` takes quadratic time for keys of many parts."""

from __future__ import annotations

from typing import Any

from feed2doc._text.lazy_re import pattern

MAX_CHARACTERS = 2**20
MAX_PARTS = 50
_LONG_KEY = pattern(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_PARTS}}}""")


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
