"""Words to the reader of a page that a click enlarges a picture, as text below it or at the end of its caption: `(click to enlarge)`."""

from __future__ import annotations

from collections.abc import Iterator

from feed2doc.model import Inlines, plain_text
from feed2doc.readers._blocks.captions.credit_splitting import cut
from feed2doc.readers._blocks.inlines import trim
from feed2doc.readers._rules.lookup import Rules

# The text before the last sentence of a caption, or sets its last words apart.
_BEFORE = (". ", "! ", "? ", "… ", "。", "！", "？", "\n", " – ", " — ", " - ", " | ")
_OPENING, _CLOSING, _STOPS, _DASHES = "(（[【", ")）]】", ".。!！", " –—-|\n"
_LONGEST = 80
# The most words that are not of the caption itself (`The meeting (Zoom)`), or how many characters of a script without spaces.
_FEWEST_IN_BRACKET, _FEWEST_IN_SENTENCE, _FEWEST_CHARACTERS = 2, 3, 4


def is_enlarging(text: str, rules: Rules) -> bool:
    """Return True for a line that has no other words than these."""
    return len(text) <= _LONGEST and rules.words.find("enlarge", text.strip().rstrip(_STOPS)) is not None


def without_enlarging(caption: Inlines, rules: Rules) -> tuple[Inlines, str]:
    """Return the caption without these words at its end, and the words."""
    text = plain_text(caption)
    for start, words, fewest in _endings(text):
        if len(words) > _LONGEST or not _are_several(words, fewest) or not is_enlarging(words, rules):
            continue
        before, after = cut(caption, start)
        if plain_text(before) == text[:start]:
            return trim(before), plain_text(after)
    return caption, ""


def _endings(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield where the last bracket and the last sentence begin, their words, and how many of these are not of the caption."""
    bare = text.rstrip()
    closed = bare.rstrip(_STOPS)
    if closed[-1:] and closed[-1] in _CLOSING and (at := max(map(closed.rfind, _OPENING))) >= 0:
        yield len(text[:at].rstrip()), closed[at + 1 : -1].strip(), _FEWEST_IN_BRACKET
    at = max(closed.rfind(sign) + len(sign) if sign in closed else 0 for sign in _BEFORE)
    yield len(text[:at].rstrip(_DASHES)), closed[at:].strip(_DASHES), _FEWEST_IN_SENTENCE


def _are_several(words: str, fewest: int) -> bool:
    spaced = len(words.split())
    return spaced >= fewest or (spaced == 1 and words > "\u3000" and len(words) >= _FEWEST_CHARACTERS)
