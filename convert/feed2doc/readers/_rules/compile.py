"""Compile the TOML files, for the build (`hatch_build.py`)."""

from __future__ import annotations

import tomllib

import msgspec

from feed2doc._compiled_data import FOLDER, names, word_files
from feed2doc.readers._rules.finders import HEADS, compiled_heads
from feed2doc.readers._rules.schema import PATTERNS, SELECTED, SELECTING
from feed2doc.readers._rules.selectors import parsed, xpath_of
from feed2doc.readers._rules.words.word_index import compiled_languages, compiled_words


def compiled_rules() -> dict[str, bytes]:
    """Return the values for `compiled.json`: the TOML files, the selectors and the words."""
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
            xpath = xpath_of(css)
            selectors[css] = msgspec.structs.replace(selector, xpath=xpath)
    patterns = [p for values in files.values() for key in PATTERNS for p in values.get(key, ())]
    patterns += [credit["text"] for values in files.values() for credit in values.get("credit", ())]
    made = {**files, "selectors": selectors, HEADS: compiled_heads(patterns)}
    values = {name: msgspec.json.encode(value, order="deterministic") for name, value in made.items()}
    for name in word_files():
        values |= compiled_words(name)
    return values | compiled_languages()
