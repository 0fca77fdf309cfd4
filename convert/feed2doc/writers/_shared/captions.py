"""The length of captions."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._text.wrap import width_of

# The columns of a caption that takes a line, or two on the smallest pages. A Han character takes two.
_SHORT = 80


def is_short(figure: m.Figure) -> bool:
    """Return True if the caption of a figure with its credit is so short that it may be centred."""
    return width_of(m.plain_text(figure.caption)) + width_of(m.plain_text(figure.credit)) <= _SHORT
