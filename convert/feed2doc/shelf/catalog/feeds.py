"""The feeds of the catalog (OPDS), independent of the form in which they are written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from feed2doc.shelf.formats import FORMATS, book_path, cover_path
from feed2doc.shelf.library.questions import PAGE, Article, Edition, Page, SourceRow

MOST_BYTES = 40 * 1024
Kind = Literal["navigation", "acquisition"]


def time_of(seconds: int) -> str:
    """Return a time as the feeds write it (RFC 3339)."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Link(msgspec.Struct, frozen=True):
    """A file that a link leads to: its address, media type and title."""

    path: str
    type: str
    title: str


class Section(msgspec.Struct, frozen=True):
    """An entry that leads to another feed."""

    id: str
    title: str
    about: str
    path: str
    kind: Kind
    updated: int
    count: int | None = None


class BookEntry(msgspec.Struct, frozen=True):
    """An entry with books, the EPUB first. `page` is the address of the article's page, `via` that of the original."""

    id: str
    title: str
    updated: int
    authors: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    language: str
    published: str
    books: tuple[Link, ...]
    cover: str
    page: str = ""
    via: str = ""


class Feed(msgspec.Struct, frozen=True):
    """One page of a feed. `path` is its address without the number of the page."""

    id: str
    title: str
    path: str
    kind: Kind
    updated: int
    entries: tuple[Section | BookEntry, ...]
    total: int
    number: int = 1

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))

    def page(self, number: int) -> str:
        """Return the address of a page."""
        if number == 1:
            return self.path
        return f"{self.path}{'&' if '?' in self.path else '?'}page={number}"

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield the relations and addresses of this page and those before and after it."""
        yield "self", self.page(self.number)
        if self.last > 1:
            yield "first", self.page(1)
        if self.number > 1:
            yield "previous", self.page(self.number - 1)
        if self.number < self.last:
            yield "next", self.page(self.number + 1)


class Catalog:
    """Builds the feeds of one library, which has an id of its own."""

    def __init__(self, library_id: str) -> None:
        self._space = uuid.UUID(library_id)

    def start(self, updated: int) -> Feed:
        """Return the feed that leads to the others."""
        sections = (
            ("Editions", "A newspaper of each day's articles", "/opds/editions", "acquisition"),
            ("New", "All articles, newest first", "/opds/new", "acquisition"),
            ("Sources", "Articles by source", "/opds/sources", "navigation"),
        )
        entries = tuple(
            Section(self._id(path), title, about, path, kind, updated)  # type: ignore[arg-type]  # a literal above
            for title, about, path, kind in sections
        )
        return Feed(self._id("/opds"), "Article shelf", "/opds", "navigation", updated, entries, len(entries))

    def articles(self, title: str, path: str, page: Page, updated: int) -> Feed:
        """Return a feed of articles."""
        entries = tuple(map(self._article, page.entries))
        return Feed(self._id(path), title, path, "acquisition", updated, entries, page.total, page.number)

    def found(self, query: str, page: Page, updated: int) -> Feed:
        """Return a feed of the articles that a search has found."""
        path = f"/opds/search?q={quote(query, safe='')}"
        return self.articles(f"Search: {query}" if query else "Search", path, page, updated)

    def sources(self, page: Page, updated: int) -> Feed:
        """Return a feed that leads to the sources."""
        entries = tuple(self._source(each, updated) for each in page.entries)
        path = "/opds/sources"
        return Feed(self._id(path), "Sources", path, "navigation", updated, entries, page.total, page.number)

    def editions(self, page: Page, updated: int) -> Feed:
        """Return a feed of the editions."""
        entries = tuple(map(self._edition, page.entries))
        path = "/opds/editions"
        return Feed(
            self._id(path), "Editions", path, "acquisition", updated, entries, page.total, page.number
        )

    def _id(self, name: str) -> str:
        return f"urn:uuid:{uuid.uuid5(self._space, name)}"

    def _article(self, article: Article) -> BookEntry:
        id = str(article.id)
        return BookEntry(
            id=self._id(f"article/{id}"),
            title=article.title,
            updated=article.changed,
            authors=article.authors or (article.source,),
            summary=article.summary,
            tags=article.tags,
            language=article.language,
            published=article.published,
            books=_books(id, article.hash, article.title),
            cover=cover_path(id, article.hash),
            page=f"/read/{id}",
            via=article.url,
        )

    def _source(self, source: SourceRow, updated: int) -> Section:
        path = f"/opds/sources/{source.id}"
        about = "1 article" if source.articles == 1 else f"{source.articles} articles"
        return Section(self._id(path), source.name, about, path, "acquisition", updated, source.articles)

    def _edition(self, edition: Edition) -> BookEntry:
        count = "1 article" if edition.articles == 1 else f"{edition.articles} articles"
        summary = f"{count}, at most {edition.minutes} minutes" if edition.minutes else count
        return BookEntry(
            id=self._id(f"edition/{edition.id}"),
            title=edition.title,
            updated=edition.changed,
            authors=("Article shelf",),
            summary=summary,
            tags=(),
            language=edition.language,
            published="",
            books=_books(edition.id, edition.hash, edition.title),
            cover=cover_path(edition.id, edition.hash),
        )


def _books(id: str, hash: str, title: str) -> tuple[Link, ...]:
    return tuple(Link(book_path(id, hash, title, each), each.content_type, each.label) for each in FORMATS)


# How much of each entry is left if the page would be too large: characters of title, summary and names, authors, tags, the original.
_LEVELS: Sequence[tuple[int, int, int, int, int, bool]] = (
    (600, 240, 120, 8, 6, True),
    (400, 100, 60, 4, 3, True),
    (200, 0, 40, 2, 0, False),
    (80, 0, 20, 1, 0, False),
    (30, 0, 10, 1, 0, False),
)


def within_limit(feed: Feed, write: Callable[[Feed], bytes]) -> bytes:
    """Return the feed as written, with less about each entry if it would be larger than e-readers take."""
    data = b""
    for title, summary, name, authors, tags, via in _LEVELS:
        entries = tuple(
            replace(
                each,
                title=_cut(each.title, title),
                summary=_cut(each.summary, summary),
                authors=tuple(_cut(author, name) for author in each.authors[:authors]),
                tags=tuple(_cut(tag, name) for tag in each.tags[:tags]),
                via=each.via if via else "",
            )
            if isinstance(each, BookEntry)
            else replace(each, title=_cut(each.title, title))
            for each in feed.entries
        )
        data = write(replace(feed, entries=entries))
        if len(data) <= MOST_BYTES:
            break
    return data


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: max(0, longest - 1)].rstrip() + ("…" if longest else "")
