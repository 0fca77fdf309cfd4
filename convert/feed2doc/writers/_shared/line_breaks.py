"""Line breaks that layout engines and browsers do not get right by themselves, most of them in Chinese and Japanese text."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.wrap import width_of

_JOINER = "\u2060"
_SPACE = m.Text(" ")
# Before a middle dot and a dash no line ends (https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end).
_BEFORE, _SIGN = r"[\u3041-\u30fa\u3400-\u9fff」』）》”’…]", "·‧•—⸺"
_NOT_AT_START = pattern(f"(?<={_BEFORE})(?=[{_SIGN}])")
# Around quotation marks Unicode allows breaks only if it is known on which side each is; Chinese has no spaces there
# (https://www.unicode.org/reports/tr14/#QU).
_QUOTED = pattern(
    "(?<=[\u3041-\u30fa\u3400-\u9fff，。、；：！？）》」』])(?=[“‘])|(?<=[”’])(?=[\u3041-\u30fa\u3400-\u9fff])"
)
_KEPT = pattern(f"{_BEFORE}[{_SIGN}]{{1,4}}")
# Most texts have none of these signs, and the patterns take longer to compile than an article to read.
_SIGNS, _MARKS = frozenset(_SIGN), frozenset("“”‘’")
# The share of a line that differently wide characters may take more than expected.
_SLACK = 0.75
_MOSTLY_WIDE = 0.8
# The widths of characters in bold fonts with and without serifs, in ems; other letters have the last one.
_WIDTHS = ((" ", 0.26), ("ijlI.,:;'’!|()-", 0.34), ('ftrs"“”‘?', 0.47), ("0123456789", 0.56), ("mwMW&", 0.98))
_CAPITAL, _LETTER = 0.7, 0.61
# In this range such widths are right within this share of a line.
_LATIN, _ERROR = pattern("[ -\u024f‐-”]{1,300}"), 0.04
# Characters that are as wide as Han ones in fonts with Han characters, but not in others.
_WIDE_IN_CHINESE = "“”‘’…—·"


def joined(value: str) -> str:
    """Return the text with a word joiner (U+2060) before each sign that must not begin a line."""
    return value if _SIGNS.isdisjoint(value) else _NOT_AT_START.sub(_JOINER, value)


def broken_at_quotations(xhtml: str) -> str:
    """Return text of XHTML in which lines may end before and after the quotations of Chinese and Japanese text."""
    return xhtml if _MARKS.isdisjoint(xhtml) else _QUOTED.sub("<wbr/>", xhtml)


def kept(xhtml: str) -> str:
    """Return text of XHTML with each sign that must not begin a line in one span with the character before it.

    Unlike a word joiner, a span does not get into what readers search and copy.
    """
    return xhtml if _SIGNS.isdisjoint(xhtml) else _KEPT.sub(r'<span class="keep">\g<0></span>', xhtml)


def without_last_breaks(content: m.Inlines) -> m.Inlines:
    """Return the inlines of a paragraph without the line breaks at their end, which some engines show as an empty line."""
    end = len(content)
    while end and (isinstance(content[end - 1], m.LineBreak) or content[end - 1] == _SPACE):
        end -= 1
    if m.LineBreak() in content[end:]:
        content = content[:end]
    match content:
        case (*before, m.Strong(inner) | m.Emph(inner) | m.Link(inner) | m.Span(inner) as last):
            shorter = without_last_breaks(inner)
            return content if shorter is inner else (*before, replace(last, content=shorter))
    return content


def balanced_width(headline: str, room: float) -> float:
    """Return the width in ems at which the lines of a headline have about the same length, or 0 if `room` ems are right."""
    if _LATIN.fullmatch(headline):
        return _balanced_words(headline, room)
    width = sum(1 if each in _WIDE_IN_CHINESE or width_of(each) > 1 else _width(each) for each in headline)
    if width <= room or room < 1 or width < _MOSTLY_WIDE * len(headline):
        return 0
    return round(min(room, width / ceil(width / room) + _SLACK), 2)


def _balanced_words(headline: str, room: float) -> float:
    """Return the least width at which a headline of words has as few lines as with `room`, as far as widths are known."""
    words = [sum(map(_width, word)) for word in headline.split()]
    lines = _lines(words, room * (1 - _ERROR))
    # One that might fit on a line, or a word of it that might not, is left alone.
    if lines < 2 or lines != _lines(words, room * (1 + _ERROR)) or max(words) > room * (1 - _ERROR):
        return 0
    least = next(w for n in range(51) if _lines(words, w := room * (0.5 + n / 100)) <= lines)
    return round(least * (1 + _ERROR), 2) if least * (1 + _ERROR) < room else 0


def _lines(words: list[float], room: float) -> int:
    """Return how many lines words of these widths take."""
    lines, left = 1, room
    for width in words:
        if width > left and left < room:
            lines, left = lines + 1, room
        left -= width + _WIDTHS[0][1]
    return lines


def _width(character: str) -> float:
    known = next((width for characters, width in _WIDTHS if character in characters), 0.0)
    return known or (_CAPITAL if character.isupper() else _LETTER)
