"""The asset store: pictures beside the model, keyed by the address that the model names."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

MAX_PICTURE_BYTES = 25 * 1024 * 1024

# Type by bytes, never by name (EPUB 3.3 section 3.2, core media types for images; SVG is left out because it
# can carry script). https://www.w3.org/TR/epub-33/#sec-core-media-types
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)


class Picture(Struct, frozen=True, eq=False):
    """A picture, its media type and file extension as its bytes tell them, its SHA-256 and size in bytes.

    The bytes may lie on disk: `data` reads them each time. Two pictures with the same bytes are equal.
    """

    media_type: str
    extension: str
    digest: str
    size: int
    read: Callable[[], bytes]

    @property
    def data(self) -> bytes:
        """The bytes."""
        return self.read()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def picture_of(data: bytes) -> Picture | None:
    """The picture that these bytes are, or None if they are none that every reading system shows."""
    found = next(((m, e) for signature, m, e in _SIGNATURES if data.startswith(signature)), None)
    if found is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = ("image/webp", "webp")
    if found is None:
        return None
    import hashlib

    return Picture(*found, hashlib.sha256(data).hexdigest(), len(data), lambda: data)


_LOCK = threading.Lock()


class _Spool:
    """Pictures on disk, each once, in one file that nobody else sees and that goes when the store goes."""

    def __init__(self) -> None:
        import tempfile

        self._file = tempfile.TemporaryFile(prefix="feed2doc-")  # noqa: SIM115 - it lives as long as the store
        self.close = weakref.finalize(self, self._file.close)
        self._places: dict[str, Picture] = {}
        self._lock = threading.Lock()
        self._end = 0

    def keep(self, picture: Picture) -> Picture:
        """The same picture, its bytes on disk."""
        if picture.digest in self._places:
            return self._places[picture.digest]
        data = picture.data  # read here, not under the lock: it may be in the spool of another store
        with self._lock:
            if picture.digest not in self._places:
                at, size = self._end, picture.size
                self._file.seek(at)
                self._file.write(data)
                self._file.flush()
                self._end = at + size
                # The function must not hold the picture, or its bytes would stay in memory with it.
                self._places[picture.digest] = replace(picture, read=lambda: self._read(at, size))
            return self._places[picture.digest]

    def _read(self, at: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # forked processes share the position in the file, but not the lock
            return os.pread(self._file.fileno(), size, at)
        with self._lock:
            self._file.seek(at)
            return self._file.read(size)


class Assets(Struct):
    """The pictures at hand. It fetches nothing: `feed2doc.pictures.gather` does, and puts them in."""

    _paths: dict[str, Path] = {}
    _sought: dict[str, tuple[Path, ...]] = {}
    _bytes: dict[str, bytes] = {}
    _pictures: dict[str, Picture | None] = {}
    _fitted: set[str] = set()
    _spool: _Spool | None = None

    def add_file(self, url: str, path: Path) -> None:
        """Say that the picture of this address is in this file; it is read when it is asked for."""
        self._paths.setdefault(url, path)

    def seek(self, url: str, paths: Iterable[Path]) -> None:
        """Say that the picture of this address is in the first of these files that is there."""
        given = tuple(paths)
        self._sought[url] = self._sought.get(url, ()) + given
        for path in given:
            if os.path.isfile(path):  # which a name too long for the system does not upset
                self.add_file(url, path)
                return

    def places(self, url: str) -> tuple[Path, ...]:
        """The files where the picture of this address was sought."""
        return self._sought.get(url, ())

    def path(self, url: str) -> Path | None:
        """The file that was said to be the picture of this address."""
        return self._paths.get(url)

    def files(self) -> tuple[Path, ...]:
        """The files that were said to be pictures, and those where pictures were sought that are not to be had yet."""
        lacking = [
            url for url in tuple(self._sought) if url not in self._paths and self._pictures.get(url) is None
        ]
        return (*self._paths.values(), *(path for url in lacking for path in self._sought[url]))

    def add(self, url: str, data: bytes) -> None:
        """Say that these bytes are the picture of this address."""
        self._bytes[url] = data
        self._pictures.pop(url, None)

    def put(self, url: str, picture: Picture) -> None:
        """Say that this is the picture of this address, and that it is fit as it is. Its bytes go to disk."""
        with _LOCK:
            self._spool = self._spool or _Spool()
        self._pictures[url] = self._spool.keep(picture)
        self._fitted.add(url)
        self._bytes.pop(url, None)

    def is_fitted(self, url: str) -> bool:
        """Whether `put` has given the picture of this address."""
        return url in self._fitted

    def get(self, url: str) -> Picture | None:
        """The picture of this address, or None if it is not at hand or is none that every reading system shows."""
        if url in self._pictures:
            with suppress(KeyError):  # another thread added other bytes in the meantime
                return self._pictures[url]
        data = self.raw(url)
        picture = self._pictures[url] = picture_of(data) if data is not None else None
        return picture

    def is_at_hand(self, url: str) -> bool:
        """Whether there are bytes for this address, whatever they are; nothing is read."""
        return url in self._bytes or url in self._paths or url in self._pictures or url.startswith("data:")

    def close(self) -> None:
        """Remove the pictures that `put` has put on disk, and free the file. The store can be used again."""
        with _LOCK:
            spool, self._spool = self._spool, None
        for url in self._fitted:
            self._pictures.pop(url, None)
        self._fitted.clear()
        if spool:
            spool.close()

    def has(self, *urls: str) -> bool:
        """Return True if there is a picture for one of these addresses."""
        return any(url and self.get(url) is not None for url in urls)

    def raw(self, url: str) -> bytes | None:
        """The bytes at hand for this address, whatever they are; None if there are none."""
        if (data := self._bytes.get(url)) is not None:
            return data
        if url.startswith("data:"):
            return _decode_data_url(url)
        path = self._paths.get(url)
        if path is None:
            return None
        try:
            return path.read_bytes() if path.stat().st_size <= MAX_PICTURE_BYTES else None
        except OSError:
            return None


def _decode_data_url(url: str) -> bytes | None:
    """The bytes inside a `data:` URL (RFC 2397), base64 or percent-encoded."""
    import base64
    import binascii
    from urllib.parse import unquote_to_bytes

    head, _, body = url.partition(",")
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw) if head.lower().endswith(";base64") else raw
    except (binascii.Error, ValueError):
        return None
