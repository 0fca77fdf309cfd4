"""Zstandard (RFC 8878), for archives: some four times smaller than what they hold, and quick to read."""

from __future__ import annotations

from typing import Any, BinaryIO

from feed2doc.errors import LimitError, MissingDependencyError, ReadError, pip_install

# How a frame begins, and one that is to be skipped (sections 3.1.1 and 3.1.2), such as that with sizes of pzstd.
_MAGIC = (b"\x28\xb5\x2f\xfd", *(bytes([n]) + b"\x2a\x4d\x18" for n in range(0x50, 0x60)))
_LEVEL = 3
# A few kilobytes can become any size, so only so many of them are decompressed at a time.
_PIECE = 1 << 12
MOST_BYTES = 1 << 30


def zstandard(what: str) -> Any:
    """The package; MissingDependencyError, which says that `what` needs it, if it is not installed."""
    try:
        import zstandard
    except ImportError as error:
        raise MissingDependencyError(f"{what} needs zstandard: {pip_install('feed2doc[cluster]')}") from error
    return zstandard


def compressing(file: BinaryIO) -> Any:
    """A writer, to be used by `with`, whose data go into the file compressed, always the same from the same data."""
    compressor = zstandard(".zst").ZstdCompressor(level=_LEVEL, write_checksum=True)
    return compressor.stream_writer(file, closefd=False)


def decompressed(data: bytes, name: str) -> bytes:
    """The data as they were before they were compressed; as they are if they were not.

    Raises LimitError beyond 1 GiB, ReadError for what is damaged; `name` is for messages.
    """
    if not data.startswith(_MAGIC):
        return data
    package = zstandard(f"{name}: is compressed, which")
    found = bytearray()
    at = 0
    try:
        while at < len(data):  # a frame, of which there may be several
            frame = package.ZstdDecompressor().decompressobj()
            while not frame.eof and at < len(data):
                found += frame.decompress(data[at : at + _PIECE])
                at += len(data[at : at + _PIECE])
                if len(found) > MOST_BYTES:
                    raise LimitError(f"{name}: is larger than 1 GiB when it is decompressed")
            if not frame.eof:
                raise ReadError(f"{name}: is cut short: get it again from where it is whole")
            at -= len(frame.unused_data)
    except package.ZstdError as error:
        raise ReadError(f"{name}: cannot be decompressed: {error}") from error
    return bytes(found)
