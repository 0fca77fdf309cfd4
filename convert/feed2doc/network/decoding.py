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

    Raise DecodingError if the coding is unknown, or the body is damaged or truncated.
    """
    coding = coding.strip().lower()
    if not any(each in coding for each in _CODINGS):
        yield from body
        return
    if coding not in _ZLIB:
        raise DecodingError(f"the server sent the encoding {coding[:20]!r}, which was not asked for")
    unpacker = zlib.decompressobj(_ANY_HEADER)
    try:
        for chunk in body:
            rest = chunk
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, STEP)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise DecodingError(f"invalid {coding}: {error}") from error
    if not unpacker.eof:
        raise DecodingError(f"truncated {coding}")
