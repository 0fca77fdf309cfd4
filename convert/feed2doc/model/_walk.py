"""Iteration over every node of a part of the model."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

# The nodes that have others in them. As a tuple it is not made again for each value, as `tuple | msgspec.Struct` would be.
PARTS = (tuple, msgspec.Struct)


def walk(node: object) -> Iterator[msgspec.Struct]:
    """Return an iterator of every node in this part of the model in reading order, starting with the node itself.

    The part may be a tuple of parts, or None. Raise TypeError for anything else.
    """
    if node is not None and not isinstance(node, PARTS):
        raise TypeError(f"expected a part of the model or a tuple of parts, not {type(node).__name__}")
    return _walk(node)


def _walk(node: object) -> Iterator[msgspec.Struct]:
    if isinstance(node, tuple):
        for each in node:
            yield from _walk(each)
    elif isinstance(node, msgspec.Struct):
        yield node
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if isinstance(value, PARTS):
                yield from _walk(value)
