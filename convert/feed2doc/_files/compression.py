"""Zstandard compression (RFC 8878) for archives, which become about four times smaller and are quick to read."""

from __future__ import annotations

from typing import Any, BinaryIO

from feed2doc.errors import LimitError, MissingDependencyError, ReadError, pip_install

# The magic numbers of frames and of skippable frames (sections 3.1.1 and 3.1.2), such as the size frame of pzstd.
_MAGIC = (b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60)))
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
    if not data.startswith(_MAGIC):
        return data
    package = zstandard(f"{name}: decompressing it")
    found = bytearray()
    at = 0
    try:
        while at < len(data):  # there may be several frames
            frame = package.ZstdDecompressor().decompressobj()
            while not frame.eof and at < len(data):
                found += frame.decompress(data[at : at + _PIECE])
                at += len(data[at : at + _PIECE])
                if len(found) > MOST_BYTES:
                    raise LimitError(f"{name}: is larger than 1 GiB when decompressed")
            if not frame.eof:
                raise ReadError(f"{name}: is truncated: download it again")
            at -= len(frame.unused_data)
    except package.ZstdError as error:
        raise ReadError(f"{name}: cannot be decompressed: {error}") from error
    return bytes(found)
