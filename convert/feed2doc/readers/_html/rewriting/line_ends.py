"""Line ends in the markup between Chinese and Japanese characters, which are no spaces, as programs that indent markup write them.

https://www.w3.org/TR/css-text-3/#line-break-transform
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_character
from feed2doc._text.lazy_re import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

# Characters that need no space next to each other, and signs of which that is true next to such a character.
_WIDE = "\u3001-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_SIGNS = "\u2014\u2018\u2019\u201c\u201d\u2026\u00b7"
# Punctuation that has its own space.
_SPACED = "\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff1f"
_IS_SPACED = pattern(f"[{_SPACED}]")
_IS_WIDE, _IS_SIGN = pattern(f"[{_WIDE}]"), pattern(f"[{_SIGNS}]")
_AT_END = pattern(f"[{_WIDE}{_SIGNS}][ \\t]*\\r?\\n")
_WITHIN = pattern(
    f"(?<=[{_WIDE}])[ \\t]*\\r?\\n\\s*(?=[{_WIDE}{_SIGNS}])|(?<=[{_SIGNS}])[ \\t]*\\r?\\n\\s*(?=[{_WIDE}])"
)
# The elements in a line, and those with white space of their own.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
_KEPT = frozenset({"pre", "textarea", "script", "style", "code", "svg", "math"})
# Where a page has so few line ends, they only count behind lines of this length or a sign, without indentation: others may part
# names or labels.
_FEW, _SHORTEST_LINE = 4, 9


def settle_line_ends(root: _Element, markup: str) -> None:
    """Remove line ends between such characters, also from one element of a line to the next, if the markup of this tree has any."""
    count = markup.count("\n")
    if count > _FEW:
        may_have = _AT_END.search(markup) is not None
    else:
        may_have = any(_is_next_to(*each) for each in pairwise(markup.split("\n")))
    if may_have:
        _Lines(are_few=count <= _FEW).read(root)


def _is_next_to(before: str, after: str) -> bool:
    """Return True if one of two lines ends or begins with such a character."""
    return any(char >= "\u3000" for char in (before.rstrip()[-1:], after[:1]))


class _Lines:
    """The line of text that is being read: its last character, and the white space behind it."""

    def __init__(self, *, are_few: bool) -> None:
        self._are_few = are_few
        self._last, self._length = "", 0
        # The elements with the white space, each with True if it is in the tail, and whether it has a line end.
        self._space: list[tuple[_Element, bool]] = []
        self._has_end = False

    def read(self, root: _Element) -> None:
        """Settle the texts of an element and of all in it."""
        stack: list[tuple[_Element, bool]] = [(root, False)]
        while stack:
            element, is_tail = stack.pop()
            if element.tag not in _INLINE:
                self._begin()
            if is_tail:
                element.tail = self._settled(element, element.tail, is_tail=True)
                continue
            stack.append((element, True))
            if element.tag not in _KEPT:
                element.text = self._settled(element, element.text, is_tail=False)
                stack += [(child, False) for child in reversed(element)]

    def _begin(self) -> None:
        """Begin a line. There is no space at the end of the one above."""
        if self._has_end:
            for each in self._space:
                _strip(*each)
        self._last, self._space, self._has_end, self._length = "", [], False, 0

    def _settled(self, element: _Element, text: str | None, *, is_tail: bool) -> str | None:
        """Return the text without such line ends, and remove the one above it."""
        if not text:
            return text
        if not (words := text.strip()):
            self._keep(element, text, is_tail=is_tail)
            return text
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :]
        if self._has_end or "\n" in before:
            spaces = [*self._space, (element, is_tail)] if before else self._space
            kept = None
            ends = "".join((each.tail if tail else each.text) or "" for each, tail in self._space) + before
            if not (
                _touch(self._last, words[0]) and self._counts(ends[ends.rfind("\n") + 1 :])
            ):  # the space outside of links and the like stays
                kept = next((each for each in spaces if each[1]), spaces[0])
            for each in self._space:
                if each != kept:
                    _strip(*each)
            before = before if kept == (element, is_tail) else ""
            self._length = 0
        within = words if "\n" not in words else _WITHIN.sub(self._between, words)
        self._length = self._length + len(words) if "\n" not in words else len(words) - words.rfind("\n")
        self._last, self._space, self._has_end = words[-1], [], False
        if after:
            self._keep(element, after, is_tail=is_tail)
        return before + within + after

    def _between(self, found: re.Match[str]) -> str:
        """Return what stands for a line end within a text."""
        start = found.string.rfind("\n", 0, found.start()) + 1
        last, indentation = found.string[found.start() - 1], found[0][found[0].rfind("\n") + 1 :]
        length = found.start() - start + (0 if start else self._length)
        return "" if self._counts(indentation, last, length) else found[0]

    def _counts(self, indentation: str, last: str = "", length: int = 0) -> bool:
        """Return True if a line end behind the line so far, or one of this length with this last character, parts nothing."""
        is_long = (length or self._length) >= _SHORTEST_LINE or not is_character(last or self._last)
        return not self._are_few or (is_long and not indentation)

    def _keep(self, element: _Element, space: str, *, is_tail: bool) -> None:
        self._space.append((element, is_tail))
        self._has_end = self._has_end or "\n" in space


def _strip(element: _Element, in_tail: bool) -> None:
    if in_tail:
        element.tail = (element.tail or "").rstrip()
    else:
        element.text = (element.text or "").rstrip()


def _touch(last: str, first: str) -> bool:
    """Return True if there is no space between these characters at a line end."""
    if not last:
        return False
    if _IS_SPACED.match(last) or _IS_SPACED.match(first):
        return True
    wide = (_IS_WIDE.match(last) is not None, _IS_WIDE.match(first) is not None)
    return any(wide) and all(
        is_wide or _IS_SIGN.match(char) for is_wide, char in zip(wide, (last, first), strict=True)
    )
