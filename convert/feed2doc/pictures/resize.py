"""Preparing pictures for a device: upright, in sRGB, in a format that it can display, no larger than it can use."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from feed2doc.assets import Picture, picture_of
from feed2doc.pictures.profiles import Profile

if TYPE_CHECKING:
    from PIL import Image, ImageFile

MAX_PIXELS = 64_000_000
# The formats that are opened, never one that can contain scripts or fetch something (SVG, EPS, PDF).
_OPENED = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "MPO")
_WHITE = (255, 255, 255)


def is_picture(data: bytes) -> bool:
    """Return True if these bytes are a complete picture that can be shown, judged by the bytes alone."""
    return opened(data) is not None


def fit(data: bytes, profile: Profile, scale: float = 1.0) -> Picture | None:
    """Return the picture as the profile requires it, or None if it is not a picture.

    The same bytes and profile always give the same result. `scale` shrinks the picture further: its longest side
    becomes that fraction of the profile's limit, or of its own length if that is less. A picture that already fits
    keeps its bytes, without their metadata.
    """
    image = opened(data)
    if image is None:
        return None
    kind = image.format
    longest = max(1, int(min(profile.longest_side, max(image.size)) * scale))
    upright = image.getexif().get(0x0112, 1) in (0, 1)
    plain = image.mode in ("RGB", "L") and not image.info.get("icc_profile") and upright and not profile.grey
    if kind == "JPEG" and plain and max(image.size) <= longest and scale == 1.0:
        return picture_of(_without_metadata(data))
    return _encode(prepared(image, profile, longest), profile, drawn=kind in ("PNG", "GIF"))


def opened(data: bytes) -> Image.Image | None:
    """Return the picture, fully decoded, or None if it is truncated or too large."""
    from PIL import Image, ImageFile

    try:
        file = _File(data)
        image = Image.open(file, formats=_OPENED)
        if image.width * image.height > MAX_PIXELS or 0 in image.size:
            return None
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

    image = ImageOps.exif_transpose(image)
    image = _in_srgb(image)
    if image.mode in ("P", "PA", "LA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
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
