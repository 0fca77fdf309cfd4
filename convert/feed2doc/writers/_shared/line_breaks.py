"""Line breaks that layout engines and browsers do not get right by themselves, most of them in Chinese and Japanese text."""

from __future__ import annotations

import re

from msgspec.structs import replace

from feed2doc import model as m
from feed2doc._text.lazy_re import pattern
from feed2doc._text.wrap import DOTS_AND_DASHES, NOT_AT_START

_JOINER, _PLACE = "\u2060", "\u200b"
_SPACE = m.Text(" ")
# A text of fewer characters is hardly ever longer than a line.
_SHORTEST = 8
# A word that has more letters may end on the line before.
_LONGEST_WORD = 4
# Before a middle dot and a dash no line ends (https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end).
_CLOSING = "」』）》”’…"
_BEFORE, _SIGN = rf"[\u3041-\u30fa\u3400-\u9fff{_CLOSING}]", "".join(sorted(DOTS_AND_DASHES))
_NOT_AT_START = pattern(f"(?<={_BEFORE})(?=[{_SIGN}])")
# Around quotation marks Unicode allows breaks only if it is known on which side each is; Chinese has no spaces there
# (https://www.unicode.org/reports/tr14/#QU).
_QUOTED = pattern(
    "(?<=[\u3041-\u30fa\u3400-\u9fff，。、；：！？）》」』])(?=[“‘])|(?<=[”’])(?=[\u3041-\u30fa\u3400-\u9fff])"
)
APOSTROPHE = pattern("(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")
# Browsers know these since Unicode 15.1 (https://www.unicode.org/reports/tr14/#LB15a), Pango does not.
_FRENCH_SPACES = pattern("(?<=«) (?=\\S)|(?<=\\S) (?=[»!?:;])")
# Without the class of what is before the signs, which takes longer to compile than an article to write.
_SIGNS = pattern(f".[{_SIGN}]{{1,4}}", re.S)
# A text of so many words is a sentence, or a title.
_LATIN_WORDS, _SENTENCE = pattern("[A-Za-z\u00c0-\u024f]+"), 3
_HAN = pattern("[\u3041-\u30fa\u3400-\u9fff]")
# Most texts have none of these signs, and the patterns take longer to compile than an article to read.
_MARKS = frozenset("“”‘’")


def joined(value: str) -> str:
    """Return the text with a word joiner (U+2060) before each sign that must not begin a line."""
    return value if DOTS_AND_DASHES.isdisjoint(value) else _NOT_AT_START.sub(_JOINER, value)


def broken_at_quotations(xhtml: str) -> str:
    """Return text of XHTML in which lines may end before and after the quotations of Chinese and Japanese text.

    WeasyPrint 70 would end lines after an opening quotation mark in emphasis if the places were elements.
    """
    return xhtml if _MARKS.isdisjoint(xhtml) else _QUOTED.sub(_PLACE, xhtml)


def is_latin_sentence(value: str) -> bool:
    """Return True if text among Chinese or Japanese text is in words of Latin, with quotation marks that are as wide as these are."""
    return (
        not _MARKS.isdisjoint(value)
        and len(_LATIN_WORDS.findall(value)) >= _SENTENCE
        and not _HAN.search(value)
    )


def with_latin_apostrophes(xhtml: str) -> str:
    """Return text of XHTML with a span around each apostrophe in a Latin word, which is as wide as a letter in Chinese fonts."""
    return APOSTROPHE.sub('<span class="latin">’</span>', xhtml)


def with_french_spaces(value: str) -> str:
    """Return French text in which no line ends after an opening guillemet or before a sign that has a space before it."""
    return _FRENCH_SPACES.sub("\u00a0", value)


def kept(xhtml: str) -> str:
    """Return text of XHTML with each sign that must not begin a line in one span with the character before it.

    Unlike a word joiner, a span does not get into what readers search and copy.
    """
    return xhtml if DOTS_AND_DASHES.isdisjoint(xhtml) else _SIGNS.sub(_in_span, xhtml)


def _in_span(found: re.Match[str]) -> str:
    before = found[0][0]
    is_cjk = _is_cjk(before) or before in _CLOSING
    return f'<span class="keep">{found[0]}</span>' if is_cjk else found[0]


def start_of_end(value: str, *, begun: bool = False) -> int:
    """Return where the last two characters of a Chinese or Japanese text begin, with the punctuation after them.

    A short number or word between Han counts as one. If the text ends otherwise, or may be one line because no other text has
    `begun` the line, return 0.
    """
    start, characters = len(value), 0
    while characters < 2 and start > (0 if begun else _SHORTEST):
        start -= 1
        if _is_cjk(value[start]):
            characters += 1
        elif characters and (word := _word_before(value, start + 1)):
            start -= len(word)
            if not _is_cjk(value[start : start + 1]):
                return 0
            characters += 1
        elif value[start] not in NOT_AT_START:
            return 0
    before = value[:start][-1:]
    if characters < 2 or not before:
        return 0
    if before.isascii() and before.isalnum():
        start -= len(_word_before(value, start)) or len(value)
        start -= start > 0 and _is_cjk(value[start - 1])  # for the space between them
    return max(start, 0)


def _word_before(value: str, end: int) -> str:
    """Return the number or word of Latin letters that ends there, or "" if it is not one or a long one."""
    start = end
    while (
        start and end - start <= _LONGEST_WORD and value[start - 1].isascii() and value[start - 1].isalnum()
    ):
        start -= 1
    return value[start:end] if end - start <= _LONGEST_WORD else ""


def joined_at_end(value: str, *, begun: bool = False) -> str:
    """Return a text that cannot contain a span with a word joiner before the character that would be alone on the last line."""
    if not (start := start_of_end(value, begun=begun)):
        return value
    last = next(at for at in range(len(value) - 1, start, -1) if _is_cjk(value[at]))
    return f"{value[:last]}{_JOINER}{value[last:]}"


def _is_cjk(character: str) -> bool:
    return "\u3041" <= character <= "\u30fa" or "\u3400" <= character <= "\u9fff"


def without_last_breaks(content: m.Inlines) -> m.Inlines:
    """Return the inlines of a paragraph without the line breaks at their end, which some engines show as an empty line."""
    end = len(content)
    while end and (isinstance(content[end - 1], m.LineBreak) or content[end - 1] == _SPACE):
        end -= 1
    if m.LineBreak() in content[end:]:
        content = content[:end]
    match content:
        case (*before, m.Strong(inner) | m.Emph(inner) | m.Link(inner) | m.Span(inner) as last):
            shorter = without_last_breaks(inner)
            return content if shorter is inner else (*before, replace(last, content=shorter))
    return content
