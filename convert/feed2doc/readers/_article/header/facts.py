"""The header of an article: its byline and time, by site rules and by the lines before the text."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.author_boxes import author_boxes
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.several_authors import with_all_authors
from feed2doc.readers._article.authors.titled_names import titled_name
from feed2doc.readers._article.authors.unlabelled_names import BY_NAMES
from feed2doc.readers._article.header.elements import lines_in
from feed2doc.readers._article.header.line import LONGEST
from feed2doc.readers._article.header.lists import byline_list
from feed2doc.readers._article.header.scan import Scan
from feed2doc.readers._article.header.taken import HEADLINE, Lines, Taken
from feed2doc.readers._article.header.times import EDGES, is_label, times_in
from feed2doc.readers._article.header.units import is_block
from feed2doc.readers._article.times.left_out_times import time_left_out
from feed2doc.readers._article.times.parsing import Written, parse_time
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._blocks.counting import visible
from feed2doc.readers._facts.facts import Fact, Facts
from feed2doc.readers._facts.title import host_names
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.selectors import Index, describe, selector

if TYPE_CHECKING:
    from lxml.etree import _Element

# A dateline with the day of publication, and where it begins: `【海港日报2025年5月5日讯】`.
_DATELINE = pattern(r"【[^】\d]{0,16}(\d{4}年\d{1,2}月\d{1,2}日)(?:[^】\d]{0,8})】")
_BEGINNING = 200
# The length of a time with its label: `编辑于 2025-05-05 10:00`.
_LONGEST_TIME = 60
# How far apart the days of one time are that is stated in another zone.
_ONE_DAY = timedelta(days=1)
# Signs between the names of a header and the text.
_BEFORE_TEXT = "：: \u3000"
# The marks around the name of a paper, which no person has: `《海港日报》`.
_TITLE_MARKS = "《》"
# Elements that a header element must not contain, because they would be removed with it.
_SHOWN = ("img", "picture", "video", "audio", "iframe", "table")


class Header(Struct):
    """The chosen byline and time, the elements to remove from the text, and the lines that become credits.

    `column` is a name in the headline, which may be of a column or an account.
    """

    byline: Fact | None = None
    published: Fact | None = None
    time: Written | None = None
    clock: str = "24h"
    taken: list[_Element] = []
    standfirst: dict[_Element, str] = {}
    lines: list[str] = []
    column: str = ""
    biographies: dict[_Element, str] = {}
    parts: list[str] = []

    @property
    def published_text(self) -> str:
        """The publication time as printed in the source."""
        return (self.published.text or self.published.value) if self.published else ""


def take_header(
    index: Index,
    rules: Rules,
    dropped: Collection[_Element],
    facts: Facts,
    account: Account,
    archived: datetime | None = None,
) -> Header:
    """Return the header, choosing among the facts stated elsewhere and those found here, which are added to them.

    `archived` is when the article was saved, which is not before its time.
    """
    header = Header()
    clocks = _follow_rules(index, rules, dropped, facts, header)
    _take_list(index, dropped, facts, header)
    _take_boxes(index, rules, dropped, facts, header, account)
    ruled = [words_of(element) for element in header.taken]
    skipped = {*dropped, *header.taken, *header.biographies}
    found = Lines() if rules.only_article else Scan(index, rules, skipped, facts, archived).lines()
    texts = [taken.unit.text for taken in found.taken]
    _take_found(found, rules, facts, header, account)
    if facts.best("published") is None and (left_out := time_left_out(index.root, dropped)) is not None:
        facts.add("published", left_out[0], "markup", "a time in what is left out", describe(left_out[1]))
    _add_facts_in_others(rules, facts, header)
    if facts.best("published") is None and (dated := _DATELINE.search(account.edges[:_BEGINNING])):
        facts.add("published", dated[1], "guess", "the date in the dateline", text=dated[0])

    def is_nobody(name: str) -> bool:
        return all(rules.words.find("nobody", each) is not None for each in name.split(", "))

    header.byline, header.published = facts.byline(is_nobody), facts.best("published")
    if header.published is not None:
        header.time = parse_time(header.published.value)
        header.clock = clocks.get(header.published.value, "24h")
    known = (header.published_text, header.byline.value if header.byline else "", *header.lines)
    for text in ruled:
        account.take(text, known, "header")
    for taken, text in zip(found.taken, texts, strict=True):
        _account_for(taken, text, header, account)
    return header


def _take_found(found: Lines, rules: Rules, facts: Facts, header: Header, account: Account) -> None:
    """Take the lines that were found, out of the text, and add their facts."""
    header.standfirst = found.standfirst
    for taken in found.taken:
        if taken.stated and taken.line.time is not None:
            _add_time(taken, facts)
    for taken in with_all_authors(found.taken, rules):
        _add(taken, facts)
        header.taken += taken.unit.elements
        account.leave(taken.unit.clear())
    if found.time is not None and facts.best("published") is None:
        stated, timed = found.time
        facts.add("published", stated, "markup", "a time above the text", describe(timed))


def _add_facts_in_others(rules: Rules, facts: Facts, header: Header) -> None:
    """Add the names that rules find in the headline, the publication and the address, and shorten the publication."""
    if match := rules.search("byline_in_headline", facts.value("headline")):
        header.column = match[0]["person"].strip()
        titled = titled_name(facts.value("headline"), is_byline=False)
        facts.add("byline", titled.person if titled else header.column, "site rule", match[1])
    publication, url = facts.value("publication"), facts.value("url")
    named = [("byline_in_publication", fact.value) for fact in facts.all("publication")]
    for key, text in (*named, ("byline_in_url", url)):
        if not facts.value("byline") and (match := rules.search(key, text)):
            facts.add("byline", match[0]["person"], "site rule", match[1], text=text)
    if (match := rules.search("publication_suffix", publication)) and match[0].start() > 0:
        facts.add(
            "publication", publication[: match[0].start()].rstrip(), "site rule", match[1], text=publication
        )


def _take_list(index: Index, dropped: Collection[_Element], facts: Facts, header: Header) -> None:
    """Take a list of a name and titles above the text, unless a rule says who wrote the article."""
    if not facts.is_ruled("byline") and (listed := byline_list(index, {*dropped, *header.taken})) is not None:
        element, (name, *titles) = listed
        facts.add("byline", name, "markup", "a list of a name and a title", describe(element))
        header.taken.append(element)
        header.lines += titles


def _take_boxes(
    index: Index, rules: Rules, dropped: Collection[_Element], facts: Facts, header: Header, account: Account
) -> None:
    """Take the boxes about the authors above the text."""
    for box in author_boxes(index, rules, {*dropped, *header.taken}):
        facts.add("byline", box.names, "markup", box.rule, box.element)
        for time in box.times:
            facts.add("published", time, "markup", box.rule, box.element)
        for portrait in box.portraits:
            account.drop(portrait, box.rule, "portrait of the author")
        header.lines += box.offices
        header.biographies |= dict.fromkeys(box.biographies, box.rule)
        header.taken += [*box.portraits, *(each for unit in box.taken for each in unit.elements)]
        account.leave("".join(unit.clear() for unit in box.taken))


def _follow_rules(
    index: Index, rules: Rules, dropped: Collection[_Element], facts: Facts, header: Header
) -> dict[str, str]:
    """Add what the rules `byline`, `byline_in_text`, `header` and `time` select, and return the clock of each time."""
    if several := rules.select("byline_in_text", index):
        header.parts = [words_of(element) for element in several if element not in dropped]
        facts.add_list("byline", header.parts, "site rule", next(iter(several.values())))
    for key in ("byline", "header"):
        for element, reason in rules.select(key, index).items():
            if element not in dropped and not (key == "byline" and facts.is_ruled("byline")):
                _take_lines(element, rules, facts, header, reason, only_byline=key == "byline")
    for rule, reason in rules.times:
        for element in selector(rule.select).of(index):
            if facts.is_ruled("published") or element in dropped:
                break
            text = words_of(element).lstrip("@")
            stated = element.get(rule.attribute) or "" if rule.attribute else ""
            inner = (
                (text[start:end] for start, end, _ in times_in(text)) if len(text) <= _LONGEST_TIME else ()
            )
            value = next((each for each in chain((stated, text), inner) if parse_time(each)), "")
            if value == stated and _is_another_day(value, text):
                value = text
            if value:
                names_author = value == stated and rules.search("byline_label", text) is not None
                facts.add("published", value, "site rule", reason, describe(element), text)
                if not names_author and (line := _whole_line(element, rules)) is not None:
                    header.taken.append(line)
                return {" ".join(value.split()): rule.clock}
    return {}


def _is_another_day(stated: str, text: str) -> bool:
    """Return True if the attribute has another day than readers see, as the time of a change has.

    `11/09/2026` may be the ninth of November.
    """
    seen, time = parse_time(text), parse_time(stated)
    if seen is None or time is None:
        return False
    read, day = seen.value.date(), time.value.date()
    is_other_order = (read.year, read.month, read.day) == (day.year, day.day, day.month)
    return abs(day - read) > _ONE_DAY and not is_other_order


def _take_lines(
    element: _Element, rules: Rules, facts: Facts, header: Header, reason: str, *, only_byline: bool
) -> None:
    """Add the byline and time of an element with at most one line of each and nothing else."""
    lines = [element.get("content") or ""] if element.tag == "meta" else lines_in(element)
    times = [] if only_byline else [line for line in lines if parse_time(line)]
    names = [line for line in lines if line and line not in times]
    if len(names) > 1 or len(times) > 1 or sum(map(len, names)) > LONGEST:
        return
    if (not only_byline and not times) or (names and facts.is_ruled("byline")):
        return
    for name in names:
        facts.add("byline", _without_label(name, rules), "site rule", reason, describe(element))
    for time in times:
        facts.add("published", time, "site rule", reason, describe(element))
    if next(element.iter(*_SHOWN), None) is None and (line := _whole_line(element, rules)) is not None:
        header.taken.append(line)


def _without_label(line: str, rules: Rules) -> str:
    """Return the names in a line that a site's rule selects, without words before them and the colon before their text."""
    label = rules.search("byline_label", line)
    start = label[0].end() if label and label[0].start() == 0 else 0
    return line[start:].rstrip(_BEFORE_TEXT) or line


def _add(taken: Taken, facts: Facts) -> None:
    """Add the facts of a header line."""
    line, rule = taken.line, taken.rule
    persons = printed_names(line.byline)
    publications = {fact.value.casefold() for fact in facts.all("publication")} | set(
        host_names(facts.value("url"))
    )
    named = [short for name in persons if (short := _without_publication(name, publications))]
    if (*named,) != persons:
        line.places += [name for name in persons if name not in named]
        line.byline = ", ".join(named or (name for name in persons if name[0] not in _TITLE_MARKS))
    source, named_by = ("guess", BY_NAMES) if line.guessed else ("markup", rule)
    facts.add("byline", line.byline, source, named_by, taken.element, ", ".join((line.byline, *line.places)))
    _add_time(taken, facts)
    facts.add("updated", line.updated, "markup", rule, taken.element)
    facts.add("published", line.updated, "guess", f"{rule}: update", taken.element)


def _without_publication(name: str, publications: Collection[str]) -> str:
    """Return a name without the paper before it (`Quay Post Ann Ba`), or "" if it is the paper, perhaps in title marks."""
    small = name.casefold().strip(_TITLE_MARKS)
    for each in publications:
        if small == each:
            return ""
        if small.startswith(f"{each} ") and name[:1].isupper():
            return name[len(each) :].strip()
    return name


def _add_time(taken: Taken, facts: Facts) -> None:
    if (time := taken.line.time) is not None:
        facts.add("published", time.text, "markup", taken.rule, taken.element, taken.line.time_text)


def _account_for(taken: Taken, text: str, header: Header, account: Account) -> None:
    """Keep the names of a header line that are not in the byline as a credit, and note what else is left out."""
    line, chosen = taken.line, header.byline
    if taken.rule == HEADLINE:
        account.env.note(
            "dropped", "repeated headline", rule=HEADLINE, text=text, characters=len(visible(text))
        )
        return
    facts = [header.published_text, *line.credits]
    header.lines += line.credits
    persons = printed_names(line.byline)
    if chosen is not None and chosen.value == line.byline:
        facts += [line.byline, *persons, *line.places]
    elif line.byline:
        known = set(map(str.casefold, printed_names(chosen.value))) if chosen else set()
        if known.issuperset(map(str.casefold, persons)):
            facts += [line.byline, *persons]
        else:
            is_alone = not (line.time_text or line.updated or line.furniture or line.credits)
            header.lines.append(text if is_alone else ", ".join((line.byline, *line.places)))
            facts += [text] if is_alone else [line.byline, *persons, *line.places]
    account.take(text, facts, taken.rule)


def _whole_line(element: _Element, rules: Rules) -> _Element | None:
    """Return the element to remove with a byline or time, or None if it is part of a sentence, which is kept whole.

    This is the element, or its parent if that has nothing else but a label (`<p>By <a rel="author">Ann Ba</a></p>`).
    """
    parent = element.getparent()
    if parent is None or is_block(element):
        return element
    before = next((e for e in element.itersiblings(preceding=True) if e.tag == "br" or is_block(e)), None)
    beside = [(before.tail if before is not None else parent.text) or ""]
    for each in element.itersiblings(preceding=True):
        if each is before:
            break
        beside += [words_of(each), each.tail or ""]
    beside.append(element.tail or "")
    for each in element.itersiblings():
        if each.tag == "br" or is_block(each):
            break
        beside += [words_of(each), each.tail or ""]
    rest = " ".join(" ".join(beside).split()).strip(EDGES)
    if rest and not is_label(rest, rules):
        return None
    if parent.tag not in ("p", "div", "span", "li"):
        return element
    whole = words_of(parent).replace(words_of(element), "", 1).strip(EDGES)
    return parent if whole == rest else element
