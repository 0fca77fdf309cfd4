"""Metadata of an article from outside its HTML body."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from feed2doc._formats import ReadOptions


class Metadata(Struct, frozen=True, kw_only=True):
    """Metadata from the item's header, the feed entry or the page's `<head>`. Missing values are empty.

    `base` is the base URL of relative URLs, if it is not the article's URL. `generator` is the program that wrote the page.
    """

    headline: str = ""
    url: str = ""
    guid: str = ""
    base: str = ""
    archived: datetime | None = None
    written_time: str = ""
    written_update: str = ""
    byline: str = ""
    language: str = ""
    publication: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    source_format: str = "html"
    generator: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)
