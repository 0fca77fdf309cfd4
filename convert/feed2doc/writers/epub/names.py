"""What the files of a book are called.

A name is made of the article's id alone (of a part's, of its title): a book made again with more articles keeps every
name that it had, and with it the reading positions and highlights that reading systems keep by file.
"""

from __future__ import annotations

import hashlib

from msgspec import Struct

from feed2doc._text.xml import xml_safe
from feed2doc.model import Book, Document

_DIGITS = 12


class Chapter(Struct, frozen=True):
    """An article and the file that it is in."""

    name: str
    document: Document


class NamedPart(Struct, frozen=True):
    """A part with its chapters; `name` is the file of its page, "" if it has none.

    A page of its own is for parts with a title and more than one article.
    """

    title: str
    name: str
    chapters: tuple[Chapter, ...]


def named(book: Book) -> list[NamedPart]:
    """The book's parts and articles with their files."""
    used: set[str] = set()
    return [
        NamedPart(
            title := " ".join(xml_safe(part.title).split()),
            _name("part", title, used) if title and len(part.documents) > 1 else "",
            tuple(Chapter(_name("article", document.id, used), document) for document in part.documents),
        )
        for part in book.parts
        if part.documents
    ]


def _name(kind: str, key: str, used: set[str]) -> str:
    """A name of ASCII letters, digits and hyphens (Kobo takes no others), no other file's."""
    digits = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    name, number = f"{kind}-{digits}.xhtml", 1
    while name in used:
        number += 1
        name = f"{kind}-{digits}-{number}.xhtml"
    used.add(name)
    return name
