"""Splitting of bylines into persons."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from feed2doc._text.cjk import HAN_LETTER
from feed2doc._text.cjk import is_han as is_han_character
from feed2doc._text.given_names import is_surely_person
from feed2doc._text.han_names import is_han_name, is_office
from feed2doc._text.lazy_re import pattern
from feed2doc.model import Person
from feed2doc.readers._article.authors.affiliations import without_roles
from feed2doc.readers._article.authors.name_notes import CLOSING, OPENING, without_note
from feed2doc.readers._article.authors.titled_names import titled_name
from feed2doc.readers._rules.names import AND, FOR, are_full_names, before_place, without_places
from feed2doc.readers._rules.words.credit_parts import STOP
from feed2doc.readers._rules.words.lexicon import Lexicon, lexicon
from feed2doc.readers._rules.words.phrases import is_han

_HAN = rf"(?:{HAN_LETTER}|·)"
_SEPARATOR = pattern(
    r"(?:(?<!\s)\s+)?[,，、;；&]\s*(?:(?:and|und|et|y|e|и)\s+)?|(?<!\s)\s+(?:and|[|｜+•])\s+", re.I
)
# Names with the family name first, of which all in a list are: `Ba, Ann; Berg, Otto`.
_INVERTED = pattern(r"[^\s,;][^,;]{0,40},\s*[^\s,;][^,;]{0,40}")
# 和 and 与 also occur in names (李和平 is one name), so they separate only two names of at least two characters each.
_BETWEEN_HAN = pattern(
    rf"(?<={HAN_LETTER})\s*[/／]\s*(?={HAN_LETTER})|(?<={HAN_LETTER}{{2}})\s*[和与與]\s*(?={HAN_LETTER}{{2}})"
)
# Conjunctions that also occur in names (`Ortega y Gasset`), so that they separate only names of at least two words each.
_BETWEEN_NAMES = pattern(
    rf"(?<!\s)\s+(?:{AND})\s+"
    r"|(?<=[\u0620-\u06ff]) و(?=[\u0620-\u06ff]{2})"
)
# Who helped, in a bracket after a name: `Ann Ba (avec Otto Berg et Bo Cy)`.
_HELPERS = pattern(r" [(（](?:with|mit|avec|con|com|met|med) (?P<names>[^()（）]{3,100})[)）]$")
_SLASH = pattern(r"\s?[/／]\s?")
_SUFFIXES = (", Jr", ", Sr", ", I")
_SUFFIX = pattern(r",\s(?=(?:Jr|Sr)\b|I{2,3}$|IV$)")
# The outlet after a name: `Ann Ba - Quay News`, `林海（海港日报）`.
_OUTLET = pattern(
    rf"(?P<name>[^\s(（].{{0,60}}?)(?:\s(?:[-–—/·@]|voor|{FOR})\s|\s?[(（·])(?P<outlet>[^()（）]{{2,60}})[)）]?"
)
_BEFORE_OUTLET = frozenset("-–—/·@(（")
# The day and the account after a name.
_DAY = pattern(r"(?<=\S)\s\(?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}\b.*$")
_ACCOUNT_AFTER = pattern(r"(?<=\w)\s\(?@[\w.-]{1,60}\)?$")
# The outlet at the end of a credit: `illustration by Ann Ba for The Quay Post`.
_FEWEST_SPACES, _FOR_OUTLET = 5, pattern(rf"(?<=\S)\s(?:{FOR})\s.{{2,60}}$")
OTHERS = frozenset({"translator", "editor", "photographer", "contributor"})
"""The roles of people other than the author."""
_JOINS, _DOTS = frozenset("/／和与與"), frozenset("·ㆍ")
# Names of two to four Han characters, or of three or four Korean syllables, separated by spaces.
_SPACED_HAN = pattern(rf"{_HAN}{{2,4}}(?:[ \u3000]+{_HAN}{{2,4}})+")
_SPACED_HANGUL = pattern(r"[\uac00-\ud7a3]{3,4}(?: [\uac00-\ud7a3]{3,4})+")
_HANGUL_JOINED = pattern(r"[\uac00-\ud7a3]{2,4}(?: 기자)?(?:\s?[·ㆍ]\s?[\uac00-\ud7a3]{2,4}(?: 기자)?)+")
# Small letters in names in capitals: `ROBERT McFADDEN`, `JAN van DIJK`.
_PREFIX = pattern(r"\bMa?c(?=[A-Z])|\b(?:van|von|der|den|de|la|di|da|dos|al|bin|ibn|y|e)\b")
_ADDRESSES = pattern(r"\s?[(（]?[\w.+-]{1,60}@[\w-]{1,40}\.[\w.-]{2,40}(?![\w.-])[)）]?\s?[/·]?")
_ADDRESS = pattern(r"[^\s@]{1,80}@[^\s@]{3,120}")
_SHORTEST_SURNAME = 2
_LONGEST_HAN_NAME, _LONGEST_PROFESSION = 4, 4
_BEING = frozenset("系係为為是现現曾任")
_INNER = CLOSING | OPENING
_BETWEEN_HAN_NAMES = pattern(r"[\s、，,]+")


def split_byline(
    text: str,
    words: Lexicon,
    spellings: Iterable[str] = (),
    publication: str = "",
    *,
    stated: Iterable[str] = (),
) -> tuple[Person, ...]:
    """Return the persons of a byline without duplicates. Names in capitals get the spelling found in `spellings`.

    Addresses, the `publication` and placeholders for names count only if there are no others. Titles next to a name and notes after
    it (`林海（摘编）`) are not part of it. `stated` are the names in the text, if they are stated one by one.
    """
    known = "\n".join(spellings)
    persons: dict[str, Person] = {}
    names = [name for each in stated or (text,) for name in printed_names(each, words)]
    for printed in names:
        is_note = words.find("byline-note", printed) is not None and (len(names) > 1 or is_han(printed))
        is_note = is_note or (len(names) > 1 and words.find("organisation", printed) is not None)
        if not (
            is_note
            or (
                persons
                and (
                    is_occupation(printed, words)
                    or _is_post_at(printed, words, publication)
                    or is_of_another(printed, words)
                    or _is_said_of(printed, words)
                )
            )
            or words.find("byline-title", printed)
        ):
            name = without_note(_without_outlet(printed, words, publication), words)
            if name := _spelled(STOP.sub("", _without_label(name, words)), known):
                persons.setdefault(name.casefold(), Person(name, printed))
    named = [
        person
        for person in persons.values()
        if not _ADDRESS.fullmatch(person.name)
        and person.name != publication
        and words.find("nobody", person.name) is None
    ]
    return tuple(named or persons.values())


def is_of_another(printed: str, words: Lexicon) -> bool:
    """Return True for a credit of someone who did not write the text: `写真・鈴木花子`, `Otto Berg (Fotos)`."""
    found = words.find("credit", printed)
    if found is None and printed.count(" ") >= _FEWEST_SPACES:
        found = words.find("credit", _FOR_OUTLET.sub("", printed))
    return found is not None and found.rule.role in OTHERS


def is_occupation(text: str, words: Lexicon) -> bool:
    """Return True for a title with a word before or after it: `Harbour Correspondent`, `journaliste politique`."""
    first, _, last = text.strip().partition(" ")
    if not last or " " in last or first >= "\u3000":  # `김바다 기자` is a person
        return False
    return words.find("byline-title", last) is not None or (
        last.islower() and words.find("byline-title", first) is not None
    )


def _is_post_at(text: str, words: Lexicon, publication: str) -> bool:
    """Return True for a title after the name of the publication or an agency: `Quay Post Correspondent`."""
    outlet, _, last = text.rpartition(" ")
    if not outlet or words.find("byline-title", last) is None:
        return False
    same = outlet.casefold().removeprefix("the ") == publication.casefold().removeprefix("the ")
    return same or words.find("organisation", outlet) is not None


def _is_said_of(text: str, words: Lexicon) -> bool:
    """Return True for what the person before it does, in Han characters: `系海港大学教授`, `海港大学中文系教授`."""
    if is_office(text):
        return True
    if text[:1] not in _BEING or len(text) <= _LONGEST_HAN_NAME:
        return False
    said = words.find("profession", text[-_LONGEST_PROFESSION:])
    return said is not None and said.match.end() == len(said.match.string)


@functools.lru_cache(256)
def printed_names(text: str, words: Lexicon | None = None) -> tuple[str, ...]:
    """Return the names in a byline as they are printed, without a label (`By`)."""
    text = without_roles(_without_account(" ".join(text.split())))
    if text[:1] in OPENING and text[-1:] in CLOSING and not _INNER.intersection(text[1:-1]):
        text = text[1:-1].strip()
    text = ", ".join(filter(None, split_helpers(text)))
    if (titled := titled_name(text)) is not None:
        return (titled.person,)
    if label := (words or lexicon(("zh",))).find("byline-label", text):
        text = text[label.match.end() :]
    first, _, name = text.partition(" ")
    if name and first.islower() and words is not None and words.find("nobody", first) is not None:
        text = name  # `null Ann Ba`
    while words is not None and (desk := words.find("byline-desk", text)):
        text = text[: desk.match.start("role")] + text[desk.match.end("role") :]
    if words is not None and len(credits_ := words.split_at_labels(text)) > 1:
        return tuple(name for each in credits_ for name in printed_names(each, words))
    if words is not None and (paper := words.find("byline-before", text)):  # `本报记者 林海`
        return (text[paper.match.end() :],)
    first, _, name = text.partition(" ")
    if name and words is not None and _is_reporter_of(first, words):
        are_names = all(map(is_han_name, _BETWEEN_HAN_NAMES.split(name)))
        text = name if are_names else text  # `北角记者 林海 王梅林`
    several = [part.strip() for part in text.split(";")] if ";" in text else []
    if several and all(map(_INVERTED.fullmatch, several)):
        return tuple(several)
    return tuple(
        name for part in _parts(before_place(without_places(text))[0], words) if (name := part.strip())
    )


def _is_reporter_of(text: str, words: Lexicon) -> bool:
    """Return True for a paper and an office in Han characters: `北角记者`."""
    return is_han(text[0]) and any(words.find("byline-title", text[-length:]) for length in (2, 3, 4))


def split_helpers(text: str) -> tuple[str, str]:
    """Return a byline without the bracket at its end, and the full names of those in it who helped, or the text and ""."""
    helpers = _HELPERS.search(text) if text[-1:] in CLOSING else None
    if helpers is None or not are_full_names(helpers["names"]):
        return text, ""
    return text[: helpers.start()], helpers["names"]


def _without_account(text: str) -> str:
    """Return a byline without the day and the account at its end, and with `Jr.` as part of a name."""
    if any(map(text.__contains__, _SUFFIXES)):
        text = _SUFFIX.sub(" ", text)
    if any(map(str.isdigit, text)):
        text = _DAY.sub("", text)
    if "@" in text[1:] and len(others := _ADDRESSES.sub(", ", text).rstrip(", ")) > 1:
        text = others
    return _ACCOUNT_AFTER.sub("", text) if "@" in text else text


def _parts(text: str, words: Lexicon | None) -> Iterator[str]:
    for part in _SEPARATOR.split(text):
        joined = _BETWEEN_NAMES.split(part)
        if len(joined) > 1 and all(len(name.split()) > 1 and not name[:1].islower() for name in joined):
            yield from joined
            continue
        if not _DOTS.isdisjoint(part) and _HANGUL_JOINED.fullmatch(part.strip()):
            yield from re.split("[·ㆍ]", part)
            continue
        if (
            "/" in part
            and len(sides := _SLASH.split(part)) > 1
            and all(_is_whole(each, words) for each in sides)
        ):
            yield from sides
            continue
        for name in [part] if _JOINS.isdisjoint(part) else _BETWEEN_HAN.split(part):
            yield from name.split() if _is_spaced(name.strip(), words) else [name]


def _is_whole(name: str, words: Lexicon | None) -> bool:
    """Return True for a full name or an outlet between slashes: `Ann Ba/AFP`."""
    if name[:1].isupper() and " " in name and name[:1] < "\u3000":
        return True
    return words is not None and words.find("organisation", name) is not None


def _is_spaced(names: str, words: Lexicon | None) -> bool:
    """Return True if these are names in Han characters or Hangul, separated by spaces. In Japanese, two are one name."""
    count = len(names.split()) if names[:1] >= "\u3400" else 1
    if count == 2 and words is not None and "ja" in words.languages:
        return False
    spaced = _SPACED_HAN if is_han_character(names[:1]) else _SPACED_HANGUL
    return count > 1 and spaced.fullmatch(names) is not None


def _without_outlet(printed: str, words: Lexicon, publication: str) -> str:
    """Return the name without the publication or another outlet after it."""
    may_be = not _BEFORE_OUTLET.isdisjoint(printed) or printed.count(" ") > 2
    found = _OUTLET.fullmatch(printed) if may_be else None
    if found is None or (
        found["outlet"] != publication and words.find("organisation", found["outlet"]) is None
    ):
        return printed
    return found["name"]


def _without_label(name: str, words: Lexicon) -> str:
    """Return the name in a credit of another role, which is the only one of a byline: `责任编辑：林海`."""
    found = words.find("credit", name) if ":" in name or "：" in name else None
    return ((found and found.match.groupdict().get("person")) or name).strip()


def _spelled(printed: str, known: str) -> str:
    """Return the name to display.

    A name of two or more words in capitals is spelled as in `known`, else with capital initials. Others are unchanged.
    """
    first, _, surname = printed.partition(" ")
    if (
        len(surname) > _SHORTEST_SURNAME
        and surname.isupper()
        and not first.isupper()
        and is_surely_person(printed)
    ):
        return f"{first} {surname.title()}"  # `Anne COLIN`
    if (
        not _PREFIX.sub("", printed).isupper()
        or len(printed.split()) < 2
        or not re.search(r"[A-Z]{2}", printed)
    ):
        return printed
    at = known.lower().find(printed.lower())
    spelled = known[at : at + len(printed)] if at >= 0 else ""
    if spelled.lower() == printed.lower() and not spelled.isupper():
        return spelled
    return re.sub(r"(?<!\w)(Ma?c(?=[A-Z]))?(\w+)", _capitalised, printed)


def _capitalised(word: re.Match[str]) -> str:
    return word[0] if word[0].islower() else (word[1] or "") + word[2].capitalize()
