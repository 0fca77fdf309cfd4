"""The stack of open blocks, and the current line in the innermost one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from feed2doc.model import MAX_NESTING, Block, Heading, plain_text
from feed2doc.readers._blocks.captions.below_pictures import Captions
from feed2doc.readers._blocks.close import close
from feed2doc.readers._blocks.context import Context
from feed2doc.readers._blocks.elements import block_of
from feed2doc.readers._blocks.inlines import Mark, merged
from feed2doc.readers._blocks.line import Line
from feed2doc.readers._blocks.open_block import EMPTIED, OpenBlock
from feed2doc.readers._blocks.origins import Origins
from feed2doc.readers._blocks.paragraphs import Paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

Leave = Callable[[], None] | None

# Open blocks that add no nesting to the model, and the minimum number of levels reserved for inline wrappers.
_NON_NESTING = frozenset({"figure", "caption", "credit", "heading", "credits", "standfirst"})
_ROOM = 8


class Stack:
    """The stack of open blocks (`frames`, innermost last) and the current inline run (`line`).

    `after_image` is True if the newest block is a picture, which a caption may follow. `merged` is True if a container was
    nested too deeply and was merged into its parent, `shortened` if a table had spans that are too long.
    """

    def __init__(self, context: Context) -> None:
        self._account, self._rules, self._apart = context.account, context.rules, context.apart
        self._origins = Origins(context.env.trace, context.marked)
        self._at: _Element | None = None
        self.captions = Captions(context.account, context.rules, context.marked)
        self.paragraphs = Paragraphs(context, self.captions, self._origins)
        self.frames = [OpenBlock("root")]
        self.top = self.frames[0]
        """The innermost open block."""
        self.line = Line()
        self.after_image = False
        self.merged = self.shortened = False

    @property
    def depth(self) -> int:
        """The number of open blocks and inline wrappers."""
        return len(self.frames) + self.line.depth

    def text(self, value: str, owner: _Element, mark: Mark | None = None) -> None:
        """Add the text of an element, in a wrapper if `mark` is given."""
        if self.after_image and value.strip():
            self.after_image = False
        if (self._origins.are_recorded or self.paragraphs.picture is not None) and (
            self.line.blank or not self.line.last
        ):
            self._at = block_of(owner)
        if mark is None:
            self.line.text(value)
        else:
            self.line.marked_text(mark, value)

    def flush(self) -> None:
        """End the line and add it as a paragraph to the innermost open block."""
        line = self.line
        if line.is_new:
            return
        indent = line.indent if self.top.kind == "verse" else ""
        content = line.take()
        if content:
            if indent:
                content = merged([indent, *content])
            self.paragraphs.add(self.top, content, plain_text(content), self._at)

    def add(self, block: Block, element: _Element | None) -> None:
        """Add a block that comes from this element to the innermost open block."""
        self.top.add(block)
        if self._origins.are_recorded:
            self._origins.claim(self.top, element)

    def push(self, kind: str, element: _Element) -> Leave:
        """Push an open block, and return the function to call at its end.

        If it is nested too deeply, its content goes to the parent instead.
        """
        self.flush()
        if len(self.frames) >= MAX_NESTING - _ROOM and kind not in _NON_NESTING:
            self.merged = True
            return self.flush
        self.top = OpenBlock(kind, element)
        self.frames.append(self.top)
        return self._pop

    def _pop(self) -> None:
        """Close the innermost open block and add its content to the parent."""
        self.flush()
        frame = self.frames.pop()
        self.top = self.frames[-1]
        if frame.kind in self._apart:
            self._apart[frame.kind] += frame.take()
            return
        if frame.kind == "caption":
            self.captions.end(frame)
        elif frame.kind == "credit" and self.top.kind != "quote" and not self._rules.only_article:
            frame.unwrap_credit()
        elif frame.kind == "figure":
            frame.credit_from_paragraph(self._rules)
        elif frame.kind == "aside" and frame.has_left_out:
            self._drop_title(frame)
        elif frame.kind == "table":
            if self._rules.header_row:
                frame.mark_header_row()
            self.shortened = frame.shorten_spans() or self.shortened
        first = len(self.top.blocks)
        close(self.top, frame, self._account)
        if frame.kind == "table":
            self.captions.split_credits(self.top, first)
        if frame.has_left_out and frame.is_empty:
            self.top.leave_out()
        self.after_image = frame.kind == "figure" and self.top.awaits_caption()
        self._origins.claim(self.top, frame.element)

    def begin_line(self, mark: Mark | None, *, closes_image: bool) -> Leave:
        """Begin a line, in a wrapper if `mark` is given, and return the function to call at its end."""
        self.flush()
        if closes_image:
            self.after_image = False
        if mark is None or self.depth >= MAX_NESTING:
            return self.flush
        self.line.open(mark)
        return partial(self._end_line, mark)

    def _end_line(self, mark: Mark) -> None:
        self.flush()
        self.line.close(mark)

    def _drop_title(self, aside: OpenBlock) -> None:
        """Drop the title of a box if everything below it is left out."""
        match aside.blocks:
            case [Heading(_, content)]:
                self._account.remove(content, EMPTIED, "title of what is left out", text=plain_text(content))
                aside.blocks = []
