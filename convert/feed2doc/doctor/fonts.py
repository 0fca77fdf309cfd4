"""Checks whether each script can be drawn here: looks for fonts that have it, and draws with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from feed2doc.doctor.finding import Check, found
from feed2doc.doctor.install_commands import remedies_for
from feed2doc.fonts.faces import (
    BUILT_IN,
    Typeface,
    face_with,
    faces_for,
    font_files,
    has_family,
    picture_fonts,
)

if TYPE_CHECKING:
    from PIL import ImageFont

_PIXELS = 48
# No font has a glyph for this noncharacter, so it is drawn like any other missing character.
_NOWHERE = "\ufffe"
# Fonts with coloured pictures have them in one size only.
_PICTURE_PIXELS = (109, 160, _PIXELS)


class _Script(NamedTuple):
    """A script: a language that is written in it, characters that its fonts must have, and whether it is required."""

    name: str
    language: str
    sample: str
    needed: bool = False


SCRIPTS = (
    _Script("zh-Hans", "zh-Hans", "们这渡", True),
    _Script("zh-Hant", "zh-Hant", "們這灣", True),
    _Script("ja", "ja", "あカ港"),
    _Script("ko", "ko", "가항한"),
    _Script("Latin", "en", "Agé", True),
    _Script("Cyrillic", "ru", "Жыд"),
    _Script("Arabic", "ar", "بحر"),
    _Script("Hebrew", "he", "אבש"),
    _Script("Devanagari", "hi", "कहम"),
    _Script("Thai", "th", "กทย"),
    _Script("emoji", "und", "😀🚢"),
)


def examine() -> Iterator[Check]:
    """Yield each script with the font that draws it."""
    for script in SCRIPTS:
        font = _font_of(script)
        if font:
            yield found("fonts", script.name, font)
            continue
        yield Check(
            "fonts",
            script.name,
            "missing" if script.needed else "optional",
            f"no font draws {script.sample}",
            "for PDFs and covers" if script.needed else "for PDFs and covers with it",
            remedies_for(script.name),
        )


def _font_of(script: _Script) -> str:
    """Return the name of the first font that draws the script, or "" if none does."""
    for face in _faces(script):
        if face != BUILT_IN and all(map(face.has, script.sample)):
            font = face.font(_PIXELS)
            if _draws(font, script.sample):
                return _name(font)
    return _picture_font(script.sample) if script.name == "emoji" else ""


def _faces(script: _Script) -> Iterator[Typeface]:
    """Yield the typefaces that may have the script, the best first, or all of them if there is no fontconfig to ask."""
    if script.name != "emoji":  # no language is written in emoji
        yield from faces_for(script.language, bold=False)
    if (face := face_with(script.sample[0], bold=False)) is not None:
        yield face
    if has_family("serif") is None:
        yield from (Typeface(str(path)) for path in font_files())


def _picture_font(sample: str) -> str:
    from PIL import ImageFont

    for path in picture_fonts(sample[0]):
        for size in _PICTURE_PIXELS:
            try:
                font = ImageFont.truetype(str(path), size)
            except OSError:
                continue
            if _draws(font, sample):
                return _name(font)
    return ""


def _draws(font: ImageFont.FreeTypeFont, characters: Iterable[str]) -> bool:
    """Return True if each character is drawn, and not as the box for missing characters."""
    missing = _drawn(font, _NOWHERE)
    return all(any((glyph := _drawn(font, each))[1]) and glyph != missing for each in characters)


def _drawn(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    """Return the size of a character's bitmap, and the bitmap."""
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _name(font: ImageFont.FreeTypeFont) -> str:
    return str(font.getname()[0] or "a font without a name")
