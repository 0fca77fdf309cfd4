"""Lines of text as wide as they look: East Asian width, and the breaks that UAX #14 and kinsoku allow.

Sources: https://www.unicode.org/reports/tr11/ (wide is 2 columns, ambiguous 1), https://www.unicode.org/reports/tr14/,
https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end.
"""

from __future__ import annotations

import re
import unicodedata

NOT_AT_START = frozenset("，。、；：！？）》」』】〉〕”’…")
NOT_AT_END = frozenset("（《「『【〈〔“‘")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]*://[!-~]+", re.I)


def width_of(text: str) -> int:
    """How many columns the text is wide."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def wrap(text: str, width: int, *, indent: str = "", first: str | None = None) -> str:
    """The text in lines of at most `width` columns; 0 leaves it in one line. Newlines in it stay.

    `first` begins the first line, `indent` the others. What cannot be broken (an address, a long word) is
    left whole, and its line is longer.
    """
    lines: list[str] = []
    start = indent if first is None else first
    for paragraph in text.split("\n"):
        for line in _lines(paragraph.strip(), width - width_of(indent) if width else 0):
            lines.append(((start if not lines else indent) + line).rstrip())
    return "\n".join(lines) if lines else start.rstrip()


def _lines(text: str, width: int) -> list[str]:
    if not width or width_of(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        size = width_of(piece.rstrip(" "))
        if line and used + size > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0
        line += piece
        used += width_of(piece)
    return [*lines, line.rstrip(" ")]


def _pieces(text: str) -> list[str]:
    """The text cut wherever a line may end."""
    from icu4py.breakers import LineBreaker

    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    pieces: list[str] = []
    start = 0
    for _, end in LineBreaker(text, "zh").segments():
        if end < len(text) and _forbidden(text, end, addresses):
            continue
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]] if start < len(text) else pieces


def _forbidden(text: str, at: int, addresses: list[tuple[int, int]]) -> bool:
    before, after = text[:at].rstrip(" ")[-1:], text[at]
    return before in NOT_AT_END or after in NOT_AT_START or any(a < at < b for a, b in addresses)
