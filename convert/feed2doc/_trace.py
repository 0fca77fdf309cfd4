"""What made each part of a document: kept only when asked for, for `feed2doc explain`."""

from __future__ import annotations

from msgspec import Struct

from feed2doc.model import Block, Credit, Section


class Origin(Struct, frozen=True):
    """What made a node: the rule, and the element of the source in a selector's words, "" if it was none."""

    rule: str
    element: str = ""


class Trace(Struct):
    """The origins of one document's fields and nodes. Give one to `Env(trace=...)` before reading.

    `fields` is keyed by the names of `Document`'s fields. Nodes are told apart by identity: two paragraphs of
    the same words have each its own origin.
    """

    fields: dict[str, Origin] = {}
    _nodes: dict[int, tuple[object, Origin]] = {}

    def made(self, node: Block | Section | Credit, rule: str, element: str = "") -> None:
        """Say what made this node."""
        self._nodes[id(node)] = (node, Origin(rule, element))

    def origin(self, node: Block | Section | Credit) -> Origin | None:
        """What made this node, None if nothing said so."""
        found = self._nodes.get(id(node))
        return found[1] if found else None
