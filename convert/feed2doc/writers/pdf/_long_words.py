"""Line breaks in words that are longer than a line, which engines look for letter by letter in quadratic time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar, cast

import msgspec

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern

MAX_LETTERS = 1_000
_LONGEST_WORD = 40
# The break, which is invisible, and how many letters are between two.
_BREAK, _PIECE = "\u200b", 8
# How far a break may move: more than a letter with all marks that it may have, some of them followed by joiners.
_NEAR = 32
# A run of characters that lines do not break between: letters outside East Asia, the signs of East Asia that cannot begin
# or end a line, and characters before one that joins them to the next.
_WORD = pattern(
    r"(?:[^ \t\n\r\u1680\u2000-\u200b\u2028\u2029\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]"
    r"|[\u3001-\u3005\u3008-\u301f\u3041-\u30ff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f]"
    rf"|[^ \t\n\r](?=[\u00a0\u202f\u2060\ufeff])){{{_LONGEST_WORD + 1},}}"
)
_JOINERS = "\u200d\u2060\ufeff"
# Fields that no page shows as text.
CODES = frozenset(
    [
        "id",
        "url",
        "src",
        "fallback_src",
        "original_url",
        "lang",
        "language",
        "dir",
        "tex",
        "mathml",
        "title",
        "alt",
    ]
)

_Node = TypeVar("_Node")


def with_broken_words(node: _Node) -> _Node:
    """Return this part of the model with breaks in the long words of each text that has more than 1,000 letters of them.

    An address in a sentence keeps its own breaks.
    """
    if isinstance(node, tuple):
        # A formula may be a block, too.
        if node and all(isinstance(each, m.Inline) for each in node):
            return cast("_Node", _Run(node).broken())
        return cast("_Node", same_or(node, tuple(map(with_broken_words, node))))
    if not isinstance(node, msgspec.Struct):
        return node
    changed = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, str):
            new: object = value if name in CODES else _inserted(value, _places(value))
        else:
            new = with_broken_words(value)
        if new is not value:
            changed[name] = new
    return cast("_Node", msgspec.structs.replace(node, **changed)) if changed else node


def same_or(old: tuple[object, ...], new: tuple[object, ...]) -> tuple[object, ...]:
    """Return the old parts if each of the new ones is the same object."""
    return old if all(a is b for a, b in zip(old, new, strict=True)) else new


class _Run:
    """A run of inlines, which are one text to the engine."""

    def __init__(self, inlines: m.Inlines) -> None:
        self._inlines = inlines
        self._places: list[int] = []
        self._at = 0

    def broken(self) -> m.Inlines:
        """Return the inlines with breaks in their long words, and in those of the notes in them."""
        self._places = _places("".join(_texts(self._inlines)))[::-1]
        return self._walked(self._inlines)

    def _walked(self, inlines: m.Inlines) -> m.Inlines:
        return cast("m.Inlines", same_or(inlines, tuple(map(self._inline, inlines))))

    def _inline(self, node: m.Inline) -> m.Inline:
        match node:
            case m.Text(value) | m.Code(value):
                new = self._text(value)
                return node if new is value else msgspec.structs.replace(node, value=new)
            case m.Note():
                return with_broken_words(node)
            case m.Ruby(base):
                walked = self._walked(base)
                return node if walked is base else msgspec.structs.replace(node, base=walked)
            case m.LineBreak() | m.InlineImage() | m.Math():
                self._at += 1
                return node
            case _:
                walked = self._walked(node.content)
                return node if walked is node.content else msgspec.structs.replace(node, content=walked)

    def _text(self, value: str) -> str:
        start, self._at = self._at, self._at + len(value)
        here = []
        while self._places and self._places[-1] < self._at:
            here.append(self._places.pop() - start)
        return _inserted(value, here)


def _texts(inlines: m.Inlines) -> Iterator[str]:
    """Yield the texts of inlines, and a space for each other one that a line may break at."""
    for node in inlines:
        match node:
            case m.Text(value) | m.Code(value):
                yield value
            case m.Note():
                pass
            case m.Ruby(base):
                yield from _texts(base)
            case m.LineBreak() | m.InlineImage() | m.Math():
                yield " "
            case _:
                yield from _texts(node.content)


def _places(text: str) -> list[int]:
    """Return where breaks are inserted into the text, in order."""
    if len(text) <= MAX_LETTERS:
        return []
    words = [found.span() for found in _WORD.finditer(text)]
    if sum(end - start for start, end in words) <= MAX_LETTERS:
        return []
    starts = (at for start, end in words for at in range(start + _PIECE, end, _PIECE))
    found = dict.fromkeys(_between_letters(text, at) for at in starts)
    return [at for at in found if at < len(text)]


def _between_letters(text: str, at: int) -> int:
    """Return the first place from here that is not before a mark or next to a joiner, or this one if there is none near.

    Engines look long for a font in which a mark may be alone, so that a break moves farther to the end of a letter's marks.
    """
    near = (n for n in range(at, at + _PIECE) if n >= len(text) or not _is_joined(text[n - 1], text[n]))
    letters = (n for n in range(at, at + _NEAR) if n >= len(text) or not _is_mark(text[n]))
    return next(near, next(letters, at))


def _is_joined(before: str, after: str) -> bool:
    return before in _JOINERS or after in _JOINERS or _is_mark(after)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _inserted(text: str, places: Iterable[int]) -> str:
    cuts = [0, *places, len(text)]
    return text if len(cuts) == 2 else _BREAK.join(text[a:b] for a, b in pairwise(cuts))
