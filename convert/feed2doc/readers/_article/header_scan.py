"""The search for the header of an article: the lines before its text, and a byline or time in its last line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feed2doc._text.cjk import is_han
from feed2doc._text.given_names import is_surely_person
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.bylines import printed_names
from feed2doc.readers._article.guessed_bylines import GuessedBylines
from feed2doc.readers._article.header_between import BETWEEN, is_between_lines, is_in_header
from feed2doc.readers._article.header_elements import (
    is_bold,
    is_small_below_picture,
)
from feed2doc.readers._article.header_end import is_near_end
from feed2doc.readers._article.header_line import HeaderLine
from feed2doc.readers._article.header_marks import Marks
from feed2doc.readers._article.header_reading import UNMARKED, MarkedLines, first_marked
from feed2doc.readers._article.header_taken import (
    HEADLINE,
    LONGEST_LABEL,
    Lines,
    Taken,
    above_headline,
    as_furniture,
    is_to_someone_else,
    may_be_summary,
)
from feed2doc.readers._article.header_title import is_below_picture, is_named_caption, repeated_headline
from feed2doc.readers._article.header_units import Unit, units_of
from feed2doc.readers._article.times import Written, parse_time
from feed2doc.readers._blocks.elements import block_of
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._html.parse import words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index, describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# Lines without markup of their own that may come before the header, such as a section label, and their maximum length.
_MOST_LABELS, _MOST_BELOW_TITLE = 2, 4
_SHORTEST_SENTENCE = 24
_SENTENCE = pattern(r"[.!?:;…。！？：；][\"”’»」)）]*$")
# The signs around a time that has a line to itself.
_AROUND_TIME = 2
_LONGEST_TIMED = 120
# The last blocks, in which a name and the time of day may be.
_LAST_BLOCKS, _LONGEST_SIGNED = 4, 80
_CLOCK = pattern(r"\d[:.]\d\d(?!\d)")
_AROUND = ("header", "aside")
_LOWER = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MEDIA = frozenset({"img", "video", "audio", "iframe", "embed", "table", "object", "svg"})
# A time in the header belongs to another thing if it is further from the time that a feed states.
_SAME_ARTICLE = timedelta(days=3)
# How long after the timestamp of the archive the date of an issue may be. A later one is of an event.
_LATEST = timedelta(days=40)
_DAY = timedelta(days=1)


class Scan:
    """The search for header lines in one tree."""

    def __init__(
        self,
        index: Index,
        rules: Rules,
        skipped: Collection[_Element],
        facts: Facts,
        archived: datetime | None = None,
    ) -> None:
        self._archived = archived
        self._index = index
        self._rules = rules
        self._skipped = skipped
        self._facts = facts
        self._marks = Marks(index, rules, skipped)
        self._reading = MarkedLines(rules, self._marks.named, self._marks.timed)
        self._guesses = GuessedBylines(index.root, facts, rules)
        self._title = repeated_headline(index, skipped, facts, rules)
        self._junk = rules.select("header_drop", index)
        self._standfirst = rules.select("header_standfirst", index)
        self._summary = rules.worded("standfirst", index)
        self._is_marked = bool(self._marks.all or self._junk or self._standfirst or self._summary)

    def lines(self) -> Lines:
        """Return the header lines before the first paragraph of text, and one at the very end."""
        found = Lines()
        labels = 0
        has_text = has_bold = False
        title = self._title
        between: list[Unit] = []
        above: Unit | None = None  # a summary, with the byline below it
        is_below = False
        for unit in self._below_title(found):
            if unit is None:
                has_text = True
                break
            text = unit.text
            if above is not None and not is_below and text:
                is_below = True
                if not self._take_below_summary(above, unit, text, found):
                    has_text = True
                    break
                continue
            if text and self._takes(unit, text, found, between):
                continue
            if not text or unit.is_heading:
                has_text = has_text or unit.is_heading
                continue
            if not between and is_between_lines(unit, text, self._rules):
                between.append(unit)
            if (
                unit.parent.tag in _AROUND or next(unit.parent.iterancestors(*_AROUND), None) is not None
            ) and unit.parent is not self._index.root:
                continue
            if (len(text) <= LONGEST_LABEL and self._rules.junk(text)) or is_named_caption(
                unit, self._index.root
            ):  # the body is read without it, or has it below its picture
                continue
            has_text = True
            if not has_bold and is_bold(unit):  # a summary may be above the byline
                has_bold = True
                continue
            labels += 1
            is_text = len(text) > LONGEST_LABEL or _SENTENCE.search(text) is not None
            if is_text and may_be_summary(unit, text, found) and not is_below_picture(unit, self._index.root):
                above, has_text = unit, False  # all of the text is not its summary
            elif is_text or labels > (_MOST_LABELS if title is None else _MOST_BELOW_TITLE):
                break
        if not has_text and (above is not None or any(each in self._summary for each in found.standfirst)):
            found.standfirst = {}  # what has all of the text is not its summary
        has_text = has_text or above is not None
        if not has_text and self._index.names.isdisjoint(
            _MEDIA
        ):  # if there are only such lines, they are the text
            return Lines()
        if self._guesses.are_list:
            found.taken = [one for one in found.taken if not one.line.guessed]
        return self._settled(found)

    def _settled(self, found: Lines) -> Lines:
        """Return the lines without those whose markup recurs, with one at the very end."""
        found.taken = self._marks.without_recurring(found.taken)
        found.taken += self._last_line(found.taken)
        return found

    def _takes(self, unit: Unit, text: str, found: Lines, between: list[Unit]) -> bool:
        """Add a line of the header, with what is between it and the one before. Return False if the unit is not one."""
        if self._take(unit, text, found):
            found.taken += [as_furniture(each, each.text, BETWEEN) for each in between]
            between.clear()
            return True
        if found.is_header and is_in_header(unit, text):
            found.taken.append(as_furniture(unit, text, BETWEEN))
            return True
        return False

    def _below_title(self, found: Lines) -> Iterator[Unit | None]:
        """Yield the lines below the repeated headline, or all lines, and add those above it, itself and the summary below it."""
        title = self._title
        is_above = title is not None and not title.first
        shown = (title.element,) if title is not None and title.is_left_out else ()
        for unit in units_of(self._index.root, self._skipped, shown):
            if unit is None:
                yield None
                return
            text = unit.text
            is_below = title is not None and not is_above and len(text) <= _LONGEST_TIMED
            if (is_below or not text) and found.time is None and not _SENTENCE.search(text):
                found.time = self._time_in(unit)
            if title is not None and unit.elements[:1] == [title.element] and (shown or not title.first):
                if not shown:
                    found.taken.append(as_furniture(unit, text, HEADLINE))
                is_above = False
            elif is_above:
                if (
                    text
                    and not is_below_picture(unit, self._index.root)
                    and not self._take(unit, text, found)
                ):
                    found.taken.append(above_headline(unit, text, self._is_far))
            elif title is not None and title.summary is not None and unit.elements[:1] == [title.summary]:
                found.standfirst = found.standfirst or {title.summary: "a summary below the headline"}
            else:
                yield unit

    def _take(self, unit: Unit, text: str, found: Lines) -> bool:
        """Add a header line. Return False if the unit is not one."""
        around = self._around(unit)
        for marked in (self._standfirst, self._summary):
            holder = first_marked(around, marked)
            if holder is not None and not self._is_line_in(holder, unit, text, around):
                if not found.standfirst and (marked is self._standfirst or self._is_summary(holder, text)):
                    found.standfirst[holder] = marked[holder]
                if holder in found.standfirst:
                    return True
        if (junk := first_marked(around, self._junk)) is not None and not _SENTENCE.search(text):
            line = HeaderLine(furniture=[text])
            found.taken.append(Taken(unit, line, self._junk[junk], describe(junk)))
            return True
        taken = self._reading.read(unit, text, around, has_begun=bool(found.taken))
        if unit.is_heading and not (taken is not None and _heads_article(taken)):
            return False  # a heading that is a date, or `Share`, may begin a section
        if (
            taken is None
            or self._is_of_something_else(taken)
            or is_to_someone_else(taken, text, self._facts.value("byline"))
        ):
            return False
        line = taken.line
        if line.guessed and not self._guesses.has_authors(unit, text, line.byline):
            return False
        has_more = not line.labelled and len(text) - len(line.time_text) > _AROUND_TIME
        if has_more and unit.elements and is_small_below_picture(unit.elements[0]):
            return False  # a caption with a date
        found.taken.append(taken)
        return True

    def _is_line_in(self, holder: _Element, unit: Unit, text: str, around: list[_Element]) -> bool:
        """Return True for a line of names or times in the element of a summary, which its markup names."""
        inside = [each for top in unit.elements for each in top.iter()] + around[: around.index(holder)]
        if unit.elements[:1] == [holder] or not any(each in self._marks.all for each in inside):
            return False
        taken = self._reading.read(unit, text, around)
        return taken is not None and bool(taken.line.byline or taken.line.time)

    def _take_below_summary(self, above: Unit, unit: Unit, text: str, found: Lines) -> bool:
        """Add a line of names or times whose markup says so and does not recur, and the paragraph above it as the summary."""
        if not self._marks.are_only_in(unit):
            return False
        if self._is_of_another(text):  # the source of an epigraph
            return False
        if not self._take(unit, text, found) or not (
            found.taken and found.taken[-1].unit is unit and found.taken[-1].line.byline
        ):
            return False
        found.standfirst = {above.elements[0]: "a summary above the byline"}
        return True

    def _is_of_another(self, text: str) -> bool:
        """Return True if a person is stated as the author, and the line does not have that name."""
        stated = self._facts.best("byline")
        if stated is None or stated.value in self._facts.organisations(stated):
            return False
        names = printed_names(stated.value)
        return not any(
            name.casefold() in text.casefold() or self._rules.words.find("nobody", name) for name in names
        )

    def _is_summary(self, holder: _Element, text: str) -> bool:
        """Return True if an element whose name says so is a summary: it has only this line, which is not one of the trade."""
        return (
            len(text) + sum(map(is_han, text)) >= _SHORTEST_SENTENCE
            and words_of(holder) == " ".join(text.split())
            and holder is not self._index.root
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

    def _around(self, unit: Unit) -> list[_Element]:
        """Return the elements of a line and those around it."""
        return [*unit.elements, unit.parent, *unit.parent.iterancestors()] if self._is_marked else []

    def _time_in(self, unit: Unit) -> tuple[str, _Element] | None:
        """Return the time that an element of a line states in its attributes, and the element."""
        for each in (each for top in unit.elements for each in top.iter("time")):
            stated = each.get("datetime") or ""
            if (written := parse_time(stated)) is not None and not self._is_far(written):
                return stated, each
        return None

    def _is_of_something_else(self, taken: Taken) -> bool:
        """Return True if the line only has a time that is far from the one the feed states, as in a diary."""
        return taken.line.time is not None and not taken.line.byline and self._is_far(taken.line.time)

    def _is_far(self, time: Written) -> bool:
        """Return True if a time is days away from the one that the feed states, or after the article was archived."""
        if self._archived is not None and (
            time.value.replace(tzinfo=None) - self._archived.replace(tzinfo=None) > _LATEST
        ):
            return True
        known = next((f for f in self._facts.all("published") if f.source in ("item", "feed")), None)
        written = parse_time(known.value) if known is not None else None
        return written is not None and (
            abs(time.value.replace(tzinfo=None) - written.value.replace(tzinfo=None)) > _SAME_ARTICLE
        )

    def _last_line(self, taken: list[Taken]) -> Iterator[Taken]:
        """Yield the last line of the article if it is a byline or a time, and the only one outside the header."""
        marks = self._marks.besides(taken)
        if not marks:
            yield from self._signed_line(taken)
        if not marks or len(marks) > _MOST_LABELS:
            return
        block, root = block_of(marks[0]), self._index.root
        if block is None or block is root or not is_near_end(block, root, self._skipped, self._rules):
            return
        inside = set(block.iter())
        if (parent := block.getparent()) is None or not all(mark in inside for mark in marks):
            return
        unit = Unit(parent, [block], is_block=True)
        lines = [unit] if block in self._skipped else list(units_of(block, self._skipped))
        if not all(lines):
            return
        one = self._reading.read(
            unit, "\n".join(filter(None, (each.text for each in lines if each))), self._around(unit)
        )
        if one is not None and not self._is_of_something_else(one):
            yield one

    def _signed_line(self, taken: list[Taken]) -> Iterator[Taken]:
        """Yield a last line of a name and the time of day, without markup: `Ann Ba | 5 May 2025, 14:26`."""
        if any(one.line.byline for one in taken):
            return
        named, root = self._index.named, self._index.root
        for block in (*named.get("p", ())[-_LAST_BLOCKS:], *named.get("div", ())[-_LAST_BLOCKS:]):
            text = words_of_few(block) if (parent := block.getparent()) is not None else ""
            if (
                parent is None
                or not 0 < len(text) <= _LONGEST_SIGNED
                or _CLOCK.search(text) is None
                or block in self._skipped
                or not is_near_end(block, root, self._skipped, self._rules)
            ):
                continue
            one = self._reading.read(Unit(parent, [block], is_block=True), text, [])
            if one is None or (time := one.line.time) is None or self._is_far(time):
                continue
            if is_surely_person(one.line.byline) or (" " in one.line.byline and self._is_of_that_day(time)):
                yield one
                return

    def _is_of_that_day(self, time: Written) -> bool:
        """Return True if a time is that of the archive's timestamp, but for its zone."""
        if self._archived is None:
            return False
        return abs(time.value.replace(tzinfo=None) - self._archived.replace(tzinfo=None)) < _DAY


def _heads_article(taken: Taken) -> bool:
    """Return True for a heading that is a line of the header: `By Ann Ba`, a marked name, or a name with the time of day."""
    line = taken.line
    is_timed = line.time is not None and line.time.has_time
    return line.labelled or bool(line.byline and (taken.rule != UNMARKED or is_timed))
