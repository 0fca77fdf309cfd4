"""The labels of notes, which repeat the number of the reference: `1. In 1950.`, `[1] In 1950.`"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.account import Account
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS = "[]()（）【】〔〕.: "
# The text that separates a label that is an element of its own from the note.
_AFTER = pattern(r"[.:、：)\]）】〕]|[\s\u00a0]*[–—-](?=\s)")


def leave_label(holder: _Element, mark: str, back: set[_Element], account: Account) -> None:
    """Remove the label at the beginning of a note. `back` are links that are left out anyway."""
    number = mark.strip(_SIGNS)
    element = holder
    if _is_bracket_before_label(holder, number):
        label = holder[0]
        account.leave(f"{holder.text}{(label.tail or '')[:1]}")
        holder.text, label.tail = None, (label.tail or "")[1:]
        back.add(label)
        return
    start = pattern(
        rf"\s*(?:[\[(（【〔]{{0,1}}{_escaped(number)}[\])）】〕][.:]?|{_escaped(number)}(?:[.:、：]|(?<=[*†‡§])))[\s\u00a0]+"
    )
    while not (element.text or "").strip():
        first = next(iter(element), None)
        if first is None:
            return
        if first in back or (first.tag in ("sup", "a", "b", "strong", "span") and _is_label(first, number)):
            if first not in back:
                back.add(first)
            if words_of(first).strip(_SIGNS) == number:
                _cut(first, "tail", account)
            return
        if (
            first.tag == "a"
            and not len(first)
            and not first.text
            and number
            and (found := start.match(first.tail or ""))
        ):
            account.leave(found[0])
            first.tail = (first.tail or "")[found.end() :]
            return
        if first.tag == "br" or ((first.tail or "").strip() and not words_of(first)):
            return
        element = first
    if number and (found := start.match(element.text or "")):
        account.leave(found[0])
        element.text = (element.text or "")[found.end() :]


def _is_bracket_before_label(holder: _Element, number: str) -> bool:
    """Return True if a note begins with its label in brackets that are outside the label's element: `[<a>1</a>] In 1950.`"""
    if (holder.text or "").strip() != "[" or not len(holder):
        return False
    return words_of(holder[0]) == number and (holder[0].tail or "").startswith("]")


def _is_label(element: _Element, number: str) -> bool:
    words = words_of(element)
    return (
        bool(number)
        and words.strip(_SIGNS) == number
        and (element.tag in ("sup", "span") or words != number or not words.isalnum())
    )


def _cut(element: _Element, name: str, account: Account) -> None:
    text = getattr(element, name) or ""
    if found := _AFTER.match(text):
        account.leave(found[0])
        setattr(element, name, text[found.end() :])


def _escaped(number: str) -> str:
    import re

    return re.escape(number)
