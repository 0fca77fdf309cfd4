"""Characters that were written as two numeric references, one for each half of a surrogate pair."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern

_PAIR = pattern(
    r"&#(?:(5[56]\d{3})|[xX]([dD][89abAB][0-9a-fA-F]{2}));&#(?:(5[67]\d{3})|[xX]([dD][c-fC-F][0-9a-fA-F]{2}));"
)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def joined_surrogates(text: str) -> str:
    """Return the text with such pairs of references as the characters that they stand for."""
    return _PAIR.sub(_character, text) if "&#" in text else text


def _character(pair: re.Match[str]) -> str:
    high = int(pair[1]) if pair[1] else int(pair[2], 16)
    low = int(pair[3]) if pair[3] else int(pair[4], 16)
    if high not in _HIGH or low not in _LOW:
        return pair[0]
    return chr(0x10000 + ((high - _HIGH.start) << 10) + low - _LOW.start)
