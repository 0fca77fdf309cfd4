"""Lines of text as wide as they look: East Asian width, and the breaks that UAX #14 and kinsoku allow.

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
_ADDRESS = pattern(r"[a-z][a-z0-9+.\-]*://[!-~]+", re.I)


class _Widths(dict[str, int]):
    """The columns of each character, found when it is first asked for."""

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
    """How many columns the text is wide."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def wrap(text: str, width: int, *, indent: str = "", first: str | None = None) -> str:
    """The text in lines of at most `width` columns; 0 leaves it in one line. Newlines in it stay.

    `first` begins the first line, `indent` the others. What cannot be broken (an address, a long word) is
    left whole, and its line is longer.
    """
    lines: list[str] = []
    start = indent if first is None else first
    room = max(1, width - max(width_of(indent), width_of(start))) if width else 0
    for paragraph in text.split("\n"):
        for line in lines_of(paragraph.strip(), room):
            lines.append(((start if not lines else indent) + line).rstrip())
    return "\n".join(lines) if lines else start.rstrip()


def lines_of(text: str, width: int) -> list[str]:
    """The text, which has no newline in it, in lines of at most `width` columns; 0 leaves it in one."""
    if not width or (len(text) * 2 <= width) or width_of(text) <= width:
        return [text]
    breaks = _breaks(text)
    columns = [0, *accumulate(map(_WIDTHS.__getitem__, text))]
    # Where a line that ends at each break ends in columns; the space before a break is not part of it.
    ends = [columns[at - 1] if text[at - 1] == " " else columns[at] for at in breaks]
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if "://" in text else []
    lines: list[str] = []
    start = low = 0
    while start < len(text):
        fitting = bisect_right(ends, columns[start] + width, low) - 1
        chosen = fitting
        while chosen >= low and _forbidden(text, breaks[chosen], addresses):
            chosen -= 1
        if chosen < low:  # nothing fits: the next place where the line may end
            chosen = max(low, fitting + 1)
            while _forbidden(text, breaks[chosen], addresses):
                chosen += 1
        end = breaks[chosen]
        lines.append(text[start:end].rstrip(" "))
        start, low = end, chosen + 1
    return lines


def pieces_of(text: str) -> list[str]:
    """The text, which has no newline in it, cut wherever a line may end."""
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    ends = [at for at in _breaks(text) if not _forbidden(text, at, addresses)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _breaks(text: str) -> list[int]:
    """Wherever UAX #14 lets a line end, the end of the text last."""
    from icu4py.breakers import LineBreaker

    return ends_of(LineBreaker(text, "zh"))


def ends_of(segments: Iterable[str]) -> list[int]:
    """Where each of a text's segments ends in it. ICU itself counts UTF-16: two for an emoji."""
    return list(accumulate(map(len, segments)))


def _forbidden(text: str, at: int, addresses: list[tuple[int, int]]) -> bool:
    """Whether no line may end here after all: kinsoku, or the middle of an address."""
    if at == len(text):
        return False
    before = text[at - 1]
    if before == " ":
        before = text[:at].rstrip(" ")[-1:]
    return before in NOT_AT_END or text[at] in NOT_AT_START or any(a < at < b for a, b in addresses)
