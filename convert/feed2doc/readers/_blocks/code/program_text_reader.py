"""The reading of program text into the text, as a block or in a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.code.program_text import (
    ProgramText,
    has_written_lines,
    program_text_of,
    without_media,
)
from feed2doc.readers._blocks.counting import visible
from feed2doc.readers._blocks.elements import BREAKING, FRAMES
from feed2doc.readers._blocks.inlines import collapsed
from feed2doc.readers._blocks.stack import Stack
from feed2doc.readers._html.parse import raw_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element


class Programs:
    """Reads program text into a stack, and counts it in the account. `read` returns the blocks of an element's content."""

    def __init__(self, stack: Stack, account: Account, read: Callable[[_Element], m.Blocks]) -> None:
        self._stack, self._account, self._read = stack, account, read

    def block(self, element: _Element) -> None:
        """Read a `pre`. The pictures and embeds in it follow it."""
        self._stack.flush()
        media = without_media(element)
        program = program_text_of(element)
        self._leave_out(program)
        if program.value.strip() or next(element.iter("code"), None) is not None:
            self._account.keep(program.value)
            self._stack.add(m.CodeBlock(program.value, program.language), element)
        for each in self._read(media) if media is not None else ():
            self._stack.add(each, element)

    def inline(self, element: _Element) -> None:
        """Read program text in a line. Several lines of it that are alone in their paragraph are a block."""
        if next(element.iter("br"), None) is not None or has_written_lines(element):
            self._lines(element)
        elif next(element.iter("sup", "sub"), None) is not None:
            program = program_text_of(element)
            self._leave_out(program)
            self._stack.line.add(m.Code(collapsed(program.value)))
        elif value := collapsed(raw_text_of(element)):
            self._stack.line.add(m.Code(value))

    def _lines(self, element: _Element) -> None:
        following = element.getnext()
        at_end = following is None or following.tag in BREAKING or following.tag in FRAMES
        if self._stack.line.blank and at_end and not (element.tail or "").strip():
            self.block(element)
            return
        program = program_text_of(element)
        self._leave_out(program)
        for number, line in enumerate(program.value.split("\n")):
            if number:
                self._stack.line.add(m.LineBreak())
            if line := collapsed(line):
                self._stack.line.add(m.Code(line))

    def _leave_out(self, program: ProgramText) -> None:
        """Count line numbers and buttons of program text, and note them once."""
        self._account.gain(program.signs)
        text = " ".join("".join(map(self._account.hide, program.left_out)).split())
        if text:
            self._account.env.note(
                "dropped",
                "line numbers and buttons",
                rule="html: pre",
                text=text,
                characters=len(visible(text)),
            )
