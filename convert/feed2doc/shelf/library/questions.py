"""Questions to the library: its articles, sources and editions, page by page, and what books are made of."""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from datetime import date
from typing import Any

import msgspec

from feed2doc._locale.dates import localized_day
from feed2doc._locale.labels import labels
from feed2doc._text.lazy_re import pattern
from feed2doc._text.urls import normalize_url
from feed2doc.errors import ReadError
from feed2doc.shelf.library import editions
from feed2doc.shelf.library.database import Database
from feed2doc.shelf.library.editions import EditionSettings
from feed2doc.shelf.library.words import match
from feed2doc.shelf.processes.making import Ingredients

PAGE = 25
_COLUMNS = (
    "article.id, article.hash, article.changed, article.title, article.language, article.published, article.summary,"
    " article.authors, article.tags, article.url, article.picture, article.source, source.name"
)
_EDITION = "day, volume, hash, changed, articles, language, minutes"
_FROM = "article JOIN source ON source.id = article.source"
_FOUND = "words MATCH ? AND NOT EXISTS (SELECT 1 FROM gone WHERE place = words.rowid)"
_MOST_COUNTS = 500
NUMBER = pattern(r"[1-9]\d{0,8}")
_EDITION_ID = pattern(r"d\d{8}(?:_[1-9]\d{0,3})?")


class Article(msgspec.Struct, frozen=True):
    """An article as lists show it. `picture` is the name of its picture, or ""; `changed` is in seconds."""

    id: int
    hash: str
    changed: int
    title: str
    language: str
    published: str
    summary: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    url: str
    picture: str
    source_id: int
    source: str


class Neighbour(msgspec.Struct, frozen=True):
    """An article that is next to another one in a list."""

    id: int
    title: str
    language: str


class SourceRow(msgspec.Struct, frozen=True):
    """A source: its name and the number of its articles."""

    id: int
    name: str
    articles: int


class Edition(msgspec.Struct, frozen=True):
    """A newspaper of the articles of one day, or a volume of it. Its hash changes with its articles.

    `minutes` is how long it takes to read; 0 means that it has everything.
    """

    id: str
    hash: str
    title: str
    changed: int
    articles: int
    language: str
    minutes: int


class NextEdition(msgspec.Struct, frozen=True):
    """When the next edition appears, in seconds, and how many articles it has so far."""

    due: int
    articles: int


class Page(msgspec.Struct, frozen=True):
    """A page of a list, with the number of all its entries."""

    entries: tuple[Any, ...]
    total: int
    number: int = 1

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // PAGE))


class Library:
    """The answers of the library, for any thread."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._counts: OrderedDict[tuple[int, str], int] = OrderedDict()

    @property
    def _db(self) -> sqlite3.Connection:
        return self.database.reader

    def newest(self, number: int) -> Page:
        """Return a page of all articles, newest first."""
        total = self._one("SELECT count(*) FROM article")
        return self._articles("1", (), total, number)

    def of_source(self, id: int, number: int) -> tuple[SourceRow, Page] | None:
        """Return a source and a page of its articles, or None if there is no such source."""
        row = self._db.execute("SELECT id, name, articles FROM source WHERE id = ?", (id,)).fetchone()
        if row is None:
            return None
        source = SourceRow(*row)
        return source, self._articles("article.source = ?", (id,), source.articles, number)

    def search(self, query: str, number: int) -> Page:
        """Return a page of the articles that have all words of a query, newest first."""
        expression = match(query)
        if not expression:
            return Page((), 0, number)
        total = self._count(expression)
        rows = self._db.execute(
            f"SELECT rowid FROM words WHERE {_FOUND} ORDER BY rowid DESC LIMIT ? OFFSET ?",
            (expression, PAGE, (number - 1) * PAGE),
        )
        places = [row[0] for row in rows]
        marks = ", ".join("?" * len(places))
        page = self._articles(f"article.place IN ({marks})", tuple(places), total, 1)
        return msgspec.structs.replace(page, number=number)

    def sources(self, number: int) -> Page:
        """Return a page of the sources that have articles, by name."""
        total = self._one("SELECT count(*) FROM source WHERE articles > 0")
        rows = self._db.execute(
            "SELECT id, name, articles FROM source WHERE articles > 0 ORDER BY name COLLATE NOCASE, id LIMIT ? OFFSET ?",
            (PAGE, (number - 1) * PAGE),
        )
        return Page(tuple(SourceRow(*row) for row in rows), total, number)

    def editions(self, number: int) -> Page:
        """Return a page of the editions, newest first; those of days to come, made while the clock was wrong, are last."""
        total = self._one("SELECT count(*) FROM edition WHERE NOT due")
        rows = self._db.execute(
            f"SELECT {_EDITION} FROM edition WHERE NOT due ORDER BY day > ?, day DESC, volume DESC LIMIT ? OFFSET ?",
            (editions.latest_day(time.time()), PAGE, (number - 1) * PAGE),
        )
        return Page(tuple(_edition(*row) for row in rows), total, number)

    def edition(self, id: str) -> Edition | None:
        """Return the edition with this id, or None."""
        row = self._db.execute(
            f"SELECT {_EDITION} FROM edition WHERE day = ? AND volume = ? AND NOT due", _day_of(id)
        ).fetchone()
        return _edition(*row) if row else None

    def next_edition(self) -> NextEdition | None:
        """Return what the editions that have not appeared yet have so far, or None if there are none."""
        row = self._db.execute("SELECT min(due), sum(articles) FROM edition WHERE due").fetchone()
        return NextEdition(*row) if row[0] else None

    def edition_settings(self) -> EditionSettings:
        """Return the settings of the editions."""
        return editions.settings(self._db)

    def book(self, id: str) -> Article | Edition | None:
        """Return the article or edition with the id that is in the addresses of its books, or None."""
        if NUMBER.fullmatch(id):
            return self.article(int(id))
        return self.edition(id) if _EDITION_ID.fullmatch(id) else None

    def article(self, id: int) -> Article | None:
        """Return an article, or None if there is none with this id."""
        found = self._rows(f"SELECT {_COLUMNS} FROM {_FROM} WHERE article.id = ?", (id,))
        return found[0] if found else None

    def neighbours(self, id: int) -> tuple[Neighbour | None, Neighbour | None]:
        """Return the articles before and after one in the order of the newest first, or None where there is none."""
        sides = (
            ("> (SELECT place FROM article WHERE id = ?) ORDER BY place"),
            ("< (SELECT place FROM article WHERE id = ?) ORDER BY place DESC"),
        )
        before, after = (
            self._db.execute(
                f"SELECT id, title, language FROM article WHERE place {each} LIMIT 1", (id,)
            ).fetchone()
            for each in sides
        )
        return Neighbour(*before) if before else None, Neighbour(*after) if after else None

    def ingredients(self, id: int) -> Ingredients:
        """Return what the book of an article is made of. Raise ReadError if the article was removed meanwhile."""
        document = self._document(id)
        look = self._db.execute("SELECT look FROM article WHERE id = ?", (id,)).fetchone()
        return Ingredients((document,), (self.pictures(id),), look=look[0] if look else "")

    def ingredients_of_edition(self, edition: Edition) -> Ingredients:
        """Return what the book of an edition is made of. Raise ReadError if it or an article of it was removed meanwhile."""
        rows = self._db.execute(
            "SELECT article.id, url FROM article JOIN edition ON edition.id = article.edition WHERE day = ? AND volume = ?"
            " ORDER BY article.id",
            _day_of(edition.id),
        ).fetchall()
        if not rows:
            raise ReadError(f"{edition.title}: was removed")
        ids = [id for id, _ in rows]
        return Ingredients(
            tuple(map(self._document, ids)),
            tuple(map(self.pictures, ids)),
            title=edition.title,
            minutes=edition.minutes,
            pages={page: f"../read/{id}" for id, url in rows if (page := normalize_url(url))},
        )

    def pictures(self, id: int) -> dict[str, str]:
        """Return the names of the pictures of an article by their addresses in its document."""
        rows = self._db.execute("SELECT src, name FROM picture WHERE article = ?", (id,))
        return {src.decode("utf-8", "surrogatepass"): name for src, name in rows}

    def has_picture(self, name: str) -> bool:
        """Return True if an article has the picture with this name."""
        return self._db.execute("SELECT 1 FROM picture WHERE name = ?", (name,)).fetchone() is not None

    def _document(self, id: int) -> bytes:
        row = self._db.execute("SELECT data FROM document WHERE article = ?", (id,)).fetchone()
        if row is None:
            raise ReadError(f"article {id}: was removed")
        return bytes(row[0])

    def _articles(self, where: str, values: tuple[object, ...], total: int, number: int) -> Page:
        found = self._rows(
            f"SELECT {_COLUMNS} FROM {_FROM} WHERE {where} ORDER BY article.place DESC LIMIT ? OFFSET ?",
            (*values, PAGE, (number - 1) * PAGE),
        )
        return Page(tuple(found), total, number)

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[Article]:
        rows = self._db.execute(statement, values)
        named = ((*row[:7], _names(row[7]), _names(row[8]), *row[9:]) for row in rows)
        return [Article(*each) for each in named]

    def _one(self, statement: str, *values: object) -> int:
        return int(self._db.execute(statement, values).fetchone()[0])

    def _count(self, expression: str) -> int:
        """Return how many articles a search finds. The number is kept: it takes longer than finding a page of them."""
        key = (self.database.version(), expression)
        found = self._counts.get(key)
        if found is None:
            found = self._counts[key] = self._one(f"SELECT count(*) FROM words WHERE {_FOUND}", expression)
            while len(self._counts) > _MOST_COUNTS:
                self._counts.popitem(last=False)
        return found


def _edition(
    day: str, volume: int, hash: str, changed: int, articles: int, language: str, minutes: int
) -> Edition:
    title = f"{labels(language)['edition']} · {localized_day(date.fromisoformat(day), language)}"
    number = f"_{volume}" if volume > 1 else ""
    name = f"{title} ({volume})" if volume > 1 else title
    return Edition(f"d{day.replace('-', '')}{number}", hash, name, changed, articles, language, minutes)


def _day_of(id: str) -> tuple[str, int]:
    """Return the day and the volume of the id of an edition, such as d20260131 or d20260131_2."""
    day, _, volume = id[1:].partition("_")
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}", int(volume or 1)


def _names(json: str) -> tuple[str, ...]:
    return msgspec.json.decode(json, type=tuple[str, ...])
