"""Which articles are translations of which others."""

from __future__ import annotations

from collections.abc import Sequence

from feed2doc._locale.tags import primary_language
from feed2doc._text.urls import normalize_url
from feed2doc.model import Document


def originals(articles: Sequence[Document]) -> dict[int, int]:
    """Return the number of the original of each article that is a translation."""
    return {
        number: original
        for number, original in named_originals(articles).items()
        if primary_language(articles[number].language) != primary_language(articles[original].language)
    }


def named_originals(articles: Sequence[Document]) -> dict[int, int]:
    """Return the number of the original of each article that names one.

    A translation of a translation has the original of that one. If articles name each other, the earliest is the original.
    """
    numbers: dict[str, int] = {}
    for number, article in enumerate(articles):
        if key := normalize_url(article.url):
            numbers.setdefault(key, number)
    named = {
        number: original
        for number, article in enumerate(articles)
        if (original := numbers.get(normalize_url(article.original_url))) is not None
    }
    found: dict[int, int] = {}
    for number in sorted(named, key=lambda each: (-_moment(articles[each]), each)):
        original = named[number]
        while original in found:
            original = found[original]
        if original != number:
            found[number] = original
    for number in reversed(found):
        found[number] = found.get(found[number], found[number])
    return found


def _moment(article: Document) -> float:
    moment = article.published or article.archived
    return moment.timestamp() if moment else 0.0
