"""Decoding JSON, and values, into the package's Structs, from any thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, overload

import msgspec

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

T = TypeVar("T")

_lock = threading.Lock()
_prepared: set[Any] = set()


@overload
def decode(data: ReadableBuffer | str, type: type[T]) -> T: ...
@overload
def decode(data: ReadableBuffer | str, type: Any) -> Any: ...
def decode(data: ReadableBuffer | str, type: Any) -> Any:
    """Return the JSON as a value of this type, as `msgspec.json.decode` does."""
    _prepare(type)
    return msgspec.json.decode(data, type=type)


def convert(value: object, type: type[T]) -> T:
    """Return the value as one of this type, as `msgspec.convert` does."""
    _prepare(type)
    return msgspec.convert(value, type)


def _prepare(type: Any) -> None:
    # msgspec builds what it knows of a Struct when that is first used. Up to 0.22 the process crashes if two threads do.
    if type not in _prepared:
        with _lock:
            msgspec.json.Decoder(type)
            _prepared.add(type)
