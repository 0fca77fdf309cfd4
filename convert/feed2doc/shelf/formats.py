"""The formats that the shelf offers, and the addresses and names of its books."""

from __future__ import annotations

import functools
import unicodedata
from urllib.parse import quote

import msgspec

from feed2doc._files.names import slug
from feed2doc._text.lazy_re import pattern

_LONGEST_SLUG, _MOST_BYTES = 40, 200
_ADDRESS = pattern(r"([A-Za-z0-9_]{1,40})-([0-9A-Za-z_]{8,64})")
_NAME = pattern(r"[A-Za-z0-9][A-Za-z0-9._-]{0,94}?\.(kepub\.epub|epub|pdf|md|txt)")
_FORBIDDEN = pattern(r'[/\\:*?"<>|\x00-\x1f\x7f]+')


class Format(msgspec.Struct, frozen=True):
    """A format of books: the name of its writer, its ending, its media type, and what pages call it."""

    name: str
    ending: str
    media_type: str
    label: str

    @property
    def content_type(self) -> str:
        """The media type with the encoding of text."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


FORMATS = (
    Format("epub", "epub", "application/epub+zip", "EPUB"),
    Format("kepub", "kepub.epub", "application/kepub+zip", "Kobo"),
    Format("pdf", "pdf", "application/pdf", "PDF"),
    Format("markdown", "md", "text/markdown", "Markdown"),
    Format("text", "txt", "text/plain", "Text"),
)
BY_ENDING = {each.ending: each for each in FORMATS}


class BookAddress(msgspec.Struct, frozen=True):
    """The parts of the address of a book: an article or edition, its hash, and a format."""

    id: str
    hash: str
    format: Format


def book_path(id: str, hash: str, title: str, format: Format) -> str:
    """Return the address of a book."""
    return f"/get/{id}-{hash}/{file_stem(title)}.{format.ending}"


def cover_path(id: str, hash: str) -> str:
    """Return the address of a cover."""
    return f"/cover/{id}-{hash}.jpg"


def parsed(ident: str, name: str) -> BookAddress | None:
    """Return what an address names, or None if it is not that of a book."""
    article, file = _ADDRESS.fullmatch(ident), _NAME.fullmatch(name)
    if not article or not file:
        return None
    return BookAddress(article[1], article[2], BY_ENDING[file[1]])


def parsed_cover(name: str) -> tuple[str, str] | None:
    """Return the id and the hash in the name of a cover, or None if it is not one."""
    found = _ADDRESS.fullmatch(name.removesuffix(".jpg")) if name.endswith(".jpg") else None
    return (found[1], found[2]) if found else None


@functools.lru_cache(4096)
def file_stem(title: str) -> str:
    """Return the name of a book without its ending, in ASCII."""
    return slug(title[:200], _LONGEST_SLUG) or "article"


def disposition(title: str, format: Format) -> str:
    """Return the Content-Disposition of a book, with a name in ASCII and one in the title's script (RFC 6266)."""
    bare = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", title))
    name = " ".join(bare.split()).strip(". ")
    name = name.encode("utf-8", "replace")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip()
    name = name or file_stem(title)
    stem, ending = file_stem(title), format.ending
    return f"attachment; filename=\"{stem}.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='!#$&+^_`|~')}"
