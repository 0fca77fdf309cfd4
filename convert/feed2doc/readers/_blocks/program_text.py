"""Program text: the exact lines of a `pre`, or of what a highlighter made of it, without line numbers and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc._text.powers import lowered_in_code, raised_in_code
from feed2doc.readers._blocks.elements import BREAKING, SILENT
from feed2doc.readers._blocks.styles import is_monospaced
from feed2doc.readers._html.parse import raw_text_of
from feed2doc.readers._html.style import declarations

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that are lines of their own, besides those that always are.
_LINES = frozenset({"li", "tr", "pre", "table", "ol", "ul"})
_LINE_CLASS = pattern(r"(?:^|\s)(?:(?:code-|view-|cm-|token-)?line|line-wrap|loc)(?:$|\s)")
# Line numbers of Pygments, Rouge, Chroma, highlight.js, GitHub, Hexo, Crayon, SyntaxHighlighter, Prism and others.
_NUMBER_CLASS = pattern(
    r"(?:^|[\s_-])(?:line[-_]?num(?:ber)?s?|line-?no(?:s|div)?|ln|lnt|lnum|lineno|gutter|blob-num|nums?|line-numbers-rows)"
    r"(?:$|[\s_-])",
)
_NUMBERS = pattern(r"[\d\s.:|]*")
_BUTTON_CLASS = pattern(
    r"(?:^|[\s_-])(?:copy|clipboard|toolbar|copybutton|copybtn|code-header|code-lang)(?:$|[\s_-])"
)
_CODE_CLASS = pattern(r"(?:^|[\s_-])(?:code|blob-code|rouge-code)(?:$|[\s_-])")
_SCRIPTS = {"sup": raised_in_code, "sub": lowered_in_code}
_PRESERVED = ("pre", "pre-wrap", "break-spaces")

_LANGUAGE = pattern(
    r"(?:^|\s)(?:lang(?:uage)?-(\S+)"
    r"|(?:lang(?:uage)?:\s*|brush:\s*|highlight-source-|highlight-text-|sourceCode\s+|source-)([\w+#.-]+))"
)
# Class names of highlighters that a language follows or precedes: `<figure class="highlight python">`.
_HIGHLIGHTER = frozenset(
    {"highlight", "hljs", "syntaxhighlighter", "sourcecode", "prettyprint", "codehilite"}
)
_NO_LANGUAGE = frozenset(
    {"none", "plain", "plaintext", "nohighlight", "no-highlight", "default", "notranslate", "nogutter"}
)
_NAME = pattern(r"[a-zA-Z][\w+#-]{0,19}")


class ProgramText(Struct):
    """The lines of program text, and the elements in it that are not part of it."""

    value: str
    language: str
    left_out: list[_Element]
    signs: str = ""
    """The signs before raised and lowered text, which are not in the source."""


def program_text_of(element: _Element) -> ProgramText:
    """Return the program text of an element, with its white space."""
    reading = _Reading(_lines_are_spans(element), _code_lines(element))
    reading.read(element)
    value = "".join(reading.written).replace("\u00a0", " ")
    return ProgramText(value.removesuffix("\n"), language_of(element), reading.left_out, reading.signs)


def is_code_table(table: _Element) -> bool:
    """Return True if the table has line numbers in its first cells and program text in the others."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if not rows or any(cell.tag == "th" for row in rows for cell in row):
        return False
    return all(_is_code_row(row) for row in rows) and any(len(row) > 1 for row in rows)


def is_code_box(element: _Element) -> bool:
    """Return True if the style of this element says that it is program text: a monospaced font, and lines as written."""
    style = declarations(element)
    if style.get("white-space") not in _PRESERVED or not is_monospaced(style):
        return False
    return "\n" in raw_text_of(element).strip() or any(
        each.tag in BREAKING or each.tag == "br" for each in element
    )


def language_of(element: _Element) -> str:
    """Return the language of program text, from the attributes of its elements or of those around it, or ""."""
    around = [element.getparent(), *([p.getparent()] if (p := element.getparent()) is not None else [])]
    places = [*element.iter("code"), element, *(e for e in element.iter("pre", "td")), *around]
    for each in places:
        if each is None or each.tag in ("body", "html", "article", "main"):
            continue
        if found := _stated_language(each):
            return found
    return ""


def _stated_language(element: _Element) -> str:
    for name in ("data-lang", "data-language", "data-code-language", "data-enlighter-language"):
        if (value := (element.get(name) or "").strip()) and value.lower() not in _NO_LANGUAGE:
            return value
    classes = element.get("class") or ""
    if found := _LANGUAGE.search(classes):
        language: str = found[1] or found[2]
        return "" if language.lower() in _NO_LANGUAGE else language
    words = classes.split()
    if not _HIGHLIGHTER.isdisjoint(word.lower() for word in words):
        others = [word for word in words if word.lower() not in _HIGHLIGHTER | _NO_LANGUAGE]
        if len(others) == 1 and _NAME.fullmatch(others[0]) and "-" not in others[0]:
            return others[0]
    if len(words) == 1 and words[0].startswith("highlight-"):  # Sphinx
        name = words[0].removeprefix("highlight-")
        return "" if name in _NO_LANGUAGE else name
    return ""


def _is_code_row(row: list[_Element]) -> bool:
    first, rest = row[0], row[1:]
    if not rest:
        return _says_code(first)
    if len(rest) > 2 or not _NUMBERS.fullmatch(raw_text_of(first)):
        return False
    is_gutter = (
        _NUMBER_CLASS.search(first.get("class") or "") is not None
        or first.get("data-line-number") is not None
        or any(_NUMBER_CLASS.search(each.get("class") or "") for each in first.iter("pre", "span", "div"))
        or next(first.iter("pre"), None) is not None
    )
    return is_gutter and _says_code(rest[-1])


def _says_code(cell: _Element) -> bool:
    return _CODE_CLASS.search(cell.get("class") or "") is not None or next(cell.iter("pre"), None) is not None


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
    """The text of elements, written so far."""

    def __init__(self, lines_are_spans: bool, code_lines: frozenset[_Element]) -> None:
        self.written: list[str] = []
        self.left_out: list[_Element] = []
        self.signs = ""
        self._lines_are_spans = lines_are_spans
        self._code_lines = code_lines
        self._starts: list[int] = []

    def read(self, root: _Element) -> None:
        """Write the text of an element."""
        from lxml.etree import iterwalk

        walker = iterwalk(root, events=("start", "end"))
        for event, each in walker:
            if event == "end":
                if each is not root:
                    self._end(each)
            elif each is not root and _is_left_out(each):
                self.left_out.append(each)
                walker.skip_subtree()
            else:
                self._start(each, root)

    def _start(self, element: _Element, root: _Element) -> None:
        if element.tag == "br":
            self.written.append("\n")
        if element is not root and self._is_line(element):
            if not self._at_line_start():
                self.written.append("\n")
            self._starts.append(len(self.written))
        if element.tag in _SCRIPTS and element is not root:
            self._starts.append(len(self.written))
        text = element.text or ""
        if element.tag == "pre":  # HTML ignores a newline at the start of `pre`
            text = text.removeprefix("\n")
        if len(element) and not text.strip() and self._is_line(element[0]):
            text = ""
        self.written.append(text)

    def _end(self, element: _Element) -> None:
        tail, following = element.tail or "", element.getnext()
        if element.tag in _SCRIPTS and not (self.left_out and self.left_out[-1] is element):
            self._end_script(element, self._starts.pop())
        if self._is_line(element) and not (self.left_out and self.left_out[-1] is element):
            empty = not any(self.written[self._starts.pop() :])
            if (empty and element.tag not in ("table", "pre")) or not (empty or self._at_line_start()):
                self.written.append("\n")
            if not tail.strip() and (following is None or self._is_line(following)):
                tail = ""
        self.written.append(tail)

    def _end_script(self, element: _Element, start: int) -> None:
        """Put a sign before raised or lowered text, without which `10<sup>5</sup>` would be another number."""
        text = "".join(self.written[start:])
        before = next((each for each in reversed(self.written[:start]) if each), "")
        if next(element.iter("a"), None) is not None:  # the mark of a note
            return
        shown = _SCRIPTS[element.tag](before, text)
        self.written[start:] = [shown]
        self.signs += shown.replace(text.strip(), "", 1)

    def _at_line_start(self) -> bool:
        last = next((text for text in reversed(self.written) if text), "\n")
        return last.endswith("\n")

    def _is_line(self, element: _Element) -> bool:
        if element.tag in BREAKING or element.tag in _LINES or element in self._code_lines:
            return True
        return (
            self._lines_are_spans
            and element.tag == "span"
            and _LINE_CLASS.search(element.get("class") or "") is not None
        )


def _is_left_out(element: _Element) -> bool:
    """Return True for line numbers, buttons, and what is not displayed."""
    if element.tag in SILENT or element.tag == "button":
        return True
    if element.tag == "td" and element.getnext() is not None and (row := element.getparent()) is not None:
        return element.getprevious() is None and _is_code_row(list(row))
    classes = element.get("class") or ""
    if _NUMBER_CLASS.search(classes) and _NUMBERS.fullmatch(raw_text_of(element)):
        return True
    return element.tag != "pre" and _BUTTON_CLASS.search(classes) is not None
