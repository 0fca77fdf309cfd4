"""Feed entries, independent of the feed format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from msgspec import Struct

SMALL = 200_000
"""The number of characters of HTML up to which an entry is small."""


class Media(Struct, frozen=True):
    """A file attached to an entry: a picture, a video, an audio file or another download.

    `title` is its description, if it has one. `name` is its short title, and `poster` the URL of a preview picture.
    `is_default` means that the feed shows this file for the entry.
    """

    url: str
    media_type: str = ""
    title: str = ""
    credit: str = ""
    name: str = ""
    poster: str = ""
    is_default: bool = False


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One entry. `body` is HTML, the other texts are plain.

    `home` is the URL of the feed's own page, which may be relative to the feed, and `base` that of the body if it is stated.
    Otherwise that is `url`. `spaces` are the namespaces of the feed's elements. The paragraphs of `summary` are lines.
    """

    title: str = ""
    body: str = ""
    summary: str = ""
    url: str = ""
    guid: str = ""
    base: str = ""
    home: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    publication: str = ""
    media: tuple[Media, ...] = ()
    generator: str = ""
    spaces: tuple[str, ...] = ()


class Unread(Struct, frozen=True):
    """An entry to be read, or what is in place of one in a damaged feed. A small one takes little time to read."""

    read: Callable[[], Iterable[FeedEntry]]
    is_small: bool = False


def mark_of(entry: FeedEntry | str) -> str:
    """Return a digest of all that the feed says of an entry, or of its XML."""
    return hashlib.sha256(repr(entry).encode("utf-8", "surrogatepass")).hexdigest()
