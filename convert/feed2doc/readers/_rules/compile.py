"""Compile the TOML files into one JSON file, for the build (`hatch_build.py`)."""

from __future__ import annotations

import tomllib

import msgspec
from lxml.cssselect import CSSSelector

from feed2doc._compiled_data import FOLDER, checksum, names, word_files
from feed2doc.readers._rules.lexicon import compile_words
from feed2doc.readers._rules.schema import SELECTED, SELECTING
from feed2doc.readers._rules.selectors import parsed


def compile_files() -> bytes:
    """Return the content of `compiled.json`."""
    files = {name: tomllib.loads((FOLDER / name).read_text("utf-8")) for name in names()}
    written = [
        each["select"] if key in SELECTING else each
        for values in files.values()
        for key in (*SELECTED, *SELECTING)
        for each in values.get(key, ())
    ]
    selectors = {css: parsed(css) for css in written}
    for css, selector in selectors.items():
        if not selector.simple:
            xpath = CSSSelector(css, translator="html").path
            selectors[css] = msgspec.structs.replace(selector, xpath=xpath)
    words = {name: compile_words(name) for name in word_files()}
    made = {"checksum": checksum(), "files": files, "selectors": selectors, "words": words}
    return msgspec.json.encode(made, order="deterministic") + b"\n"
