"""EPUB 3.3 with NCX and guide for old readers; feed2doc writes the pages, EbookLib the package, with corrections."""

from __future__ import annotations

from feed2doc._formats import Writer
from feed2doc.env import Env
from feed2doc.model import Book
from feed2doc.writers.epub.book import build
from feed2doc.writers.epub.options import Epub


def write_epub(book: Book, options: Epub, env: Env) -> bytes:
    """Return the book as an EPUB file; the same book gives the same bytes."""
    return build(book, options, env)


WRITER = Writer(
    name="epub",
    extension="epub",
    media_type="application/epub+zip",
    options=Epub,
    write=write_epub,
    pictures=True,
    description="EPUB 3.3 for e-readers",
)
