"""Program text: the exact lines of a `pre`, or of what a highlighter made of it, without line numbers and buttons."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc._text.powers import lowered_in_code, raised_in_code
from feed2doc.readers._blocks.code.language import language_of
from feed2doc.readers._blocks.code.line_numbers import Unwritten
from feed2doc.readers._blocks.elements import BREAKING, MEDIA
from feed2doc.readers._html.moving import move_without_tails
from feed2doc.readers._html.parse import raw_text_of
from feed2doc.readers._html.style import KEEPING_SPACES, declarations, is_monospaced

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that are lines of their own, besides those that always are, and classes and styles that say so.
_LINES = frozenset({"li", "tr", "pre", "table", "ol", "ul", "hr"})
_LINE_CLASS = pattern(r"(?:^|\s)(?:(?:code-|view-|cm-|token-)?line|line-wrap|loc)(?:$|\s)")
_MARKED_LINE = "gatsby-highlight-code-line"  # its newline is missing
_LINE_STYLE = pattern(r"display\s*:\s*(?:block|flex|grid|table|list-item)\b")
_SCRIPTS = {"sup": raised_in_code, "sub": lowered_in_code}
# Program text in a sentence, in which a line ends at a `br`, and a newline is a space.
_INLINE = ("code", "kbd", "samp", "tt", "span")
_SPACES = " \t\r"
_KEEPING_CLASS = "whitespace-pre"  # of Tailwind
# The number of texts that are looked at for a newline, and of characters before raised text that may give it a meaning.
_MOST_TEXTS, _MOST_BEFORE = 500, 32


class ProgramText(Struct):
    """The lines of program text, and the elements in it that are not part of it."""

    value: str
    language: str
    left_out: list[_Element]
    signs: str = ""
    """The signs before raised and lowered text, which are not in the source."""


def program_text_of(element: _Element) -> ProgramText:
    """Return the program text of an element, with its white space."""
    reading = _Reading(element)
    reading.read(element)
    value = "".join(reading.written).replace("\u00a0", " ").removesuffix("\n")
    if not reading.keeps_lines and "\n" in value:
        value = value.rstrip()
    return ProgramText(value, language_of(element), reading.left_out, "".join(reading.signs))


def is_code_box(element: _Element) -> bool:
    """Return True if the style of this element says that it is program text: a monospaced font, and lines as written."""
    style = declarations(element)
    if style.get("white-space") not in KEEPING_SPACES or not is_monospaced(style):
        return False
    if any(each.tag in BREAKING or each.tag == "br" for each in element):
        return True
    return "\n" in "".join(map(str, islice(element.itertext(), _MOST_TEXTS))).strip()


def has_written_lines(element: _Element) -> bool:
    """Return True if a style or class of program text in a line says that its lines are kept as written, and it has several."""
    return _keeps_lines(element) and "\n" in raw_text_of(element).strip()


def _keeps_lines(element: _Element) -> bool:
    is_kept = "style" in element.attrib and declarations(element).get("white-space") in KEEPING_SPACES
    return is_kept or _KEEPING_CLASS in (element.get("class") or "")


def _lines_are_spans(element: _Element) -> bool:
    """Return True if the lines are `span`s that only a style sheet puts on lines of their own."""
    spans = [each for each in element.iter("span") if _LINE_CLASS.search(each.get("class") or "")]
    if len(spans) < 2 or next(element.iter("br"), None) is not None:
        return False
    return "\n" not in raw_text_of(element).strip()


def _code_lines(element: _Element) -> frozenset[_Element]:
    """Return the `code` elements that are lines: several in a `pre` that has no other lines or text."""
    found: set[_Element] = set()
    for each in element.iter("pre"):
        codes = [child for child in each if child.tag == "code"]
        between = (each.text, *(child.tail for child in each))
        has_others = len(codes) < len(each) or any(map(str.strip, filter(None, between)))
        if (
            len(codes) > 1
            and not has_others
            and not any("\n" in raw_text_of(code).strip("\n") for code in codes)
        ):
            found.update(codes)
    return frozenset(found)


class _Reading:
    """The text of an element, written so far in parts that are not empty."""

    def __init__(self, root: _Element) -> None:
        self.written: list[str] = []
        self.left_out: list[_Element] = []
        self.signs: list[str] = []
        self._root = root
        self._unwritten = Unwritten(root)
        self._lines_are_spans = _lines_are_spans(root)
        self._code_lines = _code_lines(root)
        self.keeps_lines = root.tag not in _INLINE or _keeps_lines(root)
        self._starts: list[int] = []
        self._is_blank = True

    def read(self, root: _Element) -> None:
        """Write the text of the element."""
        from lxml.etree import iterwalk

        walker = iterwalk(root, events=("start", "end"))
        for event, each in walker:
            if event == "end":
                if each is not root:
                    self._end(each)
            elif each is not root and self._unwritten.has(each, at_start=self._is_blank):
                self.left_out.append(each)
                walker.skip_subtree()
            else:
                self._start(each)

    def _start(self, element: _Element) -> None:
        is_root = element is self._root
        if element.tag == "br":
            self._write("\n")
        if not is_root and self._is_line(element):
            if not self._at_line_start():
                self._write("\n")
            self._starts.append(len(self.written))
        if element.tag in _SCRIPTS and not is_root:
            self._starts.append(len(self.written))
        text = element.text or ""
        if element.tag == "pre" or is_root:  # HTML ignores a newline at the start of `pre`
            text = text.removeprefix("\n")
        if len(element) and not text.strip() and self._is_line(element[0]):
            text = ""
        self._write_text(text)

    def _end(self, element: _Element) -> None:
        tail, following = element.tail or "", element.getnext()
        is_left_out = bool(self.left_out) and self.left_out[-1] is element
        if element.tag in _SCRIPTS and not is_left_out:
            self._end_script(element, self._starts.pop())
        if self._is_line(element) and not is_left_out:
            empty = len(self.written) == self._starts.pop()
            if (empty and element.tag not in ("table", "pre")) or not (empty or self._at_line_start()):
                self._write("\n")
            if not tail.strip() and (following is None or self._is_line(following)):
                tail = ""
        self._write_text(tail)

    def _end_script(self, element: _Element, start: int) -> None:
        """Put a sign before raised or lowered text, without which `10<sup>5</sup>` would be another number."""
        text = "".join(self.written[start:])
        before = self.written[start - 1][-_MOST_BEFORE:] if start else ""
        if next(element.iter("a"), None) is not None:  # the mark of a note
            return
        shown = _SCRIPTS[element.tag](before, text)
        del self.written[start:]
        self._write(shown)
        self.signs.append(shown.replace(text.strip(), "", 1))

    def _write_text(self, text: str) -> None:
        """Write text of the page. In a sentence a newline is a space, and nothing at the start of a line."""
        if "\n" in text and not self.keeps_lines:
            lines = text.split("\n")
            if self._at_line_start() and not lines[0].strip(_SPACES):
                del lines[0]
            if len(lines) > 1:
                between = (line.strip(_SPACES) for line in lines[1:-1])
                lines = [lines[0].rstrip(_SPACES), *filter(None, between), lines[-1].lstrip(_SPACES)]
            text = " ".join(lines)
        self._write(text)

    def _write(self, text: str) -> None:
        if text:
            self.written.append(text)
            _, ended, line = text.rpartition("\n")
            self._is_blank = (bool(ended) or self._is_blank) and not line.strip()

    def _at_line_start(self) -> bool:
        return not self.written or self.written[-1].endswith("\n")

    def _is_line(self, element: _Element) -> bool:
        if element.tag in BREAKING or element.tag in _LINES or element in self._code_lines:
            return True
        if element.tag != "span":
            return False
        classes = element.get("class") or ""
        return (
            (self._lines_are_spans and _LINE_CLASS.search(classes) is not None)
            or _MARKED_LINE in classes.split()
            or _LINE_STYLE.search(element.get("style") or "") is not None
        )


def without_media(element: _Element) -> _Element | None:
    """Move the pictures and embeds in a `pre` to a new element, and return it, or None if there are none."""
    media = list(element.iter(*MEDIA))
    if not media:
        return None
    holder = element.makeelement("div")
    nested = {inner for each in media for inner in each.iterdescendants(*MEDIA)}
    move_without_tails([each for each in media if each not in nested], holder)
    return holder
