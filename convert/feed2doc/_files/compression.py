"""Compressed inputs: Zstandard (RFC 8878), which makes archives four times smaller, and gzip (RFC 1952)."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from feed2doc.errors import LimitError, MissingDependencyError, ReadError, pip_install

# The magic numbers of frames and of skippable frames (sections 3.1.1 and 3.1.2), such as the size frame of pzstd.
_MAGIC = (b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60)))
_GZIP = b"\x1f\x8b\x08"
_LEVEL = 3
# A few kilobytes can decompress to any size, so only so much is decompressed at a time, and the sum is limited: to
# LEAST_BYTES, or to MAX_RATIO times the compressed size if that is more, which texts do not reach, and always to MAX_BYTES.
_PIECE, _FEW = 1 << 20, 256
LEAST_BYTES, MAX_RATIO, MAX_BYTES = 1 << 26, 100, 1 << 30


def zstandard(what: str) -> Any:
    """Return the zstandard package. Raise MissingDependencyError, which says that `what` needs it, if it is missing."""
    try:
        import zstandard
    except ImportError as error:
        raise MissingDependencyError(f"{what} needs zstandard: {pip_install('feed2doc[cluster]')}") from error
    return zstandard


def compressing(file: BinaryIO) -> Any:
    """Return a writer, a context manager, that writes compressed data to the file. The output is deterministic."""
    compressor = zstandard(".zst").ZstdCompressor(level=_LEVEL, write_checksum=True)
    return compressor.stream_writer(file, closefd=False)


def decompressed(data: bytes, name: str) -> bytes:
    """Return the data decompressed, or unchanged if they are not compressed.

    Raise LimitError if the result is larger than 64 MiB and 100 times the data, or than 1 GiB, and ReadError if the data are
    corrupt. `name` is used in messages.
    """
    limit = min(MAX_BYTES, max(LEAST_BYTES, MAX_RATIO * len(data)))
    if data.startswith(_GZIP):
        return gunzipped(data, name, limit)
    if data.startswith(_MAGIC):
        package = zstandard(f"{name}: decompressing it")
        try:
            return _joined(_frames(data, name, package.ZstdDecompressor()), name, limit)
        except package.ZstdError as error:
            raise ReadError(f"{name}: cannot be decompressed: {error}") from error
    return data


def gunzipped(data: bytes, name: str, limit: int) -> bytes:
    """Return the data of a gzip file. Raise LimitError if they are larger than `limit`, ReadError if they are corrupt."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        try:
            return _joined(iter(lambda: stream.read(_PIECE), b""), name, limit)
        except EOFError as error:
            raise ReadError(f"{name}: is truncated: download it again") from error
        except (OSError, zlib.error) as error:
            raise ReadError(f"{name}: cannot be decompressed: {error}") from error


def _frames(data: bytes, name: str, package: Any) -> Iterator[bytes]:
    """Yield the content of all frames in the data, in pieces of at most 8 MiB: four bytes may be a block of 128 KiB."""
    at = 0
    while at < len(data):
        frame = package.decompressobj()
        while not frame.eof and at < len(data):
            yield frame.decompress(data[at : at + _FEW])
            at += len(data[at : at + _FEW])
        if not frame.eof:
            raise ReadError(f"{name}: is truncated: download it again")
        at -= len(frame.unused_data)


def _joined(pieces: Iterable[bytes], name: str, limit: int) -> bytes:
    found = io.BytesIO()  # which does not copy its content at the end
    for piece in pieces:
        if found.tell() + len(piece) > limit:
            raise LimitError(f"{name}: is larger than {limit // 2**20} MiB when decompressed")
        found.write(piece)
    return found.getvalue()
