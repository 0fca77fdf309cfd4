"""The colours of covers: a dark ground or paper, and legible text colours for each."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from feed2doc.looks.tokens import Look

Colour = tuple[int, int, int]

# Channels of colours on which white text can be read, and differences between them that are hardly seen.
_DARK, _GREYISH = 0x80, 0x18


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


def palette_for(name: str, look: Look, *, grey: bool = False) -> Palette:
    """Return the colours of the look, or if it has none but greys those for this name, always the same ones.

    `grey` limits them to the 16 greys of e-ink.
    """
    number = int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4]) % len(PALETTES)
    chosen = _palette_of(look) or PALETTES[number]
    if not grey:
        return chosen
    return Palette(*(_as_grey(getattr(chosen, field)) for field in Palette.__struct_fields__))


def _palette_of(look: Look) -> Palette | None:
    """Return the look's colours on the ground of its headings; its accents are those for dark screens."""
    light, dark = look.colors, look.dark
    ground = _colour(light.heading)
    accents = [accent for each in (dark.bar, dark.kicker, dark.rule) if _has_hue(accent := _colour(each))]
    if not (accents or _has_hue(ground)) or max(ground) > _DARK:
        return None
    return Palette(
        ground,
        accents[0] if accents else _colour(dark.rule),
        paper=_colour(light.page),
        ink=_colour(light.text),
        muted=_colour(light.quiet),
        line=_colour(light.line),
    )


def _colour(written: str) -> Colour:
    red, green, blue = bytes.fromhex(written[1:7])
    return red, green, blue


def _has_hue(colour: Colour) -> bool:
    return max(colour) - min(colour) > _GREYISH


def _as_grey(colour: Colour) -> Colour:
    """Return the nearest of 16 greys: e-ink dithers the others, which erodes fine strokes."""
    red, green, blue = colour
    value = round((0.299 * red + 0.587 * green + 0.114 * blue) / 17) * 17
    return value, value, value
