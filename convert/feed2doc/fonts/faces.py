"""Font files: the faces available for a language, and the characters that each has."""

from __future__ import annotations

import bisect
import functools
import io
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._locale.tags import primary_language
from feed2doc._text.lazy_re import pattern
from feed2doc.fonts._files import FILES
from feed2doc.fonts.families import families_of

if TYPE_CHECKING:
    from PIL import ImageFont

_FACES = 12
_PATTERN = pattern(r"[\\\-:,=]")  # characters with a meaning in fontconfig patterns
_SCALABLE = (".ttf", ".otf", ".ttc", ".otc")
_PICTURES = ("notocoloremoji.ttf", "apple color emoji.ttc", "seguiemj.ttf")
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "${WINDIR}/Fonts",
    "${LOCALAPPDATA}/Microsoft/Windows/Fonts",
)


class Typeface(Struct, frozen=True):
    """A face in a font file; an empty path is Pillow's built-in font."""

    path: str
    index: int = 0

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the face at this size in pixels."""
        return _font(self, size)

    def has(self, character: str) -> bool:
        """Return True if the face has a glyph for the character, according to its `cmap`."""
        starts, ends = _characters(self)
        at = bisect.bisect_right(starts, ord(character)) - 1
        return at >= 0 and ord(character) <= ends[at]


BUILT_IN = Typeface("")


@functools.cache
def faces_for(language: str, families: tuple[str, ...] = (), *, bold: bool) -> tuple[Typeface, ...]:
    """Return the faces for this language, those of the families first, or of its usual ones if none are named.

    The last is Pillow's built-in font, which has only Latin.
    """
    families = families or tuple(families_of(language))
    primary = primary_language(language)
    known = primary if len(primary) in (2, 3) and primary.isascii() and primary.isalpha() else ""
    found = _by_fontconfig(families, "" if known in ("zh", "und") else known, bold)
    found = found or _by_name(families[0].rpartition(" ")[2] if "CJK" in families[0] else "", bold)
    return (*(face for face in found if _opens(face)), BUILT_IN)


@functools.cache
def face_with(character: str, *, bold: bool) -> Typeface | None:
    """Return any installed face that has this character, according to fontconfig."""
    weight = "200" if bold else "80"
    listed = _fontconfig("fc-list", f":charset={ord(character):x}")
    for face, _ in sorted(listed, key=lambda pair: (pair[1] != weight, pair[0].path, pair[0].index)):
        if _opens(face) and face.has(character):
            return face
    return None


def picture_fonts(character: str) -> list[Path]:
    """Return the font files that have this character as a coloured bitmap, in fixed sizes."""
    program = shutil.which("fc-list")
    if program is None:
        return [path for path in font_files() if path.name.lower() in _PICTURES]
    pattern = f":color=True:charset={ord(character):x}"
    try:
        ran = subprocess.run(
            [program, "-f", "%{file}\n", pattern], capture_output=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [Path(os.fsdecode(line)) for line in sorted(set(ran.stdout.splitlines()))]


def has_family(name: str) -> bool | None:
    """Return True if a font of this family is installed, or None if fontconfig's programs are not available."""
    if shutil.which("fc-list") is None:
        return None
    escaped = _PATTERN.sub(r"\\\g<0>", name)
    return bool(_fontconfig("fc-list", f":family={escaped}"))


@functools.cache
def _by_fontconfig(families: tuple[str, ...], language: str, bold: bool) -> tuple[Typeface, ...]:
    pattern = f"{','.join(families)}:{'bold' if bold else 'regular'}"
    listed = _fontconfig("fc-match", "-s", f"{pattern}:lang={language}" if language else pattern)
    wanted = "200" if bold else "80"
    # fontconfig lists all weights of a family before the next family, but on a cover the weight matters more.
    return tuple(face for face, weight in listed if weight == wanted)[:_FACES] or tuple(
        face for face, _ in listed[:_FACES]
    )


def _fontconfig(program: str, *arguments: str) -> list[tuple[Typeface, str]]:
    """Return the faces that a fontconfig program lists, with their weights; empty if the program is not installed."""
    path = shutil.which(program)
    if path is None:
        return []
    form = "%{file}|%{index}|%{weight}|%{outline}|%{color}|%{variable}|%{slant}\n"
    try:
        ran = subprocess.run(
            [path, "-f", form, *arguments], capture_output=True, timeout=20, check=True, encoding="utf-8"
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return []
    faces = []
    for line in ran.stdout.splitlines():
        file, index, weight, outline, color, variable, slant = [*line.rsplit("|", 6), *[""] * 7][:7]
        upright = slant in ("", "0") and outline != "False" and color != "True" and variable != "True"
        if upright and file.lower().endswith(_SCALABLE) and index.isdigit():
            faces.append((Typeface(file, int(index)), weight.partition(".")[0]))
    return faces


@functools.cache
def _by_name(region: str, bold: bool) -> tuple[Typeface, ...]:
    """Return the faces whose files have the usual system names; `region` selects the forms of Han characters."""
    there: dict[str, str] = {}
    for path in font_files():
        there.setdefault(path.name.lower(), str(path))
    regions = [region, "", *(other for other in FILES if other not in (region, ""))]
    named = [entry for each in regions for entry in sorted(FILES.get(each, ()), key=lambda e: e.bold != bold)]
    faces = [Typeface(there[entry.name], entry.number) for entry in named if entry.name in there]
    return tuple(dict.fromkeys(faces))


def folders() -> list[Path]:
    """Return the folders that contain fonts on Linux, macOS and Windows."""
    # A user may have no home, and a system no such variable.
    roots = (os.path.expanduser(os.path.expandvars(folder)) for folder in _FOLDERS)
    return [Path(root) for root in roots if os.path.isabs(root)]


def font_files() -> Iterator[Path]:
    """Yield the scalable fonts in these folders, sorted by name within each folder."""
    for root in folders():
        for top, inner, files in os.walk(root):
            inner.sort()
            yield from (Path(top, name) for name in sorted(files) if name.lower().endswith(_SCALABLE))


@functools.cache
def _opens(face: Typeface) -> bool:
    try:
        face.font(20)
    except (OSError, ValueError):
        return False
    return True


@functools.lru_cache(48)
def _font(face: Typeface, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    if face.path:
        return ImageFont.truetype(face.path, size, index=face.index)
    # Opened again, because `load_default` returns it without the layout engine that shapes text.
    return ImageFont.truetype(io.BytesIO(_built_in()), size)


@functools.cache
def _built_in() -> bytes:
    """Return the bytes of Pillow's built-in font."""
    from PIL import ImageFont

    source = getattr(ImageFont.load_default(20), "path", None)
    if not isinstance(source, io.BytesIO):
        raise OSError("Pillow was built without FreeType")
    return source.getvalue()


_Ranges = tuple[tuple[int, ...], tuple[int, ...]]


@functools.cache
def _characters(face: Typeface) -> _Ranges:
    """Return the face's characters as sorted ranges, each with its first and last character."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        # The upper half of the number is the instance of a variable font (FreeType's FT_Open_Face).
        number = face.index & 0xFFFF
        with Path(face.path).open("rb") if face.path else io.BytesIO(_built_in()) as file:
            font = TTFont(file, fontNumber=number, lazy=True)
            groups = _groups(font.reader["cmap"])
            if groups is not None:
                return groups
            known = tuple(sorted(font.getBestCmap() or ()))
            return known, known
    except (OSError, TTLibError, AssertionError, KeyError, struct.error):
        return (), ()


def _groups(cmap: bytes) -> _Ranges | None:
    """Return the ranges of a `cmap` table's format 12, or None if it has none.

    https://learn.microsoft.com/typography/opentype/spec/cmap. fontTools would create a name for each of 65,000 glyphs,
    which takes a tenth of a second and a hundred megabytes.
    """
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(count):
        platform, encoding, at = struct.unpack_from(">HHL", cmap, 4 + 8 * number)
        if (platform, encoding) in ((3, 10), (0, 4), (0, 6)) and struct.unpack_from(">H", cmap, at) == (12,):
            (groups,) = struct.unpack_from(">L", cmap, at + 12)
            flat = struct.unpack_from(f">{3 * groups}L", cmap, at + 16)
            return flat[::3], flat[1::3]
    return None
