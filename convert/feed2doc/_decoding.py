"""Decoding JSON, and values, into the package's Structs, from any thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, overload

import msgspec

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

T = TypeVar("T")

_lock = threading.Lock()
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


@overload
def decode(data: ReadableBuffer | str, type: type[T]) -> T: ...
@overload
def decode(data: ReadableBuffer | str, type: Any) -> Any: ...
def decode(data: ReadableBuffer | str, type: Any) -> Any:
    """Return the JSON as a value of this type, as `msgspec.json.decode` does."""
    return _decoder_of(type).decode(data)


def convert(value: object, type: type[T]) -> T:
    """Return the value as one of this type, as `msgspec.convert` does."""
    _decoder_of(type)
    return msgspec.convert(value, type)


def _decoder_of(type: Any) -> msgspec.json.Decoder[Any]:
    """Return a decoder for a type, which takes longer to make than most JSON takes to decode."""
    if (known := _decoders.get(type)) is None:
        # msgspec builds what it knows of a Struct when that is first used. Up to 0.22 the process crashes if two threads do.
        with _lock:
            known = _decoders[type] = msgspec.json.Decoder(type)
    return known
