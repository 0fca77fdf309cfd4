"""Facts about an article from an item or feed entry, next to its HTML."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from feed2doc._formats import ReadOptions
from feed2doc.readers._facts.facts import Facts


class Metadata(Struct, frozen=True, kw_only=True):
    """Metadata from the item's header or the feed entry. Missing values are empty.

    `base` is the base URL of relative URLs, if it is not the article's URL. `generator` is the program that wrote the page,
    and `feeds` the URLs by which the writer of a feed is known: that of its own page, and its namespaces.
    The paragraphs of `summary` are lines. `authors` are the names in the byline, if they are stated one by one.
    `recurring` has the texts at the ends of the feed's entries that recur, with the number of the entries that have them.
    `untitled` is true for inputs that may be without a headline: a fragment of HTML, and an item whose headline is empty.
    """

    headline: str = ""
    url: str = ""
    guid: str = ""
    base: str = ""
    archived: datetime | None = None
    written_time: str = ""
    written_update: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    publication: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    source_format: str = "html"
    generator: str = ""
    feeds: tuple[str, ...] = ()
    recurring: dict[str, str] = {}
    untitled: bool = False
    options: ReadOptions = field(default_factory=ReadOptions)

    def facts(self) -> Facts:
        """Return the facts that the item or feed entry states."""
        facts = Facts()
        source = self.source_format
        stated = (
            ("headline", "title" if source == "feed" else "headline line", self.headline),
            ("url", "link" if source == "feed" else "headline line", self.url),
            ("byline", "author", self.byline),
            ("published", "published" if source == "feed" else "date", self.written_time),
            ("updated", "updated", self.written_update),
            ("language", "language", self.language),
            (
                "publication",
                "title of the feed or its source" if source == "feed" else "author or tag",
                self.publication,
            ),
            ("summary", "summary", self.summary),
            *(("tags", "tags", tag) for tag in self.tags),
        )
        if self.authors:
            facts.add_list("byline", self.authors, source, f"{source}: author")
        for name, key, value in stated:
            if value:
                facts.add(name, value, source, f"{source}: {key}")
        return facts
