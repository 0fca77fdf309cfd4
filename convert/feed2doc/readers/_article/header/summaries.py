"""Summaries above the text of an article that markup or the names of elements tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feed2doc._text.cjk import reading_length
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.header.marks import Marks
from feed2doc.readers._article.header.reading import MarkedLines, first_marked
from feed2doc.readers._article.header.taken import Lines
from feed2doc.readers._article.header.title import Title
from feed2doc.readers._article.header.units import Unit
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHORTEST = 24
_LOWER = frozenset({"h2", "h3", "h4", "h5", "h6"})


class Summaries:
    """The summaries of one tree: of elements that a rule knows, and of those whose names say so."""

    def __init__(
        self,
        index: Index,
        rules: Rules,
        facts: Facts,
        marks: Marks,
        reading: MarkedLines,
        title: Title | None,
    ) -> None:
        self._root = index.root
        self._rules = rules
        self._facts = facts
        self._marks = marks
        self._reading = reading
        self._title = title
        self._known = rules.select("header_standfirst", index)
        self._named = rules.worded("standfirst", index)

    def __bool__(self) -> bool:
        return bool(self._known or self._named)

    def names(self, elements: Mapping[_Element, str]) -> bool:
        """Return True if one of these elements is a summary only by its name."""
        return any(each in self._named for each in elements)

    def take(self, unit: Unit, text: str, around: list[_Element], found: Lines) -> bool:
        """Add the element of a summary that this line is in. Return False if it is in none."""
        for marked in (self._known, self._named):
            holder = first_marked(around, marked)
            if holder is not None and not self._is_line_in(holder, unit, text, around):
                if not found.standfirst and (marked is self._known or self._is_summary(holder, text)):
                    found.standfirst[holder] = marked[holder]
                if holder in found.standfirst:
                    return True
        return False

    def is_epigraph(self, source: str) -> bool:
        """Return True if the line below a paragraph is not a byline: a person is stated as the author, and it lacks that name."""
        stated = self._facts.best("byline")
        if stated is None or stated.value in self._facts.organisations(stated):
            return False
        names = printed_names(stated.value)
        return not any(
            name.casefold() in source.casefold() or self._rules.words.find("nobody", name) for name in names
        )

    def _is_line_in(self, holder: _Element, unit: Unit, text: str, around: list[_Element]) -> bool:
        """Return True for a line of names or times in the element of a summary, which its markup names."""
        inside = [each for top in unit.elements for each in top.iter()]
        inside += around[: around.index(holder)]
        if unit.elements[:1] == [holder] or not any(each in self._marks.all for each in inside):
            return False
        taken = self._reading.read(unit, text, around)
        return taken is not None and bool(taken.line.byline or taken.line.time)

    def _is_summary(self, holder: _Element, text: str) -> bool:
        """Return True if an element whose name says so is a summary: it has only this line, which is not one of the trade."""
        return (
            reading_length(text) >= _SHORTEST
            and words_of(holder) == " ".join(text.split())
            and holder is not self._root
            and self._rules.credit(text) is None
            and not self._has_heading_above(holder)
        )

    def _has_heading_above(self, element: _Element) -> bool:
        """Return True if the line above an element is a heading, and not the headline: `Abstract`."""
        above = element.getprevious()
        return (
            above is not None
            and above.tag in _LOWER
            and (self._title is None or above is not self._title.element)
        )
