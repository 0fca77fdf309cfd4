"""The headline that an article repeats below lines of its template, and what is next to it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.cjk import reading_length
from feed2doc._text.folding import letters_of
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.header.units import Unit, units_of
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = ("h1", "h2", "h3", "h4")
# The element that the headings with the headline of a page become.
_LEFT_OUT = "template"
_LOWER = frozenset({"h2", "h3", "h4", "h5"})
# The lines above a headline: a section, a date, buttons. Longer ones, sentences, or more of them, are text.
_MOST_ABOVE, _LONGEST_ABOVE = 16, 60
_MOST_PLAIN, _FEWEST_SPACES = 2, 2
_SENTENCE = pattern(r"[.!?…。！？][\"”’»」)）]*$")
# Of headlines and summaries, with a Han character counted twice.
_SHORTEST, _LONGEST_KICKER, _SHORTEST_SUMMARY = 8, 40, 40
_MOST_NAMED, _MOST_IN_HEADER, _MOST_LEFT_OUT = 12, 3, 12
# What feeds write before or after a headline: `[Sports]`, `【視頻】`.
_LABEL = pattern(r"\[[^\[\]]{1,20}\]|【[^【】]{1,20}】")
# The names of captions: `image-caption`, `e-image-legend`, `legende`.
_CAPTION = pattern(r"(?:^|[\s_-])(?:caption|legende?)(?:$|[\s_-])")
_MOST_AROUND_CAPTION = 3
_PICTURES = ("img", "picture", "figure")
_PARTS = frozenset(":：|｜–—-_·")


class Title(Struct, frozen=True):
    """The heading that repeats the headline, and the one below it that has the summary.

    One that is `first` is left to the search among the blocks, which knows other elements, too. That of a page `is_left_out`
    already.
    """

    element: _Element
    summary: _Element | None = None
    first: bool = False

    @property
    def is_left_out(self) -> bool:
        """Return True if the heading has been left out of the text."""
        return self.element.tag == _LEFT_OUT


def repeated_headline(
    index: Index, skipped: Collection[_Element], facts: Facts, rules: Rules
) -> Title | None:
    """Return the heading that repeats the headline, with nothing but short lines above it, or None.

    An element whose name says that it has a headline counts, too.
    """
    headings = [each for tag in _HEADINGS for each in index.named.get(tag, ())[:2] if each not in skipped]
    named = rules.worded("headline", index)
    if len(named) <= _MOST_NAMED:
        headings += [each for each in named if each.tag not in _HEADINGS and each not in skipped]
    headings += index.named.get(_LEFT_OUT, ())[:_MOST_LEFT_OUT]
    if not headings:
        return None
    stated = [
        " ".join(fact.value.split()).casefold()
        for fact in facts.all("headline")
        if reading_length(letters_of(fact.value)) >= _SHORTEST
    ]
    known = {each for each in headings if _repeats(words_of(each), stated)}
    if not known:
        return None
    above, plain, is_first = 0, 0, False
    element: _Element | None = None
    left_out = {each for each in known if each.tag == _LEFT_OUT}
    for unit in units_of(index.root, skipped, left_out):
        if unit is None:
            break
        if element is not None:
            if unit.text:
                return Title(element, _summary_in(unit.elements[:1], element, index), is_first)
        elif unit.elements and unit.elements[0] in known:
            element = unit.elements[0]
            is_first = (
                not above
                and _is_first(element, index)
                and (letters_of(words_of(element)) in map(letters_of, stated))
            )
        elif (text := unit.text) and not is_below_picture(unit, index.root):
            above += 1
            plain += _is_plain(unit)
            if above > _MOST_ABOVE or len(text) > _LONGEST_ABOVE or _SENTENCE.search(text):
                return None
            if plain > _MOST_PLAIN or (plain and unit.elements[0].tag == "li"):
                return None
    return None if element is None else Title(element, None, is_first)


def _is_plain(unit: Unit) -> bool:
    """Return True for a paragraph or item of several words without a class, links and times: a line of a poem, a key point."""
    if not unit.is_block or unit.elements[0].tag not in ("p", "li") or unit.text.count(" ") < _FEWEST_SPACES:
        return False
    each = unit.elements[0]
    return each.get("class") is None and next(each.iter("a", "time", "button"), None) is None


def is_below_picture(unit: Unit, root: _Element) -> bool:
    """Return True if the element above a line is a picture, of which it may be the caption."""
    element = unit.elements[0] if unit.elements else unit.parent
    while element is not root:
        above = element.getprevious()
        if above is not None:
            return next(above.iter(*_PICTURES), None) is not None and not words_of_few(above)
        if (parent := element.getparent()) is None:
            return False
        element = parent
    return False


def is_named_caption(unit: Unit, root: _Element) -> bool:
    """Return True for a line in an element named as the caption of the picture above it."""
    element = unit.elements[0] if unit.elements else unit.parent
    for _ in range(_MOST_AROUND_CAPTION):
        if element is root:
            return False
        if _CAPTION.search(element.get("class") or ""):
            return is_below_picture(Unit(element, [element]), root)
        if (parent := element.getparent()) is None:
            return False
        element = parent
    return False


def _is_first(element: _Element, index: Index) -> bool:
    """Return True if there is nothing above the element, not even a picture."""
    while element is not index.root:
        if element.getprevious() is not None or (parent := element.getparent()) is None:
            return False
        element = parent
    return True


def _summary_in(unit: list[_Element], title: _Element, index: Index) -> _Element | None:
    """Return the element directly below the headline if it is a summary: it is long, and a heading whose level no section has,
    or in the same `header`.
    """
    if not unit or reading_length(words := words_of(unit[0])) < _SHORTEST_SUMMARY:
        return None
    header = next(title.iterancestors("header"), None)
    if header is not None and header in unit[0].iterancestors():
        paragraphs = sum(1 for _ in islice(header.iter("p"), _MOST_IN_HEADER + 1))
        is_sentence = unit[0].tag in _LOWER or _SENTENCE.search(words) is not None
        return unit[0] if is_sentence and paragraphs <= _MOST_IN_HEADER else None
    if unit[0].tag not in _LOWER or unit[0].tag <= title.tag:
        return None
    return unit[0] if len(index.named[unit[0].tag]) == 1 else None


def _repeats(heading: str, stated: list[str]) -> bool:
    """Return True if the heading has the headline, perhaps after a kicker, or the headline without a kicker or its site."""
    return any(map(partial(_are_one, " ".join(heading.split()).casefold()), stated))


def _are_one(heading: str, headline: str) -> bool:
    letters, others = letters_of(heading), letters_of(headline)
    if reading_length(letters) < _SHORTEST or abs(len(letters) - len(others)) > _LONGEST_KICKER:
        return False
    if letters == others or letters.endswith(others):
        return True
    # A heading that has only some words of the headline may be one of the text.
    if headline.endswith(heading):
        before = headline[: -len(heading)].strip()
        return before[-1:] in _PARTS or _LABEL.fullmatch(before) is not None
    if not headline.startswith(heading):
        return False
    after = headline[len(heading) :].strip()
    return after[:1] in _PARTS or _LABEL.fullmatch(after) is not None
