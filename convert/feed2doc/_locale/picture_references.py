"""Words by which a text refers to a picture next to it."""

from __future__ import annotations

import functools

from feed2doc._compiled_data import toml_file
from feed2doc._locale.labels import script_of


def refers_to_picture(text: str, language: str) -> bool:
    """Return True if a text in this language (BCP 47) may speak of a picture that is before or after it."""
    words = _table().get(script_of(language))
    lowered = text.lower()
    return words is None or any(word in lowered for word in words)


@functools.cache
def _table() -> dict[str, list[str]]:
    return toml_file("_locale/picture_references.toml")
