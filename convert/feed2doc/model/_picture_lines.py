"""Lines of text in which pictures are replaced by their words, or left out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, get_args

import msgspec

from feed2doc._text.cjk import is_character
from feed2doc.model import _nodes as m
from feed2doc.model._plain_text import plain_text

_INLINES = frozenset(get_args(m.Inline))
# Signs after which a space separates the next word.
_ENDS = frozenset(",.;:!?)")
_OPAQUE = "\ufffc"


def is_line(nodes: tuple[Any, ...]) -> bool:
    """Return True if a tuple of the model has inline nodes, not blocks or lines."""
    return bool(nodes) and type(nodes[0]) in _INLINES


def changed_line(nodes: m.Inlines, change: Callable[[m.Inline], m.Inline | None]) -> m.Inlines:
    """Return a line with its pictures and notes changed; `change` returns text or None for a picture that is left out.

    Words that a picture separates do not touch each other, nor the words that replace it, in whatever elements they are.
    """
    if all(type(node) is m.Text for node in nodes):
        return nodes
    old = list(_leaves(nodes))
    new = [change(leaf) if isinstance(leaf, m.InlineImage | m.Note) else leaf for leaf in old]
    if all(map(operator.is_, old, new)):
        return nodes
    gone = [
        isinstance(leaf, m.InlineImage) and not isinstance(made, m.InlineImage)
        for leaf, made in zip(old, new, strict=True)
    ]
    return _rebuilt(nodes, iter(_spaced(new, gone) if any(gone) else new))


def without_silent_pictures(nodes: m.Inlines) -> m.Inlines:
    """Return a line without pictures that have no words, for plain text. Words that one separates do not touch."""
    return changed_line(nodes, _with_words)


def _with_words(leaf: m.Inline) -> m.Inline | None:
    return None if isinstance(leaf, m.InlineImage) and not leaf.image.alt else leaf


def _leaves(nodes: m.Inlines) -> Iterator[m.Inline]:
    """Yield the inline nodes that have no others in them."""
    for node in nodes:
        if (content := getattr(node, "content", None)) is None:
            yield node
        else:
            yield from _leaves(content)


def _spaced(leaves: list[m.Inline | None], gone: list[bool]) -> list[m.Inline | None]:
    """Return the leaves of a line with a space where two words would touch because a picture between them is `gone`."""
    texts = [_text_of(leaf) for leaf in leaves]
    following = [*accumulate(reversed(texts), lambda after, text: text[:1] or after, initial="")][-2::-1]
    made: list[m.Inline | None] = []
    before, is_open = "", False
    for leaf, text, was_picture, after in zip(leaves, texts, gone, following, strict=True):
        if was_picture:
            text = (
                f"{' ' * _touch(before, text[0])}{text}{' ' * _touch(text[-1], after)}"
                if text
                else " " * _touch(before, after)
            )
            leaf = m.Text(text) if text else None
        elif is_open and before in ("", " ") and isinstance(leaf, m.Text):
            text = text.lstrip(" ")
            leaf = m.Text(text) if text != leaf.value else leaf
        made.append(leaf)
        before, is_open = text[-1:] or before, was_picture or (is_open and not text)
    if is_open:
        _trim(made)
    return made


def _trim(leaves: list[m.Inline | None]) -> None:
    """Remove the space at the end of a line that a picture ended."""
    at = next((n for n in reversed(range(len(leaves))) if leaves[n] is not None), None)
    if at is not None and isinstance(last := leaves[at], m.Text):
        leaves[at] = m.Text(last.value.rstrip(" "))


def _text_of(leaf: m.Inline | None) -> str:
    match leaf:
        case None:
            return ""
        case m.InlineImage() | m.Note():
            return _OPAQUE
        case _:
            return plain_text((leaf,))


def _rebuilt(nodes: m.Inlines, leaves: Iterator[m.Inline | None]) -> m.Inlines:
    """Return a line with these leaves. Wrappers that have no words any more are left out, but not the spaces in them."""
    row: list[m.Inline] = []
    for node in nodes:
        if (content := getattr(node, "content", None)) is None:
            leaf = next(leaves)
            _append(row, leaf)
            continue
        inner = _rebuilt(content, leaves)
        if inner == content:
            row.append(node)
        else:
            before, words, after = _parted(inner)
            _append(row, before)
            if words:
                row.append(msgspec.structs.replace(node, content=words))
            _append(row, after)
    return tuple(row)


def _parted(inner: m.Inlines) -> tuple[m.Text, m.Inlines, m.Text]:
    """Return the content of a wrapper without the spaces at its ends, and these."""
    row = list(inner)
    before = after = ""
    if row and isinstance(first := row[0], m.Text):
        text = first.value.lstrip(" ")
        before, row[0] = first.value[: len(first.value) - len(text)], m.Text(text)
    if row and isinstance(last := row[-1], m.Text):
        text = last.value.rstrip(" ")
        after, row[-1] = last.value[len(text) :], m.Text(text)
    return m.Text(before), tuple(each for each in row if each != m.Text("")), m.Text(after)


def _append(row: list[m.Inline], node: m.Inline | None) -> None:
    """Add a node to a line, text to the text before it."""
    if isinstance(node, m.Text):
        if row and isinstance(before := row[-1], m.Text):
            row[-1] = m.Text(before.value + node.value)
        elif node.value:
            row.append(node)
    elif node is not None:
        row.append(node)


def _touch(before: str, after: str) -> bool:
    """Return True if these characters are of two words, which a space separates, at least one of them not Chinese."""
    if not after.isalnum() or not (before.isalnum() or before in _ENDS):
        return False
    return not (is_character(before) and is_character(after))
