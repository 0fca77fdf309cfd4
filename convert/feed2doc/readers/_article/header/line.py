"""The text of a header line: authors, times, places and furniture, told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.bylines import OTHERS
from feed2doc.readers._article.authors.occupations import before_title, is_syllables, is_title
from feed2doc.readers._article.authors.titled_names import titled_name
from feed2doc.readers._article.authors.unlabelled_names import are_people, people_of
from feed2doc.readers._article.header.authors import authors_in, credited_names, labelled_names
from feed2doc.readers._article.header.names import has_hiragana, is_east_asian, is_names, is_said, is_spelled
from feed2doc.readers._article.header.pieces import LABELS, pieces_of
from feed2doc.readers._article.header.times import (
    EDGES,
    is_label,
    is_labelled_time,
    take_times,
    without_update_clock,
)
from feed2doc.readers._article.times.parsing import Written
from feed2doc.readers._rules.lookup import Rules

# The maximum length of a line whose markup says that it names the author, and of others.
LONGEST, _LONGEST_UNMARKED = 200, 120
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_TAGS, _SHORTEST_LABEL = 60, 24, 80, 4
_LONGEST_DESK = 30
_CREDITED = pattern(
    rf"(?:{LABELS})\s*[：:／/｜]\s*.{{2,30}}|(?:Source|Quelle|Fuente|Fonte|Editor)\s*:\s*.{{2,40}}"
)
# The rest of a time that is only partly understood: `9:30 am`, `Uhr`, `CET`.
_CLOCK = pattern(r"(?i:at\s++)?(?:\d{1,2}[:.h]\d{2})?\s*+(?:(?i:[ap]\.?m\.?|Uhr|h)\s*+)?(?:[A-Z]{3,4})?")
_INNER = frozenset("()（）[]")
_ENDS = (".", "!", "?", "…", "。", "！", "？")
# The ends of what somebody says.
_SPOKEN_ENDS = ("!", "?", "。", "！", "？")
_ADDRESS = pattern(r"(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,40}\.[\w.-]{2,40}")
# An account, but not one that is a name below a label: `文 / @林海`.
_HANDLE = pattern(r"(?<!\S)(?<![/／：:|｜]\s)\(?@\w{2,30}\)?(?!\S)")
# An account without capitals next to a time: `Posted by jdoe on 5 May 2025`.
_ACCOUNT = pattern(r"(?i:(?:posted|published|written|submitted) by) (?P<name>[a-z][\w.-]{1,24})")
# A counter without a word, after a name and a day: `Ann Ba · 5 May 2025 · 1,024`.
_COUNTER = pattern(r"(?:\.\s)?\d{1,3}(?:,?\d{3}){0,2}")
# A line with a name and an older date is part of a text.
_FIRST_YEAR = 1995
_LONGEST_PLACE = 4
_IN = pattern(r"^in\s+(?=\S)")
# Signs before the numbers of readers, comments and likes: `👁 1 204`.
_COUNTED = "👁👀💬❤♥♡👍🗨🔥"
_SIGNED_COUNTER = pattern(
    rf"[{_COUNTED}]\ufe0f?\s?\d{{1,3}}(?:[.,\u00a0\u202f ]?\d{{3}}){{0,2}}(?:[.,]\d)?\s?[kKmMкК万萬]?(?![\d:.])"
)


class HeaderLine(Struct):
    """The parts of a line. `rest` has the parts that do not belong in a header: with any of these, the line is text."""

    byline: str = ""
    labelled: bool = False
    time: Written | None = None
    time_text: str = ""
    updated: str = ""
    places: list[str] = []
    credits: list[str] = []
    furniture: list[str] = []
    rest: list[str] = []
    timed: bool = False
    """Whether the markup of the line states a time, which is not in its text."""
    guessed: bool = False
    """Whether the byline has no label, markup or title."""

    @property
    def found(self) -> bool:
        """Return True if the line has a byline, a time, a credit or furniture, and nothing else."""
        known = self.byline or self.time or self.updated or self.credits or self.furniture
        return bool(known) and not self.rest


class _Part(NamedTuple):
    """A part without a label, whether a comma follows it, and whether a title does."""

    text: str
    is_before_comma: bool
    has_title: bool


class _Others(Struct):
    """The parts of a line of which the whole line decides what they are: titles, credits of others, and parts without a label."""

    titles: list[str] = []
    credited: list[str] = []
    unlabelled: list[_Part] = []


def read_line(
    text: str, rules: Rules, *, named: bool = False, timed: bool = False, of_header: bool = False
) -> HeaderLine:
    """Return the parts of a line.

    `named` and `timed` mean that its markup says that it names the author or states a time, and `of_header` that it is what
    is left of a line with the names of authors, or below another line of the header.
    """
    line = HeaderLine(timed=timed)
    text = _below_label(text, rules)
    if len(text) > (LONGEST if named else _LONGEST_UNMARKED):
        line.rest.append(text)
        return line
    if named and _take_whole_byline(text, rules, line):
        return line
    text = _take_accounts_and_counters(text, line)
    rest = take_times(text, rules, line)
    if line.time is not None and any(map(str.isdecimal, rest)):
        rest = without_update_clock(rest, rules, line)
    others = _Others()
    for piece in pieces_of(rest, text, rules):
        _take_piece(piece, rules, line, others, named=named, of_header=of_header)
    line.places += others.titles
    others.titles += [part for part in line.furniture if is_title(part, rules)]
    if named and len(others.unlabelled) > 1:
        _put_names_first(others.unlabelled, text, rules)
    may_be_names = not named and not line.byline and not others.titles and others.unlabelled
    if may_be_names and _take_people(others.unlabelled, rules, line):
        line.credits += others.credited
        return line
    _add_unlabelled(others, rules, line, named=named)
    (line.credits if line.byline or line.time else line.rest).extend(others.credited)
    if line.byline:
        _move_to_places(line, others.titles, named=named)
    return line


def _take_whole_byline(text: str, rules: Rules, line: HeaderLine) -> bool:
    """Take a byline by markup that has one of two forms as a whole. Return False for others."""
    if (titled := titled_name(text)) is not None:
        line.byline, line.places, line.furniture = titled.person, [titled.outlet], [titled.title]
        return True
    if is_east_asian(text) and (said := credited_names(text, rules)):  # `海港報 記者林海／北角報導`
        line.byline, line.labelled = said, True
        return True
    return False


def _take_accounts_and_counters(text: str, line: HeaderLine) -> str:
    """Return the text without addresses, and without accounts and counters of readers, which are furniture."""
    if "@" in text:
        text = _ADDRESS.sub(" | ", text)
        line.furniture += _HANDLE.findall(text)
        text = _HANDLE.sub(" ", text)
    if any(map(text.__contains__, _COUNTED)):
        line.furniture += _SIGNED_COUNTER.findall(text)
        text = _SIGNED_COUNTER.sub(" | ", text)
    return text


def _take_piece(
    piece: str, rules: Rules, line: HeaderLine, others: _Others, *, named: bool, of_header: bool
) -> None:
    """Add a piece that is known by itself to the line, and any other to `others`."""
    is_header = named or line.timed or line.byline or line.time or line.furniture
    bare = piece.strip(EDGES)
    is_furniture = is_header and (rules.junk(bare) or rules.words.find("count", bare) is not None)
    if is_furniture or ((is_header or of_header) and _has_tags(bare, rules)):
        line.furniture.append(bare)
        return
    names, after = before_title(piece, rules)
    others.titles += [after.strip(EDGES)] if after else []
    part = _unwrapped(names.strip(EDGES))
    if not any(map(str.isalnum, part)) or _take_part(part, rules, line):
        return
    if not named and _take_text(part, names, line):
        return
    if is_title(part, rules):
        others.titles.append(part)
    elif _is_credit(part, rules):
        others.credited.append(part)
    else:
        others.unlabelled.append(_Part(part, names.rstrip().endswith((",", "，")), bool(after)))


def _add_unlabelled(others: _Others, rules: Rules, line: HeaderLine, *, named: bool) -> None:
    """Add the parts without a label: names next to titles, a time or credits of others, places, and what is text."""
    titles, credited = others.titles, others.credited
    for part, is_before_comma, has_title in others.unlabelled:
        # Without markup, a full name next to a time is a byline, but `Lower Harbour, 5 May 2025` may be a place.
        is_author = bool(credited) and are_people(part)
        stands_out = bool(titles) or is_author or (line.time is not None and not is_before_comma)
        alone = stands_out and (has_title or len(others.unlabelled) == 1)
        alone = alone and ((" " in part and is_spelled(part)) or (bool(titles) and is_syllables(part)))
        if credited and not line.byline and (said := credited_names(part, rules)):
            _take_names(said, rules, line)
            continue
        if (named or alone) and not line.byline and _take_names(part, rules, line):
            continue
        if is_before_comma and not line.byline and " " in part:
            line.rest.append(part)
        elif (line.byline or line.time) and len(part) <= _LONGEST_NAME and is_names(_IN.sub("", part)):
            (line.rest if _may_be_phrase(part, rules, line) else line.places).append(part)
        else:
            line.rest.append(part)


def _below_label(text: str, rules: Rules) -> str:
    """Return lines of which the first is a label (`By`) with the second next to it."""
    label, _, below = text.partition("\n")
    return f"{label} {below}" if below and is_label(label, rules) else text


def _has_tags(part: str, rules: Rules) -> bool:
    """Return True for the label of a list of tags, perhaps with a few of them: `Posted in Ferries`, `Tags: ropes, tar`."""
    if len(part) > _LONGEST_TAGS or part.endswith(_ENDS) or not rules.words.may_begin("tag-label", part):
        return False
    words = part.split(" ", 2)
    labels = {part, part.replace("：", ":").partition(":")[0], " ".join(words[:2])}
    if len(words[0]) >= _SHORTEST_LABEL:  # not `Tag des Hafens`
        labels.add(words[0])
    return any(rules.words.find("tag-label", label) is not None for label in labels)


def _move_to_places(line: HeaderLine, titles: list[str], *, named: bool) -> None:
    """Take what is next to the names of a byline for places: titles, and in a byline by markup a desk (`Ann Ba | World desk`)."""
    line.places += [part for part in line.furniture if part in titles]
    line.furniture = [part for part in line.furniture if part not in titles]
    if named and not any(map(_is_text, line.rest)):
        line.places += line.rest
        line.rest = []


def _is_text(part: str) -> bool:
    """Return True for a part that is too long for a place or a desk, or a sentence."""
    return len(part) > _LONGEST_DESK or part.endswith((*_ENDS, ","))


def _put_names_first(parts: list[_Part], text: str, rules: Rules) -> None:
    """Sort the parts of a byline, the last of which are a paper or a place: `海港日报 | 林海`, `Oslo - Ann Ba`."""
    parts.sort(key=lambda each: rules.words.find("organisation", each.text) is not None)
    if not is_east_asian(text):
        parts.sort(key=lambda each: " " not in each.text)


def _may_be_phrase(part: str, rules: Rules, line: HeaderLine) -> bool:
    """Return True for words next to a day that no capitals tell from a place or paper: `2025年5月5日 港口开放日`."""
    if line.byline or line.time is None or line.time.has_time or part[:1].isupper() or part[:1].islower():
        return False
    is_long = len(part) > _LONGEST_PLACE if is_east_asian(part) and " " not in part else " " in part
    if not (is_long or has_hiragana(part)) or rules.words.find("organisation", part) is not None:
        return False
    return not (has_hiragana(part) and are_people(part))


def _take_people(parts: Sequence[_Part], rules: Rules, line: HeaderLine) -> bool:
    """Take the byline and places of a line that has nothing but common names. Return False if it has none."""
    is_timed = line.time is not None or line.timed
    if line.time is not None and line.time.value.year < _FIRST_YEAR:
        return False
    people = people_of([each.text for each in parts], rules.words, timed=is_timed)
    if people is not None and people.places and _is_credit(f"{people.names} / {people.places[0]}", rules):
        return False  # `林海 / 译`
    if people is not None:
        # A full name next to a time, without a comma, is surely a byline.
        is_next_to_time = (
            line.time is not None and len(parts) == 1 and not parts[0].is_before_comma and not people.places
        )
        line.byline, line.guessed = people.names, not is_next_to_time
        line.places += people.places
    return people is not None


def _unwrapped(part: str) -> str:
    """Return a part without brackets around the whole of it."""
    inside = part[1:-1].strip(EDGES)
    is_whole = part[:1] in ("(", "（", "[") and part[-1:] in (")", "）", "]") and _INNER.isdisjoint(inside)
    return inside if is_whole else part


def _take_part(part: str, rules: Rules, line: HeaderLine) -> bool:
    """Add a part that is known by its label or wording. Return False if it is not."""
    if len(part) <= _LONGEST_LABEL:
        if _CLOCK.fullmatch(part) or is_label(part, rules):
            return True
        if is_label(part, rules, is_element=True) and not is_title(part, rules):
            return True
    if (line.timed or line.time is not None) and is_labelled_time(part, rules):
        line.furniture.append(part)
        return True
    if len(part) <= _LONGEST_NAME and rules.search("header_drop_text", part):
        line.furniture.append(part)
    elif _CREDITED.fullmatch(part) and not _is_spoken(part):
        line.credits.append(part)
    elif not line.labelled and (names := labelled_names(part, rules)):
        line.labelled = _take_names(names, rules, line)
    elif line.time is not None and not line.byline and (names := credited_names(part, rules)):
        return _take_names(names, rules, line)
    elif line.byline and line.time is not None and _COUNTER.fullmatch(part):
        line.furniture.append(part)
    elif line.time is not None and not line.byline and (account := _ACCOUNT.fullmatch(part)):
        line.byline, line.labelled = account["name"], True
    else:
        return False
    return True


def _is_spoken(part: str) -> bool:
    """Return True for a sentence behind a label: `编辑：你怎么看？` is a question of an editor, not the name of one."""
    return part.endswith(_SPOKEN_ENDS) and not are_people(
        re.split("[：:／/｜]", part, maxsplit=1)[-1].strip(f"{EDGES}。")
    )


def _take_text(part: str, said: str, line: HeaderLine) -> bool:
    """Add a part that is a sentence, or the label of another time (`Deadline: 5 May 2025`). Return False if it is neither."""
    if not said.rstrip().endswith((":", "：")) and (not is_said(part) or are_people(part)):
        return False
    line.rest.append(part)
    return True


def _is_credit(part: str, rules: Rules) -> bool:
    """Return True if a part says who translated, edited, photographed or helped."""
    found = rules.words.find("credit", part)
    return found is not None and found.rule.role in OTHERS


def _take_names(text: str, rules: Rules, line: HeaderLine) -> bool:
    """Add the names in a part, and what is next to them. Return False if there are none."""
    names, places = authors_in(text, rules)
    if not names and not places:
        return False
    line.byline = names
    line.places += places
    return True
