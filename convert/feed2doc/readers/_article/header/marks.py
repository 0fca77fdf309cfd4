"""The elements of an article that rules, or their own class names, mark as bylines and times."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from feed2doc.readers._article.credits.typed import ENDS
from feed2doc.readers._article.furniture.page_lines import is_archive, is_button
from feed2doc.readers._article.header.elements import is_sentence
from feed2doc.readers._article.header.taken import Taken
from feed2doc.readers._article.header.units import Unit
from feed2doc.readers._blocks.elements import block_of
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHORTEST_SENTENCE = 24


class Marks:
    """The marked elements of a tree, each with its rule. Those that only class names mark count in the header alone."""

    def __init__(self, index: Index, rules: Rules, skipped: Collection[_Element]) -> None:
        named = _names(rules.select("header_byline", index), rules)
        timed = rules.select("header_time", index)
        self._selected = [each for each in (*named, *timed) if each not in skipped]
        titles = rules.worded("occupation", index)
        worded = {each: rule for each, rule in rules.worded("byline", index).items() if each not in titles}
        self.named: dict[_Element, str] = _names(worded, rules) | named
        self.timed: dict[_Element, str] = rules.worded("time", index) | timed
        self.all: dict[_Element, str] = self.named | self.timed

    def are_only_in(self, unit: Unit) -> bool:
        """Return True if a line has marks, and no other element is marked in the same way."""
        marks = self._in(unit)
        paths = {_path_of(each) for each in marks}
        return bool(marks) and not any(_path_of(each) in paths for each in self.all if each not in marks)

    def without_recurring(self, taken: list[Taken]) -> list[Taken]:
        """Return the lines without those whose marks recur in the text, as in a live blog or among letters."""
        unknown = self._outside(taken)
        told = _in_sentences(unknown)
        others = {_path_of(each): words_of(each) for each in unknown if each not in told}
        if not others:
            return taken
        return [
            one
            for one in taken
            if all(others.get(_path_of(each), text := words_of(each)) == text for each in self._in(one.unit))
        ]

    def besides(self, taken: list[Taken]) -> list[_Element]:
        """Return the marks outside these lines, or the only one that class names have made if the rules have none."""
        if marks := self._outside(taken):
            return marks
        known = {each for one in taken for each in self._in(one.unit)} if self.named else ()
        worded = [each for each in self.named if each not in known]
        worded = [each for each in worded if self.named.keys().isdisjoint(each.iterancestors())]
        return worded if len(worded) == 1 else []

    def _outside(self, taken: list[Taken]) -> list[_Element]:
        known = {each for one in taken for each in self._in(one.unit)} if self._selected else ()
        return [each for each in self._selected if each not in known]

    def _in(self, unit: Unit) -> list[_Element]:
        """Return the marks in or around a line."""
        inside = [each for top in unit.elements for each in top.iter()]
        return [each for each in (*inside, unit.parent, *unit.parent.iterancestors()) if each in self.all]


def _names(marked: dict[_Element, str], rules: Rules) -> dict[_Element, str]:
    """Return the marked elements without links to other articles of the author."""
    return {each: rule for each, rule in marked.items() if not _is_archive_link(each, rules)}


def _is_archive_link(element: _Element, rules: Rules) -> bool:
    words = words_of(element).rstrip(ENDS)
    return is_archive(words, rules) or (element.tag == "a" and is_button(words, rules))


def _in_sentences(elements: Iterable[_Element]) -> set[_Element]:
    """Return those elements of which the line is a sentence that has more than them."""
    found: set[_Element] = set()
    sentences: dict[_Element, int] = {}
    for element in elements:
        block = block_of(element)
        if block is None or block is element:
            continue
        if block not in sentences:  # a line may have thousands of elements
            line = words_of(block)
            sentences[block] = len(line) if is_sentence(line) else 0
        if sentences[block] - len(words_of(element)) > _SHORTEST_SENTENCE:
            found.add(element)
    return found


def _path_of(element: _Element) -> tuple[str, ...]:
    """Return the names and classes of the element and its ancestors."""
    return tuple(f"{each.tag}.{each.get('class') or ''}" for each in (element, *element.iterancestors()))
