"""Days above the parts of a text, as in a diary: the first of them is not the day of the article."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from feed2doc.readers._article.header.taken import Taken
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

# The day of the week and signs around a day, the length of one, how many blocks below it may have the next one, and how many
# elements are looked at in each.
_AROUND, _LONGEST, _MOST_BELOW, _DEEPEST = 14, 40, 400, 4


def without_parts(taken: list[Taken]) -> list[Taken]:
    """Return the lines of a header without a day if the text has another one, set in the same way, between its paragraphs."""
    return [one for one in taken if not (_is_day(one) and _is_first_of_several(one.unit.elements[0]))]


def _is_day(one: Taken) -> bool:
    """Return True for a line that is nothing but a time, which no label and no attribute states."""
    line = one.line
    if line.time is None or not one.unit.is_block or one.stated:
        return False
    has_more = line.byline or line.updated or line.places or line.credits or line.furniture
    return not has_more and len(one.unit.text) - len(line.time_text) <= _AROUND


def _is_first_of_several(block: _Element) -> bool:
    """Return True if text is between a day and another one in an element of the same kind, and below that one."""
    shape = _shape_of(block)
    has_text = has_another = False
    for each in islice(block.itersiblings(), _MOST_BELOW):
        if not (words := words_of_few(each)):
            has_text = has_text or len(each) > 0
        elif has_another:
            return True
        elif len(words) <= _LONGEST and _shape_of(each) == shape and parse_time(words) is not None:
            has_another = has_text
        else:
            has_text = True
    return False


def _shape_of(element: _Element) -> tuple[str, ...]:
    """Return the names and classes of an element and of the first ones in it: `p`, `strong`."""
    shape: list[str] = []
    inner: _Element | None = element
    while inner is not None and len(shape) < _DEEPEST:
        shape.append(f"{inner.tag}.{inner.get('class') or ''}")
        inner = inner[0] if len(inner) else None
    return tuple(shape)
