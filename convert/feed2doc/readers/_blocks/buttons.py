"""The words of buttons, which a browser draws in boxes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_character
from feed2doc.readers._blocks.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_ENDS = frozenset(".,;:!?")


def enter_button(line: Line, element: _Element) -> Callable[[], None] | None:
    """Separate the words of a button from those that touch it, and return a function to call at its end, or None.

    Han characters in a sentence (`点击<button>这里</button>查看`) need no space, but two buttons do.
    """
    before = element.getprevious()
    is_next = before is not None and before.tag == "button" and not before.tail
    first, after = (element.text or "")[:1], (element.tail or "")[:1]
    if (line.last.isalnum() or line.last in _ENDS) and (is_next or not _are_characters(line.last, first)):
        line.text(" ")
    return partial(_leave_button, line, after) if after.isalnum() else None


def _leave_button(line: Line, after: str) -> None:
    if not _are_characters(line.last, after):
        line.text(" ")


def _are_characters(before: str, after: str) -> bool:
    return bool(before and after) and is_character(before) and is_character(after)
