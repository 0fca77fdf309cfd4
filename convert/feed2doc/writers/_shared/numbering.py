"""The articles of a book, numbered so that they can link to each other."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from feed2doc._text.urls import normalize_url
from feed2doc._text.xml import xml_safe
from feed2doc.model import Book, Document
from feed2doc.writers._shared.contents.entries import ContentsPart, part_facts, rows_of
from feed2doc.writers._shared.facts import language_of, places_of
from feed2doc.writers._shared.front_pages import parts_of


class Numbered(Struct, frozen=True):
    """An article with its number in the book, the level of its headline, and the locations in the book that URLs link to."""

    document: Document
    number: int
    level: int
    inside: Callable[[str], str] | None


class NumberedPart(Struct, frozen=True):
    """A part: its title, number, facts, table of contents and articles."""

    title: str
    number: int
    facts: str
    listed: ContentsPart
    articles: tuple[Numbered, ...]


def linked_parts(book: Book, article: str, part: str) -> list[NumberedPart]:
    """Return the parts of the book, with links between its articles pointing inside the book.

    `article` and `part` are the format's names for the location of each, with {} for its number.
    """
    language = language_of(book)
    places = places_of((document, article.format(n)) for n, document in enumerate(book.documents, 1))
    many = len(book.documents) > 1
    parts: list[NumberedPart] = []
    number = 0
    for n, each in enumerate(parts_of(book), 1):
        title = " ".join(xml_safe(each.title).split())
        articles = []
        for document in each.documents:
            number += 1
            inside = _leading(places, article.format(number)) if many else None
            articles.append(Numbered(document, number, (3 if title else 2) if many else 1, inside))
        listed = [(one.document, article.format(one.number)) for one in articles if many]
        rows = rows_of(title, part.format(n) if title else "", listed, language, front=each.front)
        parts.append(
            NumberedPart(title, n, part_facts(rows, language) if many else "", rows, tuple(articles))
        )
    return parts


def _leading(places: dict[str, str], own: str) -> Callable[[str], str]:
    def inside(url: str) -> str:
        place = places.get(normalize_url(url), "")
        return place if place != own else ""

    return inside
