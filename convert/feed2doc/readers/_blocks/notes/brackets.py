"""The brackets around the references of notes, which stand for themselves: `<sup>[<a>1</a>]</sup>`, `(<a>2</a>)`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feed2doc.readers._blocks.account import Account
from feed2doc.readers._html.parse import words_of_few

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAIRS = {"[": "]", "(": ")", "（": "）", "【": "】", "〔": "〕"}


def leave_brackets(marks: Collection[_Element], account: Account) -> set[_Element]:
    """Remove the brackets directly around references, and return the elements to drop that are a bracket each.

    In a `sup` of several references, the first has the opening bracket before it, and the last the closing one after it.
    """
    dropped: set[_Element] = set()
    passed: set[_Element] = set()
    for mark in marks:
        if mark in passed:
            continue
        last = mark
        while (after := last.getnext()) is not None and after in marks and _is_between(last.tail or ""):
            passed.add(after)
            last = after
        holder, before, tail = mark.getparent(), mark.getprevious(), last.tail or ""
        if holder is None:
            continue
        text = (holder.text if before is None else before.tail) or ""
        if not text.strip() and before is not None and after is not None and not tail.strip():
            if _PAIRS.get(words_of_few(before), "") == words_of_few(after) != "":
                dropped.update((before, after))
            continue
        opening = text.rstrip()[-1:]
        if opening not in _PAIRS or not tail.lstrip().startswith(_PAIRS[opening]):
            continue
        account.leave(opening + _PAIRS[opening])
        text, last.tail = text.rstrip()[:-1], tail.lstrip()[1:]
        if before is None:
            holder.text = text
        else:
            before.tail = text
    return dropped


def _is_between(text: str) -> bool:
    return not text.strip(" \n\t,;–—-，、；")
