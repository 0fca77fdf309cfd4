"""Line breaking for headlines: as Unicode allows, preferably not inside words, with lines of similar width."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from feed2doc._text.phrases import Piece

_INSIDE_WORD = 0.25  # the cost of a break inside a word; an empty line costs 1
_AFTER_PAUSE = -0.06
_LONELY = 0.6
_EACH_LINE = 0.02


class Sized(Struct, frozen=True):
    """The widths of a piece, of the space after it, and of the hyphen that a line ending with it gets."""

    width: float
    space: float = 0.0
    hyphen: float = 0.0


def greedy(sized: Sequence[Sized], width: float) -> list[tuple[int, int]]:
    """Return the lines as pairs of piece numbers (from, to), filling each line as far as possible."""
    lines: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for number, piece in enumerate(sized):
        if number > start and used + piece.width + piece.hyphen > width:
            lines.append((start, number))
            start, used = number, 0.0
        used += piece.width + piece.space
    return [*lines, (start, len(sized))] if sized else []


def balanced(pieces: Sequence[Piece], sized: Sequence[Sized], width: float) -> list[tuple[int, int]]:
    """Return the lines with the least squared space left over, including the last line (Knuth and Plass)."""
    count = len(pieces)
    costs, before = [0.0] + [float("inf")] * count, [0] * (count + 1)
    for end in range(1, count + 1):
        used = sized[end - 1].hyphen
        for start in range(end - 1, -1, -1):
            used += sized[start].width + (sized[start].space if start < end - 1 else 0.0)
            if used > width and start < end - 1:
                break
            cost = costs[start] + _cost(pieces, start, end, used / width)
            if cost < costs[end]:
                costs[end], before[end] = cost, start
    lines: list[tuple[int, int]] = []
    end = count
    while end > 0:
        lines.append((before[end], end))
        end = before[end]
    return lines[::-1]


def _cost(pieces: Sequence[Piece], start: int, end: int, filled: float) -> float:
    cost = (1 - min(filled, 1)) ** 2 + _EACH_LINE
    if end == len(pieces):
        return cost + (_LONELY if start and sum(len(p.text) for p in pieces[start:]) <= 2 else 0)
    last = pieces[end - 1]
    if last.inside_word:
        return cost + _INSIDE_WORD
    return cost + (_AFTER_PAUSE if last.is_pause else 0)
