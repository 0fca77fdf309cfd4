"""The feeds that the shelf follows: rows of the library."""

from __future__ import annotations

import random
import time
from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec

from feed2doc._text.secrets import masked
from feed2doc.shelf.library.ageing import remove_old
from feed2doc.shelf.library.arrivals import put
from feed2doc.shelf.library.database import Database
from feed2doc.shelf.library.questions import PAGE, Page
from feed2doc.shelf.processes.preparation import Incoming
from feed2doc.shelf.servers import LEFT_ALONE, RESTS, feeds_of_server, host_and_port, left_alone_until

_MOST_SECONDS = 24 * 3600
LONGEST_ADDRESS = 2000
_JITTER = 0.1
# A server is not asked again for the same feed before this, whatever users press.
_REST_SECONDS = 60
TEXT_ONLY = "text"
"""The look of books without pictures; the others are those of feed2doc (`--look`)."""


class Subscription(msgspec.Struct, frozen=True):
    """A feed: its address, what is known of it since the last time, and its settings.

    `named` is the host and port that the user named, which may be in the local network.
    """

    id: int
    url: str
    name: str
    named: str
    etag: str
    modified: str
    digest: str
    failures: int
    language: str
    look: str
    keep: int


class Added(msgspec.Struct, frozen=True):
    """The result of adding a feed: its id, or 0 with the reason why there is none, or the feeds of a page to choose from."""

    id: int = 0
    error: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Fetched(msgspec.Struct, frozen=True):
    """The result of a fetch: the address where the feed is, its name, validators and digest, and its articles.

    There are no articles, and no digest, if the feed has not changed. The `messages` are about entries that a limit has ended.
    `choices` are the names and addresses of the feeds of a page, of which the first was fetched.
    """

    url: str
    name: str = ""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    articles: tuple[Incoming, ...] = ()
    messages: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


class Subscriptions:
    """The feeds of a library. `seconds` is how long it takes until a feed is fetched again."""

    def __init__(self, database: Database, seconds: float) -> None:
        self._database, self._seconds = database, seconds
        self._resting: dict[str, tuple[int, str]] = {}

    def has(self, url: str) -> bool:
        """Return True if there is a feed with this address."""
        return (
            self._database.reader.execute("SELECT 1 FROM feed WHERE url = ?", (url,)).fetchone() is not None
        )

    def add(self, url: str, name: str = "", *, named: str = "") -> int:
        """Add a feed, and return its id. It is due at once, or when its server may be asked; so is one that is there already.

        `named` is the address that the user gave, if it is another one.
        """
        now, latest = self._now()
        with self._database.writing() as db:
            until = max(self.resting(url)[0], left_alone_until(db, url, now, latest))
            db.execute("UPDATE last SET feed = 1 + max(feed, (SELECT coalesce(max(id), 0) FROM feed))")
            (id,) = db.execute(
                "INSERT INTO feed (id, url, name, named, next, leave_until)"
                " VALUES ((SELECT feed FROM last), :url, :name, :named, :until, :until)"
                f" ON CONFLICT (url) DO UPDATE SET next = {RESTS} RETURNING id",
                {
                    "url": url,
                    "name": name or masked(url),
                    "named": host_and_port(named or url),
                    "until": until,
                    "latest": latest,
                },
            ).fetchone()
        return int(id)

    def resting(self, url: str) -> tuple[int, str]:
        """Return until when the server of an address wants to be left alone, and what it said, or zero and "".

        That is known until this process ends, also if there is no feed of the server any more.
        """
        until, error = self._resting.get(host_and_port(url), (0, ""))
        now, latest = self._now()
        return (until, error) if now < until <= latest else (0, "")

    def fetch_now(self, id: int = 0) -> int:
        """Let a feed be fetched now, or all feeds, unless their servers are to be left alone. Return how many will be."""
        now, latest = self._now()
        with self._database.writing() as db:
            return db.execute(
                f"UPDATE feed SET next = 0 WHERE (id = :id OR NOT :id) AND {RESTS} <= :now",
                {"id": id, "now": now, "latest": latest},
            ).rowcount

    def remove(self, id: int) -> None:
        """Remove a feed. Its articles stay."""
        with self._database.writing() as db:
            db.execute("DELETE FROM feed WHERE id = ?", (id,))

    def configure(self, id: int, *, language: str, look: str, keep: int) -> None:
        """Change the settings of a feed, and fetch it again, so that they apply to what it has, unless its server wants to rest."""
        _, latest = self._now()
        with self._database.writing() as db:
            db.execute(
                f"UPDATE feed SET language = :language, look = :look, keep = :keep, next = {LEFT_ALONE},"
                " etag = '', modified = '', digest = ''"
                " WHERE id = :id AND (language, look, keep) <> (:language, :look, :keep)",
                {"id": id, "language": language, "look": look, "keep": keep, "latest": latest},
            )

    def page(self, number: int) -> Page:
        """Return a page of the feeds by name: what is shown of each, with addresses that have no secrets."""
        db = self._database.reader
        total = int(db.execute("SELECT count(*) FROM feed").fetchone()[0])
        rows = db.execute(
            "SELECT id, url, name, fetched, tried, next, error, language, look, keep,"
            " (SELECT count(*) FROM article WHERE feed = feed.id),"
            " (SELECT source FROM article WHERE feed = feed.id ORDER BY arrived DESC LIMIT 1),"
            " (SELECT sum(pictures_lost) FROM article WHERE feed = feed.id AND pictures_lost),"
            " (SELECT pictures_error FROM article WHERE feed = feed.id AND pictures_lost ORDER BY id DESC LIMIT 1)"
            " FROM feed"
            " ORDER BY name COLLATE NOCASE, id LIMIT ? OFFSET ?",
            (PAGE, (number - 1) * PAGE),
        )
        names = (
            *("id", "url", "name", "fetched", "tried", "next", "error", "language", "look", "keep"),
            *("articles", "source", "lost", "why"),
        )
        found = [dict(zip(names, row, strict=True)) for row in rows]
        return Page(tuple(each | {"url": masked(each["url"])} for each in found), total, number)

    def page_of(self, id: int) -> int | None:
        """Return the number of the page that has a feed, or None if there is no such feed."""
        rows = self._database.reader.execute("SELECT id FROM feed ORDER BY name COLLATE NOCASE, id")
        return next((at // PAGE + 1 for at, row in enumerate(rows) if row[0] == id), None)

    def addresses(self) -> list[tuple[str, str]]:
        """Return the names and addresses of all feeds."""
        rows = self._database.reader.execute("SELECT name, url FROM feed ORDER BY name COLLATE NOCASE, id")
        return [(name, url) for name, url in rows]

    def due(self, busy: Collection[Subscription]) -> Subscription | None:
        """Return the feed that has been due for longest, unless its server is busy with the feeds that are being fetched."""
        rows = self._database.reader.execute(
            "SELECT id, url, name, named, etag, modified, digest, failures, language, look, keep FROM feed"
            " WHERE next <= ? OR next > ? ORDER BY next",
            self._now(),
        )
        ids, hosts = {each.id for each in busy}, {host_and_port(each.url) for each in busy}
        found = (Subscription(*row) for row in rows)
        return next(
            (each for each in found if each.id not in ids and host_and_port(each.url) not in hosts), None
        )

    def next_due(self) -> float:
        """Return the seconds until the next feed is due, or infinity."""
        now, latest = self._now()
        row = self._database.reader.execute(
            "SELECT min(CASE WHEN next > ? THEN 0 ELSE next END) FROM feed", (latest,)
        ).fetchone()
        return float("inf") if row[0] is None else max(0.0, row[0] - now)

    def record(self, feed: Subscription, fetched: Fetched) -> int:
        """Record a fetch together with its articles, in one transaction, and return how many are new or have changed."""
        now = time.time()
        with self._database.writing() as db:
            settings = db.execute(
                "SELECT language, look, keep FROM feed WHERE id = ? AND url = ?", (feed.id, feed.url)
            ).fetchone()
            if settings != (feed.language, feed.look, feed.keep):
                return 0  # it was removed in the meantime, or is due again with other settings
            same = db.execute(
                "SELECT id FROM feed WHERE url = ? AND id <> ?", (fetched.url, feed.id)
            ).fetchone()
            if same:  # a page was named whose feed is there already
                db.execute("DELETE FROM feed WHERE id = ?", (feed.id,))
                return 0
            done = put(db, fetched.articles, feed.id, come_again=not feed.digest)
            db.execute(
                "UPDATE feed SET url = ?, fetched = ?, tried = ?, next = ?, rests = ?, failures = 0, error = '', etag = ?,"
                " modified = ?, digest = ?, name = ? WHERE id = ?",
                (
                    fetched.url,
                    int(now),
                    int(now),
                    int(now + self._wait(0)),
                    int(now + _REST_SECONDS),
                    fetched.etag or feed.etag,
                    fetched.modified or feed.modified,
                    fetched.digest or feed.digest,
                    fetched.name or feed.name,
                    feed.id,
                ),
            )
            remove_old(db, feed.id, feed.keep, now)
        return done

    def record_failure(self, feed: Subscription, error: str, rest: float = 0) -> None:
        """Record why a feed could not be fetched. It is tried again later, each time after twice as long.

        `rest` is for how many seconds its server asked to be left alone. That applies to all feeds of the server.
        """
        now, latest = self._now()
        next = now + max(self._wait(feed.failures + 1), min(rest, _MOST_SECONDS))
        with self._database.writing() as db:
            db.execute(
                "UPDATE feed SET tried = ?, next = ?, rests = ?, failures = failures + 1, error = ? WHERE id = ? AND url = ?",
                (
                    int(now),
                    int(next),
                    int(now + _REST_SECONDS),
                    masked(error)[:300],
                    feed.id,
                    feed.url,
                ),
            )
            if rest:
                until = int(now + min(_MOST_SECONDS, max(rest, _REST_SECONDS)))
                self._resting[host_and_port(feed.url)] = until, error
                db.executemany(
                    "UPDATE feed SET next = max(iif(next > :latest, 0, next), :until),"
                    f" leave_until = max({LEFT_ALONE}, :until) WHERE id = :id",
                    [{"id": id, "until": until, "latest": latest} for id in feeds_of_server(db, feed.url)],
                )

    def _now(self) -> tuple[float, float]:
        """Return the time, and the latest time at which a feed may be due. If one is due later, the clock was wrong then."""
        now = time.time()
        return now, now + max(_MOST_SECONDS, self._seconds) * (1 + _JITTER)

    def _wait(self, failures: int) -> float:
        seconds = min(_MOST_SECONDS, self._seconds * 2 ** min(failures, 16)) if failures else self._seconds
        return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)


def is_address(url: str) -> bool:
    """Return True if this can be the address of a feed."""
    if len(url) > LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
