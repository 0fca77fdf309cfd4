"""File names inside a book.

A name depends only on the article's id (for a part, on its title). A book rebuilt with more articles keeps all of its
file names, and with them the reading positions and highlights that reading systems store per file.
"""

from __future__ import annotations

import hashlib

from msgspec import Struct

from feed2doc._text.xml import xml_safe
from feed2doc.model import Book, Document
from feed2doc.writers._shared.contents.entries import has_own_page
from feed2doc.writers._shared.front_pages import parts_of

_DIGITS = 12


class Chapter(Struct, frozen=True):
    """An article with its file name and the title of its part. A `front` page comes before the contents."""

    name: str
    document: Document
    part: str
    front: bool

    @property
    def uid(self) -> str:
        """The id of its file and of its text."""
        return uid_of(self.name)


class NamedPart(Struct, frozen=True):
    """A part with its chapters; `name` is the file name of its page, or "" if it has none.

    Only large parts with a title have their own page; others begin above their first article.
    """

    title: str
    name: str
    chapters: tuple[Chapter, ...]

    @property
    def front(self) -> bool:
        """True if the part comes before the contents."""
        return self.chapters[0].front

    @property
    def opening(self) -> Chapter | None:
        """The article that the title of the part is above, or None if it has no title or a page of its own."""
        return None if self.name or self.front or not self.title else self.chapters[0]


def uid_of(name: str) -> str:
    """Return the id of the file of this name."""
    return name.partition(".")[0]


def named(book: Book) -> list[NamedPart]:
    """Return the book's parts and articles with their file names."""
    used: set[str] = set()
    return [
        NamedPart(
            title := " ".join(xml_safe(part.title).split()),
            _name("part", title, used)
            if title and has_own_page(len(part.documents), front=part.front)
            else "",
            tuple(
                Chapter(_name("article", each.id, used), each, title, part.front) for each in part.documents
            ),
        )
        for part in parts_of(book)
        if part.documents
    ]


def _name(kind: str, key: str, used: set[str]) -> str:
    """Return an unused name of ASCII letters, digits and hyphens; Kobo accepts no other characters."""
    digits = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    name, number = f"{kind}-{digits}.xhtml", 1
    while name in used:
        number += 1
        name = f"{kind}-{digits}-{number}.xhtml"
    used.add(name)
    return name
