"""Marks of emphasis that a CommonMark parser takes for what they are, also beside Chinese punctuation.

`**“x”**y` is not emphasis by the rules of flanking (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run,
https://github.com/commonmark/commonmark-spec/issues/650). So a mark whose neighbours forbid it is written as a
raw tag instead. Marks are first put down as private characters; once a line is whole each sees its neighbours.
"""

from __future__ import annotations

import re
import unicodedata

# Private characters that stand for an opening and a closing mark until the line is whole; the text itself has
# none of them, `clean` takes them out.
STRONG = ("\ue000", "\ue001")
EMPH = ("\ue002", "\ue003")
STRIKE = ("\ue004", "\ue005")
_FORMS = {STRONG[0]: ("**", "strong"), EMPH[0]: ("*", "em"), STRIKE[0]: ("~~", "")}
_ENDS = {STRONG[1]: STRONG[0], EMPH[1]: EMPH[0], STRIKE[1]: STRIKE[0]}
_MARK = re.compile("[\ue000-\ue005]")


def resolve_marks(line: str) -> str:
    """The line with each pair of marks as `**`, `*` or `~~` where a parser would see it, else as raw tags."""
    if not _MARK.search(line):
        return line
    pieces: list[str] = []
    pairs = _pairs(line)
    plain = {at for pair in pairs for at in pair if _works(line, *pair)}
    for at, char in enumerate(line):
        opening = _ENDS.get(char, char)
        if opening not in _FORMS:
            pieces.append(char)
            continue
        sign, tag = _FORMS[opening]
        if at in plain or not tag:
            pieces.append(sign)
        else:
            pieces.append(f"</{tag}>" if char in _ENDS else f"<{tag}>")
    return "".join(pieces)


def _pairs(line: str) -> list[tuple[int, int]]:
    """Where each mark opens and closes; they always nest."""
    stack: list[int] = []
    found = []
    for at, char in enumerate(line):
        if char in _FORMS:
            stack.append(at)
        elif char in _ENDS:
            found.append((stack.pop(), at))
    return found


def _works(line: str, start: int, end: int) -> bool:
    """Whether a parser sees this pair: no other mark touches it, and both its ends flank what they should."""
    before, first = line[start - 1 : start], line[start + 1 : start + 2]
    last, after = line[end - 1 : end], line[end + 1 : end + 2]
    if any(_is_delimiter(char) for char in (before, first, last, after)):
        return False
    return _flanks(before, first) and _flanks(after, last)


def _is_delimiter(char: str) -> bool:
    return bool(char) and (char in "*~_" or bool(_MARK.match(char)))


def _flanks(outside: str, inside: str) -> bool:
    """Whether a mark between these two characters belongs to the inside one: it is no space, and if it is
    punctuation then the outside is space or punctuation too."""
    if not inside or inside.isspace():
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
