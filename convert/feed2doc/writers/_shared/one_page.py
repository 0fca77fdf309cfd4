"""All articles of a book on one page, as HTML has them and WeasyPrint's PDF is laid out from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from feed2doc.model import Book, Image
from feed2doc.writers._shared.contents import ContentsPart
from feed2doc.writers._shared.facts import article_context
from feed2doc.writers._shared.numbering import Numbered, linked_parts
from feed2doc.writers._shared.xhtml import Xhtml


class PagePart(Struct, frozen=True):
    """A part: its title and what is said of it, its list of contents, its articles as `shared/article.xhtml` takes them."""

    title: str
    id: str
    facts: str
    listed: ContentsPart
    articles: tuple[dict[str, Any], ...]


def page_parts(book: Book, picture: Callable[[Image], str | None], *, line_length: int = 0) -> list[PagePart]:
    """The parts of the page; ids are kept apart by the article's number.

    `line_length` is how many letters a line has on pages that WeasyPrint lays out, 0 where the page has no size.
    """

    def written(one: Numbered) -> dict[str, Any]:
        xhtml = Xhtml(one.document.language, picture, prefix=f"a{one.number}-", line_length=line_length)
        xhtml.inside = one.inside
        return article_context(one.document, xhtml, one.level)

    return [
        PagePart(part.title, f"p{part.number}", part.facts, part.listed, tuple(map(written, part.articles)))
        for part in linked_parts(book, "#a{}-title", "#p{}")
    ]
