"""Emphasis delimiters that CommonMark parsers recognize, even next to Chinese punctuation.

`**“x”**y` is not emphasis by the rules of flanking (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run,
https://github.com/commonmark/commonmark-spec/issues/650). A delimiter with such neighbours moves past the punctuation at
its edge (`“**x**”y`). If that does not help, it is written as a raw tag, as is a delimiter nested in another one of its
kind. Delimiters are first written as private characters; once a line is complete, the neighbours of each are known.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from feed2doc._text.lazy_re import pattern
from feed2doc.writers.markdown.escapes import DOLLAR, FORMULA_END

# Private characters for opening and closing delimiters until the line is complete; `clean` removes them from the text
# itself.
STRONG = ("\ue000", "\ue001")
EMPH = ("\ue002", "\ue003")
STRIKE = ("\ue004", "\ue005")
_FORMS = {STRONG[0]: ("**", "strong"), EMPH[0]: ("*", "em"), STRIKE[0]: ("~~", "")}
_ENDS = {STRONG[1]: STRONG[0], EMPH[1]: EMPH[0], STRIKE[1]: STRIKE[0]}
_STARS = frozenset("".join((*STRONG, *EMPH)))
_MARKS = _STARS.union(*STRIKE)
_MARK = pattern("[\ue000-\ue005]")
# ASCII punctuation that is not syntax next to a delimiter; no punctuation of other scripts is.
_MOVABLE_ASCII = frozenset(".,:;?")
_OPENING, _CLOSING = ("Ps", "Pi"), ("Pe", "Pf")


def resolve_marks(line: str) -> str:
    """Return the line with each pair of delimiters as `**`, `*` or `~~` where a parser would recognize it, else as raw tags."""
    if not _MARK.search(line):
        return line
    chars = list(line)
    pairs = _pairs(chars)
    placed: dict[tuple[int, int], tuple[int, int] | None] = {}
    inside: dict[str, int] = {}  # where the last pair of each kind that was placed ends
    for start, end in pairs:
        within = start < inside.get(chars[start], start)
        placed[start, end] = place = None if within else _placed(chars, start, end)
        if place is not None:
            inside[chars[start]] = end
    written: dict[int, str] = {}
    moved: dict[int, str] = {}  # a moved delimiter comes before the character at this index
    for (start, end), place in placed.items():
        sign, tag = _FORMS[chars[start]]
        if place is None:
            written[start], written[end] = (f"<{tag}>", f"</{tag}>") if tag else ("", "")
            continue
        written[start] = written[end] = ""
        moved[place[0]] = moved.get(place[0], "") + sign
        moved[place[1]] = sign + moved.get(place[1], "")
    return "".join(moved.get(at, "") + written.get(at, char) for at, char in enumerate(chars))


def _pairs(chars: list[str]) -> list[tuple[int, int]]:
    """Return the opening and closing index of each pair, outer ones first; pairs always nest."""
    stack: list[int] = []
    found = []
    for at, char in enumerate(chars):
        if char in _FORMS:
            stack.append(at)
        elif char in _ENDS:
            found.append((stack.pop(), at))
    return sorted(found)


def _placed(chars: list[str], start: int, end: int) -> tuple[int, int] | None:
    """Return the indexes before which this pair's delimiters must be for a parser to recognize it, or None if there are none.

    Strong and emphasised text with the same extent form one run, `***x***`; adjacent asterisks are otherwise ambiguous.
    A tilde next to asterisks counts as punctuation for them, and the other way round.
    """
    first, last = start + 1, end - 1
    before, after = start - 1, end + 1
    if _coincide(chars, start, end, first, last):
        first, last = first + 1, last - 1
    elif before >= 0 and after < len(chars) and _coincide(chars, before, after, start, end):
        before, after = before - 1, after + 1
    edges = first, last
    outside = chars[before] if before >= 0 else ""
    beyond = chars[after] if after < len(chars) else ""
    if first > last or _touches(chars[start], (outside, beyond, chars[first], chars[last])):
        return None
    if not _flanks(outside, chars[first]) and (at := _past(chars, first, last, 1)) != first:
        first, outside = at, chars[at - 1]
    if not _flanks(beyond, chars[last]) and (at := _past(chars, last, first, -1)) != last:
        last, beyond = at, chars[at + 1]
    # If a bracket or quote is inside and its partner is now outside, it moves outside too.
    moved_first, moved_last = first != edges[0], last != edges[1]
    if moved_last and _is_partner(chars[first], _OPENING) and (at := _past(chars, first, last, 1)) != first:
        first, outside = at, chars[at - 1]
    if moved_first and _is_partner(chars[last], _CLOSING) and (at := _past(chars, last, first, -1)) != last:
        last, beyond = at, chars[at + 1]
    if not _flanks(outside, chars[first]) or not _flanks(beyond, chars[last]):
        return None
    return None if _touches(chars[start], (chars[first], chars[last])) else (first, last + 1)


def _coincide(chars: list[str], start: int, end: int, inner_start: int, inner_end: int) -> bool:
    """Return True if one pair is strong, the other is emphasised, and both enclose the same text."""
    starts = {chars[start], chars[inner_start]}
    return starts == {STRONG[0], EMPH[0]} and {chars[end], chars[inner_end]} == {STRONG[1], EMPH[1]}


def _touches(mark: str, neighbours: tuple[str, ...]) -> bool:
    """Return True if this is an asterisk delimiter next to another asterisk delimiter."""
    return mark not in STRIKE and any(char in _STARS for char in neighbours)


def _past(chars: list[str], at: int, limit: int, step: int) -> int:
    """Return the index behind the punctuation here that a delimiter may move past."""
    while at != limit and _is_movable(chars[at]) and not (step < 0 and chars[at - 1] == "\\"):
        at += step
    return at


def _is_movable(char: str) -> bool:
    return char in _MOVABLE_ASCII or (not char.isascii() and char not in _MARKS and _is_punctuation(char))


def _is_partner(char: str, categories: tuple[str, str]) -> bool:
    return unicodedata.category(char) in categories


def _flanks(outside: str, inside: str) -> bool:
    """Return True if a delimiter between these two characters belongs to the inside one.

    The inside must not be a space; if it is punctuation, the outside must be space or punctuation too.
    """
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


@lru_cache(maxsize=1024)
def _is_punctuation(char: str) -> bool:
    return char in _MARKS or char in (DOLLAR, FORMULA_END) or unicodedata.category(char)[0] in "PS"
