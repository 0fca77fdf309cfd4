"""Words to the reader of a page that a click enlarges a picture, as text below it or at the end of its caption: `(click to enlarge)`."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern
from feed2doc.model import Inlines, plain_text
from feed2doc.readers._blocks.captions import cut
from feed2doc.readers._blocks.inlines import trim
from feed2doc.readers._rules.lookup import Rules

# The last bracket of a caption, and its last sentence.
_BRACKET = pattern(r"(?<!\s)\s*+[(（\[【](?P<words>[^()（）\[\]【】]{3,60})[)）\]】][.。]?\s*$")
_SENTENCE = pattern(
    r"(?:^|(?<=[.!?…])\s+(?:[–—|-]\s+)?|(?<=[。！？])\s*|\n|(?<!\s)\s++[–—|-]\s+)(?P<words>[^.!?…。！？\n|]{4,60})[.!。！]?\s*$"
)
_LONGEST = 80
# How many words are no word of the caption itself (`The meeting (Zoom)`), or how many characters of a script without spaces.
_FEWEST_IN_BRACKET, _FEWEST_IN_SENTENCE, _FEWEST_CHARACTERS = 2, 3, 4


def is_enlarging(text: str, rules: Rules) -> bool:
    """Return True for a line that has no other words than these."""
    return len(text) <= _LONGEST and rules.words.find("enlarge", text.strip().rstrip(".。!！")) is not None


def without_enlarging(caption: Inlines, rules: Rules) -> tuple[Inlines, str]:
    """Return the caption without these words at its end, and the words."""
    text = plain_text(caption)
    for ending, fewest in ((_BRACKET, _FEWEST_IN_BRACKET), (_SENTENCE, _FEWEST_IN_SENTENCE)):
        found = ending.search(text)
        if (
            found is None
            or not _are_several(found["words"], fewest)
            or not is_enlarging(found["words"], rules)
        ):
            continue
        before, after = cut(caption, found.start())
        if plain_text(before) == text[: found.start()]:
            return trim(before), plain_text(after)
    return caption, ""


def _are_several(words: str, fewest: int) -> bool:
    spaced = len(words.split())
    return spaced >= fewest or (spaced == 1 and words > "\u3000" and len(words) >= _FEWEST_CHARACTERS)
