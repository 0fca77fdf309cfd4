"""Recorded paths by what no file system tells apart: FAT ignores the case of letters, and macOS the form of accents."""

from __future__ import annotations

import os
import sqlite3
import unicodedata
from collections import defaultdict


class Spellings:
    """The paths of files that are recorded in a database. They are read once, and again if another process adds some."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._version = db, -1
        self._keys: dict[str, set[bytes]] = defaultdict(set)

    def add(self, key: bytes) -> None:
        """Note a path that this process records."""
        if self._version >= 0:
            self._keys[_folded(key)].add(key)

    def like(self, key: bytes) -> list[bytes]:
        """Return the paths that may be those of the same file. Some may not be recorded any more."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:  # another process has changed the database
            self._keys.clear()
            self._version = version
            for (known,) in self._db.execute("SELECT path FROM file"):
                self.add(known)
        return sorted(self._keys.get(_folded(key), ()))


def _folded(key: bytes) -> str:
    return unicodedata.normalize("NFC", os.fsdecode(key)).casefold()
