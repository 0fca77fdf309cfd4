"""The byline on one line."""

from __future__ import annotations

from feed2doc._text.plain import clean
from feed2doc.model import Document


def byline_text(document: Document) -> str:
    """The persons of the byline in one row, parted as their language does."""
    comma = "、" if document.language.startswith(("zh", "ja")) else ", "
    return clean(comma.join(person.name for person in document.byline))
