"""Text with the font faces that can set it: missing characters, width, and drawing line by line."""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.covers._palette import Colour
from feed2doc.fonts.faces import Typeface, face_with, faces_for

if TYPE_CHECKING:
    from PIL import ImageDraw

SOFT_HYPHEN = "\xad"
_LONGEST = 600  # characters; more than this never fits on a page
_MOST_TRIES = (
    20  # the maximum number of missing characters to look up in other fonts, each with a separate process
)
# Stacked combining marks grow out of the line; languages use at most two (Vietnamese).
_MARK = r"[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]"
_MARKS = pattern(f"({_MARK}{_MARK}){_MARK}+")


class Type(Struct, frozen=True):
    """A text ready to be set: the characters that its faces have, and its direction.

    `missing` contains the characters that no installed font has; they are not in `text`.
    """

    text: str
    faces: tuple[Typeface, ...]
    right_to_left: bool = False
    missing: str = ""

    @property
    def is_legible(self) -> bool:
        """True if fonts were found for most of the text."""
        return len({c for c in self.text if _is_drawn(c)}) > len(self.missing)

    @property
    def leading(self) -> float:
        """The line spacing relative to the type size: square scripts need more than Latin."""
        if self.right_to_left:
            return 1.45
        wide = sum(unicodedata.east_asian_width(c) in "WF" for c in self.text)
        return 1.3 if wide * 4 > len(self.text) else 1.14


def type_of(text: str, language: str, families: tuple[str, ...] = (), *, bold: bool = False) -> Type:
    """Return the text with faces of these families for it, without characters that no face has or that cannot be shaped."""
    clean = _MARKS.sub(r"\1", " ".join(xml_safe(text).split()))[:_LONGEST]
    faces = faces_for(language, families, bold=bold)
    wanted = sorted({c for c in clean if _is_drawn(c)})
    unshaped = {c for c in wanted if unicodedata.bidirectional(c) in ("R", "AL")} if not _shapes() else set()
    lacking = [c for c in wanted if c not in unshaped and not any(face.has(c) for face in faces)]
    others = _others(lacking, bold=bold)
    missing = unshaped | {c for c in lacking if not any(face.has(c) for face in others)}
    kept = " ".join("".join(c for c in clean if c not in missing).split())
    there = [c for c in wanted if c not in missing and c not in lacking]
    # Prefer the face that has the whole text, else the one that has most of it: a word in two faces looks bad.
    best = next((face for face in faces if all(map(face.has, there))), None)
    best = best or max(faces, key=lambda face: sum(map(face.has, there)))
    faces = tuple(dict.fromkeys([best, *faces, *others]))
    return Type(kept, faces, _direction_of(kept) == "rtl", "".join(sorted(missing)))


def _others(lacking: list[str], *, bold: bool) -> list[Typeface]:
    """Return faces of other languages for the characters that the language's own faces lack."""
    others: list[Typeface] = []
    tries = _MOST_TRIES
    for character in lacking:
        if tries and not any(face.has(character) for face in others):
            face = face_with(character, bold=bold)
            others, tries = ([*others, face], tries) if face else (others, tries - 1)
    return others


def draw_line(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], line: str, kind: Type, size: int, fill: Colour
) -> None:
    """Draw a line with its ink beginning at x (ending at x if it runs to the left) and its baseline at y."""
    runs = _runs(line, kind.faces)
    if kind.right_to_left:
        runs.reverse()
    left, right = _ink(kind, line, size)
    x: float = at[0] - (right if kind.right_to_left else left)
    for text, face in runs:
        draw.text((x, at[1]), text, fill=fill, font=face.font(size), anchor="ls", direction=_direction(text))
        x += _length(face, size, text)


def width_of(kind: Type, text: str, size: int) -> float:
    """Return the width of a piece of text, without its soft hyphens."""
    shown = text.replace(SOFT_HYPHEN, "")
    return sum(_length(face, size, run) for run, face in _runs(shown, kind.faces))


def _ink(kind: Type, line: str, size: int) -> tuple[int, int]:
    """Return where the ink of a line begins and ends, relative to the pen position."""
    runs = _runs(line, kind.faces)
    if kind.right_to_left:
        runs.reverse()
    x, left, right = 0.0, 10.0**6, -(10.0**6)
    for text, face in runs:
        # `getbbox` includes the advance, but optical alignment needs the ink, especially for a quotation mark.
        mask, offset = face.font(size).getmask2(text, mode="L", anchor="ls", direction=_direction(text))
        box = mask.getbbox()
        if box is not None:
            left, right = min(left, x + offset[0] + box[0]), max(right, x + offset[0] + box[2])
        x += _length(face, size, text)
    return (int(left), int(right + 0.999)) if left < right else (0, 0)


@functools.lru_cache(8192)
def _length(face: Typeface, size: int, text: str) -> float:
    return face.font(size).getlength(text, direction=_direction(text))


def _runs(text: str, faces: tuple[Typeface, ...]) -> list[tuple[str, Typeface]]:
    """Return the text in runs of one face each; spaces between two faces form a separate run.

    Inside a run of the opposite direction they would end up at its other end.
    """
    runs: list[tuple[str, Typeface]] = []
    for character in text:
        last, before = runs[-1] if runs else ("", faces[0])
        if last and (not _is_drawn(character) or _is_mark_of(character, before)):
            runs[-1] = (last + character, before)
            continue
        face = next((face for face in faces if face.has(character)), faces[0])
        if last and before == face:
            runs[-1] = (last + character, face)
            continue
        if last != (bare := last.rstrip(" ")):
            runs[-1:] = [(bare, before), (last[len(bare) :], before)]
        runs.append((character, face))
    return [run for run in runs if run[0]]


def _is_mark_of(character: str, face: Typeface) -> bool:
    return unicodedata.category(character)[0] == "M" and face.has(character)


def _is_drawn(character: str) -> bool:
    """Return True if the character needs a glyph: not a space or a control such as ZWJ, direction or variation selectors."""
    steers = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return not (steers or character.isspace() or unicodedata.category(character) in ("Cf", "Cc"))


def _direction(text: str) -> Literal["rtl", "ltr"] | None:
    """Return the direction to shape a text in, or None without raqm, because Pillow then supports only its default."""
    return _direction_of(text) if _shapes() else None


def _direction_of(text: str) -> Literal["rtl", "ltr"]:
    """Return the direction of the first character that has one (UAX #9, rule P2)."""
    strong = (b for c in text if (b := unicodedata.bidirectional(c)) in ("L", "R", "AL"))
    return "ltr" if next(strong, "L") == "L" else "rtl"


@functools.cache
def _shapes() -> bool:
    from PIL import features

    return bool(features.check("raqm"))
