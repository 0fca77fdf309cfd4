"""The marks on a letter, of which engines set thousands in quadratic time, and which cover the page."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar, cast

import msgspec

from feed2doc import model as m
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
# A run of characters among which there may be so many marks, with those before it. `\w` has letters and digits, but no marks.
_ONE = rf"(?:[^\w\s]|[{_IGNORED}])"
_RUN = pattern(rf"\A{_ONE}+|{_ONE}{{{MAX_MARKS + 1},}}")

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
    """Cuts marks off and counts them. A text may begin with marks on the last letter of the one before it."""

    def __init__(self) -> None:
        self.cut = 0
        self._on_last = 0  # the marks on the last letter

    def limited(self, node: object) -> object:
        if isinstance(node, str):
            return self._text(node)
        if isinstance(node, tuple):
            return same_or(node, tuple(map(self.limited, node)))
        if not isinstance(node, msgspec.Struct):
            return node
        if not isinstance(node, m.Inline):
            self._on_last = 0
        changed = {}
        for name in node.__struct_fields__:
            value = getattr(node, name)
            new = value if name in CODES else self.limited(value)
            if new is not value:
                changed[name] = new
        return msgspec.structs.replace(node, **changed) if changed else node

    def _text(self, text: str) -> str:
        if text.isascii():
            self._on_last = 0 if text else self._on_last
            return text
        shorter = _RUN.sub(self._few, text)
        self._on_last = self._at_end(shorter)
        return shorter if len(shorter) < len(text) else text

    def _few(self, found: re.Match[str]) -> str:
        kept, marks = [], 0 if found.start() else self._on_last
        for character in (run := found[0]):
            if _is_mark(character):
                marks += 1
            elif not _IS_IGNORED.match(character):
                marks = 0
            if marks <= MAX_MARKS or not _is_mark(character):
                kept.append(character)
        self.cut += len(run) - len(kept)
        return "".join(kept)

    def _at_end(self, text: str) -> int:
        """Return how many marks are on the last letter after this text, which has few."""
        marks = 0
        for character in reversed(text):
            if _is_mark(character):
                marks += 1
            elif not _IS_IGNORED.match(character):
                return marks
        return self._on_last + marks


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in _JOINERS
