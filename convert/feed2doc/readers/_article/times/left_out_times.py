"""The time of an article in a line above its text that a rule leaves out, such as one of tags and counters."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from feed2doc.readers._article.header.times import times_in
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The longest line with a time, and how many words of text above it end the header.
_LONGEST, _TEXT = 240, 60


def time_left_out(root: _Element, dropped: Container[_Element]) -> tuple[str, _Element] | None:
    """Return the only time of the first such line that has one, and its element, or None if text comes first."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element in dropped:
            if (time := _time_of(element)) is not None:
                return time, element
            continue
        if element.tag == "p" and len(words_of(element)) > _TEXT:
            return None
        stack += [child for child in reversed(element) if isinstance(child.tag, str)]
    return None


def _time_of(element: _Element) -> str | None:
    """Return the time that a short element states in an attribute or as text, or None if it has none or several."""
    words = words_of(element)
    if not 0 < len(words) <= _LONGEST:
        return None
    stated = [each.get("datetime") or "" for each in element.iter("time")]
    known = [each for each in stated if parse_time(each) is not None]
    if known:
        return known[0]
    written = [words[start:stop] for start, stop, _ in times_in(words)]
    return written[0] if len(written) == 1 else None
