"""Elements within lines: emphasis, links, languages, program text, buttons, and the names of sources."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.readers._blocks.buttons import enter_button
from feed2doc.readers._blocks.captions.parts import is_credit_part, is_next_part
from feed2doc.readers._blocks.captions.photographers import is_name_part
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.elements import link_of, mark_of
from feed2doc.readers._blocks.inlines import Mark, nested
from feed2doc.readers._blocks.media.cards import is_part_of_card
from feed2doc.readers._blocks.media.letters import QUOTES, is_drop_cap
from feed2doc.readers._blocks.quotations import quotation_of
from feed2doc.readers._blocks.stack import Leave, Stack
from feed2doc.readers._blocks.styled_inlines import enter_styled
from feed2doc.readers._blocks.styles import is_program_text, mark_of_style
from feed2doc.readers._blocks.whole import Whole

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMING = frozenset({"caption", "figure", "quote"})
"""The kinds of open blocks in which an inline element may be a credit."""

# Signs after which a sentence goes on, and those that end one.
_WITHIN, _ENDS = ",;’'，、；", ".!?。！？"
_CAPTIONS = frozenset({"caption", "credit"})
# Captions without a figure are in the article, with all that it has.
_MOST_BLOCKS_OF_A_FIGURE = 16


class InlineElements:
    """Reads elements within lines into a stack."""

    def __init__(self, stack: Stack, whole: Whole, context: Context) -> None:
        self._stack, self._whole = stack, whole
        self._account, self._rules = context.account, context.rules
        self._classed, self._styled, self._in_language = context.classed, context.styled, context.in_language
        self._base, self._env, self._language = context.base, context.env, context.language

    def enter(self, element: _Element, tag: str) -> tuple[bool, Leave]:
        """Enter an element, and return True if its content is to be read, with a function to call at its end."""
        kind = self._stack.top.kind
        if kind in NAMING and self._names_its_source(element, tag, kind):
            return True, self._stack.push("credit", element)
        is_styled = element in self._styled
        if tag == "span" and is_styled and is_program_text(element):
            return self._whole.code(element), None
        is_part = tag == "span" and element in self._classed and is_part_of_card(element)
        if is_part or (kind in _CAPTIONS and is_next_part(element, self._stack.line)):
            if kind == "caption" and is_credit_part(element, self._rules):
                return True, self._stack.push("credit", element)
            self._stack.line.text(" ")
        if tag == "button":
            return True, enter_button(self._stack.line, element)
        if is_styled:
            return enter_styled(self._stack, element, partial(self._enter_mark, element, tag, kind))
        return self._enter_mark(element, tag, kind)

    def link(self, element: _Element) -> Mark | None:
        """Return the mark of a link, or None if it leads nowhere."""
        return link_of(element, self._base, self._env)

    def _enter_mark(self, element: _Element, tag: str, kind: str) -> tuple[bool, Leave]:
        """Enter an inline element that is no more than emphasis, a link or a language."""
        mark = self._mark(element, tag, kind)
        if mark is None or self._stack.depth >= m.MAX_NESTING:
            return True, None
        if self._begins_line() and is_drop_cap(element):
            return True, None
        if not len(element):
            if (text := element.text) is not None:
                self._stack.text(text, element, mark)
            return False, None
        self._stack.line.open(mark)
        return True, partial(self._stack.line.close, mark)

    def _begins_line(self) -> bool:
        """Return True if nothing but a quotation mark is in the line."""
        line = self._stack.line
        return line.blank or line.last in QUOTES

    def _mark(self, element: _Element, tag: str, kind: str) -> Mark | None:
        if tag == "a":
            link = self.link(element)
            within = mark_of_style(element, None) if element in self._styled else None
            return link if within is None else within if link is None else nested(link, within)
        if tag == "q":
            return quotation_of(element, self._language, self._account)
        is_styled = element in self._styled and kind != "heading"  # headings are bold
        return mark_of(element, tag, is_styled=is_styled, in_language=element in self._in_language)

    def _names_its_source(self, element: _Element, tag: str, kind: str) -> bool:
        """Return True if the element is the credit in a caption or the attribution of a quotation."""
        if tag == "cite" and _is_in_sentence(element):
            return False
        if kind == "figure":
            return tag == "cite" and self._stack.line.blank and bool(self._stack.top.figures)
        if kind == "caption":
            if tag == "cite":
                about = islice(reversed(self._stack.frames[-2].blocks), _MOST_BLOCKS_OF_A_FIGURE)
                return not any(isinstance(block, m.Quote) for block in about)
            return is_name_part(element, self._stack.line, self._stack.top.element, self._rules)
        parent = element.getparent()
        return tag == "cite" and self._stack.line.blank and parent is not None and parent.tag == "blockquote"


def _is_in_sentence(element: _Element) -> bool:
    """Return True if words after an element, or between it and one before, go on: `<cite>Tides</cite>, by <cite>Ann Ba</cite>`."""
    before = element.getprevious()
    return _goes_on(element) or (
        before is not None
        and before.tag == element.tag
        and _goes_on(before)
        and (before.tail or "").rstrip()[-1:] not in _ENDS
    )


def _goes_on(element: _Element) -> bool:
    after = (element.tail or "").lstrip()[:1]
    return after.islower() or (bool(after) and after in _WITHIN)
