"""Pairs of articles and their translations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from feed2doc._locale.tags import primary_language
from feed2doc._text.urls import normalize_url
from feed2doc.aligning.counterparts import counterparts
from feed2doc.model import Document


def originals(articles: Sequence[Document]) -> dict[int, int]:
    """Return the number of the original of each article that is a translation, which it names, or with which it aligns."""
    languages = [primary_language(each.language) for each in articles]
    found = {
        number: original
        for number, original in named_originals(articles).items()
        if languages[number] != languages[original]
    }
    used = set(found.values())
    earlier: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for each in counterparts(articles):
        original, number = sorted((each.a, each.b), key=lambda n: (_moment(articles[n]), n))
        earlier[number].append((-each.share, original))
    for number in sorted(earlier.keys() - found.keys() - used, key=lambda n: (_moment(articles[n]), n)):
        if likely := [each for each in sorted(earlier[number]) if each[1] not in found]:
            found[number] = likely[0][1]
    return found


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
