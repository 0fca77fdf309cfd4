"""Removal of characters that XML does not allow."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

# https://www.w3.org/TR/xml/#charsets, plus the C1 controls and noncharacters that it discourages
_ILLEGAL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def xml_safe(value: str) -> str:
    """Return the text without the characters that XML does not allow."""
    if all(map(str.isprintable, value.split("\n"))):  # as most texts are, which is faster to see
        return value
    return _ILLEGAL.sub("", value) if _ILLEGAL.search(value) else value
