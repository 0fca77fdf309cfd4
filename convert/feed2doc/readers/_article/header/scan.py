"""The search for the header of an article: the lines before its text, and its last line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.guessed_bylines import GuessedBylines
from feed2doc.readers._article.header.between import BETWEEN, is_between_lines, is_in_header
from feed2doc.readers._article.header.dated_parts import without_parts
from feed2doc.readers._article.header.elements import (
    is_bold,
    is_small_below_picture,
)
from feed2doc.readers._article.header.last_line import LastLine
from feed2doc.readers._article.header.line import HeaderLine
from feed2doc.readers._article.header.marks import Marks
from feed2doc.readers._article.header.reading import UNMARKED, MarkedLines, first_marked
from feed2doc.readers._article.header.summaries import Summaries
from feed2doc.readers._article.header.taken import (
    HEADLINE,
    LONGEST_LABEL,
    Lines,
    Taken,
    above_headline,
    as_furniture,
    is_to_someone_else,
    may_be_summary,
)
from feed2doc.readers._article.header.title import is_below_picture, is_named_caption, repeated_headline
from feed2doc.readers._article.header.units import Unit, units_of
from feed2doc.readers._article.times.article_times import ArticleTimes
from feed2doc.readers._article.times.parsing import parse_time
from feed2doc.readers._facts.facts import Facts
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index, describe

if TYPE_CHECKING:
    from lxml.etree import _Element

# Lines without markup of their own that may come before the header, such as a section label, and their maximum length.
_MOST_LABELS, _MOST_BELOW_TITLE = 2, 4
# Longer lists of names and times are the text.
_MOST_LINES = 100
_SENTENCE = pattern(r"[.!?:;…。！？：；][\"”’»」)）]*$")
# The signs around a time that has a line to itself.
_AROUND_TIME = 2
_LONGEST_TIMED = 120
_AROUND = ("header", "aside")
# Headings below those of the parts of a text.
_LOW = frozenset({"h4", "h5", "h6"})
_MEDIA = frozenset({"img", "video", "audio", "iframe", "embed", "table", "object", "svg"})


class _Seen(Struct):
    """What was seen so far in the search for header lines.

    `between` has a line that is one if another one is below it, `summary` a paragraph that is one if the byline is below it.
    `labels` counts the other lines, of which one may be bold.
    """

    found: Lines
    between: list[Unit] = []
    summary: Unit | None = None
    is_below_summary: bool = False
    labels: int = 0
    has_bold: bool = False
    has_text: bool = False


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
        self._index = index
        self._rules = rules
        self._skipped = skipped
        self._times = ArticleTimes(facts, archived)
        self._facts = facts
        self._marks = Marks(index, rules, skipped)
        self._reading = MarkedLines(rules, self._marks.named, self._marks.timed)
        self._guesses = GuessedBylines(index.root, facts, rules)
        self._title = repeated_headline(index, skipped, facts, rules)
        self._junk = rules.select("header_drop", index)
        self._summaries = Summaries(index, rules, facts, self._marks, self._reading, self._title)
        self._is_marked = bool(self._marks.all or self._junk or self._summaries)

    def lines(self) -> Lines:
        """Return the header lines before the first paragraph of text, and one at the very end."""
        seen = _Seen(Lines())
        for unit in self._below_title(seen.found):
            if unit is None:
                seen.has_text = True
                break
            if not self._read(unit, seen):
                break
        return self._settled(seen)

    def _read(self, unit: Unit, seen: _Seen) -> bool:
        """Read the next line. Return False if the header ends before or with it."""
        text = unit.text
        if seen.summary is not None and not seen.is_below_summary and text:
            seen.is_below_summary = True
            is_summary = self._take_below_summary(seen.summary, unit, text, seen.found)
            seen.has_text = seen.has_text or not is_summary
            return is_summary
        is_caption = bool(text) and is_named_caption(unit, self._index.root)
        may_be = bool(text) and not is_caption and len(seen.found.taken) < _MOST_LINES
        if may_be and self._takes(unit, text, seen):
            return True
        if not text or unit.is_heading:
            seen.has_text = seen.has_text or unit.is_heading
            return True
        if not seen.between and is_between_lines(unit, text, self._rules):
            seen.between.append(unit)
        if (
            is_caption
            or self._is_around_text(unit)
            or (len(text) <= LONGEST_LABEL and self._rules.junk(text))
        ):
            return True  # the body has a caption below its picture, and is read without junk
        return self._read_text(unit, text, seen)

    def _is_around_text(self, unit: Unit) -> bool:
        """Return True for a line in a `header` or `aside`."""
        parent = unit.parent
        if parent is self._index.root:
            return False
        return parent.tag in _AROUND or next(parent.iterancestors(*_AROUND), None) is not None

    def _read_text(self, unit: Unit, text: str, seen: _Seen) -> bool:
        """Read a label, or text that may be a summary with the byline below it. Return False for other text."""
        seen.has_text = True
        if not seen.has_bold and is_bold(unit):  # a summary may be above the byline
            seen.has_bold = True
            return True
        seen.labels += 1
        is_text = len(text) > LONGEST_LABEL or _SENTENCE.search(text) is not None
        if (
            is_text
            and may_be_summary(unit, text, seen.found)
            and not is_below_picture(unit, self._index.root)
        ):
            seen.summary, seen.has_text = unit, False  # all of the text is not its summary
            return True
        return not is_text and seen.labels <= (_MOST_LABELS if self._title is None else _MOST_BELOW_TITLE)

    def _settled(self, seen: _Seen) -> Lines:
        """Return the lines without those whose markup recurs, with one at the very end. If there are only such lines, they are the text."""
        found = seen.found
        if not seen.has_text:
            if seen.summary is not None or self._summaries.names(found.standfirst):
                found.standfirst = {}  # what has all of the text is not its summary
            if seen.summary is None and self._index.names.isdisjoint(_MEDIA):
                return Lines()
        if self._guesses.are_list:
            found.taken = [one for one in found.taken if not one.line.guessed]
        found.taken = without_parts(self._marks.without_recurring(found.taken))
        last = LastLine(self._index, self._rules, self._skipped, self._marks, self._reading, self._times)
        found.taken += last.below(found.taken)
        return found

    def _takes(self, unit: Unit, text: str, seen: _Seen) -> bool:
        """Add a line of the header, with what is between it and the one before. Return False if the unit is not one."""
        found = seen.found
        if self._take(unit, text, found):
            found.taken += [as_furniture(each, each.text, BETWEEN) for each in seen.between]
            seen.between.clear()
            return True
        in_list = unit.parent.tag in ("ul", "ol") and any(
            one.unit.parent is unit.parent for one in found.taken
        )
        if found.is_header and is_in_header(unit, text, in_list=in_list):
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
                    found.taken.append(above_headline(unit, text, self._times.is_far))
            elif title is not None and title.summary is not None and unit.elements[:1] == [title.summary]:
                found.standfirst = found.standfirst or {title.summary: "a summary below the headline"}
            else:
                yield unit

    def _take(self, unit: Unit, text: str, found: Lines) -> bool:
        """Add a header line. Return False if the unit is not one."""
        around = self._around(unit)
        if self._summaries.take(unit, text, around, found):
            return True
        if (junk := first_marked(around, self._junk)) is not None and not _SENTENCE.search(text):
            line = HeaderLine(furniture=[text])
            found.taken.append(Taken(unit, line, self._junk[junk], describe(junk)))
            return True
        taken = self._reading.read(unit, text, around, has_begun=bool(found.taken))
        stated = self._facts.value("byline")
        above = found.taken[-1] if found.taken else None
        if unit.is_heading and not (taken is not None and _heads_article(taken, above, stated)):
            return False  # a heading that is a date, or `Share`, may begin a section
        if taken is None or self._times.is_of_another(taken.line) or is_to_someone_else(taken, text, stated):
            return False
        line = taken.line
        if line.guessed and not self._guesses.has_authors(unit, text, line.byline):
            return False
        has_more = not line.labelled and len(text) - len(line.time_text) > _AROUND_TIME
        if has_more and unit.elements and is_small_below_picture(unit.elements[0]):
            return False  # a caption with a date
        found.taken.append(taken)
        return True

    def _take_below_summary(self, above: Unit, unit: Unit, text: str, found: Lines) -> bool:
        """Add a line of names or times whose markup says so and does not recur, and the paragraph above it as the summary."""
        if not self._marks.are_only_in(unit):
            return False
        if self._summaries.is_epigraph(text):
            return False
        if not self._take(unit, text, found) or not (
            found.taken and found.taken[-1].unit is unit and found.taken[-1].line.byline
        ):
            return False
        found.standfirst = {above.elements[0]: "a summary above the byline"}
        return True

    def _around(self, unit: Unit) -> list[_Element]:
        """Return the elements of a line and those around it."""
        return [*unit.elements, unit.parent, *unit.parent.iterancestors()] if self._is_marked else []

    def _time_in(self, unit: Unit) -> tuple[str, _Element] | None:
        """Return the time that an element of a line states in its attributes, and the element."""
        for each in (each for top in unit.elements for each in top.iter("time")):
            stated = each.get("datetime") or ""
            if (written := parse_time(stated)) is not None and not self._times.is_far(written):
                return stated, each
        return None


def _heads_article(taken: Taken, above: Taken | None, stated: str) -> bool:
    """Return True for a heading that is a line of the header: `By Ann Ba`, the `stated` or a marked name, or a name with the time of day.

    So is the time of day in a heading below that of the name.
    """
    line = taken.line
    is_below_name = above is not None and above.unit.is_heading and bool(above.line.byline)
    if is_below_name and line.time is not None and line.time.has_time and not line.byline:
        return True
    if (
        stated
        and taken.unit.elements[0].tag in _LOW
        and line.byline.partition(", ")[0].casefold() == stated.casefold()
    ):
        return True
    is_timed = line.time is not None and line.time.has_time
    return line.labelled or bool(line.byline and (taken.rule != UNMARKED or is_timed))
