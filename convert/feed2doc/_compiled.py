"""The TOML files that feed2doc ships, ready for use: parsed, and the selectors of the site rules translated.

`compiled.json` has them, for to load what reads TOML and CSS takes 8 ms. It counts only while the files are those that it
was made of, so what is changed in one of them counts at once; `make golden` makes it anew.
"""

from __future__ import annotations

import functools
import os
import zlib
from pathlib import Path
from typing import Any

import msgspec

_FOLDER = Path(__file__).parent


class Compiled(msgspec.Struct, frozen=True):
    """The values of each file, and each selector (`readers._selectors.Selector`, as JSON) by its words."""

    checksum: int = 0
    files: dict[str, dict[str, Any]] = {}
    selectors: dict[str, msgspec.Raw] = {}


@functools.cache
def compiled() -> Compiled:
    """What is compiled; nothing, if it is of other files."""
    try:
        found = msgspec.json.decode((_FOLDER / "compiled.json").read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError):
        return Compiled()
    return found if found.checksum == _checksum() else Compiled()


def compile_files() -> bytes:
    """What `compiled.json` is to hold."""
    import tomllib

    from lxml.cssselect import CSSSelector

    from feed2doc.readers._selectors import parsed
    from feed2doc.readers._sites import SELECTED

    files = {name: tomllib.loads((_FOLDER / name).read_text("utf-8")) for name in _names()}
    written = [
        each["select"] if key == "time" else each
        for values in files.values()
        for key in (*SELECTED, "time")
        for each in values.get(key, ())
    ]
    selectors = {css: parsed(css) for css in written}
    for css, selector in selectors.items():
        if not selector.simple:
            xpath = CSSSelector(css, translator="html").path
            selectors[css] = msgspec.structs.replace(selector, xpath=xpath)
    made = {"checksum": _checksum(), "files": files, "selectors": selectors}
    return msgspec.json.format(msgspec.json.encode(made, order="deterministic"), indent=1) + b"\n"


def _names() -> list[str]:
    sites = sorted(name for name in os.listdir(_FOLDER / "sites") if name.endswith(".toml"))
    return ["labels.toml", *(f"sites/{name}" for name in sites)]


def _checksum() -> int:
    """Of the names and contents of all files."""
    total = 0
    for name in _names():
        with open(_FOLDER / name, "rb") as file:
            total = zlib.crc32(file.read(), zlib.crc32(name.encode(), total))
    return total
