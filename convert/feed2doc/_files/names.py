"""Output file names: pure functions of the article or book, safe on every file system."""

from __future__ import annotations

from feed2doc.model import Book, Document

MOST_BYTES = 120
_LONGEST_SLUG = 72
_DIGITS = 12


def file_name(document: Document, extension: str) -> str:
    """Return `{date}-{slug}-{id}.{extension}`, at most 120 bytes of ASCII.

    `id` is 12 hex digits (48 bits) of a hash of the article's id. The same article always gets the same name, so a second
    run replaces its own file.
    """
    date = document.published.strftime("%Y-%m-%d") if document.published else ""
    return _name(date, document.headline, document.id, extension)


def book_file_name(book: Book, extension: str) -> str:
    """Return `{slug}-{id}.{extension}` for a bundle. The name depends on the title only, so rebuilding does not change it."""
    return _name("", book.title, book.title, extension)


def dated_stem(title: str, day: str) -> str:
    """Return `{slug}-{day}`, the name of a daily book without its extension, whatever the book contains.

    The slug is `daily` if the title has no characters for one.
    """
    return f"{_slug(title, _LONGEST_SLUG) or 'daily'}-{day}"


def _name(date: str, title: str, key: str, extension: str) -> str:
    import hashlib

    digits = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    room = MOST_BYTES - len(f"{date}--{digits}.{extension}")
    slug = _slug(title, min(room, _LONGEST_SLUG)) or "untitled"
    return "-".join(part for part in (date, slug, digits) if part) + f".{extension}"


def _slug(title: str, length: int) -> str:
    """Return the title as an ASCII slug of at most `length` characters.

    The backend is fixed, because the name must not depend on which transliteration packages are installed.
    """
    from slugify import slugify

    return slugify(title, max_length=length, word_boundary=True, backend="text-unidecode")
