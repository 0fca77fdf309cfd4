"""Decoding the body of a response in bounded steps: a small body may hold gigabytes, which httpx decodes at once."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip"
"""The value of Accept-Encoding for what `decoded` decodes."""
STEP = 2**20  # bytes
_ZLIB = ("gzip", "x-gzip", "deflate")
# Parts of the names of codings (https://www.iana.org/assignments/http-parameters). Servers also send character sets.
_CODINGS = ("gzip", "deflate", "compress", "br", "zstd", "dcb", "dcz")
_ANY_HEADER = zlib.MAX_WBITS | 32  # of gzip or zlib


class DecodingError(Exception):
    """The body is not encoded as its header says, or in a way that was not asked for."""


def decoded(body: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield the decoded body, at most STEP bytes of an encoded one at once. `coding` is the value of Content-Encoding.

    Raise DecodingError if the coding is unknown, or the body is damaged or truncated. A body of gzip may have several members
    (RFC 1952 section 2.2); what follows the last one is ignored, as browsers do.
    """
    coding = coding.strip().lower()
    if not any(each in coding for each in _CODINGS):
        yield from body
        return
    if coding not in _ZLIB:
        raise DecodingError(f"the server sent the encoding {coding[:20]!r}, which was not asked for")
    unpacker, is_member = zlib.decompressobj(_ANY_HEADER), True
    try:
        for chunk in body:
            rest = chunk
            while rest:
                piece = unpacker.decompress(rest, STEP)
                is_member = is_member or bool(piece)
                yield piece
                rest = unpacker.unconsumed_tail
                if unpacker.eof:
                    rest = unpacker.unused_data
                    unpacker, is_member = zlib.decompressobj(_ANY_HEADER), False
        yield unpacker.flush()
    except zlib.error as error:
        if is_member:
            raise DecodingError(f"invalid {coding}: {error}") from error
    if is_member and not unpacker.eof:
        raise DecodingError(f"truncated {coding}")
