"""All articles of a book on one page, as HTML has them and PDF is laid out from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from feed2doc._urls import canonical
from feed2doc._xml import legal
from feed2doc.model import Book, Image
from feed2doc.writers._article import article_context, language_of, places_of
from feed2doc.writers._contents import Rows, part_facts, rows_of
from feed2doc.writers._xhtml import Xhtml


class PagePart(Struct, frozen=True):
    """A part: its title and what is said of it, its list of contents, its articles as `shared/article.xhtml` takes them."""

    title: str
    id: str
    facts: str
    listed: Rows
    articles: tuple[dict[str, Any], ...]


def page_parts(book: Book, picture: Callable[[Image], str | None], *, measure: int = 0) -> list[PagePart]:
    """The parts of the page; ids are kept apart by the article's number, and articles lead to each other inside it.

    `measure` is how many letters a line has on pages that WeasyPrint lays out, 0 where the page has no size.
    """
    language = language_of(book)
    places = places_of((document, f"#a{n}-title") for n, document in enumerate(book.documents, 1))
    many = len(book.documents) > 1
    parts: list[PagePart] = []
    number = 0
    for part in book.parts:
        title = " ".join(legal(part.title).split())
        articles, listed = [], []
        for document in part.documents:
            number += 1
            xhtml = Xhtml(document.language, picture, prefix=f"a{number}-", measure=measure)
            xhtml.inside = _leading(places, f"#a{number}-title") if many else None
            articles.append(article_context(document, xhtml, level=(3 if title else 2) if many else 1))
            listed.append((document, f"#a{number}-title"))
        at = f"p{len(parts) + 1}"
        rows = rows_of(title, f"#{at}" if title else "", listed if many else [], language)
        parts.append(PagePart(title, at, part_facts(rows, language) if many else "", rows, tuple(articles)))
    return parts


def _leading(places: dict[str, str], own: str) -> Callable[[str], str]:
    def inside(url: str) -> str:
        place = places.get(canonical(url), "")
        return place if place != own else ""

    return inside
