"""Notes in the text: each one in place of its reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.line import Line
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element


class Notes:
    """Adds notes to a line. `read` returns the blocks of the element with the text of a note."""

    def __init__(
        self,
        notes: Mapping[_Element, _Element],
        line: Line,
        account: Account,
        read: Callable[[_Element], m.Blocks],
    ) -> None:
        self._notes, self._line, self._account, self._read = notes, line, account, read
        self._placed: set[_Element] = set()

    def add(self, mark: _Element, holder: _Element) -> None:
        """Add the note in place of its reference (`mark`). References inside the note are kept as they are."""
        blocks = self._read(holder)
        self._placed.add(mark)
        if blocks:
            self._line.add(m.Note(blocks))
            if mark is not holder:
                self._account.hide(mark)
        elif mark is not holder:
            self._line.text(words_of(mark))

    def without_place(self) -> m.Blocks:
        """Return the notes whose references are where a note is not allowed: in another note, in ruby or in code."""
        left = [holder for mark, holder in self._notes.items() if mark not in self._placed]
        return tuple(block for holder in left for block in self._read(holder))
