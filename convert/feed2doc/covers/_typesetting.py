"""Text set in lines of pixels: broken where its script allows, balanced, and as large as fits."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from msgspec import Struct

from feed2doc._text.phrases import Piece, pieces_of
from feed2doc.covers._lettering import SOFT_HYPHEN, Type, width_of
from feed2doc.covers._linebreaks import Sized, balanced, greedy

_STEP = 0.94
_NO_HYPHENS = "\u0530"  # Latin, Greek and Cyrillic, which use hyphens, have lower code points
_WHOLE_WORDS = 0.74  # how much smaller a text may become so that lines end with whole words


class Setting(Struct, frozen=True):
    """A text in lines at a size in pixels; `cut` says that the text is truncated.

    `broken` is the number of words split across lines.
    """

    type: Type
    lines: tuple[str, ...]
    size: int
    cut: bool = False
    broken: int = 0

    @property
    def height(self) -> int:
        """The height of the lines in pixels, from the top of the first to the bottom of the last."""
        if not self.lines:
            return 0
        return round(self.size * (self.type.leading * (len(self.lines) - 1) + 1.12))


@functools.lru_cache(256)
def fit_text(kind: Type, width: int, height: int, sizes: tuple[int, int], *, most_lines: int = 99) -> Setting:
    """Return the text at the largest size that fits, from sizes (largest, smallest); at the smallest it is truncated.

    A word is broken only if it fits at no size.
    """
    steps = list(_steps(*sizes))
    whole = pieces_of(kind.text)
    pieces = _broken(kind, whole, steps[-1], width)
    for size in steps:
        first = _set(kind, pieces, size, (width, height, most_lines))
        if first is not None and len(pieces) > len(whole):
            return first
        if first is not None:
            smaller = (s for s in steps if size * _WHOLE_WORDS <= s < size)
            return _with_whole_words(first, smaller, pieces, (width, height, most_lines))
    return _cut_off(kind, pieces, (steps[-1], width, height, most_lines))


def _set(kind: Type, pieces: tuple[Piece, ...], size: int, place: tuple[int, int, int]) -> Setting | None:
    """Return the text at this size with lines as even as possible, or None if it does not fit."""
    width = place[0]
    lines, broken = _lines(kind, pieces, size, width)
    if not _has_place(kind, lines, size, *place):
        return None
    even, broken_even = _lines(kind, pieces, size, width, even=True)
    if _has_place(kind, even, size, *place):
        lines, broken = even, broken_even
    return Setting(kind, lines, size, broken=broken)


def _with_whole_words(
    first: Setting, sizes: Iterable[int], pieces: tuple[Piece, ...], place: tuple[int, int, int]
) -> Setting:
    """Return the setting, or a slightly smaller one that splits fewer words across lines."""
    best = first
    for size in sizes:
        if best.broken == 0:
            break
        made = _set(first.type, pieces, size, place)
        if made is not None and made.broken < best.broken:
            best = made
    return best


def _cut_off(kind: Type, pieces: tuple[Piece, ...], place: tuple[int, int, int, int]) -> Setting:
    """Return as many pieces as fit, with an ellipsis."""
    size, width, height, most_lines = place
    low, high = 0, len(pieces)
    best: tuple[str, ...] = ()
    while low < high:
        count = (low + high + 1) // 2
        kept = [*pieces[:count]]
        kept[-1] = Piece(kept[-1].text.rstrip(" \xad，。、；：,;:") + "…", kept[-1].inside_word)
        lines, _ = _lines(kind, tuple(kept), size, width)
        if _has_place(kind, lines, size, width, height, most_lines):
            low, best = count, lines
        else:
            high = count - 1
    return Setting(kind, best, size, True)


def _has_place(kind: Type, lines: tuple[str, ...], size: int, width: int, height: int, most: int) -> bool:
    if len(lines) > most or Setting(kind, lines, size).height > height:
        return False
    return all(width_of(kind, line, size) <= width for line in lines)


def _steps(largest: int, smallest: int) -> Iterable[int]:
    size = float(largest)
    while size > smallest:
        yield int(size)
        size = min(size - 1, size * _STEP)
    yield smallest


def _lines(
    kind: Type, pieces: tuple[Piece, ...], size: int, width: int, *, even: bool = False
) -> tuple[tuple[str, ...], int]:
    """Return the lines and the number of words that they split."""
    space, hyphen = width_of(kind, " ", size), width_of(kind, "-", size)
    sized = [
        Sized(
            width_of(kind, text := piece.text.rstrip(" "), size),
            space * (len(piece.text) - len(text)),
            hyphen if text.endswith(SOFT_HYPHEN) else 0.0,
        )
        for piece in pieces
    ]
    chosen = balanced(pieces, sized, width) if even else greedy(sized, width)
    lines = tuple(_shown("".join(piece.text for piece in pieces[a:b])) for a, b in chosen)
    return lines, sum(pieces[end - 1].inside_word for _, end in chosen[:-1])


def _shown(line: str) -> str:
    """Return the line as drawn: a soft hyphen is visible only at the end."""
    line = line.rstrip(" ").removesuffix(
        " ·"
    )  # the separator between names; a line break separates them as well
    return line.replace(SOFT_HYPHEN, "") + ("-" if line.endswith(SOFT_HYPHEN) else "")


def _broken(kind: Type, pieces: tuple[Piece, ...], size: int, width: int) -> tuple[Piece, ...]:
    """Return the pieces; a piece wider than a line at the smallest size is split between its characters."""
    from icu4py.breakers import CharacterBreaker

    cut: list[Piece] = []
    for piece in pieces:
        if width_of(kind, piece.text.rstrip(" "), size) <= width:
            cut.append(piece)
            continue
        letters = list(CharacterBreaker(piece.text, "en"))
        last = len(letters) - 1
        for number, letter in enumerate(letters):
            inside = 1 < number < last - 1 and letter.isalpha() and letters[number + 1].isalpha()
            text = letter + SOFT_HYPHEN if inside and letter < _NO_HYPHENS else letter
            cut.append(Piece(text, piece.inside_word if number == last else True))
    return tuple(cut)
