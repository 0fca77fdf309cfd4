"""Headings with the words of buttons above text: `Share`, `Comments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feed2doc._text.cjk import reading_length
from feed2doc.readers._html.parse import words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_SPACES = 1
# How long the text is that such a heading belongs to. Han characters count twice.
_SHORTEST_TEXT = 50
_ENDS = frozenset('.!?。！？…”"」』»')


def heads_text(heading: _Element | None, words: str) -> bool:
    """Return True if a heading of one or two words has a permalink, or is directly above a paragraph that ends as a sentence does."""
    if heading is None or words.count(" ") > _MOST_SPACES:
        return False
    name = heading.get("id")
    if name and any(link.get("href") == f"#{name}" for link in heading.iter("a")):
        return True
    below = heading.getnext()
    if below is None or below.tag != "p" or (heading.tail or "").strip():
        return False
    text = words_of(below)
    return text[-1:] in _ENDS and reading_length(text) >= _SHORTEST_TEXT
