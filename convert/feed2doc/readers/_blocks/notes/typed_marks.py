"""Marks of notes that are typed, without links, and the labels of these notes: `rope [1]`, `rope①`, `[1] Of hemp.`"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.notes.marks import is_power_of_unit

if TYPE_CHECKING:
    import re

_WORD = "(?:译者注|译注|編注|编注|原注|訳注|譯註|注释|注|註釋|註|脚注|각주|주|[Nn]ote )"
_OPEN, _CLOSE = r"[\[［(（〔【]", r"[\]］)）〕】]"
# The forms of marks. The first group that takes part is the number or sign.
_MARKS = {
    "square": pattern(r"[\[［]\^?(\d{1,3})[\]］](?!\((?:https?:|/))"),
    "tortoise": pattern(r"〔(\d{1,3})〕"),
    "lens": pattern(r"【(\d{1,3})】"),
    "round": pattern(r"[(（](\d{1,2})[)）]"),
    "word": pattern(rf"{_OPEN}{_WORD}\s?(\d{{1,3}}){_CLOSE}"),
    "kome": pattern(r"[(（]※\s?(\d{1,2})[)）]|※\s?(\d{1,2})(?!\d)"),
    "circled": pattern(rf"{_OPEN}?([①-⑳]){_CLOSE}?"),
    "bracketed": pattern(r"([⑴-⒇])"),
    "superscript": pattern(r"([⁰¹²³⁴-⁹]{1,3})"),
    "sign": pattern(r"(?<=[^\s*†‡(（])(\*{1,3}|†{1,2}|‡{1,2})(?![\w*†‡])"),
}
# The labels of notes. Those of raised marks, and of items below a title, may be only a number.
_LABELS = {
    **_MARKS,
    "word": pattern(rf"{_OPEN}?{_WORD}\s?(\d{{1,3}}){_CLOSE}?"),
    "sign": pattern(r"(\*{1,3}|†{1,2}|‡{1,2})(?![*†‡])"),
    "number": pattern(r"(\d{1,3})(?=[.)）、:：\s])[)）]?"),
}
WEAK = frozenset(["round", "circled", "bracketed", "sign"])
"""The forms that enumerations, lists and prices have, too: `(1) rope, (2) tar`."""
_TITLE, _AFTER_LABEL = pattern(r"\s*(?:(?:注释?|註釋?|각주|[Nn]otes?)\s?[:：]\s*)?"), pattern(r"[:：.、]?\s*")
# The first mark of typed notes.
_FIRST = pattern(rf"[①⑴¹†‡]|※\s?[1１]|{_OPEN}(?:\^|{_WORD}\s?|※\s?)?[1１]{_CLOSE}|(?<=[^\s*])\*(?![\w*])")
# A text without any of these has no first mark. To look for them takes a tenth of the time of the pattern.
_SIGNS_OF_FIRST = (*"①⑴¹†‡※*", *(f"{one}{sign}" for one in "1１" for sign in "])）］〕】"))
_NOT_BEFORE, _BRACKETS = frozenset(":：,，;；、(（[［“「『《/-–—"), "[]()（）［］【】〔〕.:： \u00a0^"
_CLOSING = pattern(r"\s*(?:[.,;:!?。，；：！？、…»”’\"』」》)）]|$)")
# A letter alone, whose raised number is a power: `x¹`.
_VARIABLE = pattern(r"(?:^|[\s(=+−-])[a-zA-Z]$")
_RAISED = pattern(r"[\[(（［〔【]?(?:\d{1,3}|[a-z]|\*{1,3}|[†‡]{1,2}|[①-⑳])[\])）］〕】]?")
_YEAR = pattern(r"(?<!\d)[12]\d{3}$")


class Label(Struct, frozen=True):
    """The label of a note: its form, its number or sign, and how many visible characters it and what ends it have.

    `goes_on` says that a small letter is after it, as in a sentence.
    """

    form: str
    sign: str
    length: int = 0
    goes_on: bool = False


class TypedMark(Struct, frozen=True):
    """A mark in a text, without the space before it. `is_closed` says that punctuation or nothing follows it."""

    sign: str
    start: int
    end: int
    is_closed: bool


def label_of(text: str) -> Label | None:
    """Return the label that a text begins with, or None."""
    title = _TITLE.match(text)
    at = title.end() if title else 0
    for form, each in _LABELS.items():
        if (found := each.match(text, at)) is not None:
            after = _AFTER_LABEL.match(text, found.end())
            end = after.end() if after else found.end()
            return Label(form, _sign(found), len("".join(text[:end].split())), text[end : end + 1].islower())
    return None


def raised_label(words: str) -> Label | None:
    """Return the label that a raised element is, or None."""
    sign = raised_sign(words)
    return Label("raised", sign, len("".join(words.split()))) if sign else None


def raised_sign(words: str) -> str:
    """Return the number or sign of a raised element, or ""."""
    return words.strip(_BRACKETS) if _RAISED.fullmatch(words) else ""


def marks_in(text: str, form: str, *, at_start: bool) -> Iterator[TypedMark]:
    """Yield the marks of this form in a text. `at_start` says that nothing is before the text in its block."""
    for found in _MARKS[form].finditer(text):
        before = text[: found.start()].rstrip()
        if (not before and at_start) or before[-1:] in _NOT_BEFORE or is_power(before, found[0]):
            continue
        yield TypedMark(_sign(found), len(before), found.end(), _CLOSING.match(text, found.end()) is not None)


def is_power(before: str, sign: str) -> bool:
    """Return True if a raised digit after this text is a power: `40 m²`, `10⁴`."""
    if not before or sign[0] not in "0123456789¹²³⁴⁵⁶⁷⁸⁹":
        return False
    if _VARIABLE.search(before):
        return True
    if before[-1].isdigit():
        return _YEAR.search(before) is None
    return is_power_of_unit(before, sign)


def number_of_sign(sign: str) -> int:
    """Return the number of a mark, or 0 for a sign or letter."""
    from unicodedata import digit, numeric

    if len(sign) == 1:
        return int(numeric(sign, 0))
    value = 0
    for each in sign:
        if (found := digit(each, -1)) < 0:
            return 0
        value = 10 * value + found
    return value


def _sign(found: re.Match[str]) -> str:
    return found[found.lastindex or 0]


def has_first(text: str) -> bool:
    """Return True if there may be the mark of a first note in a text."""
    return any(map(text.__contains__, _SIGNS_OF_FIRST)) and _FIRST.search(text) is not None
