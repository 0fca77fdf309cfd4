"""Words beside one name of a byline: notes, titles, affiliations and accounts."""

from __future__ import annotations

from feed2doc._text.cjk import HAN_LETTER, is_han
from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.affiliations import without_office
from feed2doc.readers._rules.words.lexicon import Lexicon

CLOSING, OPENING = frozenset(")）】]］〕"), frozenset("(（【[［〔")
"""Brackets around a note."""
# The name of an account before that of its owner, and the institute or agency after a name of several Latin words.
_ACCOUNT = pattern(r"@[\w.-]{1,60}\s+(?=\w)")
_AFFILIATION = pattern(r"(?<=[A-Za-z\u00c0-\u024f.])\s+\(([^()]{2,80})\)$")
# A place, an office or a pen name in Han characters after a name. Other letters spell the name itself.
_HAN_BESIDE = pattern(rf"(?P<name>(?:{HAN_LETTER}|·){{2,12}})\s?[（(]{HAN_LETTER}{{2,12}}[)）]")
# Most names of Han characters are not longer, so there is nothing before or after them.
_LONGEST_HAN = 3
_NOTE_BEFORE = pattern(r"[（(【\[]([^（）()【】\[\]]{1,20})[)）】\]]\s{0,2}(?=\w)")
_NOTE = pattern(r"(?:(?<!\s)\s+)?[（(【\[]([^（）()【】\[\]]{1,20})[)）】\]]$")


def without_note(printed: str, words: Lexicon) -> str:
    """Return the name without a note such as `（编译）`, an affiliation, an account, and a title before or after it."""
    printed = without_office(printed, words)
    family, comma, given = printed.partition(",")
    if comma:
        return f"{given.strip()} {family.strip()}"
    printed = _without_words_before(printed, words)
    if printed[-1:] in CLOSING:
        beside = _HAN_BESIDE.fullmatch(printed) if is_han(printed[-2:-1]) else None
        if beside:  # `林海（北京）`
            return beside["name"]
        printed = _without_brackets_after(printed, words)
    return _without_title(printed, words)


def _without_words_before(printed: str, words: Lexicon) -> str:
    """Return the name without an account, a note in brackets and a paper before it. The last has what is after it cut, too."""
    if account := _ACCOUNT.match(printed):
        printed = printed[account.end() :]
    if (
        printed[:1] in OPENING
        and (noted_before := _NOTE_BEFORE.match(printed))
        and _is_note(noted_before[1], words)
    ):
        printed = printed[noted_before.end() :]
    if len(printed) > _LONGEST_HAN and not printed.isascii():
        if paper := words.find("byline-before", printed):
            printed = printed[paper.match.end() :]
        noted = words.find("byline-after", printed)
        if noted is not None and words.find("no-name", noted.match["person"]) is None:
            printed = noted.match["person"]
    return printed


def _without_brackets_after(printed: str, words: Lexicon) -> str:
    """Return the name without an affiliation and a note in brackets after it."""
    if (affiliation := _AFFILIATION.search(printed)) and " " in printed[: affiliation.start()]:
        printed = printed[: affiliation.start()]
    if (note := _NOTE.search(printed)) and any(
        words.find(kind, note[1]) for kind in ("byline-note", "profession")
    ):
        printed = printed[: note.start()]
    return printed


def _without_title(printed: str, words: Lexicon) -> str:
    """Return the name without a title before or after it."""
    first, _, rest = printed.partition(" ")
    if rest and words.find("byline-title", first):
        return rest
    parts = printed.split(" ")
    for count in (2, 1):  # `Ann Ba Staff Writer`, `Ann Ba et al.`
        if len(parts) <= count or parts[-count - 1].islower():  # `Quay Post avec AFP`
            continue
        last = " ".join(parts[-count:])
        if len(parts) == 1 + count and parts[0].isascii() and len(parts[0]) > 1 and parts[0].isupper():
            continue  # `AWS Editor`
        may_be_noted = len(parts) > 2 or printed >= "\u3000"
        if words.find("byline-title", last) or (may_be_noted and words.find("byline-note", last)):
            return " ".join(parts[:-count])
    return printed


def _is_note(text: str, words: Lexicon) -> bool:
    """Return True for a note or an occupation, which a word may be before: `采访记者`."""
    return words.find("byline-note", text) is not None or any(
        words.find("byline-title", each) for each in (text, text[-2:])
    )
