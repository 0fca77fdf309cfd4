"""A line of inline nodes in the making: white space collapses, marks open and close, also crossed ones."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

# HTML's white space: https://infra.spec.whatwg.org/#ascii-whitespace. A no-break space is text.
_SPACE = pattern(r"[ \t\n\f\r]+")
# Characters that show nothing on their own; a paragraph of only these is a spacer.
_INVISIBLE = "\u200b\u200c\u2060\u00ad\u200e\u200f"

Mark = Callable[[m.Inlines], m.Inline]


class _Open(msgspec.Struct, eq=False):
    """A mark (emphasis, link) that is open, and what has come inside it so far."""

    mark: Mark | None
    nodes: list[m.Inline | str] = []


class Line:
    """Collects the inlines of one paragraph; `take` hands them out and begins the next."""

    def __init__(self) -> None:
        self._open = [_Open(None)]
        self._after_space = True

    @property
    def depth(self) -> int:
        """How many marks are open."""
        return len(self._open) - 1

    @property
    def untouched(self) -> bool:
        """Whether nothing at all has come since the last `take`."""
        return len(self._open) == 1 and not self._open[0].nodes

    @property
    def blank(self) -> bool:
        """Whether nothing but white space has come since the last `take`."""
        return all(isinstance(n, str) and not n.strip() for o in self._open for n in o.nodes)

    def text(self, value: str) -> None:
        """Add text; runs of white space become one space, none after a space, a break or at the start."""
        if value := self._fitted(value):
            self._open[-1].nodes.append(value)

    def marked_text(self, mark: Mark, value: str) -> None:
        """Add a mark with nothing but this text in it, as most have."""
        value = self._fitted(value)
        if value.strip():
            self._open[-1].nodes.append(mark((m.Text(value),)))
        elif value:
            self._open[-1].nodes.append(value)

    def _fitted(self, value: str) -> str:
        """The text as it goes on from what has come before it."""
        value = collapsed(value)
        if self._after_space and value[:1] == " ":
            value = value[1:]
        if value:
            self._after_space = value[-1] == " "
        return value

    def add(self, node: m.Inline) -> None:
        """Add a whole inline node."""
        self._open[-1].nodes.append(node)
        self._after_space = isinstance(node, m.LineBreak)

    def ends_with_break(self) -> bool:
        """Whether the last thing in the line, white space apart, is a line break."""
        for node in reversed(self._open[-1].nodes):
            if isinstance(node, m.LineBreak):
                return True
            if not isinstance(node, str) or node.strip():
                return False
        return False

    def open(self, mark: Mark) -> None:
        """Begin a mark."""
        self._open.append(_Open(mark))

    def close(self, mark: Mark) -> None:
        """End this mark; marks opened after it end and begin again, so crossed tags keep their meaning."""
        again: list[Mark] = []
        while len(self._open) > 1:
            top = self._close_top()
            if top is mark:
                break
            again.append(top)
        for each in reversed(again):
            self.open(each)

    def take(self) -> m.Inlines:
        """The line, trimmed and merged, () if nothing is in it; open marks stay open for the next one."""
        if len(self._open) == 1:
            nodes = self._open[0].nodes
            self._after_space = True
            if not nodes:
                return ()
            self._open[0].nodes = []
            return _plain_line(nodes)
        marks: list[Mark] = []
        while len(self._open) > 1:
            marks.append(self._close_top())
        inlines = _trim(merged(self._open[0].nodes))
        self._open = [_Open(None)]
        self._after_space = True
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
        if len(content) == 1 and isinstance(content[0], m.Note):  # a raised mark is a note's own looks
            self._open[-1].nodes.append(content[0])
        elif any(not isinstance(n, m.Text) or n.value.strip() for n in content):
            self._open[-1].nodes.append(top.mark(content))
        else:  # an empty mark says nothing, but the space in it parts two words
            self._open[-1].nodes += [n.value for n in content if isinstance(n, m.Text)]
        return top.mark


def collapsed(value: str) -> str:
    """The text with each run of white space as one space; most texts have none to collapse."""
    if "  " in value or "\n" in value or "\t" in value or "\r" in value or "\f" in value:
        return _SPACE.sub(" ", value)
    return value


def line_of_text(value: str) -> str:
    """The text as a line of its own: collapsed and trimmed, "" if nothing in it shows."""
    value = collapsed(value).strip()
    return value if value.strip(_INVISIBLE) else ""


def _plain_line(nodes: list[m.Inline | str]) -> m.Inlines:
    """The line of these nodes; most lines are one text."""
    if len(nodes) == 1 and isinstance(only := nodes[0], str):
        return (m.Text(text),) if (text := line_of_text(only)) else ()
    return _trim(merged(nodes))


def merged(nodes: list[m.Inline | str]) -> m.Inlines:
    """The nodes with neighbouring texts joined, and neighbours that say the same (`<b>a</b><b>b</b>`, a link in halves)."""
    row: list[m.Inline] = []
    for node in nodes:
        if isinstance(node, str):
            node = m.Text(node)
        last = row[-1] if row else None
        joined = _join(last, node) if type(last) is type(node) else None
        if joined is None:
            row.append(node)
        else:
            row[-1] = joined
    return tuple(row)


def _join(a: m.Inline | None, b: m.Inline) -> m.Inline | None:
    match a, b:
        case m.Text(x), m.Text(y):
            return m.Text(x + y)
        case m.Strong(x), m.Strong(y):
            return m.Strong(merged([*x, *y]))
        case m.Emph(x), m.Emph(y):
            return m.Emph(merged([*x, *y]))
        case m.Link(x, url, title), m.Link(y, same_url, same_title) if (url, title) == (same_url, same_title):
            return m.Link(merged([*x, *y]), url, title)
    return None


def _trim(nodes: m.Inlines) -> m.Inlines:
    """Take white space, breaks and emptied marks off both ends, and the space before a break."""
    if _is_trim(nodes):
        return nodes
    row = list(nodes)
    for end in (0, -1):
        while row and (trimmed := _trim_end(row[end], end)) != row[end]:
            if trimmed is None:
                del row[end]
            else:
                row[end] = trimmed
    for i in range(len(row) - 1):
        node = row[i]
        if isinstance(node, m.Text) and isinstance(row[i + 1], m.LineBreak):
            row[i] = m.Text(node.value.rstrip(" "))
    if all(isinstance(n, m.Text) and not n.value.strip(_INVISIBLE) for n in row):
        return ()
    return tuple(n for n in row if n != m.Text(""))


def _is_trim(nodes: m.Inlines) -> bool:
    """Whether there is nothing to trim, told at a glance: words at both ends and no break between, as in most lines."""
    start, end = _edge(nodes, 0) or " ", _edge(nodes, -1) or " "
    if start.isspace() or end.isspace() or start in _INVISIBLE:
        return False
    return m.LineBreak not in map(type, nodes)


def _edge(nodes: m.Inlines, end: int) -> str:
    """The character at the first (0) or last (-1) end, "" if that is none of text, emphasis or a link."""
    while nodes:
        match nodes[end]:
            case m.Text(value):
                return value[end : end + 1 or None]
            case m.Link(content) | m.Strong(content) | m.Emph(content):
                nodes = content
            case _:
                break
    return ""


def _trim_end(node: m.Inline, end: int) -> m.Inline | None:
    """The node without white space at its first (0) or last (-1) end; None if nothing is left of it."""
    match node:
        case m.LineBreak():
            return None
        case m.Text(value):
            value = value.lstrip() if end == 0 else value.rstrip()
            return m.Text(value) if value else None
        case m.Strong() | m.Emph() | m.Strike() | m.Link() | m.Span() | m.Sub() | m.Sup():
            inner = _trim_one_side(node.content, end)
            if inner == node.content:
                return node
            return msgspec.structs.replace(node, content=inner) if inner else None
        case _:
            return node


def _trim_one_side(nodes: m.Inlines, end: int) -> m.Inlines:
    row = list(nodes)
    while row and (trimmed := _trim_end(row[end], end)) != row[end]:
        if trimmed is None:
            del row[end]
        else:
            row[end] = trimmed
    return tuple(row)


def split_lines(inlines: m.Inlines) -> list[m.Inlines]:
    """The inlines cut at their top-level line breaks, each trimmed, empty ones left out."""
    if _is_trim(inlines):
        return [inlines]
    lines: list[list[m.Inline]] = [[]]
    for node in inlines:
        if isinstance(node, m.LineBreak):
            lines.append([])
        else:
            lines[-1].append(node)
    return [trimmed for line in lines if (trimmed := _trim(tuple(line)))]
