"""The line that is being read: inline nodes, with white space collapsed and wrappers opened and closed in any order."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import msgspec

from feed2doc import model as m
from feed2doc.readers._blocks.inlines import Mark, collapsed, merged, plain_line, trim


class _Open(msgspec.Struct, eq=False):
    """An open wrapper (emphasis, link) and its content so far.

    `end` is the last visible character of the first `searched` nodes: content is only added, so each node is searched once.
    """

    mark: Mark | None
    nodes: list[m.Inline | str] = []
    searched: int = 0
    end: str = ""

    def last_character(self) -> str:
        """Return the last visible character, or ""."""
        for at in range(len(self.nodes) - 1, self.searched - 1, -1):
            node = self.nodes[at]
            if text := (node if isinstance(node, str) else m.plain_text((node,))).rstrip():
                self.end = text[-1]
                break
        self.searched = len(self.nodes)
        return self.end


class Line:
    """The inlines of the current paragraph. `take` returns them and begins the next one."""

    def __init__(self) -> None:
        self._open = [_Open(None)]
        self._after_space = True
        self.is_new = True
        """True if nothing was added since the last `take`, and no wrapper is open."""

    @property
    def depth(self) -> int:
        """The number of open wrappers."""
        return len(self._open) - 1

    @property
    def indent(self) -> str:
        """The no-break spaces at the start."""
        first = next((n for o in self._open for n in o.nodes if not isinstance(n, str) or n.strip(" ")), "")
        return first[: len(first) - len(first.lstrip("\u00a0"))] if isinstance(first, str) else ""

    @property
    def blank(self) -> bool:
        """True if only white space was added since the last `take`."""
        for each in self._open:
            for node in each.nodes:
                if type(node) is not str or node.strip():
                    return False
        return True

    @property
    def last(self) -> str:
        """The last visible character since the last `take`, or ""."""
        for each in reversed(self._open):
            if last := each.last_character():
                return last
        return ""

    @property
    def ending(self) -> str:
        """The text of the last node since the last `take` that is not only white space, or "" if it is a picture."""
        for each in reversed(self._open):
            for node in reversed(each.nodes):
                if not isinstance(node, str):
                    return "" if isinstance(node, m.InlineImage) else m.plain_text((node,))
                if node.strip():
                    return node
        return ""

    def text(self, value: str) -> None:
        """Add text with collapsed white space, and without a leading space after a space, a break or at the start."""
        if value := self._fitted(value):
            self._open[-1].nodes.append(value)
            self.is_new = False

    def marked_text(self, mark: Mark, value: str) -> None:
        """Add a wrapper that contains only this text, as most do."""
        if value := self._fitted(value):
            self._open[-1].nodes.append(mark((m.Text(value),)) if value.strip() else value)
            self.is_new = False

    def _fitted(self, value: str) -> str:
        """Return the text with white space collapsed, also with that of the text before it."""
        value = collapsed(value)
        if self._after_space and value[:1] == " ":
            value = value[1:]
        if value:
            self._after_space = value[-1] == " "
        return value

    def add(self, node: m.Inline) -> None:
        """Add a complete inline node."""
        self._open[-1].nodes.append(node)
        self._after_space = isinstance(node, m.LineBreak)
        self.is_new = False

    def ends_with_break(self) -> bool:
        """Return True if the line ends with a line break, ignoring white space."""
        for node in reversed(self._open[-1].nodes):
            if isinstance(node, m.LineBreak):
                return True
            if not isinstance(node, str) or node.strip():
                return False
        return False

    def break_off(self) -> None:
        """Add a line break, unless the line is blank or ends with one."""
        if not self.blank and not self.ends_with_break():
            self.add(m.LineBreak())

    def open(self, mark: Mark) -> None:
        """Open a wrapper."""
        self._open.append(_Open(mark))
        self.is_new = False

    def close(self, mark: Mark) -> None:
        """Close this wrapper. Wrappers opened after it are closed and reopened, so that overlapping tags keep their meaning."""
        again: list[Mark] = []
        while len(self._open) > 1:
            top = self._close_top()
            if top is mark:
                break
            again.append(top)
        for each in reversed(again):
            self.open(each)

    def suspend(self, kinds: Collection[object]) -> list[Mark]:
        """Close the wrappers of these kinds, and return them, so that they can be opened again."""
        marks = [each.mark for each in self._open if each.mark is not None and _kind_of(each.mark) in kinds]
        for mark in marks:
            self.close(mark)
        return marks

    def take(self) -> m.Inlines:
        """Return the line trimmed and merged, or () if it is empty. Open wrappers stay open for the next line."""
        if len(self._open) == 1:
            nodes = self._open[0].nodes
            self._after_space = self.is_new = True
            self._open = [_Open(None)]
            return plain_line(nodes)
        marks: list[Mark] = []
        while len(self._open) > 1:
            marks.append(self._close_top())
        inlines = trim(merged(self._open[0].nodes))
        self._open = [_Open(None)]
        self._after_space = self.is_new = True
        for mark in reversed(marks):
            self.open(mark)
        return inlines

    def _close_top(self) -> Mark:
        top = self._open.pop()
        assert top.mark is not None
        nodes = top.nodes
        if len(nodes) == 1 and isinstance(only := nodes[0], str) and only.strip():
            self._open[-1].nodes.append(top.mark((m.Text(only),)))
            return top.mark
        content = merged(nodes)
        if content and isinstance(content[0], m.Note) and (bare := _bare_notes(content, top.mark)):
            self._open[-1].nodes += bare
        elif any(
            n.value.strip() if isinstance(n, m.Text) else not isinstance(n, m.LineBreak) for n in content
        ):
            self._open[-1].nodes.append(_flat(top.mark(content)))
        else:  # drop an empty wrapper, but keep the space in it, which may separate words, and the breaks
            self._open[-1].nodes += [n.value if isinstance(n, m.Text) else n for n in content]
        return top.mark


def _bare_notes(content: m.Inlines, mark: Mark) -> list[m.Inline]:
    """Return notes without the wrapper that raises them, as formats style notes themselves, but with it around their commas.

    Return [] if there is anything else.
    """
    bare: list[m.Inline] = []
    for each in content:
        if isinstance(each, m.Text) and not each.value.strip(" ,;–-"):
            bare.append(mark((each,)) if each.value.strip() else each)
        elif isinstance(each, m.Note):
            bare.append(each)
        else:
            return []
    return bare


def _flat(node: m.Inline) -> m.Inline:
    """Return bold text without bold text in it, which means no more, and other nodes as they are: emphasis in emphasis does."""
    if type(node) is not m.Strong or m.Strong not in map(type, node.content):
        return node
    parts = (each.content if isinstance(each, m.Strong) else (each,) for each in node.content)
    return m.Strong(merged([inner for part in parts for inner in part]))


def _kind_of(mark: Mark) -> object:
    """Return the node that this wrapper makes, or None if it is not one of the plain ones."""
    return mark.func if isinstance(mark, partial) else None
