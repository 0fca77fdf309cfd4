"""Brackets at the end of a caption that have a photo credit: `Ducks (Ann Ba/AFP)`, `鸭子。（路透社）`."""

from __future__ import annotations

import re

from feed2doc._text.lazy_re import pattern
from feed2doc.readers._blocks.captions.credit_tails import is_credit
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_full_names

OPENING, _CLOSING = ("（", "(", "[", "【"), ")）]】"
BRACKET = pattern(
    r"[（(\[【](?P<credit>[^（）()\[\]【】]{1,90}(?:[（(][^（）()]{1,30}[)）])?)[)）\]】]\s*[。.]?$"
)
SENTENCE_END = frozenset('。.！!？?…”"」』')
# Inside a bracket after the last sentence, a date or a number is not a credit.
_DATED = pattern(r"[\d\s年月日.,/:：\-–]+|.*\d{4}年\d{1,2}月.*|\d{4}.{0,3}|.*[,，。；;！？!?].*")
_LONGEST_NAME = 24
# The host of a site, which has the picture.
_HOST = pattern(r"(?:www\.)?[a-z\d-]{2,30}(?:\.[a-z\d-]{2,20}){0,2}\.[a-z]{2,10}", re.IGNORECASE)
_SLASH = pattern(r"\s?[/／]\s?")


def credit_bracket(text: str, rules: Rules) -> re.Match[str] | None:
    """Return the bracket at the end of this text if it has a photo credit."""
    if (
        text.rstrip().rstrip("。.").rstrip()[-1:] not in _CLOSING
    ):  # as most captions, and the pattern is not compiled
        return None
    bracket = BRACKET.search(text)
    if bracket is None:
        return None
    inside = bracket["credit"]
    if inside[0].isdigit() and rules.words.find("photo-other", inside):
        return None
    if (
        rules.words.find("photo", inside)
        or is_credit(inside, rules, has_sign=False)
        or _is_shared(inside, rules)
        or _HOST.fullmatch(inside)
        or _is_name_after_sentence(text[: bracket.start()], inside, rules)
    ):
        return bracket
    return None


def _is_shared(inside: str, rules: Rules) -> bool:
    """Return True if a slash is between short names or words, and one side alone would be a credit: `船东提供/记者林海`."""
    parts = _SLASH.split(inside) if len(inside) <= 2 * _LONGEST_NAME else []
    if len(parts) < 2:
        return False
    are_credits = [rules.words.find("photo", part) is not None for part in parts]
    return any(are_credits) and not any(
        rules.words.find("photo-other", part)
        for part, is_one in zip(parts, are_credits, strict=True)
        if not is_one
    )


def _is_name_after_sentence(before: str, inside: str, rules: Rules) -> bool:
    """Return True if a bracket below the last sentence of a caption has a short name, as of a paper."""
    before = before.rstrip()
    if not before or before[-1] not in SENTENCE_END:
        return False
    if inside.isascii() and are_full_names(inside):  # `(Ann Ba, Quay Post)`
        return True
    if len(inside) > _LONGEST_NAME:
        return False
    return not _DATED.fullmatch(inside) and rules.words.find("photo-other", inside) is None
