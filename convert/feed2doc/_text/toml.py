"""TOML from files that may be from others: with limits, because `tomllib` takes quadratic time for keys of many parts."""

from __future__ import annotations

from typing import Any

MAX_CHARACTERS = 2**20
# A key has a dot between its parts. Thousands of lines with so many take a second.
MAX_DOTS = 200


class TomlError(ValueError):
    """A text is not TOML, or exceeds a limit."""


def parse_toml(text: str) -> dict[str, Any]:
    """Return the TOML text as a table. Raise TomlError, whose message continues after the name of the file."""
    import tomllib

    if len(text) > MAX_CHARACTERS:
        raise TomlError(f"larger than {MAX_CHARACTERS // 2**20} MiB")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS:
            raise TomlError(f"line {number} has more than {MAX_DOTS} dots")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TomlError(f"not valid TOML: {error}") from error
