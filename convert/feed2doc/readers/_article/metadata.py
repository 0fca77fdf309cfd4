"""What is known of an article before its HTML is read."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from feed2doc._formats import ReadOptions


class Metadata(Struct, frozen=True, kw_only=True):
    """What an item's envelope, a feed's entry or a page's head says. Empty where it says nothing.

    `base` is what addresses are relative to, if not the article's;
    `generator` is the program that wrote the page.
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
