"""The parts of a header line in whose markup elements are names and times."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from feed2doc._text.given_names import is_surely_person
from feed2doc.readers._article.authors.bylines import split_helpers
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.header.elements import (
    has_other_time,
    is_section,
    is_sentence,
    is_update,
    leads_to_author,
    time_of,
)
from feed2doc.readers._article.header.line import LONGEST, HeaderLine, read_line
from feed2doc.readers._article.header.names import CONJUNCTIONS, is_names
from feed2doc.readers._article.header.taken import LONGEST_LABEL, Taken, name_above_time, without_links
from feed2doc.readers._article.header.times import is_label
from feed2doc.readers._article.header.units import Unit
from feed2doc.readers._article.times.parsing import Written
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import describe

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHORTEST_SENTENCE = 24
# An element with more text than this has more than a header.
_LONGEST_HEADER = 600
_LONGEST_PLACE, _MOST_WORDS_OF_PLACE = 40, 2
_BETWEEN_NAMES = CONJUNCTIONS | {"and", "&"}
UNMARKED = "a line of names and times"
"""The rule of a line in which no markup says so."""


class MarkedLines:
    """Reads lines in which the markup says what is a name (`named`) or a time (`timed`), each with its rule."""

    def __init__(self, rules: Rules, named: Mapping[_Element, str], timed: Mapping[_Element, str]) -> None:
        self._rules = rules
        self._named = named
        self._timed = timed
        self._known = {**named, **timed}

    def read(self, unit: Unit, text: str, around: list[_Element], *, has_begun: bool = False) -> Taken | None:
        """Return the parts of a line, or None if it is text. `has_begun` means that other lines of the header are above it."""
        if len(text) > 2 * LONGEST:
            return None
        inner = [each for top in unit.elements for each in top.iter()]
        named, timed = first_marked(around, self._named), first_marked(around, self._timed)
        times = [each for each in inner if each in self._timed]
        names = self._names_in(inner)
        buttons = self._buttons_in(inner)
        for words in buttons:
            text = text.replace(words, " | ", 1)
        if named is None and not names and len(text) > _SHORTEST_SENTENCE and is_sentence(text):
            return None
        stated = {each: written for each in times if (written := time_of(each)) is not None}
        updates = {each for each in stated if is_update(each, text, self._rules)}
        for each in stated:
            if not (each in updates and has_other_time(each)):
                text = text.replace(words_of(each), " | ", 1)
        mark = next((each for each in (named, timed, *names, *times) if each is not None), None)
        line = self._line(text, names, named is not None, bool(stated), has_begun)
        if line.rest or line.guessed or (named is not None and len(inner) > 1):
            links = [each for each in inner if leads_to_author(each, self._rules)]
            if not (line.rest or line.guessed) and not _are_shorter(links, line.byline):
                links = []
            linked = self._line(text, links, named is not None, bool(stated), has_begun) if links else line
            line = linked if linked.found else line
        if line.rest and mark is not None and (line.byline or line.time or stated):
            line = without_links(line, inner)
        if line.byline and not line.labelled and named is None and not names:
            _settle_sections(line, inner, self._rules)
        _settle_places(line, inner, has_names=bool(names))
        _add_stated(line, stated, updates)
        if (line.rest or not line.byline) and (two := name_above_time(unit)) is not None:
            line = two
        if not line.found:
            return None
        line.furniture += buttons
        rule = self._known.get(mark, "") if mark is not None else UNMARKED
        place = describe(mark if mark is not None else (unit.elements or [unit.parent])[0])
        return Taken(unit, line, rule, place, bool(stated))

    def _names_in(self, elements: list[_Element]) -> list[_Element]:
        """Return the elements of names among these. Of an element for all about the author, only the one for the name counts."""
        names = [each for each in elements if each in self._named]
        outer = {parent for each in names for parent in each.iterancestors()}
        return [each for each in names if each not in outer]

    def _buttons_in(self, elements: list[_Element]) -> list[str]:
        """Return the words of the buttons among these elements: a line has more than these, and they are not the names of people."""
        if len(elements) < 2:
            return []
        buttons = (each for each in elements[1:] if each.tag == "button" and each not in self._known)
        found = [words for each in buttons if 0 < len(words := words_of(each)) <= LONGEST_LABEL]
        return [words for words in found if not are_people(words)]

    def _line(
        self, text: str, names: list[_Element], named: bool, timed: bool, has_begun: bool
    ) -> HeaderLine:
        """Return the parts of a line in which elements may mark the names."""
        marked = [
            name
            for each in names
            if (name := words_of(each)) and not is_label(name, self._rules, is_element=True)
        ]
        whole = "".join(text.split())
        if not marked or (named and all("".join(name.split()) == whole for name in marked)):
            return read_line(text, self._rules, named=named, timed=timed, of_header=has_begun)
        rest, persons = text, []
        for name in dict.fromkeys(marked):
            if name in rest:
                rest = rest.replace(name, " | ", 1)
                persons.append(name)
        if not persons:  # an element around several lines
            return read_line(text, self._rules, named=named, timed=timed)
        rest, helpers = split_helpers(rest)
        if helpers:
            persons.append(helpers)
        inner = read_line(", ".join(persons), self._rules, named=True)
        line = read_line(rest, self._rules, timed=timed, of_header=True)
        line.rest = [part for part in line.rest if part not in _BETWEEN_NAMES] + inner.rest
        line.byline, line.labelled = inner.byline, True
        line.places += inner.places
        if (
            named
            and line.byline
            and all(len(part) <= LONGEST_LABEL and not is_sentence(part) for part in line.rest)
        ):
            line.places += line.rest  # a title or a place
            line.rest = []
        return line


def _are_shorter(links: list[_Element], byline: str) -> bool:
    """Return True if a byline is the full name in the only link to an author, and a word or two after it: `<a>Ana Ruiz</a> Cádiz`."""
    name = words_of(links[0]) if len(links) == 1 else ""
    after = byline.removeprefix(name).strip()
    return " " in name and byline.startswith(f"{name} ") and after.count(" ") < _MOST_WORDS_OF_PLACE


def first_marked(elements: list[_Element], marked: Collection[_Element]) -> _Element | None:
    """Return the first of these elements that is marked and does not have more than a header."""
    if not marked:
        return None
    return next((e for e in elements if e in marked and len(words_of(e)) < _LONGEST_HEADER), None)


def _settle_sections(line: HeaderLine, elements: list[_Element], rules: Rules) -> None:
    """Take a name without a label for a section if it links to a page whose address does not have it: `North Harbour 09:31 5 May 2025`."""
    name = line.byline
    link = next((each for each in elements if each.tag == "a" and words_of(each) == name), None)
    if link is None or leads_to_author(link, rules) or is_surely_person(name):
        return
    address = (link.get("href") or "").casefold()
    if address and not any(word in address for word in name.casefold().split()):
        line.furniture.append(name)
        line.byline, line.guessed = "", False


def _settle_places(line: HeaderLine, elements: list[_Element], *, has_names: bool) -> None:
    """Tell the places in a line: what is left of one with marked names if it looks like a name, but not links to sections."""
    if (
        line.byline
        and has_names
        and all(len(each) <= _LONGEST_PLACE and is_names(each) for each in line.rest)
    ):
        line.places += line.rest
        line.rest = []
    sections = {words_of(each) for each in elements if is_section(each)}
    line.furniture += [each for each in line.places if each in sections]
    line.places = [each for each in line.places if each not in sections]


def _add_stated(line: HeaderLine, stated: Mapping[_Element, Written], updates: Collection[_Element]) -> None:
    """Add the times that elements of a line state: the first that is not of an update is the line's."""
    is_first = True
    for each, written in stated.items():
        if each not in updates and is_first:
            line.updated = line.updated or line.time_text
            line.time, line.time_text, is_first = written, words_of(each), False
        else:
            line.furniture.append(words_of(each))
            if each in updates:
                line.updated = written.text
