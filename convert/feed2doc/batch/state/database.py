"""The state database: its schema, how it is opened, and how corruption is detected."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import msgspec

from feed2doc._files.shared_database import connect, log_ahead, version_of
from feed2doc._files.user_dirs import private_file
from feed2doc.errors import WriteError

# Paths are stored as bytes, as the system has them, because they need not be UTF-8.
_VERSION = 4
_SCHEMA = """
CREATE TABLE made (
    input BLOB, format TEXT, recipe BLOB, stamp TEXT, sha256 TEXT, pictures BLOB, again REAL, missing BLOB DEFAULT '{}',
    PRIMARY KEY (input, format)
) WITHOUT ROWID;
CREATE TABLE file (
    path BLOB PRIMARY KEY, input BLOB, format TEXT, size INTEGER, sha256 TEXT, companion INTEGER,
    owner BLOB DEFAULT x'', next TEXT DEFAULT '', article TEXT DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX file_of ON file (input, format);
CREATE TABLE article (id TEXT PRIMARY KEY, day TEXT, source BLOB, document BLOB, pictures BLOB);
CREATE INDEX article_of ON article (day);
CREATE TABLE revision (day TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE feed (url TEXT PRIMARY KEY, body BLOB, etag TEXT, modified TEXT);
"""
_SYNC_SCHEMA = """
CREATE TABLE copy (path BLOB, input BLOB, format TEXT, owner BLOB, PRIMARY KEY (path, input, format)) WITHOUT ROWID;
CREATE INDEX copy_of ON copy (input, format);
CREATE TABLE entry (
    source BLOB, key BLOB, id TEXT, url TEXT, title TEXT, published TEXT, digest TEXT, PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE visit (
    one INTEGER PRIMARY KEY, device INTEGER, mount BLOB, last REAL, trusted REAL, jump REAL
);
"""
# The changes from each version to the next one.
_CHANGES = (
    "ALTER TABLE made ADD COLUMN missing BLOB DEFAULT '{}';",
    "ALTER TABLE file RENAME COLUMN beside TO companion;",
    "ALTER TABLE file ADD COLUMN owner BLOB DEFAULT x'';"
    "ALTER TABLE file ADD COLUMN next TEXT DEFAULT '';"
    "ALTER TABLE file ADD COLUMN article TEXT DEFAULT '';" + _SYNC_SCHEMA,
)
# Primary result codes of SQLite (https://www.sqlite.org/rescode.html).
_DAMAGE = frozenset([sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])


def is_damage(error: Exception) -> bool:
    """Return True if an error means that the database or its content is corrupt, rather than busy, full or not accessible."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE
    return isinstance(error, zlib.error | msgspec.MsgspecError | UnicodeDecodeError)


def number_of(path: Path) -> int:
    """Return the inode number of the file, which differs from that of a file that replaces it, or 0 if there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def discard(path: Path) -> None:
    """Remove a database, and the files that SQLite keeps next to it."""
    for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        name.unlink(missing_ok=True)


def opened(path: Path) -> sqlite3.Connection:
    """Open the database in this file, and create it if there is none.

    Raise WriteError if a later version of feed2doc wrote it, and sqlite3.Error if it cannot be opened.
    """
    if path.parent != Path():
        private_file(path)
    db = connect(path)
    try:
        _prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    log_ahead(db)
    db.execute("PRAGMA cache_size = -256")  # kB: rows are read and written in the order of the items
    version = version_of(db)
    if version < _VERSION:
        # If two runs find no database, one creates it, and the other uses it.
        db.execute("BEGIN IMMEDIATE")
        if (version := version_of(db)) < _VERSION:
            for statement in (
                ("".join(_CHANGES[version - 1 :]) if version else _SCHEMA + _SYNC_SCHEMA)
                .strip()
                .split(";")[:-1]
            ):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_VERSION}")
        db.execute("COMMIT")
    elif version > _VERSION:
        raise WriteError(
            f"{path}: written by a later feed2doc: upgrade, or set XDG_STATE_HOME to another folder"
        )
