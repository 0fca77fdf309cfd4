"""Inline elements whose style sets them on lines of their own, or undoes the emphasis around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from feed2doc.readers._blocks.elements import text_after
from feed2doc.readers._blocks.inlines import Mark
from feed2doc.readers._blocks.stack import Leave, Stack
from feed2doc.readers._blocks.styles import is_own_line, undone_by_style

if TYPE_CHECKING:
    from lxml.etree import _Element


def enter_styled(
    stack: Stack, element: _Element, enter: Callable[[], tuple[bool, Leave]]
) -> tuple[bool, Leave]:
    """Enter an inline with a style by `enter`, and return what that returns, with what is to be done at the end of the element."""
    line = stack.line
    begins = is_own_line(element)
    if begins:
        line.break_off()
    undone = line.suspend(kinds) if (kinds := undone_by_style(element)) and line.depth else []
    enters, leave = enter()
    if not begins and not undone:
        return enters, leave
    ends = partial(_leave_styled, stack, element, leave, undone, begins=begins)
    if enters:
        return True, ends
    ends()
    return False, None


def _leave_styled(stack: Stack, element: _Element, leave: Leave, undone: list[Mark], *, begins: bool) -> None:
    if leave is not None:
        leave()
    for mark in undone:
        stack.line.open(mark)
    if begins and text_after(element):
        stack.line.break_off()
