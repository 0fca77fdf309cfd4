"""The names in a part of a header line: below labels, before roles, and without the places and outlets next to them."""

from __future__ import annotations

import re

from feed2doc._text.cjk import is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.unlabelled_names import are_people
from feed2doc.readers._article.header.names import is_east_asian, is_names
from feed2doc.readers._article.header.times import EDGES
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import FOR, IN, before_place

# A label that is no preposition: `Text:`, `Written by`.
_STRONG = pattern(r"[:：/／｜|＝=]\s*$|^(?:\w+\s+)?by\b", re.I)
# A place after a name: `Ana Mar, do Recife`.
_FROM_A_PLACE = pattern(
    r"(?:from|do|da|de|desde|aus|из)\s+[^\W\d_a-zà-þа-я][^\W\d_]{2,30}(?:\s[^\d,]{2,30})?"
)
_LONGEST_OUTLET, _SENTENCE_IN = 30, pattern(r"[.!?。:,;]|(?<!\S)[a-zà-þ]{2,}")
# A name, a full stop and a place, which is not the initial of another name: `Ana Mar. Bilbao`.
_BEFORE_STOP = pattern(
    r"(?P<names>[^.]{3,80}(?<!\W[SM]ta)(?<!\WSto)(?<=[^\W\d_]{3}))\. (?P<place>[^\W\d_a-zà-þа-я][^\d.,]{2,30})\.?"
)
_IN_A_PLACE = pattern(rf"^(?P<names>.{{3,100}}?),?\s+(?:{IN})\s+(?P<place>[^\W\d_][^\d,]{{1,40}})$")
# The paper that someone wrote for: `Ann Ba for The Quay Post`.
_FOR_A_PAPER = pattern(
    rf"^(?P<names>.{{3,100}}?),?\s+(?:{FOR})\s+(?P<place>[^\W\d_a-zà-þа-я][^\d,]{{1,40}})$"
)


def authors_in(text: str, rules: Rules) -> tuple[str, list[str]]:
    """Return the names in a part, or "", and what is next to them: their places, outlets and occupations."""
    names, sign, organisation = text.partition("／")
    if sign and not (organisation.isascii() and is_east_asian(names)):
        names, sign = text, ""
    names, beside = _without_place(names)
    beside += [organisation] if sign else []
    if not is_names(names):
        names, outlet = _before_outlet(names)
        if not names:
            return "", []
        beside.append(outlet)
    parts = names.split(", ")
    persons = [part for part in parts if rules.search("header_drop_text", part) is None]
    return ", ".join(persons), [*beside, *(part for part in parts if part not in persons)]


def _before_outlet(names: str) -> tuple[str, str]:
    """Return the name before an outlet that has no name's spelling, and the outlet: `Ann Ba, g1 Recife`."""
    name, _, outlet = names.partition(", ")
    if " " not in name or not is_names(name) or not 0 < len(outlet) <= _LONGEST_OUTLET:
        return "", ""
    return ("", "") if _SENTENCE_IN.search(outlet) else (name, outlet)


def labelled_names(part: str, rules: Rules) -> str:
    """Return the names after the label of a byline, or before their role, or "" if there are none."""
    if (found := rules.search("byline_label", part)) is not None and not found[0].start():
        label = found[0]
    elif (said := rules.words.find("byline-label", part)) is not None:
        label = said.match
    else:
        return _names_with_role(part, rules)
    if len(rules.words.split_at_labels(part)) > 1:  # `采写/林海 摄影/梅林`
        return ""
    names = part[label.end() :].strip(f"{EDGES}[]【】")
    # A preposition, such as `von` or `par`, may also begin a phrase: the name after it must be a full one.
    strong = is_han(label[0][:1]) or _STRONG.search(label[0]) is not None
    persons, _ = _without_place(names)
    is_one = is_names(persons) or bool(_before_outlet(names)[0])
    return names if is_one and (strong or " " in persons) else ""


def _names_with_role(part: str, rules: Rules) -> str:
    """Return the names of authors before their role in brackets: `Ann Ba (text)`."""
    said = rules.credit(part) if part.endswith((")", "）")) else None
    person = said[1].groupdict().get("person") or "" if said is not None and said[0].role == "byline" else ""
    return person if are_people(person) else ""


def credited_names(part: str, rules: Rules) -> str:
    """Return the names that a word of the trade marks in a part next to a time: `記者林海報導`, `林海記者`, `Texte : Anne Bas`."""
    first, *others = rules.words.split_at_labels(part)
    if others and rules.credit(first):  # of several people
        return ""
    said = rules.credit(part)
    if said is not None and said[0].role == "byline":
        return said[1].groupdict().get("person") or ""
    after = rules.words.find("byline-after", part)
    return after.match["person"] if after is not None else ""


def _without_place(names: str) -> tuple[str, list[str]]:
    """Return the names without the place or paper after them: `Ann Ba in Oslo`, `Ann Ba, Oslo`, `Ana Mar. Bilbao`."""
    for after in (_IN_A_PLACE, _FOR_A_PAPER):
        if (found := after.match(names)) and is_names(found["place"]) and is_names(found["names"]):
            return found["names"], [found["place"]]
    *persons, last = names.split(", ")
    if persons and all(" " in each for each in persons) and _FROM_A_PLACE.fullmatch(last):
        return ", ".join(persons), [last]
    if ". " in names and (found := _BEFORE_STOP.fullmatch(names)) and are_people(found["names"]):
        return found["names"], [found["place"]]
    names, place = before_place(names)
    return names, [place] if place else []
