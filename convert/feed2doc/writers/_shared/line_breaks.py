"""Line breaks of Chinese and Japanese text that layout engines and browsers do not get right by themselves."""

from __future__ import annotations

from math import ceil

from feed2doc._text.lazy_re import pattern
from feed2doc._text.wrap import width_of

_JOINER = "\u2060"
# Before a middle dot and a dash no line ends (https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end).
_BEFORE, _SIGN = r"[\u3041-\u30fa\u3400-\u9fff」』）》”’…]", "[·‧•—⸺]"
_NOT_AT_START = pattern(f"(?<={_BEFORE})(?={_SIGN})")
# Around quotation marks Unicode allows breaks only if it is known on which side each is; Chinese has no spaces there
# (https://www.unicode.org/reports/tr14/#QU).
_QUOTED = pattern(
    "(?<=[\u3041-\u30fa\u3400-\u9fff，。、；：！？）》」』])(?=[“‘])|(?<=[”’])(?=[\u3041-\u30fa\u3400-\u9fff])"
)
_KEPT = pattern(f"{_BEFORE}{_SIGN}{{1,4}}")
# The share of a line that differently wide characters may take more than expected.
_SLACK = 0.75
_MOSTLY_WIDE = 0.8
# Characters that are as wide as Han ones in fonts with Han characters, but not in others.
_WIDE_IN_CHINESE = "“”‘’…—·"


def joined(value: str) -> str:
    """Return the text with a word joiner (U+2060) before each sign that must not begin a line."""
    return value if value.isascii() else _NOT_AT_START.sub(_JOINER, value)


def broken_at_quotations(xhtml: str) -> str:
    """Return text of XHTML in which lines may end before and after the quotations of Chinese and Japanese text."""
    return xhtml if xhtml.isascii() else _QUOTED.sub("<wbr/>", xhtml)


def kept(xhtml: str) -> str:
    """Return text of XHTML with each sign that must not begin a line in one span with the character before it.

    Unlike a word joiner, a span does not get into what readers search and copy.
    """
    return xhtml if xhtml.isascii() else _KEPT.sub(r'<span class="keep">\g<0></span>', xhtml)


def balanced_width(headline: str, room: float) -> float:
    """Return the width in ems at which the lines of a headline have about the same length, or 0 if `room` ems are right.

    Words of Latin headlines differ too much in length for this to be known without a layout.
    """
    width = (width_of(headline) + sum(map(headline.count, _WIDE_IN_CHINESE))) / 2
    if width <= room or room < 1 or width < _MOSTLY_WIDE * len(headline):
        return 0
    return round(min(room, width / ceil(width / room) + _SLACK), 2)
