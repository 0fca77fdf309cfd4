"""Removal of control characters for the plain text formats and for terminals."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe

# Characters that do not belong in a text file: controls, lone surrogates, private use, noncharacters.
_CONTROL = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\ufeff]"
)
_LINE_ENDS = pattern("[\r\n\t\x85\u2028\u2029]+")


# Characters that change the direction or the line of the text around them: Unicode Standard Annex #9, section 2.
_DIRECTIONS = pattern("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text without characters that act on a terminal, or make it show something else than it says."""
    return text if text.isascii() and text.isprintable() else _DIRECTIONS.sub("", xml_safe(text))


def clean(text: str) -> str:
    """Return the text on one line, without control characters."""
    if text.isprintable():  # true of most text, which then needs no cleaning
        return text
    return _CONTROL.sub("", _LINE_ENDS.sub(" ", text))


def clean_lines(text: str) -> str:
    """Return the text with newlines and tabs but without other control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
