"""Lines of inline nodes, with white space collapsed and wrappers such as emphasis opened and closed in any order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

# HTML white space (https://infra.spec.whatwg.org/#ascii-whitespace). It does not include the no-break space.
_SPACE = pattern(r"[ \t\n\f\r]+")
# Invisible characters. A paragraph that consists only of these is a spacer.
INVISIBLE = "\u200b\u200c\u2060\u00ad\u200e\u200f"

Mark = Callable[[m.Inlines], m.Inline]


class _Open(msgspec.Struct, eq=False):
    """An open wrapper (emphasis, link) and its content so far."""

    mark: Mark | None
    nodes: list[m.Inline | str] = []


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
            for node in reversed(each.nodes):
                if text := (node if isinstance(node, str) else m.plain_text((node,))).rstrip():
                    return text[-1]
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
            self._open[0].nodes = []
            return _plain_line(nodes)
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
        elif any(not isinstance(n, m.Text) or n.value.strip() for n in content):
            self._open[-1].nodes.append(_flat(top.mark(content)))
        else:  # drop an empty wrapper, but keep the space in it, which may separate words
            self._open[-1].nodes += [n.value for n in content if isinstance(n, m.Text)]
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


def nested(outer: Mark, inner: Mark) -> Mark:
    """Return a wrapper that contains another one."""
    return lambda content: outer((inner(content),))


def collapsed(value: str) -> str:
    """Return the text with white space collapsed. Most texts need no change."""
    if "  " in value or "\n" in value or "\t" in value or "\r" in value or "\f" in value:
        return _SPACE.sub(" ", value)
    return value


def line_of_text(value: str) -> str:
    """Return the text collapsed and trimmed, or "" if nothing in it is visible."""
    value = collapsed(value).strip()
    return value if value.strip(INVISIBLE) else ""


def _plain_line(nodes: list[m.Inline | str]) -> m.Inlines:
    """Return these nodes as a line. Most lines are a single text."""
    if len(nodes) == 1 and isinstance(only := nodes[0], str):
        return (m.Text(text),) if (text := line_of_text(only)) else ()
    return trim(merged(nodes))


def merged(nodes: Iterable[m.Inline | str]) -> m.Inlines:
    """Return the nodes with adjacent texts joined, as well as equal neighbours (`<b>a</b><b>b</b>`, a link in two parts)."""
    row: list[m.Inline] = []
    last: m.Inline | None = None
    for each in nodes:
        node = m.Text(each) if isinstance(each, str) else each
        if type(last) is type(node) and (joined := _join(last, node)) is not None:
            row[-1] = last = joined
        else:
            row.append(node)
            last = node
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


def trim(nodes: m.Inlines) -> m.Inlines:
    """Return the nodes without white space, breaks and empty wrappers at both ends, and without space before breaks."""
    if _istrim(nodes):
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
    if all(isinstance(n, m.Text) and not n.value.strip(INVISIBLE) for n in row):
        return ()
    return tuple(n for n in row if n != m.Text(""))


def _istrim(nodes: m.Inlines) -> bool:
    """Return True if a quick check finds nothing to trim, as in most lines: text at both ends and no break in between."""
    if len(nodes) == 1 and type(only := nodes[0]) is m.Text:
        return only.value[:1] not in INVISIBLE and only.value.strip() == only.value
    start, end = _edge(nodes, 0), _edge(nodes, -1)
    if not start or not end or start.isspace() or end.isspace() or start in INVISIBLE:
        return False
    return m.LineBreak not in map(type, nodes)


def _edge(nodes: m.Inlines, end: int) -> str:
    """Return the first (0) or last (-1) character, or "" if it is not in text, emphasis or a link."""
    while nodes:
        node = nodes[end]
        if type(node) is m.Text:
            return node.value[end] if node.value else ""
        if type(node) is not m.Link and type(node) is not m.Strong and type(node) is not m.Emph:
            break
        nodes = node.content
    return ""


def _trim_end(node: m.Inline, end: int) -> m.Inline | None:
    """Return the node without white space at its start (0) or end (-1), or None if nothing is left of it."""
    match node:
        case m.LineBreak():
            return None
        case m.Text(value):
            value = value.lstrip() if end == 0 else value.rstrip()
            return m.Text(value) if value else None
        case (
            m.Strong()
            | m.Emph()
            | m.Strike()
            | m.Insert()
            | m.Highlight()
            | m.Quotation()
            | m.Abbreviation()
            | m.Link()
            | m.Span()
            | m.Sub()
            | m.Sup()
        ):
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
    """Return the inlines split at top-level line breaks, each line trimmed, without empty lines."""
    if _istrim(inlines):
        return [inlines]
    lines: list[list[m.Inline]] = [[]]
    for node in inlines:
        if isinstance(node, m.LineBreak):
            lines.append([])
        else:
            lines[-1].append(node)
    return [trimmed for line in lines if (trimmed := trim(tuple(line)))]


def lines_in(inlines: m.Inlines) -> list[m.Inlines]:
    """Return the inlines split at line breaks, also at those in emphasis or links. The indents of lines are kept."""
    return [line for line in _lines_in(inlines) if line]


def _lines_in(inlines: m.Inlines) -> list[m.Inlines]:
    lines: list[list[m.Inline]] = [[]]
    for node in inlines:
        if isinstance(node, m.LineBreak):
            lines.append([])
        elif isinstance(node, m.Strong | m.Emph | m.Span | m.Link):
            for number, line in enumerate(_lines_in(node.content)):
                if number:
                    lines.append([])
                if line:
                    lines[-1].append(msgspec.structs.replace(node, content=line))
        else:
            lines[-1].append(node)
    return list(map(tuple, lines))
