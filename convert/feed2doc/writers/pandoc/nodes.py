"""Nodes of pandoc's document tree, in JSON."""

from __future__ import annotations

from typing import Any

from feed2doc._text.plain import clean
from feed2doc.writers.pandoc.inert import inert

Node = dict[str, Any]
NO_ATTR: list[Any] = ["", [], []]
_BOXES = {True: "☒", False: "☐"}


def pandoc_node(tag: str, content: Any = None) -> Node:
    """Return a node with this tag, and with this content unless its type has none."""
    return {"t": tag} if content is None else {"t": tag, "c": content}


def words_of(text: str, name: str, *, is_inside: bool = False) -> list[Node]:
    """Return the text as pandoc nodes for this format: words with spaces between them.

    `is_inside` says that it follows another node.
    """
    row: list[Node] = []
    words = clean(text).split(" ")
    for at, word in enumerate(words):
        if at and (not row or row[-1]["t"] != "Space"):
            row.append(pandoc_node("Space"))
        row += inert(word, name, is_inside=is_inside and not at, is_last=at == len(words) - 1)
    return row


def header(level: int, content: list[Node]) -> Node:
    """Return a heading of a level from 1. Pandoc has no level below 6."""
    return pandoc_node("Header", [min(level, 6), NO_ATTR, content])


def para(content: list[Node]) -> Node:
    """Return a paragraph."""
    return pandoc_node("Para", content)


def with_task(item: list[Node], done: bool | None) -> list[Node]:
    """Return the blocks of a list item with a checkbox in front, or as they are if it has no task state (None)."""
    if done is None:
        return item
    box = [pandoc_node("Str", _BOXES[done]), pandoc_node("Space")]
    if item and item[0]["t"] in ("Plain", "Para"):
        return [pandoc_node(item[0]["t"], [*box, *item[0]["c"]]), *item[1:]]
    return [pandoc_node("Plain", box[:1]), *item]
