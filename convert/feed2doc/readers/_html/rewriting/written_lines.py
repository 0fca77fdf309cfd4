"""Lines that a style keeps as they are written (`white-space: pre-line`), as line breaks and no-break spaces."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.style import KEEPING_SPACES, declarations, is_monospaced

if TYPE_CHECKING:
    from lxml.etree import _Element

    from feed2doc.readers._rules.selectors import Index

_KEPT = (*KEEPING_SPACES, "pre-line")
# Elements whose white space has rules of its own, or in which text is not a line.
_OTHER = frozenset(
    ["code", "ol", "pre", "samp", "script", "style", "table", "tbody", "template", "textarea", "tr", "ul"]
)
_BLANK_LINE = pattern(r"\n[ \t]*\n")
# How long a line is at least that a program wrapped, and a line of its own below a message: `Signed-off-by: Ann Ba`.
_SHORTEST_WRAPPED = 50
_TRAILER = pattern(r"[A-Z][\w-]{1,40}: ")
# Elements that are program text if their font is monospaced.
_BOXES = ("div", "p", "section", "article")


def settle_lines(index: Index, poems: Iterable[_Element], prose: Iterable[_Element]) -> None:
    """Turn the line ends that are displayed into `br` elements: those that a style keeps, and those of poems in a `pre`.

    Those of prose in a `pre` are the ends of paragraphs, or of lines that a program wrapped.
    """
    settled: set[_Element] = set()
    for element in index.named.get("[style]", ()):
        if "white-space" not in (element.get("style") or "").lower() or element.tag in _OTHER:
            continue
        style = declarations(element)
        kept = style.get("white-space", "")
        is_program = kept in KEEPING_SPACES and element.tag in _BOXES and is_monospaced(style)
        if kept not in _KEPT or element in settled or is_program:
            continue
        settled.update(element.iter())  # their lines are those of this element
        _settle(element, spaces=kept in KEEPING_SPACES)
    for element in poems:
        if element.tag == "pre":
            element.tag = "div"
            _settle(element, spaces=True)

    for element in prose:
        if element.tag == "pre" and not len(element):
            _fill(element)


def _fill(prose: _Element) -> None:
    """Make paragraphs of the parts of a text between blank lines, with those of their line ends that are meant."""
    from lxml.etree import SubElement

    parts, prose.tag, prose.text = _BLANK_LINE.split(prose.text or ""), "div", None
    for part in filter(str.strip, parts):
        first, *others = part.strip().split("\n")
        filled = [[first]]
        for above, line in pairwise((first, *others)):
            if len(above) >= _SHORTEST_WRAPPED and line[:1].isalnum() and not _TRAILER.match(line):
                filled[-1].append(line)
            else:
                filled.append([line])
        paragraph = SubElement(prose, "p")
        paragraph.text, *below = map(" ".join, filled)
        for text in below:
            SubElement(paragraph, "br").tail = text


def _settle(root: _Element, *, spaces: bool) -> None:
    if "\n" not in "".join(map(str, root.itertext())).strip():
        return
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _OTHER:
            continue
        is_alone = element is root or element.tag in ("p", "div")
        if element.text and "\n" in element.text:
            text = element.text.lstrip("\n\r") if is_alone else element.text
            if text.strip() or not len(element):
                lines = text.rstrip().split("\n") if is_alone and not len(element) else text.split("\n")
                element.text = lines[0] if not spaces else _spaced(lines[0])
                for line in reversed(lines[1:]):
                    element.insert(0, _line_break(element, line, spaces=spaces))
    for element in list(chain.from_iterable(each.iterchildren() for each in list(root.iter()))):
        parent = element.getparent()
        if parent is None or parent.tag in _OTHER or not element.tail or "\n" not in element.tail:
            continue
        if element.tag in ("p", "div", "ul", "ol", "table", "blockquote") and not element.tail.strip():
            continue
        lines = element.tail.split("\n")
        if element.getnext() is None and not lines[-1].strip():
            lines = element.tail.rstrip().split("\n")
        element.tail = None  # lxml would move it behind the new elements
        for line in reversed(lines[1:]):
            element.addnext(_line_break(parent, line, spaces=spaces))
        element.tail = lines[0] if not spaces else _spaced(lines[0], start=False)


def _line_break(parent: _Element, line: str, *, spaces: bool) -> _Element:
    """Return a `br` before this line."""
    line_break = parent.makeelement("br")
    line_break.tail = _spaced(line) if spaces else line
    return line_break


def _spaced(line: str, *, start: bool = True) -> str:
    """Return the line with no-break spaces for its indent and for runs of spaces."""
    text = line.expandtabs(4)
    indent = len(text) - len(text.lstrip(" ")) if start else 0
    return "\u00a0" * indent + text[indent:].replace("  ", "\u00a0 ")
