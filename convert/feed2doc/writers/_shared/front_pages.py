"""The front page of a book, which comes before its contents."""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace

from feed2doc.model import Book, Part


def parts_of(book: Book) -> tuple[Part, ...]:
    """Return the parts of a book, with `front` as writers take it.

    Front are the first parts that say so and have articles, in a book with several articles.
    """
    several = len(book.documents) > 1
    front = len(list(takewhile(lambda part: several and part.front and part.documents, book.parts)))
    return tuple(
        replace(part, front=False) if part.front and number >= front else part
        for number, part in enumerate(book.parts)
    )


def has_front_page(book: Book) -> bool:
    """Return True if the book begins with a front page."""
    return any(part.front for part in parts_of(book)[:1])
