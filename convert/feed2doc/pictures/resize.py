"""Preparing pictures for a device: upright, in sRGB, in a format that it can display, no larger than it can use."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from feed2doc.assets import Picture, picture_of
from feed2doc.pictures.pixels import MAX_PIXELS, with_pixels
from feed2doc.pictures.profiles import Profile

if TYPE_CHECKING:
    from PIL import Image, ImageFile

T = TypeVar("T")
# The formats that are opened, never one that can contain scripts or fetch something (SVG, EPS, PDF).
_OPENED = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "MPO")
_WHITE = (255, 255, 255)
# How many times as many pixels in a row as are needed are decoded, for scaling them well.
_SPARE = 2
# The modes that pictures are scaled in before their colours are converted, which may need a copy of all pixels.
_SCALED_FIRST = ("RGB", "RGBA", "L", "CMYK", "YCbCr")


def refusal(data: bytes) -> str:
    """Return why these bytes, and nothing else, are not a complete picture that can be shown, or "" if they are one."""
    return reason(data) if on_picture(data, 1, lambda image: image is None) else ""


def reason(data: bytes) -> str:
    """Return why a picture that cannot be opened cannot be."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=_OPENED) as image:
            is_large = image.width * image.height > MAX_PIXELS
    except Image.DecompressionBombError:
        is_large = True
    except Exception:  # Pillow's decoders can raise almost any exception
        is_large = False
    return f"more than {MAX_PIXELS:,} pixels" if is_large else "not a picture that can be shown"


def fit(data: bytes, profile: Profile, scale: float = 1.0) -> Picture | None:
    """Return the picture as the profile requires it, or None if it is not a picture.

    The same bytes and profile always give the same result. `scale` shrinks the picture further: its longest side
    becomes that fraction of the profile's limit, or of its own length if that is less. A picture that already fits
    keeps its bytes, without their metadata.
    """

    def fitted(image: Image.Image | None) -> Picture | None:
        if image is None:
            return None
        kind = image.format
        longest = max(1, int(min(profile.longest_side, max(image.size)) * scale))
        upright = image.getexif().get(0x0112, 1) in (0, 1)
        plain = image.mode in ("RGB", "L") and not image.info.get("icc_profile") and not profile.grey
        if kind == "JPEG" and plain and upright and max(image.size) <= longest and scale == 1.0:
            return picture_of(_without_metadata(data))
        return _encode(prepared(image, profile, longest), profile, drawn=kind in ("PNG", "GIF"))

    return on_picture(data, profile.longest_side, fitted)


def as_fitted(data: bytes, profile: Profile) -> Picture | None:
    """Return a picture that `fit` has made for this profile, as it is, or None if it looks like another one.

    It is not decoded: whether it is whole must be known.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            fits = max(image.size) <= profile.longest_side
    except Exception:  # Pillow's decoders can raise almost any exception
        return None
    return picture_of(data) if fits else None


def on_picture(data: bytes, longest: int, work: Callable[[Image.Image | None], T]) -> T:
    """Return what `work` returns for the picture, fully decoded, or for None if it is truncated or too large.

    The pixels of all pictures that are worked on at a time are limited. A JPEG with a side of more than four times `longest`
    may be decoded at a fraction of its size, but at least at twice that length.
    """
    from PIL import Image

    try:
        file = _File(data)
        image = Image.open(file, formats=_OPENED)
        pixels = image.width * image.height
        image.draft(None, (_SPARE * longest, _SPARE * longest))
    except Exception:  # Pillow's decoders can raise almost any exception
        pixels = 0
    if not 0 < pixels <= MAX_PIXELS:
        return work(None)
    return with_pixels(pixels, lambda: work(_decoded(image, file)))


def _decoded(image: ImageFile.ImageFile, file: _File) -> Image.Image | None:
    from PIL import ImageFile

    try:
        if ImageFile.LOAD_TRUNCATED_IMAGES:
            return _whole(image, file)
        image.load()
    except Exception:  # Pillow's decoders can raise almost any exception
        return None
    return image


class _File(io.BytesIO):
    """A file that notes when it is read past its end, as Pillow's decoders do for a truncated picture.

    Pillow raises an error in that case, unless LOAD_TRUNCATED_IMAGES is set. WeasyPrint sets it for the whole process
    when it is imported.
    """

    ended = False

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.ended = self.ended or (not data and size != 0)
        return data


def _whole(image: ImageFile.ImageFile, file: _File) -> Image.Image | None:
    """Decode the picture and return it, or None if its file ends before its last pixel."""
    ended = False
    read_rest = image.load_end

    def load_end() -> None:
        nonlocal ended
        ended = file.ended
        read_rest()

    image.load_end = load_end  # type: ignore[method-assign]
    file.ended = False
    image.load()
    del image.load_end
    return None if ended else image


def prepared(image: Image.Image, profile: Profile, longest: int) -> Image.Image:
    """Return the picture upright, in sRGB, in colours that the profile supports, and scaled to the longest side in pixels."""
    from PIL import Image, ImageOps

    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in _SCALED_FIRST:
        image = _reduced(image, longest)
    image = _in_srgb(image)
    if image.mode in ("P", "PA", "LA", "RGBa", "La") or "transparency" in image.info:
        image = _reduced(image.convert("RGBA"), longest)
    if image.mode == "RGBA" and (not profile.transparency or "png" not in profile.formats):
        ground = Image.new("RGB", image.size, _WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("L" if image.mode in ("1", "I", "F", "I;16") else "RGB")
    if max(image.size) > longest:
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if profile.grey and image.mode != "L":
        image = image.convert("LA" if image.mode == "RGBA" else "L")
    return image


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    """Return the picture at a fraction of its size if it is many times larger, before it is copied again."""
    factor = max(image.size) // (_SPARE * longest)
    return image.reduce(factor) if factor > 1 else image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, which devices assume for pictures without a colour profile.

    See https://www.w3.org/Graphics/Color/sRGB.
    """
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGB" if image.mode in ("CMYK", "L") else image.mode
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            if converted is not None:
                image = converted
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass  # the colour profile is invalid: use the colours as they are
    return image.convert("RGB") if image.mode in ("CMYK", "YCbCr", "LAB", "HSV") else image


def _encode(image: Image.Image, profile: Profile, *, drawn: bool) -> Picture | None:
    """Return the picture as bytes: PNG if it is transparent or drawn in few colours, else JPEG."""
    out = io.BytesIO()
    has_alpha = image.mode in ("RGBA", "LA")
    few = drawn and "png" in profile.formats and image.getcolors(4096) is not None
    image.info.clear()  # Pillow would write comments of it
    if has_alpha or few:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=profile.quality, optimize=True, progressive=False)
    return picture_of(out.getvalue())


def _without_metadata(data: bytes) -> bytes:
    """Return the JPEG without its application segments except JFIF and Adobe's colour transform (ITU-T T.81 B.1.1.3)."""
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big") + 2
        if marker == 0xDA:  # start of scan: the image data begins
            break
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            out += data[at : at + size]
        at += size
    return bytes(out + data[at:])
