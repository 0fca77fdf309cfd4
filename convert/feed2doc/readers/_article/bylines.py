"""Splitting of bylines into persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Person

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff·]"
_SEPARATOR = pattern(r"\s*[,，、;；&]\s*|\s+and\s+", re.I)
# 和 and 与 also occur in names (李和平 is one name), so they separate only two names of at least two characters each.
_BETWEEN_HAN = pattern(rf"(?<={_HAN})\s*[/／]\s*(?={_HAN})|(?<={_HAN}{_HAN})\s*[和与與]\s*(?={_HAN}{_HAN})")
_JOINS = frozenset("/／和与與")
_LABEL = pattern(r"^(?:by\s+|(?:作者|記者|记者|撰文|文)\s*[:：/／|｜]\s*)", re.I)


def split_byline(text: str, spellings: Iterable[str] = ()) -> tuple[Person, ...]:
    """Return the persons of a byline without duplicates. Names in capitals get the spelling found in `spellings`."""
    known = "\n".join(spellings)
    persons: dict[str, Person] = {}
    for printed in printed_names(text):
        name = _spelled(printed, known)
        persons.setdefault(name.casefold(), Person(name, printed))
    return tuple(persons.values())


def printed_names(text: str) -> list[str]:
    """Return the names in a byline as they are printed."""
    text = _LABEL.sub("", " ".join(text.split()))
    return [name for part in _parts(text) if (name := part.strip())]


def _parts(text: str) -> Iterator[str]:
    for part in _SEPARATOR.split(text):
        yield from [part] if _JOINS.isdisjoint(part) else _BETWEEN_HAN.split(part)


def _spelled(printed: str, known: str) -> str:
    """Return the name to display.

    A name of two or more words in capitals is spelled as in `known`, else with capital initials. Others are unchanged.
    """
    if not printed.isupper() or len(printed.split()) < 2 or not re.search(r"[A-Z]{2}", printed):
        return printed
    at = known.lower().find(printed.lower())
    spelled = known[at : at + len(printed)] if at >= 0 else ""
    if spelled.lower() == printed.lower() and not spelled.isupper():
        return spelled
    return re.sub(r"\w+", _capitalised, printed)


def _capitalised(word: re.Match[str]) -> str:
    return word[0].capitalize()
