"""Whether the writing of each script can be drawn here: fonts that have it, tried by drawing."""

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
# No font has a glyph for this noncharacter: what is drawn for it is what is drawn for any that is missing.
_NOWHERE = "\ufffe"
# Fonts of coloured pictures have them in one size only.
_PICTURE_PIXELS = (109, 160, _PIXELS)


class _Script(NamedTuple):
    """A script: a language that is written in it, characters that its fonts have to have, whether it is needed."""

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
    """Each script, with the font that draws it."""
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
    """The name of the first font that draws the script; "" if none does."""
    for face in _faces(script):
        if face != BUILT_IN and all(map(face.has, script.sample)):
            font = face.font(_PIXELS)
            if _draws(font, script.sample):
                return _name(font)
    return _picture_font(script.sample) if script.name == "emoji" else ""


def _faces(script: _Script) -> Iterator[Typeface]:
    """Faces that may have it, the best first; all there are where there is no fontconfig to ask."""
    if script.name != "emoji":  # which no language is written in
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
    """Whether each character is drawn, and not as the box that stands for any that is missing."""
    missing = _drawn(font, _NOWHERE)
    return all(any((glyph := _drawn(font, each))[1]) and glyph != missing for each in characters)


def _drawn(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    """The size of a character's picture, and the picture."""
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _name(font: ImageFont.FreeTypeFont) -> str:
    return str(font.getname()[0] or "a font without a name")
