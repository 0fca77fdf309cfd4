"""The marks on a letter, of which engines set thousands in quadratic time, and which cover the page."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar, cast

import msgspec

from feed2doc._text.lazy_re import pattern
from feed2doc.env import Env
from feed2doc.writers.pdf._long_words import CODES, same_or

# Vietnamese has two, Hebrew with vowels and cantillation, Tibetan and phonetic script up to six. The 30 of the Stream-Safe Text
# Format (UAX #15 section 13) are a bound for buffers, and hundreds of letters with so many take seconds.
MAX_MARKS = 8
_JOINERS = "\u200c\u200d"
# Other characters that show nothing (Default_Ignorable_Code_Point of Unicode); a letter's marks go on after them.
_IGNORED = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IS_IGNORED = pattern(f"[{_IGNORED}]")
# A run of characters among which there may be so many marks. `\w` has letters and digits, but no marks.
_RUN = pattern(rf"(?:[^\w\s]|[{_IGNORED}]){{{MAX_MARKS + 1},}}")

_Node = TypeVar("_Node")


def with_few_marks(node: _Node, env: Env) -> _Node:
    """Return this part of the model with at most eight marks on a letter. What is cut off is noted as a loss."""
    limit = _Limit()
    limited = limit.limited(node)
    if limit.cut:
        env.note(
            "loss",
            f"PDF: {limit.cut:,} marks are cut off, because a letter may have {MAX_MARKS} at most",
            rule="marks",
        )
    return cast("_Node", limited)


class _Limit:
    """Cuts marks off and counts them."""

    def __init__(self) -> None:
        self.cut = 0

    def limited(self, node: object) -> object:
        if isinstance(node, str):
            return node if node.isascii() or not _RUN.search(node) else _RUN.sub(self._few, node)
        if isinstance(node, tuple):
            return same_or(node, tuple(map(self.limited, node)))
        if not isinstance(node, msgspec.Struct):
            return node
        changed = {}
        for name in node.__struct_fields__:
            value = getattr(node, name)
            new = value if name in CODES else self.limited(value)
            if new is not value:
                changed[name] = new
        return msgspec.structs.replace(node, **changed) if changed else node

    def _few(self, found: re.Match[str]) -> str:
        kept, marks = [], 0
        for character in (run := found[0]):
            if _is_mark(character):
                marks += 1
            elif not _IS_IGNORED.match(character):
                marks = 0
            if marks <= MAX_MARKS or not _is_mark(character):
                kept.append(character)
        self.cut += len(run) - len(kept)
        return "".join(kept)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in _JOINERS
