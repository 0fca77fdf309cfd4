"""Captions and credits put together: as one line, as the title of an embed, and without what another one says too."""

from __future__ import annotations

import re

from feed2doc import model as m
from feed2doc.readers._blocks.captions.credit_splitting import pictures_in
from feed2doc.readers._blocks.captions.parts import touches


def side_by_side(caption: m.Inlines, credit: m.Inlines) -> m.Inlines:
    """Return a caption and a credit as one line, with a space between them unless full-width punctuation is there."""
    if not caption or not credit or touches(m.plain_text(caption[-1:]), m.plain_text(credit[:1])):
        return caption + credit
    return (*caption, m.Text(" "), *credit)


def is_part(part: m.Inlines, whole: m.Inlines) -> bool:
    """Return True if a line is in another one with all its links, and does not begin or end within a word there."""
    words, others = m.plain_text(part), m.plain_text(whole)
    if not words or words not in others or pictures_in(part) or not _links_of(part) <= _links_of(whole):
        return False
    ends = (found.span() for found in re.finditer(re.escape(words), others))
    return any(not any(map(str.isalnum, others[max(a - 1, 0) : a] + others[b : b + 1])) for a, b in ends)


def fits_title(inlines: m.Inlines) -> bool:
    """Return True if plain text says all of it: there are no links, pictures, readings or notes at any depth."""
    return not any(isinstance(node, m.Link | m.InlineImage | m.Ruby | m.Note) for node in m.walk(inlines))


def _links_of(inlines: m.Inlines) -> set[str]:
    return {node.url for node in m.walk(inlines) if isinstance(node, m.Link)}
