"""Fetched pictures that are kept between runs."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

from feed2doc._files.shared_database import connect, log_ahead

MOST_BYTES = 2 * 1024**3
MOST_SECONDS = 90 * 24 * 3600

# Addresses may contain secrets, so only their hashes are stored.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS fetched (address BLOB PRIMARY KEY, time REAL NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL)
"""
_OLD = "DELETE FROM fetched WHERE time < ?"
_TOO_MUCH = """
DELETE FROM fetched WHERE address IN (
    SELECT address FROM (SELECT address, SUM(size) OVER (ORDER BY time DESC, address) AS total FROM fetched) WHERE total > ?)
"""


class PictureCache:
    """The pictures of earlier runs by address, in a file (SQLite) that threads and processes share.

    Old ones are removed, and the oldest if all take more than `most_bytes`. Every method raises sqlite3.Error or OSError if
    the file cannot be used.
    """

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._most = most_bytes
        self._lock = threading.Lock()
        self._added = 0  # bytes since what is too much was removed
        self._db = connect(path, any_thread=True)
        try:
            log_ahead(self._db)
            self._db.execute(_SCHEMA)
            self._trim()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def get(self, url: str) -> bytes | None:
        """Return the picture at this address, or None if it is not known or too old."""
        asked = "SELECT data FROM fetched WHERE address = ? AND time >= ?"
        with self._lock:
            row: tuple[bytes] | None = self._db.execute(
                asked, (_key(url), time.time() - MOST_SECONDS)
            ).fetchone()
        return row[0] if row else None

    def keep(self, url: str, data: bytes) -> None:
        """Keep the picture at this address."""
        row = (_key(url), time.time(), len(data), data)
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?)", row)
            self._added += len(data)
            if self._added > self._most // 8:
                self._trim()

    def _trim(self) -> None:
        self._db.execute(_OLD, (time.time() - MOST_SECONDS,))
        self._db.execute(_TOO_MUCH, (self._most,))
        self._added = 0


def _key(url: str) -> bytes:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()
