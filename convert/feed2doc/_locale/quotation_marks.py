"""The quotation marks of a language."""

from __future__ import annotations

import functools

from feed2doc._compiled_data import toml_file
from feed2doc._locale.labels import script_of


def quotation_marks(language: str, level: int) -> tuple[str, str]:
    """Return the marks around a quotation in this language (BCP 47). Level 0 is the outermost."""
    table = _table()
    marks = table.get(language) or table.get(script_of(language)) or table["en"]
    at = 2 * (level % 2)
    return marks[at], marks[at + 1]


@functools.cache
def _table() -> dict[str, list[str]]:
    return toml_file("_locale/quotation_marks.toml")
