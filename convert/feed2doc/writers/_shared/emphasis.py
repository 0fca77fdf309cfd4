"""Emphasis of whole paragraphs in Chinese."""

from __future__ import annotations

from feed2doc import model as m
from feed2doc._locale.tags import primary_language


def is_stressed(content: m.Inlines, language: str) -> bool:
    """Return True if all of a Chinese paragraph is emphasised, such as a quotation or an editor's note.

    Chinese emphasises words by dots or bold letters, but sets such paragraphs in another typeface.
    """
    rest = [node for node in content if not isinstance(node, m.Emph)]
    return (
        len(rest) < len(content)
        and primary_language(language) == "zh"
        and all(isinstance(node, m.LineBreak) or not m.plain_text((node,)).strip() for node in rest)
    )
