"""Which lists have space between their items."""

from __future__ import annotations

from itertools import pairwise

from feed2doc.model import Blocks, BulletList, OrderedList, Paragraph


def has_neighbours(items: tuple[Blocks, ...]) -> bool:
    """Whether two paragraphs follow each other in an item: only space between them keeps them apart."""
    return any(
        isinstance(a, Paragraph) and isinstance(b, Paragraph) for item in items for a, b in pairwise(item)
    )


def is_loose(node: BulletList | OrderedList) -> bool:
    """Whether the list is written with space between its items, because it says so or must have it."""
    return node.loose or has_neighbours(node.items)
