"""Recognizing UTF-16 and UTF-32, which bytes that are expected to be UTF-8 may be in."""

from __future__ import annotations

import codecs

from feed2doc._text.lazy_re import pattern

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The start of markup in UTF-16 without a byte order mark.
_UTF16 = (
    (pattern(rb"(?:\s\0){0,99}<\0[\w!?]\0"), "utf-16-le"),
    (pattern(rb"(?:\0\s){0,99}\0<\0[\w!?]"), "utf-16-be"),
)


def in_utf8(data: bytes) -> bytes:
    """Return UTF-16 and UTF-32 as UTF-8, and other content unchanged."""
    codec = utf_of(data)
    return data.decode(codec, "replace").encode() if codec else data


def utf_of(data: bytes) -> str:
    """Return the codec of UTF-8, UTF-16 or UTF-32 that the first bytes show, or ""."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    return next((name for start, name in _UTF16 if start.match(data)), "") if b"\0" in data[:2] else ""
