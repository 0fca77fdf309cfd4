"""Texts as they are compared with those of other articles of a source."""

from __future__ import annotations

from feed2doc._text.lazy_re import pattern

HEADLINE, NUMBER = "\0", "0"
"""What stands for the article's own headline and for any number."""
_DIGITS = pattern(r"\d+")
_SHORTEST_HEADLINE = 6


def key_of(text: str, headline: str) -> str:
    """Return a text without numbers and the headline of its own article, with plain spaces within its lines."""
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    if len(headline) >= _SHORTEST_HEADLINE and len(text) > len(headline):
        text = text.replace(headline, HEADLINE)
    return _DIGITS.sub(NUMBER, text)
