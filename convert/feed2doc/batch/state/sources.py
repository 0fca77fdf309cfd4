"""The sources of a sync in the state: feeds as they were fetched, their entries, and articles of daily books."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable

import msgspec

from feed2doc.batch.state.mending import DatabaseFile, mending


class Feed(msgspec.Struct, frozen=True):
    """A feed as it was fetched: its bytes, and its validators (RFC 9110 section 8.8)."""

    body: bytes
    etag: str = ""
    modified: str = ""


class Article(msgspec.Struct, frozen=True):
    """An article of a day's book: its source, the model's JSON, and the files of its pictures by address."""

    day: str
    source: str
    document: bytes
    pictures: dict[str, str]


class KnownEntry(msgspec.Struct, frozen=True):
    """An entry of a feed: what identifies it, a digest of its content, and its key in the state, "" if it is new."""

    id: str
    url: str
    title: str
    published: str
    digest: str
    key: str = ""


class Visit(msgspec.Struct, frozen=True):
    """The last sync: where its folder was, and what the clock said.

    `device` is the system's device number and `mount` the mount point. For the times, see `feed2doc.syncing.clock`.
    """

    device: int = 0
    mount: str = ""
    last: float = 0.0
    trusted: float = 0.0
    jump: float = 0.0


class Sources(DatabaseFile):
    """The part of the state about sources."""

    @mending
    def feed(self, url: str) -> Feed | None:
        """Return the feed at this address as it was last fetched, or None."""
        row = self._db.execute("SELECT body, etag, modified FROM feed WHERE url = ?", (url,)).fetchone()
        return row and Feed(*row)

    @mending
    def keep_feed(self, url: str, feed: Feed) -> None:
        """Record a feed as it is now."""
        self._db.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?)", (url, feed.body, feed.etag, feed.modified)
        )

    @mending
    def keep_article(self, id: str, article: Article) -> None:
        """Record an article. The days whose books change get a new revision."""
        row = self._db.execute("SELECT day, document, pictures FROM article WHERE id = ?", (id,)).fetchone()
        document, pictures = zlib.compress(article.document), msgspec.json.encode(article.pictures)
        if row == (article.day, document, pictures):
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?)",
                (id, article.day, os.fsencode(article.source), document, pictures),
            )
            for day in {article.day, row[0]} if row else {article.day}:
                self._db.execute(
                    "INSERT INTO revision VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET number = number + 1",
                    (day,),
                )

    @mending
    def revision(self, day: str) -> str:
        """Return a value that changes whenever an article of a day changes."""
        row = self._db.execute("SELECT number FROM revision WHERE day = ?", (day,)).fetchone()
        return str(row[0] if row else 0)

    @mending
    def articles(self, day: str) -> list[Article]:
        """Return the articles of a day, ordered by id."""
        rows = self._db.execute(
            "SELECT source, document, pictures FROM article WHERE day = ? ORDER BY id", (day,)
        ).fetchall()
        return [
            Article(day, os.fsdecode(s), zlib.decompress(d), msgspec.json.decode(p, type=dict[str, str]))
            for s, d, p in rows
        ]

    @mending
    def days(self) -> list[str]:
        """Return the days that have articles, in order."""
        return [day for (day,) in self._db.execute("SELECT DISTINCT day FROM article ORDER BY day")]

    @mending
    def forget_day(self, day: str) -> None:
        """Delete the articles of a day."""
        self._db.execute("DELETE FROM article WHERE day = ?", (day,))

    @mending
    def day_of(self, id: str) -> str:
        """Return the day in whose book an article is, or ""."""
        row = self._db.execute("SELECT day FROM article WHERE id = ?", (id,)).fetchone()
        return row[0] if row else ""

    @mending
    def entries(self, source: str) -> list[KnownEntry]:
        """Return the entries that this source had, ordered by key."""
        rows = self._db.execute(
            "SELECT key, id, url, title, published, digest FROM entry WHERE source = ? ORDER BY key",
            (os.fsencode(source),),
        ).fetchall()
        return [
            KnownEntry(id, url, title, published, digest, os.fsdecode(key))
            for key, id, url, title, published, digest in rows
        ]

    @mending
    def keep_entries(self, source: str, entries: Iterable[KnownEntry]) -> None:
        """Record entries of a source."""
        rows = [
            (os.fsencode(source), os.fsencode(e.key), e.id, e.url, e.title, e.published, e.digest)
            for e in entries
        ]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    @mending
    def inputs_of(self, source: str) -> dict[str, set[str]]:
        """Return the inputs that are named after a source (`source#id`), with the digests of their content."""
        first, end = os.fsencode(f"{source}#"), os.fsencode(f"{source}$")  # "$" comes after "#"
        found: dict[str, set[str]] = {}
        for key, sha256 in self._db.execute(
            "SELECT input, sha256 FROM made WHERE input >= ? AND input < ?", (first, end)
        ):
            found.setdefault(os.fsdecode(key), set()).add(sha256)
        return found

    @mending
    def rename_source(self, old: str, new: str) -> None:
        """Rename a source that an earlier version recorded with its secrets, and remove the secrets."""
        before, after = os.fsencode(old), os.fsencode(new)
        renamed = 0
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            renamed += self._db.execute(
                "UPDATE OR REPLACE feed SET url = ? WHERE url = ?", (new, old)
            ).rowcount
            for table, column in (("made", "input"), ("file", "input"), ("article", "source")):
                renamed += self._db.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = CAST(? || substr({column}, ?) AS BLOB)"
                    f" WHERE {column} >= ? AND {column} < ?",
                    (after, len(before) + 1, before + b"#", before + b"$"),
                ).rowcount
            self._db.execute(
                "UPDATE OR REPLACE article SET id = replace(id, ?, ?) WHERE instr(id, ?)",
                (f"\n{old}#", f"\n{new}#", f"\n{old}#"),
            )
        if renamed:
            self._db.execute("VACUUM")

    @mending
    def visit(self) -> Visit:
        """Return the last sync."""
        row = self._db.execute("SELECT device, mount, last, trusted, jump FROM visit").fetchone()
        return Visit(row[0], os.fsdecode(row[1]), *row[2:]) if row else Visit()

    @mending
    def keep_visit(self, visit: Visit) -> None:
        """Record this sync as the last one."""
        device, mount, *times = msgspec.structs.astuple(visit)
        self._db.execute(
            "INSERT OR REPLACE INTO visit VALUES (1, ?, ?, ?, ?, ?)",
            (device, os.fsencode(mount), *times),
        )
