"""The TOML files that feed2doc ships, parsed, with the selectors of the site rules translated to XPath.

The build writes them to `compiled.json` (`hatch_build.py`), because importing the TOML and CSS parsers takes 8 ms. In a
checkout the file is ignored as soon as a TOML file changes. Reinstalling rebuilds it.
"""

from __future__ import annotations

import functools
import os
import zlib
from pathlib import Path
from typing import Any

import msgspec

from feed2doc._decoding import decode

FOLDER = Path(__file__).parent

# Counts up when what is stored changes, such as the fields of `Selector`, so that older files are ignored.
_FORM = 7


class Compiled(msgspec.Struct, frozen=True):
    """The parsed values by file name, the translated selectors (a `Selector` as JSON) by their CSS, and the words."""

    checksum: int = 0
    files: dict[str, dict[str, Any]] = {}
    selectors: dict[str, msgspec.Raw] = {}
    words: dict[str, msgspec.Raw] = {}


@functools.cache
def compiled() -> Compiled:
    """Return the compiled files, or an empty value if they are missing or out of date."""
    try:
        found = decode((FOLDER / "compiled.json").read_bytes(), Compiled)
    except (OSError, msgspec.DecodeError):
        return Compiled()
    return found if found.checksum == checksum() else Compiled()


def toml_file(name: str) -> dict[str, Any]:
    """Return the values of one of the files, by its name in `names`."""
    if (known := compiled().files.get(name)) is not None:
        return known
    import tomllib

    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def names() -> list[str]:
    """Return the paths of the TOML files, relative to the package."""
    rules = [f"{each}/{name}" for each in ("sites", "systems") for name in sorted(os.listdir(FOLDER / each))]
    return [
        "_locale/calendar.toml",
        "_locale/labels.toml",
        "_locale/languages.toml",
        *(name for name in rules if name.endswith(".toml")),
    ]


def word_files() -> list[str]:
    """Return the names of the word files, without their ending."""
    return sorted(
        name.removesuffix(".toml") for name in os.listdir(FOLDER / "words") if name.endswith(".toml")
    )


def checksum() -> int:
    """Return a checksum of the names and contents of all TOML files, and of the form in which they are stored."""
    total = _FORM
    for name in (*names(), *(f"words/{name}.toml" for name in word_files())):
        with open(FOLDER / name, "rb") as file:
            total = zlib.crc32(file.read(), zlib.crc32(name.encode(), total))
    return total
