"""Attacks on a regular expression, made from its syntax tree: texts on which it may take more than linear time."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

parser: Any = import_module("re._parser")
op: Any = import_module("re._constants")

# Characters of the kinds that patterns name by classes and exclusions.
_KINDS = " \t\n\u00a0\u3000aZ0é中。，：:-.,/|｜<&;=\"'!()（_"
_CATEGORIES = {
    op.CATEGORY_DIGIT: "0",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_WORD: "-",
}
# A repeat of at least this many pieces can make a text slow.
_MANY = 30


class Attack(NamedTuple):
    """A text of any length: a beginning, a piece that is repeated, and an end at which a match fails."""

    start: str
    piece: str
    end: str

    def text(self, length: int) -> str:
        """Return the attack at about this length."""
        return self.start + self.piece * max(1, length // len(self.piece)) + self.end


def attacks(source: str | bytes, flags: int) -> list[Attack]:
    """Return the attacks on a pattern, the most likely ones first."""
    found = dict.fromkeys(_attacks(parser.parse(source, flags)))
    return list(found)


def _attacks(tree: Any) -> Iterator[Attack]:
    repeats = list(_repeats(tree, ""))
    letters = dict.fromkeys([*_letters(tree), *_KINDS])
    ends = ("\0", "")
    for before, body in repeats:
        for piece in _examples(body):
            for end in ends:
                yield Attack(before, piece, end)
                yield Attack("", before + piece, end)
                yield Attack("", before + piece * 3, end)
                yield Attack("", piece + before, end)
        if before:
            yield Attack("", before, "\0")
    starts = dict.fromkeys(["", *(before for before, _ in repeats)])
    for start in list(starts)[:6]:
        for letter in letters:
            yield Attack(start, letter, "\0")
    for letter in list(letters)[:12]:
        yield Attack("", letter + " ", "\0")
        yield Attack("", letter + "a", "\0")


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Yield the repeated parts that may match many pieces, each with an example of what precedes it."""
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, body = value
            if most >= _MANY:
                yield before, body
            yield from _repeats(body, before)
        elif kind is op.SUBPATTERN:
            yield from _repeats(value[-1], before)
        elif kind is op.ATOMIC_GROUP:
            yield from _repeats(value, before)
        elif kind is op.BRANCH:
            for each in value[1]:
                yield from _repeats(each, before)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeats(value[1], before)
        before += _example([(kind, value)])


def _examples(tree: Any) -> list[str]:
    """Return short texts that a part matches, one for each of its alternatives."""
    found = [_example(tree)]
    for kind, value in tree:
        if kind is op.SUBPATTERN:
            found += _examples(value[-1])
        elif kind is op.BRANCH:
            found += map(_example, value[1][:8])
        elif kind is op.IN:
            found += _in_class(value)[:4]
    return list(dict.fromkeys(each for each in found if each))


def _example(tree: Any) -> str:
    """Return a short text that this matches."""
    text = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            text += chr(value)
        elif kind is op.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif kind is op.ANY:
            text += "a"
        elif kind is op.IN:
            text += next(iter(_in_class(value)), "")
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            text += _example(value[2]) * min(value[0], 50)
        elif kind is op.SUBPATTERN:
            text += _example(value[-1])
        elif kind is op.ATOMIC_GROUP:
            text += _example(value)
        elif kind is op.BRANCH:
            text += _example(value[1][0])
    return text


def _in_class(items: Any) -> list[str]:
    """Return some characters of a class."""
    if items and items[0][0] is op.NEGATE:
        matched = re.compile("[^" + "".join(re.escape(c) for c in _in_class(items[1:])) + "]")
        return [c for c in "a -1中\n<" if matched.match(c) and not _has(items[1:], c)]
    found = []
    for kind, value in items:
        if kind is op.LITERAL:
            found.append(chr(value))
        elif kind is op.RANGE:
            found.append(chr(value[0]))
        elif kind is op.CATEGORY:
            found.append(_CATEGORIES[value])
    return found


def _has(items: Any, character: str) -> bool:
    for kind, value in items:
        if kind is op.LITERAL and chr(value) == character:
            return True
        if kind is op.RANGE and value[0] <= ord(character) <= value[1]:
            return True
        if kind is op.CATEGORY:
            name = str(value)
            is_not = "NOT" in name
            if "SPACE" in name and character.isspace() != is_not:
                return True
            if "DIGIT" in name and character.isdigit() != is_not:
                return True
            if "WORD" in name and (character.isalnum() or character == "_") != is_not:
                return True
    return False


def _letters(tree: Any) -> Iterator[str]:
    """Yield the characters that a pattern names."""
    for kind, value in tree:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        elif kind is op.IN:
            yield from (chr(v) for k, v in value if k is op.LITERAL)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from _letters(value[2])
        elif kind is op.SUBPATTERN:
            yield from _letters(value[-1])
        elif kind is op.ATOMIC_GROUP:
            yield from _letters(value)
        elif kind is op.BRANCH:
            for each in value[1]:
                yield from _letters(each)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _letters(value[1])
