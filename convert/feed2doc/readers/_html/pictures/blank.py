"""Pictures in `data:` URLs that show nothing: single pixels, and fully transparent ones."""

from __future__ import annotations

_FORMATS = ("data:image/gif", "data:image/png")
# Longer URLs hold more than a single colour. A picture with more pixels than the last number is not decoded.
_LONGEST, _SMALLEST, _MOST_PIXELS = 500, 4, 1_000_000


def is_blank_data(src: str) -> bool:
    """Return True if the URL is a GIF or PNG of at most four pixels, without any visible one, or damaged."""
    if len(src) > _LONGEST or not src.startswith(_FORMATS):
        return False
    import base64
    import io
    import urllib.parse

    from PIL import Image

    head, _, data = src.partition(",")
    try:
        content = (
            base64.b64decode(urllib.parse.unquote(data))
            if "base64" in head
            else urllib.parse.unquote_to_bytes(data)
        )
        with Image.open(io.BytesIO(content), formats=("GIF", "PNG")) as picture:
            width, height = picture.size
            if not _SMALLEST < width * height <= _MOST_PIXELS:
                return width * height <= _SMALLEST
            alpha = picture.convert("RGBA").getchannel("A")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # a damaged picture
        return True
    return alpha.getbbox() is None
