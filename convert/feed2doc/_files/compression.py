"""Compressed inputs: Zstandard (RFC 8878), which makes archives four times smaller, and gzip (RFC 1952)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from feed2doc.errors import LimitError, MissingDependencyError, ReadError, pip_install

# The magic numbers of frames and of skippable frames (sections 3.1.1 and 3.1.2), such as the size frame of pzstd.
_MAGIC = (b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60)))
_GZIP = b"\x1f\x8b\x08"
_LEVEL = 3
# A few kilobytes can decompress to any size, so the input is decompressed in small pieces.
_PIECE = 1 << 12
MOST_BYTES = 1 << 30


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

    Raise LimitError if the result is larger than 1 GiB, ReadError if the data are corrupt. `name` is used in messages.
    """
    if data.startswith(_GZIP):
        return _frames(data, name, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16), zlib.error)
    if data.startswith(_MAGIC):
        package = zstandard(f"{name}: decompressing it")
        return _frames(data, name, lambda: package.ZstdDecompressor().decompressobj(), package.ZstdError)
    return data


def _frames(data: bytes, name: str, begin: Callable[[], Any], failure: type[Exception]) -> bytes:
    """Return the content of all frames in the data; `begin` returns the decompressor of one."""
    found = bytearray()
    at, end = (
        0,
        len(data.rstrip(b"\x00")) if data.startswith(_GZIP) else len(data),
    )  # gzip files may be padded
    try:
        while at < end:
            frame = begin()
            while not frame.eof and at < len(data):
                found += frame.decompress(data[at : at + _PIECE])
                at += len(data[at : at + _PIECE])
                if len(found) > MOST_BYTES:
                    raise LimitError(f"{name}: is larger than 1 GiB when decompressed")
            if not frame.eof:
                raise ReadError(f"{name}: is truncated: download it again")
            at -= len(frame.unused_data)
    except failure as error:
        raise ReadError(f"{name}: cannot be decompressed: {error}") from error
    return bytes(found)
