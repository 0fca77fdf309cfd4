"""Lines that name the author without a label, markup or title: `Ann Ba in Oslo`, `Ann Ba, 5 May 2025`, `林海生、梅林林`.

Only common names count (`given_names`), and `names_subject` tells a byline from the name of someone whom the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from feed2doc._text.cjk import is_han
from feed2doc._text.given_names import is_surely_person
from feed2doc._text.han_names import is_korean_name
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.bylines import printed_names
from feed2doc.readers._article.header_names import is_names
from feed2doc.readers._rules.lexicon import Lexicon

BY_NAMES = "common names"
"""The rule of a byline without a label."""

_LONGEST, _LONGEST_PLACE, _LONGEST_OFFICE, _LONGEST_HAN_OFFICE = 100, 40, 60, 20
_MOST_PARTS = 3
# Where someone is, or for whom: `Ann Ba in Oslo`, `Ann Ba for Quay News`.
_PLACE = pattern(
    r" (?P<said>(?:in|from|at|aus|à|en|em|desde|из|for|für|pour|para|per|для) (?:[^\W\d_a-zà-þа-я]|«)[^,;:.!?]{1,38})$"
)
_HAN_OFFICE = pattern(
    r"(?P<name>[^\W\d_]{2,6})(?:[（(](?P<inside>[^（）()]{2,20})[)）]|，(?P<after>[^，。！？：]{2,20}))"
)
_SAID = frozenset("的了是在说說有")
# An end of a text in which its author is presented.
_END = 500


class People(Struct, frozen=True):
    """Names, and what is next to them: places, papers, offices."""

    names: str
    places: tuple[str, ...] = ()


def people_of(parts: Sequence[str], words: Lexicon, *, timed: bool) -> People | None:
    """Return the people that the parts of a line name, or None. Other parts are a place or a paper, or two next to a time."""
    if not 0 < len(parts) <= _MOST_PARTS - (not timed) or sum(map(len, parts)) > _LONGEST:
        return None
    first, *others = parts
    if not all(len(each) <= _LONGEST_PLACE and is_names(each) for each in others):
        return None
    people = _people_in(first, words)
    if people is None or any(map(is_surely_person, others)):
        return None
    return People(people.names, (*people.places, *others))


def _people_in(text: str, words: Lexicon) -> People | None:
    """Return the people of a part, which may have a place or an office."""
    if not text[:1].isalpha() or text.islower():
        return None
    if _are_people(text):
        return People(text)
    if is_han(text[0]):
        return _with_han_office(text, words)
    if text[0] >= "\uac00":
        return _with_korean_office(text, words)
    if "\u0620" <= text[0] <= "\u06ff":
        return _with_arabic_office(text, words)
    if (found := _PLACE.search(text)) is not None and _are_people(text[: found.start()]):
        return People(text[: found.start()], (found["said"],))
    name, comma, rest = text.partition(", ")
    while comma and not _are_people(name):  # `Ann Ba, Otto Berg, Oslo`
        before, comma, rest = rest.partition(", ")
        name = f"{name}, {before}"
    if not comma:
        return None
    while (more := rest.partition(", "))[1] and is_surely_person(more[0]):
        name, rest = f"{name}, {more[0]}", more[2]
    is_place = "," not in rest and len(rest) <= _LONGEST_PLACE and is_names(rest)
    if is_place or _is_office(rest, words):
        return People(name, (rest,))
    return None


def _are_people(text: str) -> bool:
    names = printed_names(text)
    return bool(names) and all(map(is_surely_person, names))


def _is_office(text: str, words: Lexicon) -> bool:
    """Return True if a text begins with an office, or its last word names one: `enviada especial a Oslo`, `Business editor`."""
    if len(text) > _LONGEST_OFFICE or any(map(str.isdigit, text)):
        return False
    tokens = text.replace(",", " ").split()
    beginnings = (" ".join(tokens[:count]).lower() for count in (1, 2))
    return any(words.find(kind, each) for each in beginnings for kind in ("byline-title", "profession"))


def _with_han_office(text: str, words: Lexicon) -> People | None:
    found = _HAN_OFFICE.fullmatch(text)
    if found is None or not is_surely_person(found["name"]):
        return None
    office = found["inside"] or found["after"]
    said = [each for kind in ("profession", "byline-title") if (each := words.find(kind, office))]
    if not said or not _SAID.isdisjoint(office) or all(each.match.end() < len(office) for each in said):
        return None
    return People(found["name"], (office,))


def _with_korean_office(text: str, words: Lexicon) -> People | None:
    name, _, office = text.partition(" ")
    institute, _, title = office.partition(" ")
    if not is_korean_name(name) or not title or " " in title or words.find("profession", title) is None:
        return None
    return People(name, (f"{institute} {title}",))


def _with_arabic_office(text: str, words: Lexicon) -> People | None:
    name, comma, office = text.partition("، ")
    if not comma or "،" in office or not 1 < len(name.split()) < 4 or name.startswith("ال"):
        return None
    if len(office) > _LONGEST_PLACE or words.find("profession", office.partition(" ")[0]) is None:
        return None
    return People(name, (office,))


def _mention_of(name: str) -> re.Pattern[str]:
    """Return the pattern of a surname in a text, which may have another ending in Cyrillic letters."""
    if is_han(name[0]):
        return re.compile(re.escape(name))
    surname = name.split()[-1]
    if "\u0400" <= surname[-1] <= "\u04ff":
        return re.compile(rf"(?<!\w){re.escape(surname[:-1])}", re.I)
    return re.compile(rf"(?<!\w){re.escape(surname)}(?!\w)", re.I)


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
