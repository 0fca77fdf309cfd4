"""KEPUB: EPUB with the spans that Kobo's reader needs for highlights, reading positions and page counts."""

from __future__ import annotations

from feed2doc._formats import Writer
from feed2doc.env import Env
from feed2doc.model import Book
from feed2doc.writers.epub.book import build
from feed2doc.writers.epub.kobo_spans import with_spans
from feed2doc.writers.epub.options import Kepub


def write_kepub(book: Book, options: Kepub, env: Env) -> bytes:
    """Return the book as a KEPUB file, which is also a valid EPUB; the same book gives the same bytes."""
    return build(book, options, env, kobo=with_spans)


WRITER = Writer(
    name="kepub",
    extension="kepub.epub",
    media_type="application/x-kobo-epub+zip",
    options=Kepub,
    write=write_kepub,
    pictures=True,
    description="EPUB for Kobo's own reader",
)
