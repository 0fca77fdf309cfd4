"""Line wrapping by displayed width: East Asian width, and the breaks that UAX #14 and kinsoku allow.

Sources: https://www.unicode.org/reports/tr11/ (wide is 2 columns, ambiguous 1), https://www.unicode.org/reports/tr14/,
https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from feed2doc._text.lazy_re import pattern

NOT_AT_START = frozenset("，。、；：！？）》」』】〉〕”’…")
NOT_AT_END = frozenset("（《「『【〈〔“‘")
# Middle dots and dashes, before which layout engines end lines of Chinese and Japanese though none may.
DOTS_AND_DASHES = frozenset("·‧•—⸺")
_ADDRESS = pattern(r"[a-z][a-z0-9+.\-]{0,30}://[!-~]+", re.I)


class _Widths(dict[str, int]):
    """The width of each character in columns, computed on first use."""

    def __missing__(self, char: str) -> int:
        if (
            char != "\u00ad" and unicodedata.category(char) in ("Mn", "Me", "Cf")
        ) or "\u1160" <= char <= "\u11ff":
            columns = 0
        else:
            columns = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        self[char] = columns
        return columns


_WIDTHS = _Widths()


def width_of(text: str) -> int:
    """Return the width of the text in columns."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def wrap(text: str, width: int, *, indent: str = "", first: str | None = None) -> str:
    """Return the text wrapped to at most `width` columns; 0 disables wrapping. Newlines are kept.

    The first line starts with `first`, the others with `indent`. A URL or a long word is not broken, even if the line then
    becomes longer than `width`.
    """
    lines: list[str] = []
    start = indent if first is None else first
    room = max(1, width - max(width_of(indent), width_of(start))) if width else 0
    for paragraph in text.split("\n"):
        for line in lines_of(paragraph.strip(), room):
            lines.append(((start if not lines else indent) + line).rstrip())
    return "\n".join(lines) if lines else start.rstrip()


def lines_of(text: str, width: int) -> list[str]:
    """Return a text without newlines as lines of at most `width` columns; 0 disables wrapping."""
    if not width or (len(text) * 2 <= width) or width_of(text) <= width:
        return [text]
    breaks = _breaks(text)
    columns = [0, *accumulate(map(_WIDTHS.__getitem__, text))]
    # The column where a line that ends at each break would end, not counting a space before the break.
    ends = [columns[at - 1] if text[at - 1] == " " else columns[at] for at in breaks]
    addresses = _addresses_in(text)
    lines: list[str] = []
    start = low = 0
    while start < len(text):
        fitting = bisect_right(ends, columns[start] + width, low) - 1
        chosen = fitting
        while chosen >= low and _forbidden(text, breaks[chosen], addresses):
            chosen -= 1
        if chosen < low:  # nothing fits, so take the next allowed break
            chosen = max(low, fitting + 1)
            while _forbidden(text, breaks[chosen], addresses):
                chosen += 1
        end = breaks[chosen]
        lines.append(text[start:end].rstrip(" "))
        start, low = end, chosen + 1
    return lines


def pieces_of(text: str) -> list[str]:
    """Return a text without newlines, split at every allowed break."""
    addresses = _addresses_in(text)
    ends = [at for at in _breaks(text) if not _forbidden(text, at, addresses)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _addresses_in(text: str) -> list[tuple[int, int]]:
    """Return where addresses begin and end."""
    return [found.span() for found in _ADDRESS.finditer(text)] if "://" in text else []


def _breaks(text: str) -> list[int]:
    """Return the positions where UAX #14 allows a line break, ending with the end of the text."""
    from icu4py.breakers import LineBreaker

    return ends_of(LineBreaker(text, "zh"))


def ends_of(segments: Iterable[str]) -> list[int]:
    """Return the end position of each segment of a text. ICU itself counts UTF-16 units, two for an emoji."""
    return list(accumulate(map(len, segments)))


def _forbidden(text: str, at: int, addresses: list[tuple[int, int]]) -> bool:
    """Return True if a break is not allowed here, because of kinsoku or in the middle of a URL."""
    if at == len(text):
        return False
    before = text[at - 1]
    if before == " ":
        before = text[:at].rstrip(" ")[-1:]
    return before in NOT_AT_END or text[at] in NOT_AT_START or any(a < at < b for a, b in addresses)
