"""The asset store: the pictures of a document or book, keyed by the URLs that the model refers to."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from feed2doc._files.named_files import read_file
from feed2doc._files.temporary import temporary_space

MAX_PICTURE_BYTES = 25 * 1024 * 1024

# The media type is detected from the bytes, never from the name (EPUB 3.3 section 3.2, core media types for images; SVG
# is left out because it can contain scripts). https://www.w3.org/TR/epub-33/#sec-core-media-types
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)


class Picture(Struct, frozen=True, eq=False):
    """A picture with its media type and file extension (detected from its bytes), SHA-256 digest and size in bytes.

    The bytes may be on disk: `data` reads them on each access. Two pictures with the same bytes are equal.
    """

    media_type: str
    extension: str
    digest: str
    size: int
    read: Callable[[], bytes]

    @property
    def data(self) -> bytes:
        """The bytes of the picture, read on each access."""
        return self.read()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def picture_of(data: bytes) -> Picture | None:
    """Return the picture in these bytes, or None if they are not JPEG, PNG, GIF or WebP."""
    found = next(((m, e) for signature, m, e in _SIGNATURES if data.startswith(signature)), None)
    if found is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = ("image/webp", "webp")
    if found is None:
        return None
    import hashlib

    return Picture(*found, hashlib.sha256(data).hexdigest(), len(data), lambda: data)


_LOCK = threading.Lock()


class _Spool:
    """Deduplicated pictures in one private temporary file, which is deleted together with the store."""

    def __init__(self) -> None:
        import tempfile

        with temporary_space():
            self._file = tempfile.TemporaryFile(prefix="feed2doc-")  # noqa: SIM115 - open as long as the store exists
        self.close = weakref.finalize(self, _close, self._file)
        self._places: dict[str, Picture] = {}
        self._lock = threading.Lock()
        self._end = 0

    def keep(self, picture: Picture) -> Picture:
        """Write the picture to disk and return one that reads its bytes from there."""
        if picture.digest in self._places:
            return self._places[picture.digest]
        data = picture.data  # read here, not under the lock: it may be in the spool of another store
        with self._lock:
            if picture.digest not in self._places:
                at, size = self._end, picture.size
                with temporary_space():
                    self._file.seek(at)
                    self._file.write(data)
                    self._file.flush()
                self._end = at + size
                # The function must not refer to the picture, or its bytes would stay in memory.
                self._places[picture.digest] = replace(picture, read=lambda: self._read(at, size))
            return self._places[picture.digest]

    def _read(self, at: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # forked processes share the file position but not the lock
            return os.pread(self._file.fileno(), size, at)
        with self._lock:
            self._file.seek(at)
            return self._file.read(size)


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # what was left to write did not fit on the disk, and is not wanted any more
        file.close()


class Assets(Struct):
    """The available pictures, by URL. The store fetches nothing: `feed2doc.gather` fetches pictures and adds them."""

    _paths: dict[str, Path] = {}
    _sought: dict[str, tuple[Path, ...]] = {}
    _bytes: dict[str, bytes] = {}
    _pictures: dict[str, Picture | None] = {}
    _fitted: set[str] = set()
    _spool: _Spool | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what pictures are read from. Those that `put` wrote to disk stay in this process."""
        return Assets, (self._paths, self._sought, self._bytes)

    def add_file(self, url: str, path: Path) -> None:
        """Register the file that has the picture of this URL. It is read when needed; the first file registered wins."""
        self._paths.setdefault(url, path)

    def seek(self, url: str, paths: Iterable[Path]) -> None:
        """Register the first of these files that exists as the picture of this URL."""
        given = tuple(paths)
        self._sought[url] = self._sought.get(url, ()) + given
        for path in given:
            if os.path.isfile(path):  # returns False for a name that is too long for the system
                self.add_file(url, path)
                return

    def places(self, url: str) -> tuple[Path, ...]:
        """Return the files that `seek` checked for the picture of this URL."""
        return self._sought.get(url, ())

    def path(self, url: str) -> Path | None:
        """Return the file registered for the picture of this URL, or None."""
        return self._paths.get(url)

    def files(self) -> tuple[Path, ...]:
        """Return the registered picture files, and the files checked for pictures that are still missing."""
        lacking = [
            url for url in tuple(self._sought) if url not in self._paths and self._pictures.get(url) is None
        ]
        return (*self._paths.values(), *(path for url in lacking for path in self._sought[url]))

    def add(self, url: str, data: bytes) -> None:
        """Add the picture of this URL as bytes."""
        self._bytes[url] = data
        self._pictures.pop(url, None)

    def put(self, url: str, picture: Picture) -> None:
        """Store the final, fitted picture of this URL. Its bytes are written to disk."""
        with _LOCK:
            self._spool = self._spool or _Spool()
        self._pictures[url] = self._spool.keep(picture)
        self._fitted.add(url)
        self._bytes.pop(url, None)

    def is_fitted(self, url: str) -> bool:
        """Return True if the picture of this URL was stored with `put`."""
        return url in self._fitted

    def get(self, url: str) -> Picture | None:
        """Return the picture of this URL, or None if it is not available or not JPEG, PNG, GIF or WebP."""
        if url in self._pictures:
            with suppress(KeyError):  # another thread has added other bytes in the meantime
                return self._pictures[url]
        data = self.raw(url)
        picture = self._pictures[url] = picture_of(data) if data is not None else None
        return picture

    def is_at_hand(self, url: str) -> bool:
        """Return True if there are bytes for this URL, whether or not they are a picture. Nothing is read."""
        return url in self._bytes or url in self._paths or url in self._pictures or url.startswith("data:")

    def close(self) -> None:
        """Delete the pictures that `put` wrote to disk. The store can still be used afterwards."""
        with _LOCK:
            spool, self._spool = self._spool, None
        for url in self._fitted:
            self._pictures.pop(url, None)
        self._fitted.clear()
        if spool:
            spool.close()

    def has(self, *urls: str) -> bool:
        """Return True if there is a picture for one of these URLs."""
        return any(url and self.get(url) is not None for url in urls)

    def raw(self, url: str) -> bytes | None:
        """Return the bytes for this URL, whether or not they are a picture, or None if there are none."""
        if (data := self._bytes.get(url)) is not None:
            return data
        if url.startswith("data:"):
            return _decode_data_url(url)
        path = self._paths.get(url)
        if path is None:
            return None
        try:
            return read_file(path, MAX_PICTURE_BYTES)
        except OSError:
            return None


def _decode_data_url(url: str) -> bytes | None:
    """Return the bytes of a `data:` URL (RFC 2397), base64 or percent-encoded, or None if it is invalid."""
    import base64
    import binascii
    from urllib.parse import unquote_to_bytes

    head, _, body = url.partition(",")
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw) if head.lower().endswith(";base64") else raw
    except (binascii.Error, ValueError):
        return None
