"""The byline as one line of text."""

from __future__ import annotations

from feed2doc._locale.tags import primary_language
from feed2doc._text.plain import clean
from feed2doc.model import Document


def byline_text(document: Document) -> str:
    """Return the names of the byline on one line, separated as is usual in the article's language."""
    comma = "、" if primary_language(document.language) in ("zh", "ja") else ", "
    return clean(comma.join(person.name for person in document.byline))
