"""The lines that are taken for the header, and what they have in addition to names and times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.readers._article.header.elements import lines_in, time_of
from feed2doc.readers._article.header.line import HeaderLine
from feed2doc.readers._article.header.names import is_names
from feed2doc.readers._article.header.times import EDGES
from feed2doc.readers._article.header.units import Unit
from feed2doc.readers._article.times.parsing import Written, parse_time
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.selectors import describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# The longest line or part of one that may be a label, such as that of a section.
LONGEST_LABEL = 60
# The elements of a summary, how long it is, and the beginning of a quotation, of which the line below is the source.
_SUMMARIES, _LONGEST_SUMMARY, _QUOTES = ("p", "div", "h2"), 400, frozenset("\"'“„‘‚«‹»›「『《")
# The longest text of an element that is a time.
_LONGEST_TIME = 60
# The rule of a line that repeats the headline.
HEADLINE = "headline"


class Taken(Struct, frozen=True):
    """A line of the header with its parts, and the rule and element that it was found by."""

    unit: Unit
    line: HeaderLine
    rule: str
    element: str
    stated: bool = False
    """Whether the markup states the time."""


class Lines(Struct):
    """The lines to remove from the text, and the elements that are the standfirst."""

    taken: list[Taken] = []
    standfirst: dict[_Element, str] = {}
    time: tuple[str, _Element] | None = None
    """The time that an element above the text states, of which nothing is shown, or below the headline."""

    @property
    def is_header(self) -> bool:
        """Return True if a line has a name or a time."""
        return any(each.line.byline or each.line.time for each in self.taken)


def without_links(line: HeaderLine, inner: list[_Element]) -> HeaderLine:
    """Return the line with parts that are links to something else, such as a section or the comments, as furniture."""
    links = {words_of(each).strip(EDGES) for each in inner if each.tag == "a"}
    left = [
        part
        for part in line.rest
        if len(part) > LONGEST_LABEL or not (part in links or part.partition(" ")[2] in links)
    ]
    line.furniture += [part for part in line.rest if part not in left]
    line.rest = left
    return line


def name_above_time(unit: Unit) -> HeaderLine | None:
    """Return the parts of a block of two lines, a byline and a time: `<div><i>BYLINE<br>TIME</i></div>`."""
    if not unit.is_block:
        return None
    lines = lines_in(unit.elements[0])
    times = [line for line in lines if parse_time(line)]
    names = [line for line in lines if line not in times]
    if len(times) != 1 or len(names) != 1 or not is_names(names[0]):
        return None
    return HeaderLine(byline=names[0], time=parse_time(times[0]), time_text=times[0])


def as_furniture(unit: Unit, text: str, rule: str) -> Taken:
    """Return a line as one that is left out."""
    return Taken(unit, HeaderLine(furniture=[text]), rule, describe((unit.elements or [unit.parent])[0]))


def is_to_someone_else(taken: Taken, text: str, author: str) -> bool:
    """Return True if the line has only accounts, and others than the stated author: those to whom a post is written."""
    accounts = text.startswith("@") and all(word.startswith("@") for word in text.split())
    return accounts and bool(author) and author not in text and not taken.line.labelled


def may_be_summary(unit: Unit, text: str, found: Lines) -> bool:
    """Return True if a paragraph may be the summary, with the byline below it: no other, and no time or name, is above it."""
    return (
        unit.is_block
        and unit.elements[0].tag in _SUMMARIES
        and len(text) <= _LONGEST_SUMMARY
        and text[:1] not in _QUOTES
        and not found.standfirst
        and not any(one.line.byline or one.line.time for one in found.taken)
    )


def above_headline(unit: Unit, text: str, is_far: Callable[[Written], bool]) -> Taken:
    """Return a line above the headline as one that is left out, with the time that an element of it has."""
    taken = as_furniture(unit, text, "a line above the headline")
    for each in (each for top in unit.elements for each in top.iter()):
        words = words_of(each)
        written = time_of(each) or (parse_time(words) if len(words) <= _LONGEST_TIME else None)
        if written is not None and not is_far(written):
            taken.line.time, taken.line.time_text = written, words
            break
    return taken
