"""Elements that begin a line or an open block: paragraphs, boxes, lists, tables, captions."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.readers._blocks.captions.credit_splitting import has_own_caption
from feed2doc.readers._blocks.captions.lines import are_captions, is_caption_class
from feed2doc.readers._blocks.code.line_numbers import is_code_table
from feed2doc.readers._blocks.code.program_text import is_code_box
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.elements import MEDIA, VOID, mark_of_language
from feed2doc.readers._blocks.fast_paragraph import paragraph_of
from feed2doc.readers._blocks.inline_elements import NAMING
from feed2doc.readers._blocks.inlines import Mark
from feed2doc.readers._blocks.media.letters import is_initial
from feed2doc.readers._blocks.stack import Leave, Stack
from feed2doc.readers._blocks.styles import mark_of_paragraph
from feed2doc.readers._blocks.whole import Whole

if TYPE_CHECKING:
    from lxml.etree import _Element


class BlockElements:
    """Reads block-level elements into a stack.

    `special` are the elements that need more than a quick look. `link` returns the wrapper of a link, or None if only its text
    is kept. What enters an element returns True if its content is to be read, with a function to call at its end.
    """

    def __init__(
        self,
        stack: Stack,
        whole: Whole,
        context: Context,
        special: Container[_Element],
        link: Callable[[_Element], Mark | None],
    ) -> None:
        self._stack, self._whole, self._link = stack, whole, link
        self._rules, self._index, self._special = context.rules, context.index, special
        self._classed, self._styled, self._in_language = context.classed, context.styled, context.in_language

    def enter_line(self, element: _Element, tag: str) -> tuple[bool, Leave]:
        """Enter an element that begins and ends a line: a paragraph, or a box without a meaning of its own."""
        stack = self._stack
        if tag == "p":
            stack.top.has_paragraph = True
            if self._read_simple_paragraph(element):
                return False, None
        is_styled = element in self._styled
        if is_styled and is_code_box(element):
            return self._whole.preformatted(element), None
        if tag == "footer" and stack.top.kind == "quote":
            return True, stack.push("credit", element)
        if tag == "div" and element in self._classed and is_initial(element):
            return True, None
        mark = mark_of_language(element) if element in self._in_language else None
        if mark is None and is_styled and tag == "p":
            mark = mark_of_paragraph(element)
        return True, stack.begin_line(mark, closes_image=tag != "div")

    def enter_frame(self, element: _Element, tag: str, kind: str) -> tuple[bool, Leave]:
        """Enter an element that begins an open block of this kind."""
        stack = self._stack
        if tag == "table" and is_code_table(element):
            return self._whole.preformatted(element), None
        if tag == "h6" and stack.after_image and stack.top.awaits_caption() and are_captions(self._index):
            kind = "caption"
        return True, stack.push(kind, element)

    def enter_credit(self, element: _Element, tag: str) -> tuple[bool, Leave] | None:
        """Enter an element near a picture whose class says that it is the credit. Return None for others."""
        stack = self._stack
        if tag in MEDIA or tag in VOID or not stack.captions.awaits_credit(stack.top, element):
            return None
        return True, stack.push("caption" if has_own_caption(element, self._rules) else "credit", element)

    def is_caption(self, element: _Element, tag: str) -> bool:
        """Return True for an inline element below a picture that is the caption, as many feeds write them."""
        stack = self._stack
        return (
            (tag == "small" or (tag == "span" and element in self._classed and is_caption_class(element)))
            and stack.after_image
            and stack.line.blank
            and stack.top.awaits_caption()
        )

    def _read_simple_paragraph(self, element: _Element) -> bool:
        """Read a paragraph of only text, links and simple inlines in one step. Return False if it has anything else."""
        stack = self._stack
        if not stack.line.is_new:
            stack.flush()
            if not stack.line.is_new:  # an open wrapper is around all lines
                return False
        kind = stack.top.kind
        if kind == "verse" or element in self._in_language:  # poems keep the indents of lines
            return False
        if element in self._styled and (mark_of_paragraph(element) is not None or is_code_box(element)):
            return False
        if len(element) and (kind in NAMING or len(stack.frames) >= m.MAX_NESTING):
            return False
        found = paragraph_of(element, self._special, self._link)
        if found is None:
            return False
        stack.after_image = False
        if found[1]:
            stack.paragraphs.add(stack.top, *found, element)
        return True
