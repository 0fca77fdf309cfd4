"""The pictures of articles in the library: which are to be fetched, and which were."""

from __future__ import annotations

import time

import msgspec

from feed2doc.shelf.library import editions
from feed2doc.shelf.library.database import Database
from feed2doc.shelf.processes.preparation import later_hash

# Pictures that could not be had are tried again after as long as the article is in the library: ever more seldom.
_PAUSE_SECONDS, _MOST_AGE = 600, 3 * 24 * 3600


class PicturesDue(msgspec.Struct, frozen=True):
    """An article whose pictures are to be fetched, as it is now, with its document."""

    id: int
    hash: str
    document: bytes


class FetchedPictures(msgspec.Struct, frozen=True):
    """The names of the pictures of an article by their addresses, and how many are missing: why, and if they may come later."""

    names: dict[str, str] = {}
    again: bool = False
    lost: int = 0
    error: str = ""


class PictureRows:
    """The rows of pictures, to any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_due(self) -> PicturesDue | None:
        """Return the newest article whose pictures are to be fetched now."""
        now = time.time()
        row = self._database.reader.execute(
            "SELECT article.id, hash, data FROM article JOIN document ON document.article = article.id"
            " WHERE pictures_due AND (pictures_due <= ? OR pictures_due > ?) ORDER BY place DESC LIMIT 1",
            (now, now + _MOST_AGE),
        ).fetchone()
        return PicturesDue(*row) if row else None

    def retry(self, host: str) -> None:
        """Let the pictures be fetched that were refused because of their host."""
        with self._database.writing() as db:
            db.execute(
                "UPDATE article SET pictures_due = 2 WHERE pictures_lost AND instr(pictures_error, ?) = 1",
                (f"{host.lower()} is ",),
            )

    def add(self, of: PicturesDue, fetched: FetchedPictures) -> None:
        """Add pictures to an article, unless it has changed. Those that may come later are fetched again, for some days.

        Books that are made before the first try fetch the pictures by themselves. Those made after it may lack what comes
        later, so that the article then gets another hash.
        """
        now, names = int(time.time()), fetched.names
        with self._database.writing() as db:
            row = db.execute(
                "SELECT CASE WHEN changed > ? THEN arrived ELSE changed END, edition, pictures_due > 1 FROM article"
                " WHERE id = ? AND hash = ?",
                (now, of.id, of.hash),
            ).fetchone()
            if row is None:
                return
            since, edition, is_late = row
            added = db.executemany(
                "INSERT OR IGNORE INTO picture VALUES (?, ?, ?)",
                [(of.id, src.encode("utf-8", "surrogatepass"), name) for src, name in names.items()],
            ).rowcount
            age = abs(now - since)
            db.execute(
                "UPDATE article SET pictures_due = ?, hash = ?, pictures_lost = ?, pictures_error = ?, picture = CASE picture WHEN '' THEN ? ELSE picture END"
                " WHERE id = ?",
                (
                    now + max(_PAUSE_SECONDS, age) if fetched.again and age < _MOST_AGE else 0,
                    later_hash(of.hash, names) if is_late and added > 0 else of.hash,
                    fetched.lost,
                    fetched.error,
                    next(iter(names.values()), ""),
                    of.id,
                ),
            )
            if is_late and added > 0:
                editions.refresh(db, [edition])
