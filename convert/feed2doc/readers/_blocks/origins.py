"""The origins of blocks: the element that each comes from and the rule for it, which `explain` shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feed2doc.env import Trace
from feed2doc.readers._blocks.open_block import OpenBlock
from feed2doc.readers._rules.selectors import describe

if TYPE_CHECKING:
    from lxml.etree import _Element

Marked = Mapping["_Element", tuple[str, str]]
"""The meaning of elements, and the rule that says so."""


class Origins:
    """Records the origins of blocks in a trace, if there is one."""

    def __init__(self, trace: Trace | None, marked: Marked) -> None:
        self._trace = trace
        self._marked = marked
        self.are_recorded = trace is not None

    def claim(self, top: OpenBlock, element: _Element | None) -> None:
        """Record this element as the origin of the newest blocks in an open block."""
        if self._trace is None:
            return
        name, rule = "", "html: text"
        if element is not None:
            name = describe(element)
            rule = self._marked[element][1] if element in self._marked else f"html: {element.tag}"
        for block in reversed(top.blocks):
            if self._trace.origin(block) is not None:
                break
            self._trace.made(block, rule, name)
