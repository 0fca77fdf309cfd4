"""The TOML files that feed2doc ships, parsed, with the selectors of the site rules translated to XPath, and looks checked.

The build writes them to `compiled.json` (`hatch_build.py`), because importing the TOML and CSS parsers takes 8 ms. In a
checkout the file is ignored as soon as a TOML file changes. Reinstalling rebuilds it.

The file has a JSON value on each line. The first gives the sizes of the others, so that a run reads only those it needs, of 5 MB.
"""

from __future__ import annotations

import functools
import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from feed2doc._decoding import decode
from feed2doc._templating import shipped_templates
from feed2doc.errors import TemplateError

FOLDER = Path(__file__).parent

# Counts up when what is stored changes, such as the fields of `Selector`, so that older files are ignored.
_FORM = 34
_LINE = b"\n"


class _Head(msgspec.Struct, frozen=True):
    """The sizes of the compiled values by name, in the order in which they follow, and what tells whether they are up to date."""

    form: int = 0
    checksum: int = 0
    sizes: dict[str, int] = {}


class Compiled:
    """The compiled values: JSON by name."""

    def __init__(self, data: bytes | mmap.mmap = b"") -> None:
        """Find the values in the content of the file. Raise ValueError if it is not complete or not up to date."""
        self._values: dict[str, memoryview] = {}
        if not data:
            return
        end = data.find(_LINE) + 1
        head = decode(data[:end], _Head)
        if end + sum(head.sizes.values()) != len(data) or not _is_up_to_date(head):
            raise ValueError("the compiled files are out of date")
        view = memoryview(data)
        for name, size in head.sizes.items():
            self._values[name] = view[end : end + size]
            end += size

    def get(self, name: str) -> memoryview | None:
        """Return the JSON of a value, or None if there is none of this name."""
        return self._values.get(name)

    def names(self) -> list[str]:
        """Return the names of the values."""
        return list(self._values)


def joined(values: Mapping[str, bytes]) -> bytes:
    """Return the content of `compiled.json` with these values."""
    lines = {name: value + _LINE for name, value in values.items()}
    head = _Head(_FORM, checksum(), {name: len(line) for name, line in lines.items()})
    return b"".join((msgspec.json.encode(head), _LINE, *lines.values()))


def _is_up_to_date(head: _Head) -> bool:
    """Return True if what is stored is what a build would make. A wheel has the files of its own build."""
    return head.form == _FORM and (shipped_templates().parent == FOLDER or head.checksum == checksum())


@functools.cache
def compiled() -> Compiled:
    """Return the compiled files, without values if they are missing or out of date."""
    try:
        with open(FOLDER / "compiled.json", "rb") as file:
            return Compiled(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError, msgspec.DecodeError, TemplateError):
        return Compiled()


@functools.cache
def toml_file(name: str) -> dict[str, Any]:
    """Return the values of one of the files, which must not be changed, by its name in `names`."""
    if (known := compiled().get(name)) is not None:
        found: dict[str, Any] = msgspec.json.decode(known)
        return found
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
        "_locale/picture_references.toml",
        "_text/given_names.toml",
        "_text/han_names.toml",
        "readers/_html/players/players.toml",
        *(name for name in rules if name.endswith(".toml")),
    ]


def word_files() -> list[str]:
    """Return the names of the word files, without their ending."""
    return sorted(
        name.removesuffix(".toml") for name in os.listdir(FOLDER / "words") if name.endswith(".toml")
    )


def look_files() -> list[Path]:
    """Return the paths of the shipped looks. Raise TemplateError if they are missing."""
    folder = shipped_templates() / "looks"
    return [folder / name for name in sorted(os.listdir(folder)) if name.endswith(".toml")]


def checksum() -> int:
    """Return a checksum of the names and contents of all TOML files."""
    total = 0
    found = [(name, FOLDER / name) for name in (*names(), *(f"words/{name}.toml" for name in word_files()))]
    for name, path in (*found, *((path.name, path) for path in look_files())):
        with open(path, "rb") as file:
            total = zlib.crc32(file.read(), zlib.crc32(name.encode(), total))
    return total
