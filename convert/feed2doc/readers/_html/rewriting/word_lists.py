"""Lists that Word writes as paragraphs with a typed bullet or number, as `ul` and `ol` elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._html.rewriting.word_marks import Kind, WordMark, keep_mark, mark_element, mark_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = pattern(r"mso-list:(?P<list>l\d{1,9})?[^;]{0,40}?level(?P<level>\d)")
_NO_ITEM = pattern(r"mso-list:(?:none|skip)")
# Paragraphs of a list that have no mark go on with the item above, unless they are as wide as the text.
_GOES_ON = pattern(r"MsoList(?:Paragraph|Continue)")
_WIDE = pattern(r"margin-left:0(?!\.?\d)")
_LEVEL = pattern(r"MsoList(?:Bullet|Number)?([2-5])")
_TAGS = ("p", *(f"h{level}" for level in range(1, 7)))


class _List(Struct, eq=False):
    """An open list: what it may count in, with the first and the last number of each kind, and its last item."""

    element: _Element
    level: int
    name: str
    first: dict[Kind, int]
    numbers: dict[Kind, int]
    last: _Element

    def next_numbers(self, mark: WordMark, name: str) -> dict[Kind, int]:
        """Return the numbers of the item that has this mark, or {} if it does not continue this list.

        A list of the same name may leave out numbers, but never goes back.
        """
        own = [(kind, number) for kind, number in mark.numbers.items() if kind in self.numbers]
        following = {kind: number for kind, number in own if not kind or number == self.numbers[kind] + 1}
        if following or not name or name != self.name:
            return following
        return dict([each for each in own if each[1] > self.numbers[each[0]]][:1])

    def go_on(self, element: _Element, numbers: dict[Kind, int], level: int) -> None:
        """Add an item that has the next numbers."""
        kind, number = next(iter(numbers.items()))
        if kind and number != self.numbers[kind] + 1:
            element.set("value", str(number))
        self.numbers, self.level, self.last = numbers, level, element
        self.element.append(element)

    def close(self) -> None:
        """State the kind of the list, which its items have settled, and its first number."""
        kind = next(iter(self.numbers))
        if not kind:
            self.element.tag = "ul"
            return
        if kind != "1":
            self.element.set("type", kind)
        if self.first[kind] != 1 or kind == "1":
            self.element.set("start", str(self.first[kind]))


def settle_word_lists(root: _Element) -> None:
    """Turn the paragraphs that are items of a list into `li` elements. The others stay as they are."""
    lists = _Lists()
    for element in list(root.iter(*_TAGS)):
        style = (element.get("style") or "").lower().replace(" ", "")
        if "mso-list:" in style or "MsoList" in (element.get("class") or ""):
            lists.read(element, style)
    lists.end()


class _Lists:
    """The lists that are open, innermost last, and the paragraphs after their last item, which may belong to it."""

    def __init__(self) -> None:
        self._open: list[_List] = []
        self._after: list[_Element] = []
        self._last: _Element

    def end(self) -> None:
        """Close all lists."""
        self._close_to(0)
        self._after = []

    def read(self, element: _Element, style: str) -> None:
        """Add a paragraph to the open lists if it is an item, or begin a list with it. Leave any other where it is."""
        if self._open and not self._is_next(element):
            self.end()
        place = _PLACE.search(style)
        is_item = place is not None or not _NO_ITEM.search(style)
        mark = mark_of(element) if is_item else None
        classes = element.get("class") or ""
        level, name = (int(place["level"]), place["list"] or "") if place else (_level_of(classes), "")
        if mark is not None and element.tag == "p" and self._add(element, mark, level, name):
            return
        if (ignored := mark_element(element)) is not None:
            keep_mark(ignored)
        goes_on = mark is None and place is None and _GOES_ON.search(classes)
        if self._open and goes_on and not _WIDE.search(style):
            self._after.append(element)
        else:
            self.end()

    def _is_next(self, element: _Element) -> bool:
        """Return True if only white space is between this element and the open lists."""
        before = self._after[-1] if self._after else self._open[0].element
        return element.getprevious() is before and not (before.tail or "").strip()

    def _add(self, element: _Element, mark: WordMark, level: int, name: str) -> bool:
        """Move an item into its list. Return False if its mark repeats other numbers than those of the items above it."""
        depth = len(self._open)
        while depth > 1 and self._open[depth - 1].level > level <= self._open[depth - 2].level:
            depth -= 1
        own = self._open[depth - 1] if depth and self._open[depth - 1].level >= level else None
        around = self._open[: depth - 1] if own is not None else self._open[:depth]
        if mark.above and tuple(each.numbers.get("1") for each in around[-len(mark.above) :]) != mark.above:
            return False
        numbers = own.next_numbers(mark, name) if own is not None else {}
        if not numbers and mark.is_initial:
            return False
        if not numbers and not around:
            self.end()
        for each in self._after:
            self._last.append(each)
        self._after = []
        self._close_to(depth if numbers else len(around))
        tail, element.tail = element.tail, None
        if own is not None and numbers:
            own.go_on(element, numbers, level)
        else:
            self._begin(element, mark, level, name)
        mark.cut(element)
        element.tag = "li"
        self._last = element
        self._open[0].element.tail = tail
        return True

    def _begin(self, element: _Element, mark: WordMark, level: int, name: str) -> None:
        """Begin a list with this item: in the last item of the list around it, or in place of the item."""
        made = element.makeelement("ol")
        if self._open:
            self._open[-1].last.append(made)
        else:
            element.addprevious(made)
        made.append(element)
        self._open.append(_List(made, level, name, mark.numbers, mark.numbers, element))

    def _close_to(self, depth: int) -> None:
        """Close the lists below this depth."""
        for each in self._open[depth:]:
            each.close()
        del self._open[depth:]


def _level_of(classes: str) -> int:
    """Return the level that the style of a paragraph has by its name."""
    found = _LEVEL.search(classes)
    return int(found[1]) if found else 1
