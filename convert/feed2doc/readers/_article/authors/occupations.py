"""Words next to a name in a header line: an occupation, its place, the agency that it was written with."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._article.authors.bylines import is_occupation
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import FOR, IN
from feed2doc.readers._rules.words.lexicon import Lexicon

_EDGES = " \t,，;；:：|｜·•–—-/()（）"
_LONGEST = 60
# The words of an occupation without a comma before it, and those of the name, which is one in Hangul.
_MOST_WORDS, _FEWEST_NAMES = 3, 2
_SYLLABLES = pattern(r"[\uac00-\ud7a3]{2,4}(?: 기자)?(?:[·ㆍ,][\uac00-\ud7a3]{2,4}(?: 기자)?){0,4}")
# The place of an occupation: `correspondent in Oslo`.
_PLACE = pattern(r" (?:in|at|à|au|aux|en|a|ad|em|no|na|aus|für|pour|de|du|del|da|di|do|of|for) \S.{1,40}$")
# A place in brackets after a name, and an agency: `Anne Ba (à Oslo)`, `Anne Ba avec AFP`.
_IN_BRACKETS = pattern(
    rf" \((?:(?:{IN}|au|aux|a) [^\W\d_a-zà-þ][^()]{{1,40}}|[^(),]{{2,30}}, [^()]{{2,30}})\)$"
)
_BRACKET = pattern(r" \([^()]{2,20}\)$")
_FOR_PAPER = pattern(rf"(?:{FOR}) [^\W\d_a-zà-þа-я][^,.!?]{{1,38}}")
_WITH = pattern(r" (?:with|mit|avec|con|com|и) (?P<agency>[^\s,]{2,20})$")


def before_title(piece: str, rules: Rules) -> tuple[str, str]:
    """Return the names, and what is after them if a piece has both: `Ann Ba, correspondent in Oslo`."""
    names, comma, last = piece.rpartition(", ")
    is_bracketed = piece.endswith(")") and "(" not in last  # `Anne Ba (Oslo, correspondante)`
    if comma and not is_bracketed and (is_title(last, rules) or is_agency(last, rules.words)):
        return names, last
    if ")" in piece and (found := _IN_BRACKETS.search(piece)) is not None:
        return piece[: found.start()], found[0]
    bracket = _BRACKET.search(piece) if piece.endswith(")") else None
    words = [] if comma else piece[: bracket.start() if bracket else len(piece)].split()
    fewest = 1 if words and is_syllables(words[0]) else _FEWEST_NAMES
    for count in range(min(_MOST_WORDS, len(words) - fewest), 0, -1):  # `Ann Ba Staff Reporter`
        if rules.words.find("byline-title", title := " ".join(words[-count:])):
            return " ".join(words[:-count]), title + (bracket[0] if bracket else "")
    agency = _WITH.search(piece)
    if agency is not None and rules.words.find("byline-note", agency["agency"]) is not None:
        return piece[: agency.start()], agency[0]
    return piece, ""


def is_agency(text: str, words: Lexicon) -> bool:
    """Return True for an agency, others who helped, or the paper that a text was written for: `special to Quay News`."""
    is_known = any(words.find(kind, text) is not None for kind in ("byline-note", "organisation"))
    return is_known or _FOR_PAPER.fullmatch(text) is not None


def is_syllables(text: str) -> bool:
    """Return True if a text has the form of one or several Korean names."""
    return text[:1] >= "\uac00" and _SYLLABLES.fullmatch(text) is not None


def is_title(part: str, rules: Rules) -> bool:
    """Return True if this part is an occupation, which may have a place."""
    title = part.strip(_EDGES)
    if len(title) > _LONGEST:
        return False
    without_place = _PLACE.sub("", title)
    return any(
        rules.words.find("byline-title", each) or is_occupation(each, rules.words)
        for each in dict.fromkeys((title, without_place))
    )
