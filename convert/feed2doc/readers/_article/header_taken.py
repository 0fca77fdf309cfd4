"""The lines that are taken for the header, and what they have in addition to names and times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc.readers._article.header_line import HeaderLine
from feed2doc.readers._article.header_times import EDGES
from feed2doc.readers._article.header_units import Unit
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.selectors import describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# The longest line or part of one that may be a label, such as that of a section.
LONGEST_LABEL = 60
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


def as_furniture(unit: Unit, text: str, rule: str) -> Taken:
    """Return a line as one that is left out."""
    return Taken(unit, HeaderLine(furniture=[text]), rule, describe((unit.elements or [unit.parent])[0]))
