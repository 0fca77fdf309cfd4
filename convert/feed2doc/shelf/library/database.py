"""The shelf's database: its schema, and how it is opened."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from feed2doc._files.lock import try_lock
from feed2doc._files.shared_database import connect, log_ahead, version_of
from feed2doc._files.user_dirs import private_file, private_folder
from feed2doc.errors import ReadError, UsageError, WriteError

FILE, _LOCK = "library.sqlite", "server.lock"
# An article's `place` is its position in the order of arrival and change. Places are never used again, so that the index of
# words, which is keyed by them, needs no deletion: an index without content cannot delete words that it no longer knows.
_MIGRATIONS = (
    """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, articles INTEGER NOT NULL DEFAULT 0,
    place INTEGER NOT NULL DEFAULT 0);
CREATE INDEX source_place ON source (place);
CREATE TABLE edition (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, volume INTEGER NOT NULL, articles INTEGER NOT NULL, hash TEXT NOT NULL,
    changed INTEGER NOT NULL, language TEXT NOT NULL, UNIQUE (day, volume)
);
CREATE TABLE article (
    id INTEGER PRIMARY KEY, place INTEGER NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES source,
    key TEXT NOT NULL, said_id TEXT NOT NULL, said BLOB NOT NULL, facts TEXT NOT NULL,
    hash TEXT NOT NULL, arrived INTEGER NOT NULL, changed INTEGER NOT NULL,
    edition INTEGER NOT NULL REFERENCES edition,
    title TEXT NOT NULL, language TEXT NOT NULL, published TEXT NOT NULL, summary TEXT NOT NULL,
    authors TEXT NOT NULL, tags TEXT NOT NULL, url TEXT NOT NULL, picture TEXT NOT NULL,
    feed INTEGER REFERENCES feed ON DELETE SET NULL, pictures_due INTEGER NOT NULL DEFAULT 0,
    look TEXT NOT NULL,
    UNIQUE (source, key)
);
CREATE INDEX article_due ON article (place) WHERE pictures_due;
CREATE INDEX article_feed ON article (feed, arrived) WHERE feed IS NOT NULL;
CREATE INDEX article_source ON article (source, place);
CREATE INDEX article_said ON article (source, said_id);
CREATE INDEX article_facts ON article (facts);
CREATE INDEX article_edition ON article (edition, id);
CREATE TABLE document (article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, data BLOB NOT NULL);
CREATE TABLE picture (article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, src BLOB NOT NULL,
    name TEXT NOT NULL, PRIMARY KEY (article, src)) WITHOUT ROWID;
CREATE INDEX picture_name ON picture (name);
CREATE VIRTUAL TABLE words USING fts5 (title, authors, text, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE gone (place INTEGER PRIMARY KEY);
CREATE TABLE removed (facts TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE last (one INTEGER PRIMARY KEY CHECK (one = 1), place INTEGER NOT NULL, changed INTEGER NOT NULL);
INSERT INTO last VALUES (1, 0, 0);
CREATE TABLE feed (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, name TEXT NOT NULL, named TEXT NOT NULL, etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '', fetched INTEGER NOT NULL DEFAULT 0,
    tried INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', look TEXT NOT NULL DEFAULT '',
    keep INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE session (digest BLOB PRIMARY KEY, seen INTEGER NOT NULL, password BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE code (letters TEXT PRIMARY KEY, path TEXT NOT NULL, ends INTEGER NOT NULL) WITHOUT ROWID;
""",
    """
ALTER TABLE edition ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX edition_due ON edition (due) WHERE due;
INSERT INTO setting VALUES ('edition minutes', '30'), ('edition time', '');
""",
    """
ALTER TABLE article ADD COLUMN pictures_lost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN pictures_error TEXT NOT NULL DEFAULT '';
CREATE INDEX article_lost ON article (feed) WHERE pictures_lost;
""",
    """
ALTER TABLE feed ADD COLUMN rests INTEGER NOT NULL DEFAULT 0;
""",
    # Forms of pages name feeds by their ids, which are never used again either.
    """
ALTER TABLE last ADD COLUMN feed INTEGER NOT NULL DEFAULT 0;
DROP INDEX source_place;
ALTER TABLE source DROP COLUMN place;
""",
    # A feed rests for a minute after each try, and longer only if its server has asked for it.
    """
ALTER TABLE feed ADD COLUMN leave_until INTEGER NOT NULL DEFAULT 0;
UPDATE feed SET leave_until = rests WHERE rests > tried + 60;
""",
)


class Database:
    """The connections of this process to a library: one that writes, and one per thread that only reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE
        self._lock = threading.RLock()
        self._reading = threading.Lock()  # another one: those who read do not wait for those who write
        self._writer = _opened(self._path)
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._watcher = self._new_reader()

    @property
    def reader(self) -> sqlite3.Connection:
        """The connection of this thread for reading."""
        found: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if found is None:
            found = self._local.reader = self._new_reader()
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run a transaction, which is rolled back if an exception is raised."""
        with self._lock:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:  # SQLite ends it if the disk is full
                    self._writer.execute("ROLLBACK")
                raise

    def version(self) -> int:
        """Return a number that changes when any process has changed the library."""
        with self._reading:
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close all connections."""
        with self._lock, self._reading:
            for each in self._readers:
                each.close()
            self._writer.close()

    def _new_reader(self) -> sqlite3.Connection:
        found = _connected(self._path)
        found.execute("PRAGMA query_only = ON")
        found.execute("PRAGMA cache_size = -1024")  # kB
        with self._reading:
            self._readers.append(found)
        return found


def open_library(folder: Path, *, create: bool = True) -> Database:
    """Open the library in a folder. Raise WriteError if it cannot be used, ReadError if there is none and none is created."""
    with usable(folder):
        if not create and not (folder / FILE).is_file():
            raise ReadError(f"{folder}: not a library: name the folder that `feed2doc serve --library` uses")
        private_folder(folder)
        return Database(folder)


@contextmanager
def the_only_server(folder: Path) -> Iterator[None]:
    """Keep other servers from a library meanwhile. Raise UsageError if it has one, WriteError if the folder cannot be used."""
    with ExitStack() as stack:
        with usable(folder):
            private_folder(folder)
            private_file(folder / _LOCK)
            is_ours = try_lock(stack.enter_context((folder / _LOCK).open("rb")))
        if not is_ours:
            raise UsageError(
                f"{folder}: another server has this library: stop it, or add files with --import"
            )
        yield


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Raise WriteError if the folder cannot be used as a library."""
    try:
        yield
    except OSError as error:
        if folder.is_file():
            raise WriteError(f"{folder}: is a file: name a folder for the library") from error
        raise WriteError(f"{folder}: cannot be used as a library: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise WriteError(f"{folder / FILE}: cannot be used: {error}") from error


def setting(db: sqlite3.Connection, name: str) -> str:
    """Return a stored setting, or "" if there is none."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _connected(path: Path) -> sqlite3.Connection:
    db = connect(path, any_thread=True)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _opened(path: Path) -> sqlite3.Connection:
    """Return a connection for writing to a database that has the current schema."""
    private_file(path)
    db = _connected(path)
    try:
        log_ahead(db)
        db.execute("PRAGMA cache_size = -8192")  # kB
        db.execute("PRAGMA journal_size_limit = 16777216")
        _migrate(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    latest = len(_MIGRATIONS)
    if version_of(db) > latest:
        raise WriteError(f"{path}: written by a later feed2doc: upgrade feed2doc")
    if version_of(db) == latest:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        before = version_of(db)  # another process may have been faster
        for script in _MIGRATIONS[before:]:
            for statement in script.split(";\n"):
                db.execute(statement)
        if not before:
            db.execute("INSERT INTO setting VALUES ('library', ?)", (secrets.token_hex(16),))
        db.execute(f"PRAGMA user_version = {latest}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
