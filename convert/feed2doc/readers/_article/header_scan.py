"""The search for the header of an article: the lines before its text, and a byline or time in its last line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header_line import EDGES, HeaderLine, is_names, read_line
from feed2doc.readers._article.header_units import Unit, units_of
from feed2doc.readers._article.times import Written, parse_time
from feed2doc.readers._blocks.elements import block_of
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index, describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# Lines without markup of their own that may come before the header, such as a section label, and their maximum length.
_MOST_LABELS, _LONGEST_LABEL = 2, 60
_SHORTEST_SENTENCE = 24
# An element with more text than this has more than a header.
_LONGEST_HEADER = 600
_SENTENCE = pattern(r"[.!?:;…。！？：；][\"”’»」)）]*$")
# The point at the end of a time: `7:05 p. m.`, `2025.`, `2025 г.`
_ABBREVIATED, _LONGEST_ABBREVIATION = pattern(r"(?:\d|[ap]\.? ?m|\bг)\.$"), 8
# The class of an element with the time of an update, and the longest text before it on its line.
_UPDATE_CLASS = pattern(r"updated?(?![a-z])|modified|last-?mod|changed(?![a-z])|aktualisiert|maj(?![a-z])")
_LONGEST_BEFORE_TIME = 40
# The signs around a time that has a line to itself.
_AROUND_TIME = 2
_AROUND, _PICTURES = ("header", "aside"), ("img", "picture", "figure")
_MEDIA = frozenset({"img", "video", "audio", "iframe", "embed", "table", "object", "svg"})
# A time in the header belongs to another thing if it is further from the time that a feed states.
_SAME_ARTICLE = timedelta(days=3)


class Taken(Struct, frozen=True):
    """A line of the header with its parts, and the rule and element that it was found by."""

    unit: Unit
    line: HeaderLine
    rule: str
    element: str


class Lines(Struct):
    """The lines to remove from the text, and the elements that are the standfirst."""

    taken: list[Taken] = []
    standfirst: dict[_Element, str] = {}


class Scan:
    """The search for header lines in one tree."""

    def __init__(self, index: Index, rules: Rules, skipped: Collection[_Element], facts: Facts) -> None:
        self._index = index
        self._rules = rules
        self._skipped = skipped
        self._facts = facts
        self._named = rules.select("header_byline", index)
        self._timed = rules.select("header_time", index)
        self._marks = [each for each in (*self._named, *self._timed) if each not in skipped]
        self._junk = rules.select("header_drop", index)
        self._standfirst = rules.select("header_standfirst", index)
        self._is_marked = bool(self._named or self._timed or self._junk or self._standfirst)

    def lines(self) -> Lines:
        """Return the header lines before the first paragraph of text, and one at the very end."""
        found = Lines()
        labels = 0
        has_text = False
        for unit in units_of(self._index.root, self._skipped):
            if unit is None:
                has_text = True
                break
            text = unit.text
            if not text or self._take(unit, text, found) or unit.is_heading:
                has_text = has_text or unit.is_heading
                continue
            if (
                unit.parent.tag in _AROUND or next(unit.parent.iterancestors(*_AROUND), None) is not None
            ) and unit.parent is not self._index.root:
                continue
            has_text = True
            labels += 1
            if labels > _MOST_LABELS or len(text) > _LONGEST_LABEL or _SENTENCE.search(text):
                break
        if not has_text and self._index.names.isdisjoint(
            _MEDIA
        ):  # if there are only such lines, they are the text
            return Lines()
        known = {each for one in found.taken for each in self._marks_in(one.unit)} if self._marks else ()
        if any(each not in known for each in self._marks):
            found.taken = self._without_recurring(found.taken)
            found.taken += self._last_line(found.taken)
        return found

    def _take(self, unit: Unit, text: str, found: Lines) -> bool:
        """Add a header line. Return False if the unit is not one."""
        around = self._around(unit)
        if (holder := _first(around, self._standfirst)) is not None:
            if not found.standfirst:
                found.standfirst[holder] = self._standfirst[holder]
            if holder in found.standfirst:
                return True
        if (junk := _first(around, self._junk)) is not None and not _SENTENCE.search(text):
            line = HeaderLine(furniture=[text])
            found.taken.append(Taken(unit, line, self._junk[junk], describe(junk)))
            return True
        taken = self._read(unit, text, around)
        if unit.is_heading and not (taken is not None and taken.line.labelled):
            return False  # a heading that is a date, or `Share`, may begin a section
        if taken is None or self._is_of_something_else(taken) or self._is_to_someone_else(taken, text):
            return False
        line = taken.line
        has_more = not line.labelled and len(text) - len(line.time_text) > _AROUND_TIME
        if has_more and unit.elements and _is_small_below_picture(unit.elements[0]):
            return False  # a caption with a date
        found.taken.append(taken)
        return True

    def _around(self, unit: Unit) -> list[_Element]:
        """Return the elements of a line and those around it."""
        return [*unit.elements, unit.parent, *unit.parent.iterancestors()] if self._is_marked else []

    def _read(self, unit: Unit, text: str, around: list[_Element]) -> Taken | None:
        """Return the parts of a line, or None if it is text."""
        inner = [each for top in unit.elements for each in top.iter()] if self._is_marked else []
        named, timed = _first(around, self._named), _first(around, self._timed)
        times = [each for each in inner if each in self._timed]
        names = [each for each in inner if each in self._named]
        if named is None and not names and len(text) > _SHORTEST_SENTENCE and _is_sentence(text):
            return None
        stated = {each: written for each in times if (written := _time_of(each)) is not None}
        updates = {each for each in stated if _is_update(each, text, self._rules)}
        for each in stated:
            text = text.replace(words_of(each), " | ", 1)
        mark = (
            named if named is not None else timed if timed is not None else next(iter((*names, *times)), None)
        )
        rule = (self._named | self._timed).get(mark, "") if mark is not None else ""
        line = self._line(text, names, named is not None)
        for each, written in stated.items():
            if line.time is None and each not in updates:
                line.time, line.time_text = written, words_of(each)
            else:
                line.furniture.append(words_of(each))
                if each in updates:
                    line.updated = line.updated or written.text
        if line.rest and (two := self._name_above_time(unit)) is not None:
            line = two
        if not line.found:
            return None
        if mark is None:
            rule = "a line of names and times"
        return Taken(
            unit, line, rule, describe(mark if mark is not None else (unit.elements or [unit.parent])[0])
        )

    def _line(self, text: str, names: list[_Element], named: bool) -> HeaderLine:
        """Return the parts of a line in which elements may mark the names."""
        marked = [name for each in names if (name := words_of(each))]
        if named or not marked:
            return read_line(text, self._rules, named=named)
        rest, persons = text, []
        for name in dict.fromkeys(marked):
            if name in rest:
                rest = rest.replace(name, " | ", 1)
                persons.append(name)
        inner = read_line(", ".join(persons), self._rules, named=True)
        line = read_line(rest, self._rules)
        line.rest = [
            part for part in line.rest if part not in ("and", "&", "und", "et", "y", "e")
        ] + inner.rest
        line.byline, line.labelled = inner.byline, True
        line.places += inner.places
        return line

    def _name_above_time(self, unit: Unit) -> HeaderLine | None:
        """Return the parts of a block of two lines, a byline and a time: `<div><i>BYLINE<br>TIME</i></div>`."""
        if not unit.is_block:
            return None
        lines = lines_in(unit.elements[0])
        times = [line for line in lines if parse_time(line)]
        names = [line for line in lines if line not in times]
        if len(times) != 1 or len(names) != 1 or not is_names(names[0]):
            return None
        return HeaderLine(byline=names[0], time=parse_time(times[0]), time_text=times[0])

    def _is_of_something_else(self, taken: Taken) -> bool:
        """Return True if the line only has a time that is far from the one the feed states, as in a diary."""
        known = next((f for f in self._facts.all("published") if f.source in ("item", "feed")), None)
        written = parse_time(known.value) if known is not None else None
        if written is None or taken.line.time is None or taken.line.byline:
            return False
        days = abs(taken.line.time.value.replace(tzinfo=None) - written.value.replace(tzinfo=None))
        return days > _SAME_ARTICLE

    def _is_to_someone_else(self, taken: Taken, text: str) -> bool:
        """Return True if the line has only accounts, and others than the stated author: those to whom a post is written."""
        author = self._facts.value("byline")
        accounts = text.startswith("@") and all(word.startswith("@") for word in text.split())
        return accounts and bool(author) and author not in text and not taken.line.labelled

    def _marks_in(self, unit: Unit) -> list[_Element]:
        """Return the elements in or around a line that the rules select."""
        inside = [each for top in unit.elements for each in top.iter()]
        marks = self._named.keys() | self._timed.keys()
        return [each for each in (*inside, unit.parent, *unit.parent.iterancestors()) if each in marks]

    def _without_recurring(self, taken: list[Taken]) -> list[Taken]:
        """Return the lines without those whose markup recurs in the text, as in a live blog or among letters."""
        known = {each for one in taken for each in self._marks_in(one.unit)}
        others = {
            _path(each): words_of(each)
            for each in self._marks
            if each not in known and not _is_in_sentence(each)
        }
        if not others:
            return taken
        return [
            one
            for one in taken
            if all(
                others.get(_path(each), text := words_of(each)) == text for each in self._marks_in(one.unit)
            )
        ]

    def _last_line(self, taken: list[Taken]) -> Iterator[Taken]:
        """Yield the last line of the article if it is a byline or a time, and the only one outside the header."""
        known = {each for one in taken for each in self._marks_in(one.unit)}
        marks = [each for each in self._marks if each not in known]
        if not marks or len(marks) > _MOST_LABELS:
            return
        block, root = block_of(marks[0]), self._index.root
        if block is None or block is root or not _is_last(block, root):
            return
        inside = set(block.iter())
        if (parent := block.getparent()) is None or not all(mark in inside for mark in marks):
            return
        unit = Unit(parent, [block], is_block=True)
        one = self._read(unit, unit.text, self._around(unit))
        if one is not None and not self._is_of_something_else(one):
            yield one


def _first(elements: list[_Element], marked: Collection[_Element]) -> _Element | None:
    """Return the first of these elements that is marked and does not have more than a header."""
    if not marked:
        return None
    return next((e for e in elements if e in marked and len(words_of(e)) < _LONGEST_HEADER), None)


def _time_of(element: _Element) -> Written | None:
    """Return the time that the element states. Midnight is only a date if the reader is shown one."""
    written = _stated_time_of(element)
    if written is not None and written.has_time and written.value.time() == time():
        shown = parse_time(words_of(element))
        if shown is not None and not shown.has_time:
            return Written(written.value, False)
    return written


def _stated_time_of(element: _Element) -> Written | None:
    for name in ("datetime", "content", "title"):
        if (value := element.get(name)) and (written := parse_time(value)) is not None:
            return written
    return None


def _is_update(element: _Element, line: str, rules: Rules) -> bool:
    """Return True if the class of a time, or the words before it on its line, say that it is that of an update."""
    if element.get("itemprop") == "dateModified":
        return True
    classes = (element.get("class") or "").lower()
    if "published" not in classes and _UPDATE_CLASS.search(classes):
        return True
    before = line.partition(words_of(element))[0][-_LONGEST_BEFORE_TIME:].strip(EDGES)
    return bool(before) and rules.search("update_label", f"{before} ") is not None


def _is_sentence(text: str) -> bool:
    """Return True if a line ends as a sentence does, not as a time."""
    return _SENTENCE.search(text) is not None and not _ABBREVIATED.search(text[-_LONGEST_ABBREVIATION:])


def _is_in_sentence(element: _Element) -> bool:
    """Return True if the line of an element is a sentence that has more than it."""
    block = block_of(element)
    if block is None or block is element:
        return False
    line = words_of(block)
    return len(line) - len(words_of(element)) > _SHORTEST_SENTENCE and _is_sentence(line)


def _is_small_below_picture(element: _Element) -> bool:
    """Return True if all of a block is `small` and the block is directly below a picture."""
    small = element if element.tag == "small" else next(element.iter("small"), None)
    before = element.getprevious()
    return (
        small is not None
        and before is not None
        and before.tag in _PICTURES
        and not (before.tail or "").strip()
        and words_of(small) == words_of(element)
    )


def _path(element: _Element) -> tuple[str, ...]:
    """Return the names and classes of the element and its ancestors."""
    return tuple(f"{each.tag}.{each.get('class') or ''}" for each in (element, *element.iterancestors()))


def _is_last(element: _Element, root: _Element) -> bool:
    """Return True if no text follows the element."""
    while element is not root:
        if (element.tail or "").strip():
            return False
        if any(words_of(each) or (each.tail or "").strip() for each in element.itersiblings()):
            return False
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return True


def lines_in(element: _Element) -> list[str]:
    """Return the lines of an element's text, split at `br` elements."""
    parts: list[str] = [""]
    for node in element.iter():
        if node.tag == "br":
            parts.append("")
        else:
            parts[-1] += node.text or ""
        if node is not element:
            parts[-1] += node.tail or ""
    return [line for part in parts if (line := " ".join(part.split()))]
