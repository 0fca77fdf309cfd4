"""Elements in program text that are not part of it: line numbers, buttons, and what is not displayed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.elements import SILENT
from feed2doc.readers._html.parse import raw_text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# Line numbers of Pygments, Rouge, Chroma, highlight.js, GitHub, Hexo, Crayon, SyntaxHighlighter, Prism and others.
_NUMBER_CLASS = pattern(
    r"(?:^|[\s_-])(?:line[-_]?num(?:ber)?s?|line-?no(?:s|div)?|ln|lnt|lnum|lineno|gutter|blob-num|nums?|line-numbers-rows)"
    r"(?:$|[\s_-])",
)
# The class of a number that is part of a program, and of line numbers if these have a box of their own.
_ANY_NUMBER = frozenset(["num", "nums"])
_BOXES = frozenset(["td", "div", "pre", "ul", "ol", "table"])
_NUMBERS = pattern(r"[\d\s.:|]*")
_BUTTON_CLASS = pattern(
    r"(?:^|[\s_-])(?:copy|clipboard|toolbar|copybutton|copybtn|code-header|code-lang|code-block-extension-header|hljs-button)(?:$|[\s_-])"
)
# The number before the first of several lines, and how many lines are counted at least.
_FIRST_NUMBER, _NUMBER, _FEWEST_COUNTED = pattern(r"\s*\d"), pattern(r"\s*\d{1,6}\s*"), 2
# The length of the words of a button or toolbar, and the number of elements in it.
_LONGEST_BUTTON, _MOST = 60, 64
# What readers cannot select, and thus not copy.
_UNSELECTABLE = pattern(r"(?:^|[\s_-])(?:select-none|no-?select|unselectable)(?:$|\s)|user-select\s*:\s*none")
_CODE_CLASS = pattern(r"(?:^|[\s_-])(?:code|blob-code|rouge-code)(?:$|[\s_-])")
_NEAR = 16


def is_code_table(table: _Element) -> bool:
    """Return True if the table has line numbers in its first cells and program text in the others."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows_of(table)]
    rows = [row for row in rows if row]
    if not rows or any(cell.tag == "th" for row in rows for cell in row):
        return False
    return all(_is_code_row(row) for row in rows) and any(len(row) > 1 for row in rows)


def _rows_of(table: _Element) -> Iterator[_Element]:
    for each in table:
        if each.tag == "tr":
            yield each
        elif each.tag in ("tbody", "thead", "tfoot"):
            yield from each.iterchildren("tr")


def _is_code_row(row: list[_Element]) -> bool:
    first, rest = row[0], row[1:]
    if not rest:
        return _says_code(first)
    if len(rest) > 2 or not _says_code(rest[-1]) or _first_of(first, "table") is not None:
        return False
    is_gutter = (
        _NUMBER_CLASS.search(first.get("class") or "") is not None
        or first.get("data-line-number") is not None
        or any(_NUMBER_CLASS.search(each.get("class") or "") for each in islice(first.iter(), _NEAR))
        or _first_of(first, "pre") is not None
    )
    return is_gutter and _NUMBERS.fullmatch(raw_text_of(first)) is not None


def _says_code(cell: _Element) -> bool:
    if _CODE_CLASS.search(cell.get("class") or ""):
        return True
    found = _first_of(cell, "pre", "table")  # what is in another table is not its own
    return found is not None and found.tag == "pre"


def _first_of(cell: _Element, *tags: str) -> _Element | None:
    return next(cell.iter(*tags), None)


class Unwritten:
    """Elements that are not part of the program text in a tree."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._with_words: set[_Element] | None = None
        self._counted = _counted_lines(root)

    def has(self, element: _Element, *, at_start: bool) -> bool:
        """Return True for line numbers, buttons, and what is not displayed. `at_start` means that only spaces are before it in
        its line."""
        tag = element.tag
        if tag in SILENT or tag == "button" or element in self._counted:
            return True
        if tag == "td" and element.getnext() is not None and (row := element.getparent()) is not None:
            return element.getprevious() is None and _is_code_row(list(row))
        classes = element.get("class")
        if not classes:
            return False
        if _NUMBER_CLASS.search(classes) and self._is_numbers(element):
            is_first = at_start and _ANY_NUMBER.isdisjoint(classes.split())
            return is_first or tag in _BOXES or len(element) > 0
        return tag not in ("pre", "code") and _BUTTON_CLASS.search(classes) is not None and _is_short(element)

    def _is_numbers(self, element: _Element) -> bool:
        """Return True if nothing but numbers is in the element. All elements are looked at once, however deep they are."""
        if self._with_words is None:
            self._with_words = found = set()
            for each in self._root.iter():
                inside = each if each.text and not _NUMBERS.fullmatch(each.text) else None
                after = each.getparent() if each.tail and not _NUMBERS.fullmatch(each.tail) else None
                for around in (inside, after):
                    while around is not None and around not in found:
                        found.add(around)
                        around = around.getparent()
        return element not in self._with_words


def _counted_lines(root: _Element) -> frozenset[_Element]:
    """Return the numbers before lines that count them and have no class that says so."""
    text = raw_text_of(root)
    if not _FIRST_NUMBER.match(text):
        return frozenset()
    found = coloured = _coloured(root, text)
    if not found:
        found = _in_boxes(root)
    numbers = [int(each.text or "") for each in found]
    if len(numbers) < _FEWEST_COUNTED or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return frozenset()
    for each in coloured:
        each.tail = (each.tail or "").removeprefix(" ")
    return frozenset(found)


def _coloured(root: _Element, text: str) -> list[_Element]:
    """Return the numbers of one colour before all lines, which have a space after them (cnblogs)."""
    found: list[_Element] = []
    if _first_of(root, "span") is None:
        return found
    looks: set[str | None] = set()
    at_start, lines = True, text.rstrip().count("\n") + sum(1 for _ in root.iter("br")) + 1
    for each in root.iter():
        words = each.text or ""
        is_apart = not each.tail or each.tail[0].isspace()
        if at_start and each.tag == "span" and is_apart and _is_number(each):
            found.append(each)
            looks.add(each.get("style") if each.get("class") is None else None)
        for written in (words, each.tail or ""):
            _, ended, line = written.rpartition("\n")
            at_start = (bool(ended) or at_start or each.tag == "br") and not line.strip()
    return found if len(found) == lines >= _FEWEST_COUNTED and len(looks) == 1 and None not in looks else []


def _in_boxes(root: _Element) -> list[_Element]:
    """Return the numbers in boxes beside all lines, or that cannot be selected: `<div><div>1</div><div>a = b</div></div>`."""
    numbers = [each for each in root.iter("div", "span") if _is_number(each)]
    unselectable = [
        each for each in numbers if _UNSELECTABLE.search(f"{each.get('class')} {each.get('style')}")
    ]
    if unselectable:
        return unselectable
    beside = list(filter(_is_beside, numbers))
    rows = [row for each in beside if (row := each.getparent()) is not None]
    box = rows[0].getparent() if rows else None
    return beside if box is not None and rows == list(box) else []


def _is_number(element: _Element) -> bool:
    return not len(element) and _NUMBER.fullmatch(element.text or "") is not None


def _is_beside(number: _Element) -> bool:
    """Return True for a box before another one."""
    is_first = number.getprevious() is None and number.getnext() is not None
    return is_first and number.tag == "div" and not (number.tail or "").strip()


def _is_short(element: _Element) -> bool:
    elements = list(islice(element.iter(), _MOST + 1))
    return len(elements) <= _MOST and len(raw_text_of(element).strip()) <= _LONGEST_BUTTON
