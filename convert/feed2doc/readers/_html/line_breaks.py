"""Lines within a block, which line breaks end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def split_at(line_break: _Element) -> _Element:
    """Move what is after a line break in a block to a new one, and return that."""
    block = line_break.getparent()
    assert block is not None
    made = block.makeelement(block.tag)
    made.text, line_break.tail = line_break.tail, None
    made.extend([*line_break.itersiblings()])
    block.remove(line_break)
    made.tail, block.tail = block.tail, None
    block.addnext(made)
    return made
