"""Where the lines of a headline end: as Unicode allows, not inside a word if it can be helped, all about as wide."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from msgspec import Struct

from feed2doc._text import wrap

_INSIDE_WORD = 0.25  # what a break costs; a line that is empty costs 1
_AFTER_PAUSE = -0.06
_LONELY = 0.6
_EACH_LINE = 0.02


class Piece(Struct, frozen=True):
    """What cannot be broken, with the spaces after it; `inside_word` if a break after it would part a word."""

    text: str
    inside_word: bool = False


class Sized(Struct, frozen=True):
    """How wide a piece is set, the space after it, and the hyphen that a line gets which ends with it."""

    width: float
    space: float = 0.0
    hyphen: float = 0.0


@functools.lru_cache(64)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text cut wherever a line may end (UAX #14, kinsoku); a dictionary knows the words of Chinese and Japanese."""
    from icu4py.breakers import WordBreaker

    words = frozenset(wrap.ends_of(WordBreaker(text, "zh")))
    pieces: list[Piece] = []
    at = 0
    for piece in wrap.pieces_of(text):
        at += len(piece)
        pieces.append(Piece(piece, at not in words))
    return tuple(pieces)


def greedy(sized: Sequence[Sized], width: float) -> list[tuple[int, int]]:
    """The lines as pairs of piece numbers (from, to), each as full as it goes."""
    lines: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for number, piece in enumerate(sized):
        if number > start and used + piece.width + piece.hyphen > width:
            lines.append((start, number))
            start, used = number, 0.0
        used += piece.width + piece.space
    return [*lines, (start, len(sized))] if sized else []


def balanced(pieces: Sequence[Piece], sized: Sequence[Sized], width: float) -> list[tuple[int, int]]:
    """The lines with the least squared room left over, the last line too, as Knuth and Plass choose them."""
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
    return cost + (_AFTER_PAUSE if last.text.rstrip(" ")[-1:] in wrap.NOT_AT_START else 0)
