"""The name of an output file: a pure function of the article, safe on every file system."""

from __future__ import annotations

import hashlib

from feed2doc.model import Document

MOST_BYTES = 120


def file_name(document: Document, extension: str) -> str:
    """`{date}-{slug}-{id}.{extension}`, at most 120 bytes of ASCII; `id` is 6 hex digits of the article's id.

    The same article always has the same name, so a second run replaces its own file.
    """
    from slugify import slugify

    digits = hashlib.sha256(document.id.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    date = document.published.strftime("%Y-%m-%d") if document.published else ""
    room = MOST_BYTES - len(f"{date}--{digits}.{extension}")
    slug = slugify(document.headline, max_length=min(room, 72), word_boundary=True) or "untitled"
    return "-".join(part for part in (date, slug, digits) if part) + f".{extension}"
