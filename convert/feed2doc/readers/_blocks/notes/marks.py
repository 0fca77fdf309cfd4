"""The marks of notes: `1`, `[2]`, `*`, `①`, `(note 3)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._rules.lookup import Rules

if TYPE_CHECKING:
    from lxml.etree import _Element

# The text of a reference: 1, [2], a, *, †. A longer text is an ordinary link to another part of the page.
_MARK = pattern(
    r"[\[(（【〔]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶?]{1,3}|\*\d{1,3}|[①-⑳])[\])）】〕]?\.?|[\u2460-\u2473\u2776-\u277f\u24f5-\u24fe]|ⓘ|ℹ"
)
# A text that only references have.
_CLEAR_MARK = pattern(r"[\[【〔].*|[*†‡§¶?]{1,3}|\*\d{1,3}|[\u2460-\u2473\u2776-\u277f\u24f5-\u24feⓘℹ]")
# The last characters of Roman numbers, after which letters make an ordinal.
_ROMAN = frozenset("IVXLC")
_LONGEST, _MOST_MARKS = 40, 8
# What may be directly before a mark besides a letter, and units whose raised digit is a power: `m`, `km`.
_ENDS = frozenset(".,;:!?)]'\"’”»›。，；：！？）】」』》…")
_UNIT, _POWERS = pattern(r"(?:^|[\s\d(/])[a-zA-Zµ]{1,2}$"), frozenset("23²³")
_NOTE_CLASS = pattern(
    r"(?i:(?:^|[\s_-]|foot|end|side|margin)notes?(?:ref|mark|link|text|num|call|anchor))"
    r"|(?:^|[\s_-]|foot|end|side|margin)(?i:notes?)(?![a-z])"
    r"|(?:^|[\s_-])fn(?:$|[\s_-])|(?i:pop-?over|tool-?tip|tippy)"
)


def may_be_mark(words: str, rules: Rules) -> bool:
    """Return True if these words may be the mark of a note."""
    return _MARK.fullmatch(words) is not None or (
        0 < len(words) <= _LONGEST and rules.words.find("note-mark", words) is not None
    )


def is_clear_mark(words: str) -> bool:
    """Return True if only marks of notes have this text: it has a bracket or a sign."""
    return _CLEAR_MARK.fullmatch(words) is not None


def is_note_class(classes: str) -> bool:
    """Return True if a class name says that this is a note or its reference."""
    return _NOTE_CLASS.search(classes) is not None


def is_raised(element: _Element, words: str) -> bool:
    """Return True if a number or letter touches the word before it, as marks do, and is not a power or ordinal (`XIXe`)."""
    last = (before := text_before(element))[-1:]
    if not (last.isalpha() or last in _ENDS):
        return False
    if words.isalpha():
        return last not in _ROMAN
    return not is_power_of_unit(before, words)


def is_power_of_unit(before: str, sign: str) -> bool:
    """Return True if a raised digit after this text is the power of a unit: `40 m²`."""
    return sign in _POWERS and _UNIT.search(before) is not None


def text_before(element: _Element) -> str:
    """Return the text directly before an element and the marks before it, or ""."""
    before, parent = element.getprevious(), element.getparent()
    for _ in range(_MOST_MARKS):
        if before is None or before.tag != "sup" or before.tail:
            break
        before = before.getprevious()
    if before is None:
        return (parent.text or "") if parent is not None else ""
    if before.tail:
        return before.tail
    texts = [str(text) for text in before.itertext(with_tail=False)]
    return texts[-1] if texts else ""
