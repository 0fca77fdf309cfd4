"""Lines that name the author without a label, markup or title: `Ann Ba in Oslo`, `Ann Ba, 5 May 2025`, `林海生、梅林林`.

Only common names count (`given_names`), and `names_subject` tells a byline from the name of someone whom the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from feed2doc._text.cjk import is_han
from feed2doc._text.given_names import is_surely_person
from feed2doc._text.han_names import is_han_name, is_korean_person
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.bylines import printed_names
from feed2doc.readers._article.authors.occupations import is_agency
from feed2doc.readers._article.authors.people_beside import arabic_person, han_person, korean_person
from feed2doc.readers._article.header.names import is_names
from feed2doc.readers._rules.names import AND, FOR, IN
from feed2doc.readers._rules.words.lexicon import Lexicon

BY_NAMES = "common names"
"""The rule of a byline without a label."""

_LONGEST, _LONGEST_PLACE, _LONGEST_OFFICE = 100, 40, 60
_MOST_PARTS = 3
# Where someone is, or for whom: `Ann Ba in Oslo`, `Ann Ba for Quay News`.
_PLACE = pattern(rf" (?P<said>(?:{IN}|{FOR}) (?:[^\W\d_a-zà-þа-я]|«)[^,;:.!?]{{1,38}})$")
# A place or an agency in brackets, and an agency after a conjunction or a slash: `Ann Ba (Oslo)`, `Ann Ba and agencies`.
_IN_BRACKETS = pattern(rf" ?[(（](?P<said>(?:(?:{IN}) )?[^\W\d_a-zà-þа-я][^()（）.!?\d]{{1,39}})[)）]$")
_AGENCY = pattern(rf"(?: (?:{AND}|с) |/)(?P<said>[^\s,/][^,/]{{1,24}})$")
_QUOTES = frozenset('«»„“”"')
# An end of a text in which its author is presented.
_END = 500
_REPORTER, _LONGEST_LABEL, _LONGEST_HAN_LABEL = " 기자", 24, 6


class People(Struct, frozen=True):
    """Names, and what is next to them: places, papers, offices."""

    names: str
    places: tuple[str, ...] = ()


def people_of(parts: Sequence[str], words: Lexicon, *, timed: bool) -> People | None:
    """Return the people that one of the parts of a line names, or None. Others are a place or a paper, or two next to a time."""
    if not 0 < len(parts) <= _MOST_PARTS - (not timed) or sum(map(len, parts)) > _LONGEST:
        return None
    for at, part in enumerate(parts if timed else parts[:1]):  # `Oslo, 5 May 2025 – Ann Ba`
        if (people := _people_in(part, words, timed=timed)) is not None:
            others = [*parts[:at], *parts[at + 1 :]]
            if any(map(is_surely_person, others)) or not all(map(_is_place, others)):
                return None
            return People(people.names, (*people.places, *others))
    return None


def _people_in(text: str, words: Lexicon, *, timed: bool) -> People | None:
    """Return the people of a part, which may have a place, a paper, an agency or an office."""
    first = text[:1]
    if not first.isalpha() or text.islower():
        return None
    if are_people(text, in_hangul=timed):
        return People(text)
    if not (first.isupper() or first.islower()):
        noted = _IN_BRACKETS.search(text)
        if (
            noted
            and are_people(text[: noted.start()], in_hangul=False)
            and words.find("byline-note", noted["said"])
        ):
            return People(text[: noted.start()], (noted["said"],))  # `林海生/王梅林（综合报道）`
        read = han_person if is_han(first) else korean_person if first >= "\uac00" else arabic_person
        found = read(text, words)
        return People(found[0], (found[1],)) if found else None
    for pattern_ in (_IN_BRACKETS, _PLACE, _AGENCY):
        beside = pattern_.search(text)
        if beside is not None and are_people(before := text[: beside.start()], in_hangul=False):
            is_known = pattern_ is not _AGENCY or is_agency(beside["said"], words)
            return People(before, (beside["said"],)) if is_known else None
    name, comma, rest = text.partition(", ")
    while comma and not are_people(name, in_hangul=False):  # `Ann Ba, Otto Berg, Oslo`
        before, comma, rest = rest.partition(", ")
        name = f"{name}, {before}"
    if not comma:
        return None
    while (more := rest.partition(", "))[1] and is_surely_person(more[0]):
        name, rest = f"{name}, {more[0]}", more[2]
    is_known = _is_place(rest) or is_agency(rest, words) or _is_office(rest, words)
    return People(name, (rest,)) if is_known else None


def are_people(text: str, *, in_hangul: bool = True) -> bool:
    """Return True if all names in a text are common names of persons. Titles and places, too, have capitals.

    Korean names, which many words look like, count only with `in_hangul`.
    """
    names = printed_names(text)
    return bool(names) and all(
        is_surely_person(name) or (in_hangul and is_korean_person(name.removesuffix(_REPORTER)))
        for name in names
    )


def is_other_credit(part: str) -> bool:
    """Return True if a part between other credits is an unknown label and common names: `Mapas: Ana Mar`, `签发：林海`."""
    label, colon, names = part.replace("：", ":").partition(":")
    if not colon or not 0 < len(label) <= _LONGEST_LABEL:
        return False
    names = names.strip()
    if is_han(label[0]) and len(label) <= _LONGEST_HAN_LABEL:
        return bool(names) and all(map(is_han_name, printed_names(names)))
    return are_people(names)


def _is_place(text: str) -> bool:
    """Return True for a place or a paper: `Oslo`, `Quay News`, `«Северная почта»`."""
    if len(text) > _LONGEST_PLACE:
        return False
    if text[:1] in _QUOTES and text[-1:] in _QUOTES:
        return True
    return "," not in text and " in " not in text and is_names(text)


def _is_office(text: str, words: Lexicon) -> bool:
    """Return True if a text begins or ends with an office: `enviada especial a Oslo`, `Business editor`, `Quay News staff`."""
    if len(text) > _LONGEST_OFFICE or any(map(str.isdigit, text)):
        return False
    tokens = text.replace(",", " ").lower().split()
    edges = {" ".join(part) for count in (1, 2) for part in (tokens[:count], tokens[-count:])}
    said = (words.find(kind, each) for each in edges for kind in ("byline-title", "profession"))
    return any(each is not None and not each.match.start() for each in said)


def _mention_of(name: str) -> re.Pattern[str]:
    """Return the pattern of a surname in a text, which may have another ending in Cyrillic letters."""
    if is_han(name[0]):
        return re.compile(re.escape(name))
    surname = name.split()[-1]
    if "\u0400" <= surname[-1] <= "\u04ff":
        return re.compile(rf"(?<!\w){re.escape(surname[:-1])}", re.I)
    forms = "|".join(re.escape(form) for form in {surname, surname.title(), surname.upper()})
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def names_subject(names: str, line: str, text: str, words: Lexicon) -> bool:
    """Return True if a text, of which a line may be part, says more of these people than who they are, at its end."""
    for name in printed_names(names):
        rest = text.replace(name, " ", 1) if name in line else text
        found = _mention_of(name).search(rest)
        if found is None:
            continue
        end = rest[max(found.start() - len(name), 0) :]
        if len(end) > _END or name.casefold() not in end.casefold() or words.find("profession", end) is None:
            return True
    return False
