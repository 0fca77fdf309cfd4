"""Lines that announce a button which is left out: `If you like the letter, you can subscribe here:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc import model as m
from feed2doc._text.cjk import is_character
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# The length of the words of a button and of such a line, and how much of two words must be the same: `abonnieren`, `Abonniert`.
_LONGEST_BUTTON, _LONGEST_LINE, _STEM = 40, 160, 5
_COLONS = (":", "：")


def announcement(block: m.Block, button: _Element) -> str:
    """Return the text of a line right before a button that ends in a colon and has a word of the button, or ""."""
    if type(block) is not m.Paragraph or next(button.iter("a", "button"), None) is None:
        return ""
    text = m.plain_text(block.content).rstrip()
    if not text.endswith(_COLONS) or len(text) > _LONGEST_LINE:
        return ""
    words = words_of(button)
    if not 0 < len(words) <= _LONGEST_BUTTON or set(_stems(words)).isdisjoint(_stems(text)):
        return ""
    return text


def _stems(text: str) -> Iterator[str]:
    """Yield how the words begin; of scripts without spaces, each two characters."""
    for word in text.casefold().split():
        bare = word.strip(".,:;!?“”\"'()")
        if any(map(is_character, bare)):
            yield from (bare[at : at + 2] for at in range(len(bare) - 1))
        elif len(bare) >= _STEM:
            yield bare[:_STEM]
