"""SQLite databases that several processes use at a time."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

_BUSY_SECONDS = 30


def connect(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """Return a connection to a database that commits each statement, unless a transaction is open. It waits for others."""
    return sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=not any_thread
    )


def log_ahead(db: sqlite3.Connection) -> None:
    """Let readers and a writer work at the same time, and let a power failure only lose the last transactions.

    SQLite does not wait for a process that changes the journal mode at the same moment, so this function does.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)
    db.execute("PRAGMA synchronous = NORMAL")


def version_of(db: sqlite3.Connection) -> int:
    """Return the version of the schema that a database has, 0 if it has none."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])
