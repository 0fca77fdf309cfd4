"""Codes of four letters that lead to a book for ten minutes."""

from __future__ import annotations

import secrets
import time

from feed2doc.shelf.library.database import Database

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH, _SECONDS = 4, 600


class Codes:
    """The codes of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def new(self, name: str) -> str:
        """Return a new code for a book: an id and an ending, such as `12.epub`."""
        now = int(time.time())
        with self._database.writing() as db:
            # One that ends later than any can was made while the clock was wrong.
            db.execute("DELETE FROM code WHERE NOT ends BETWEEN ? AND ?", (now, now + _SECONDS))
            while True:
                letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
                added = db.execute(
                    "INSERT OR IGNORE INTO code VALUES (?, ?, ?)", (letters, name, now + _SECONDS)
                )
                if added.rowcount:
                    return letters

    def name(self, letters: str) -> str:
        """Return the name of the book that a code leads to, or "" if there is none."""
        now = int(time.time())
        row = self._database.reader.execute(
            "SELECT path FROM code WHERE letters = ? AND ends BETWEEN ? AND ?",
            ("".join(letters.split()).upper()[:8], now, now + _SECONDS),
        ).fetchone()
        return str(row[0]) if row else ""
