"""The parts of a caption or credit, which only a style sheet may set apart: spaces between them, and which one is the credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from feed2doc import model as m
from feed2doc.readers._blocks.captions.credit_tails import is_credit, is_uncased
from feed2doc.readers._blocks.line import Line
from feed2doc.readers._html.parse import has_more_than, words_of, words_of_few
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENDS, _STOPS = frozenset(".,;:!?"), frozenset(".!?…。！？")
# What an element that is a part of its own may be, and after what the next part may begin.
_PARTS = frozenset({"span", "a", "small", "em", "i", "strong", "b"})
_MOST_PARTS, _LONGEST_CREDIT = 8, 90
_JOINING = frozenset(",/|–")
_FULL_WIDTH = frozenset("、，。；：！？（「『《〈【")
_CLOSING_FULL_WIDTH = frozenset("、，。；：！？）」』》〉】")
_CLOSING, _BRACKETS = frozenset(")]”’\"'"), frozenset("）」』》〉】")


def is_next_part(element: _Element, line: Line) -> bool:
    """Return True if an element in a caption, whose words touch those of the element before it, is a part of its own.

    It is the next sentence or what a label is for, or both elements have a class or are links, and a word ends between them.
    Next to bare text, it is what begins behind the end of a sentence: `Ducks.<span>Ann Ba</span>`.
    """
    if not (last := line.last):
        return False
    first = words_of_few(element)[:1]
    before = element.getprevious()
    if before is None or before.tail:
        return (
            last in _STOPS
            and first.isalpha()
            and not first.islower()
            and _is_sentence_end(line.ending, first)
        )
    if last in _ENDS:
        return first.isalpha() and (last != "." or _is_sentence_end(line.ending, first))
    if not _are_apart(before, element):
        return False
    if last in _BRACKETS or any(map(is_uncased, (last, first))):
        return _has_only_parts(element)
    return first.isupper() and (last.islower() or last.isdigit() or last in _CLOSING)


def is_credit_part(element: _Element, rules: Rules) -> bool:
    """Return True if a part of a caption is nothing but a photo credit, as the names of an agency show: `Ann Ba/AFP`."""
    if (element.tail or "").lstrip()[:1] in _JOINING:  # `<a>CC BY 4.0</a>, Ann Ba`
        return False
    words = words_of(element)
    return len(words) <= _LONGEST_CREDIT and is_credit(words, rules, has_sign=False)


def _is_sentence_end(text: str, first: str) -> bool:
    """Return True if a full stop ends a sentence: it is not that of an address (`www.`), an initial or an abbreviation (`e.g.`)."""
    word = text.split()[-1].rstrip(".") if text.strip() else ""
    return not first.islower() and len(word) > 1 and "." not in word


def _are_apart(before: _Element, element: _Element) -> bool:
    if before.tag not in _PARTS or element.tag not in _PARTS:
        return False
    if before.tag == element.tag == "a":
        return before.get("href") != element.get("href")
    marks = before.get("class"), element.get("class")
    return (
        marks[0] != marks[1] if all(marks) else marks == (None, None) and before.tag == element.tag == "span"
    )


def _has_only_parts(element: _Element) -> bool:
    """Return True if there is no text in the element around this one but that of elements."""
    parent = element.getparent()
    if parent is None or has_more_than(parent, _MOST_PARTS) or (parent.text or "").strip():
        return False
    return not any((each.tail or "").strip() for each in parent)


def touches(before: str, after: str) -> bool:
    """Return True if a text and the next one need no space between them: full-width punctuation has its own."""
    return before.rstrip()[-1:] in _FULL_WIDTH or after.lstrip()[:1] in _CLOSING_FULL_WIDTH


def without_stray_spaces(line: m.Inlines) -> m.Inlines:
    """Return a caption or credit without spaces after full-width punctuation at the borders of its elements."""
    if len(line) < 2 or (text := m.plain_text(line)).isascii() or _FULL_WIDTH.isdisjoint(text):
        return line
    return _tight(line, "")[0]


def _tight(line: m.Inlines, last: str) -> tuple[m.Inlines, str]:
    """Return the inlines without such spaces, and the last character. `last` is the one before them."""
    made: list[m.Inline] = []
    for node in line:
        if isinstance(node, m.Text):
            value = node.value.lstrip(" ") if last in _FULL_WIDTH else node.value
            if (trimmed := value.rstrip(" "))[-1:] in _FULL_WIDTH:
                value = trimmed
            last = value[-1:] or last
            made += [m.Text(value)] if value else []
        elif isinstance(node, m.Strong | m.Emph | m.Link | m.Span):
            content, last = _tight(node.content, last)
            made += [replace(node, content=content)] if content else []
        else:
            made.append(node)
            last = ""
    return tuple(made), last
