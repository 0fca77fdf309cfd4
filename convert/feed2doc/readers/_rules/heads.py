"""The characters with which the matches of a pattern begin: most texts show by their first one that a pattern is not needed."""

from __future__ import annotations

import re
import sys
from functools import cache

from msgspec import Struct

from feed2doc._text.lazy_re import pattern

# Larger ranges are those of a whole script.
_LONGEST_RANGE = 1000
_GROUP = pattern(r"\((?:\?(?:P<\w+>|:|>|(?P<small>i):|(?P<around><?[=!])))?(?!\?)")
_QUANTIFIER = pattern(r"(?:(?P<none>[?*]|\{0?,\d*\})|\+|\{\d+(?:,\d*)?\})[?+]?")
_RANGE = pattern(r"(?P<first>\\?.)-(?P<last>\\?[^\]])|(?P<one>\\?.)", re.S)
_SIGN = pattern(r"\\[^\w\s]")
_NO_CHARACTER = ("^", "$", r"\b", r"\B", r"\A", r"\Z")


class Heads(Struct, frozen=True):
    """The first characters of matches, and perhaps any digit or any space."""

    characters: str = ""
    digits: bool = False
    spaces: bool = False

    def begin(self, text: str) -> bool:
        """Return True if a match may begin with the first character of a text."""
        first = text[:1]
        return first != "" and (
            first in self.characters
            or (self.digits and first.isdecimal())
            or (self.spaces and first.isspace())
        )


class _UnknownError(Exception):
    """A match may begin with too many characters, or the pattern has parts that are not understood here."""


def heads_of(source: str) -> Heads | None:
    """Return the heads of a pattern for the beginning of a text, or None if they are not known."""
    parser = _Parser(source)
    try:
        found, may_be_empty = parser.alternatives(small=False)
    except _UnknownError:
        return None
    if may_be_empty or parser.at != len(source):
        return None
    characters = "".join(sorted(found - {r"\d", r"\s"}))
    return Heads(characters, r"\d" in found, r"\s" in found)


class _Parser:
    """Reads a pattern up to what its matches cannot be without."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def alternatives(self, *, small: bool) -> tuple[set[str], bool]:
        """Return the heads of the alternatives from here to the end of the group, and whether one of them may be empty.

        With `small`, letters may have either case.
        """
        found, may_be_empty = self._sequence(small)
        while self.source[self.at : self.at + 1] == "|":
            self.at += 1
            others, other_may_be_empty = self._sequence(small)
            found |= others
            may_be_empty |= other_may_be_empty
        return found, may_be_empty

    def _sequence(self, small: bool) -> tuple[set[str], bool]:
        found: set[str] = set()
        may_be_empty = True
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            if not may_be_empty:  # what follows does not count, but its end does
                self._skip()
                continue
            heads, may_be_empty = self._item(small)
            if (quantifier := _QUANTIFIER.match(self.source, self.at)) is not None:
                self.at = quantifier.end()
                may_be_empty |= quantifier["none"] is not None
            found |= heads
        return found, may_be_empty

    def _item(self, small: bool) -> tuple[set[str], bool]:
        """Return the heads of the next item, and whether it may be empty."""
        if self.source[self.at] == "(":
            return self._group(small)
        if self.source[self.at] == "[":
            return self._class(small), False
        for sign in _NO_CHARACTER:
            if self.source.startswith(sign, self.at):
                self.at += len(sign)
                return set(), True
        if (one := self.source[self.at]) == ".":
            raise _UnknownError
        if one == "\\":
            one = self.source[self.at : self.at + 2]
        self.at += len(one)
        return _heads(one, small), False

    def _group(self, small: bool) -> tuple[set[str], bool]:
        start = _GROUP.match(self.source, self.at)
        if start is None:
            raise _UnknownError
        if start["around"]:
            self._skip()
            return set(), True
        self.at = start.end()
        found = self.alternatives(small=small or start["small"] is not None)
        self.at += 1
        return found

    def _class(self, small: bool) -> set[str]:
        found: set[str] = set()
        self.at += 1
        if self.source.startswith("^", self.at):
            raise _UnknownError
        begin = self.at
        while self.at == begin or not self.source.startswith("]", self.at):
            part = _RANGE.match(self.source, self.at)
            if part is None:
                raise _UnknownError
            self.at = part.end()
            if part["one"]:
                found |= _heads(part["one"], small)
                continue
            first, last = (ord(_plain(part[end])) for end in ("first", "last"))
            if last - first > _LONGEST_RANGE:
                raise _UnknownError
            for code in range(first, last + 1):
                found |= _cases(chr(code)) if small else {chr(code)}
        self.at += 1
        return found

    def _skip(self) -> None:
        """Go past the next character, class or group."""
        opened = 0
        while True:
            sign = self.source[self.at : self.at + 1]
            if sign == "":
                raise _UnknownError
            if sign == "[":
                end = self.source.find("]", self.at + 2 + self.source.startswith("^", self.at + 1))
                while end > 0 and self.source[end - 1] == "\\":
                    end = self.source.find("]", end + 1)
                if end < 0:
                    raise _UnknownError
                self.at = end + 1
            else:
                self.at += 2 if sign == "\\" else 1
            opened += (sign == "(") - (sign == ")")
            if not opened:
                return


def _heads(one: str, small: bool) -> set[str]:
    """Return the heads of a character, as it is written in a pattern."""
    if one in (r"\d", r"\s"):
        return {one}
    character = _plain(one)
    return set(_cases(character)) if small else {character}


def _plain(one: str) -> str:
    if len(one) == 1:
        return one
    if not _SIGN.fullmatch(one):
        raise _UnknownError
    return one[1]


@cache
def _cases(character: str) -> frozenset[str]:
    """Return the characters that match this one in any case."""
    if not character.isalpha() or character.lower() == character.upper():
        return frozenset(character)
    return frozenset(re.findall(re.escape(character), _all_characters(), re.I))


@cache
def _all_characters() -> str:
    return "".join(map(chr, range(sys.maxunicode + 1)))
