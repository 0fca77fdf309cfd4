"""The last line of an article, if it is a byline or a time: by its markup, or a name and the time of day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from feed2doc._text.given_names import is_surely_person
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header.end import is_near_end
from feed2doc.readers._article.header.marks import Marks
from feed2doc.readers._article.header.reading import MarkedLines
from feed2doc.readers._article.header.taken import Taken
from feed2doc.readers._article.header.units import Unit, units_of
from feed2doc.readers._article.times.article_times import ArticleTimes
from feed2doc.readers._blocks.elements import block_of
from feed2doc.readers._html.parse import words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_MARKS = 2
# The last blocks, in which a name and the time of day may be.
_LAST_BLOCKS, _LONGEST = 4, 80
_CLOCK = pattern(r"\d[:.]\d\d(?!\d)")


class LastLine:
    """The search for the last line of one tree."""

    def __init__(
        self,
        index: Index,
        rules: Rules,
        skipped: Collection[_Element],
        marks: Marks,
        reading: MarkedLines,
        times: ArticleTimes,
    ) -> None:
        self._index = index
        self._rules = rules
        self._skipped = skipped
        self._marks = marks
        self._reading = reading
        self._times = times

    def below(self, taken: list[Taken]) -> Iterator[Taken]:
        """Yield the last line if it is a byline or a time, and the only one besides these lines of the header."""
        marks = self._marks.besides(taken)
        if not marks:
            if not any(one.line.byline for one in taken):
                yield from self._signed()
            return
        if len(marks) > _MOST_MARKS:
            return
        block = block_of(marks[0])
        if block is None or block is self._index.root or not self._is_last(block):
            return
        inside = set(block.iter())
        if (parent := block.getparent()) is None or not all(mark in inside for mark in marks):
            return
        unit = Unit(parent, [block], is_block=True)
        lines = [unit] if block in self._skipped else list(units_of(block, self._skipped))
        if not all(lines):
            return
        text = "\n".join(filter(None, (each.text for each in lines if each)))
        one = self._reading.read(unit, text, [block, parent, *parent.iterancestors()])
        if one is not None and not self._times.is_of_another(one.line):
            yield one

    def _signed(self) -> Iterator[Taken]:
        """Yield a last line of a name and the time of day, without markup: `Ann Ba | 5 May 2025, 14:26`."""
        for block in (
            each for tag in ("p", "div") for each in self._index.named.get(tag, ())[-_LAST_BLOCKS:]
        ):
            text = words_of_few(block) if (parent := block.getparent()) is not None else ""
            if (
                parent is None
                or not 0 < len(text) <= _LONGEST
                or _CLOCK.search(text) is None
                or block in self._skipped
                or not self._is_last(block)
            ):
                continue
            one = self._reading.read(Unit(parent, [block], is_block=True), text, [])
            if one is None or (time := one.line.time) is None or self._times.is_far(time):
                continue
            name = one.line.byline
            if is_surely_person(name) or (" " in name and self._times.is_near_archived(time)):
                yield one
                return

    def _is_last(self, block: _Element) -> bool:
        return is_near_end(block, self._index.root, self._skipped, self._rules)
