"""The asset store: pictures beside the model, keyed by the address that the model names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MAX_PICTURE_BYTES = 25 * 1024 * 1024

# Type by bytes, never by name (EPUB 3.3 section 3.2, core media types for images; SVG is left out because it
# can carry script). https://www.w3.org/TR/epub-33/#sec-core-media-types
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes with the media type and file extension that the bytes themselves tell."""

    data: bytes
    media_type: str
    extension: str


def picture_of(data: bytes) -> Picture | None:
    """The picture that these bytes are, or None if they are none that every reading system shows."""
    for signature, media_type, extension in _SIGNATURES:
        if data.startswith(signature):
            return Picture(data, media_type, extension)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Picture(data, "image/webp", "webp")
    return None


@dataclass(slots=True)
class Assets:
    """The pictures at hand. Nothing is fetched: what was not added is not there."""

    _paths: dict[str, Path] = field(default_factory=dict)
    _loaded: dict[str, Picture | None] = field(default_factory=dict)

    def add_file(self, url: str, path: Path) -> None:
        """Say that the picture of this address is in this file; it is read when it is asked for."""
        self._paths.setdefault(url, path)

    def add(self, url: str, data: bytes) -> None:
        """Say that these bytes are the picture of this address."""
        self._loaded[url] = picture_of(data)

    def get(self, url: str) -> Picture | None:
        """The picture of this address, or None if it is not at hand or is no picture."""
        if url not in self._loaded:
            self._loaded[url] = self._load(url)
        return self._loaded[url]

    def _load(self, url: str) -> Picture | None:
        if url.startswith("data:"):
            return _decode_data_url(url)
        path = self._paths.get(url)
        if path is None:
            return None
        try:
            if path.stat().st_size > MAX_PICTURE_BYTES:
                return None
            return picture_of(path.read_bytes())
        except OSError:
            return None


def _decode_data_url(url: str) -> Picture | None:
    """The picture inside a `data:` URL (RFC 2397), base64 or percent-encoded."""
    import base64
    import binascii
    from urllib.parse import unquote_to_bytes

    head, _, body = url.partition(",")
    try:
        raw = unquote_to_bytes(body)
        return picture_of(base64.b64decode(raw) if head.lower().endswith(";base64") else raw)
    except (binascii.Error, ValueError):
        return None
