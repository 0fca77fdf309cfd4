"""The colours of covers: a dark ground or paper, and legible text colours for each."""

from __future__ import annotations

import hashlib

from msgspec import Struct

Colour = tuple[int, int, int]


class Palette(Struct, frozen=True):
    """Matching colours. `white` and `soft` are for text on `ground`, `ink` and `muted` for text on `paper`.

    `accent` is for bars on the ground, `line` for rules on the paper.
    """

    ground: Colour
    accent: Colour
    white: Colour = (255, 253, 248)
    soft: Colour = (222, 216, 203)
    paper: Colour = (248, 244, 235)
    ink: Colour = (24, 24, 26)
    muted: Colour = (88, 82, 74)
    line: Colour = (176, 168, 154)


PALETTES = (
    Palette((20, 46, 78), (226, 164, 84)),  # night blue, brass
    Palette((98, 24, 34), (232, 178, 96)),  # oxblood, straw
    Palette((26, 62, 48), (218, 178, 98)),  # fir, brass
    Palette((40, 44, 52), (226, 96, 62)),  # slate, vermilion
    Palette((62, 34, 70), (222, 160, 176)),  # plum, old rose
    Palette((12, 68, 74), (240, 182, 120)),  # petrol, apricot
)


def palette_for(name: str, *, grey: bool = False) -> Palette:
    """Return the palette for this name, always the same one; `grey` limits it to the 16 greys of e-ink."""
    number = int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4]) % len(PALETTES)
    chosen = PALETTES[number]
    if not grey:
        return chosen
    return Palette(*(_as_grey(getattr(chosen, field)) for field in Palette.__struct_fields__))


def _as_grey(colour: Colour) -> Colour:
    """Return the nearest of 16 greys: e-ink dithers the others, which erodes fine strokes."""
    red, green, blue = colour
    value = round((0.299 * red + 0.587 * green + 0.114 * blue) / 17) * 17
    return value, value, value
