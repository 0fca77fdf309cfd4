"""Iteration over every node of a part of the model."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


def walk(node: object) -> Iterator[msgspec.Struct]:
    """Yield every node in this part of the model in reading order, starting with the node itself."""
    if isinstance(node, tuple):
        for each in node:
            yield from walk(each)
    elif isinstance(node, msgspec.Struct):
        yield node
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if isinstance(value, tuple | msgspec.Struct):
                yield from walk(value)
