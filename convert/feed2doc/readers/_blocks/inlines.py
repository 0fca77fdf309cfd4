"""Inline nodes: white space collapsed and trimmed, equal neighbours joined, lines split at breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

# HTML white space (https://infra.spec.whatwg.org/#ascii-whitespace). It does not include the no-break space.
_SPACE = pattern(r"[ \t\n\f\r]+")
# Invisible characters. A paragraph that consists only of these is a spacer.
INVISIBLE = "\u200b\u200c\u2060\u00ad\u200e\u200f"

Mark = Callable[[m.Inlines], m.Inline]


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


def plain_line(nodes: list[m.Inline | str]) -> m.Inlines:
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
    """Return the inlines split at line breaks, each line trimmed, without empty lines.

    Breaks in emphasis only count if all of the text is in it: `<em>Words by Ann Ba<br>Photos by Bo Cy</em>`.
    """
    if (
        len(inlines) == 1
        and isinstance(only := inlines[0], m.Emph | m.Strong | m.Span)
        and len(lines := split_lines(only.content)) > 1
    ):
        return [(msgspec.structs.replace(only, content=line),) for line in lines]
    if _istrim(inlines):
        return [inlines]
    rows: list[list[m.Inline]] = [[]]
    for node in inlines:
        if isinstance(node, m.LineBreak):
            rows.append([])
        else:
            rows[-1].append(node)
    return [trimmed for row in rows if (trimmed := trim(tuple(row)))]


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


def without_bold(caption: m.Inlines) -> m.Inlines:
    """Return a caption without bold type if it is entirely bold, which stresses no word of it."""
    return caption[0].content if len(caption) == 1 and type(caption[0]) is m.Strong else caption
