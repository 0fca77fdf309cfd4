"""Inputs that a limit of time or memory has ended. They are not tried again for a day: each try takes as long as the limit."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

import msgspec

from feed2doc.batch.result import Missing
from feed2doc.batch.state.mending import DatabaseFile, mending
from feed2doc.errors import LimitError

REST_SECONDS = 24 * 3600
# Before the name of an input that a limit has ended, in the table of what was converted.
_ENDED = "\0ended "


class Rest(msgspec.Struct, frozen=True):
    """When an input is tried again, in seconds since 1970, unless its content (SHA-256) or its `fingerprint` changes."""

    fingerprint: bytes
    sha256: str
    until: float

    def lasts(self, fingerprint: bytes, sha256: str) -> bool:
        """Return True if the input, as it is now, is not to be tried yet. A time that is too far ahead is of a wrong clock."""
        is_same = (self.fingerprint, self.sha256) == (fingerprint, sha256) and sha256 != ""
        return is_same and 0 < self.until - time.time() <= REST_SECONDS

    def message(self, name: str) -> str:
        """Return the message for an input of this name."""
        when = datetime.fromtimestamp(self.until, UTC).strftime("%Y-%m-%d %H:%M")
        return f"{name}: a limit ended it, so it is left out until {when} UTC: --force tries it now"


class EndedInputs(DatabaseFile):
    """The part of the state about inputs that a limit has ended."""

    @mending
    def keep_ended(self, input: str, format: str, fingerprint: bytes, sha256: str, message: str) -> None:
        """Record that a limit has ended an input now, and forget the rested ones."""
        self._db.execute(
            "DELETE FROM made WHERE input >= ? AND input < ? AND again < ?",
            (os.fsencode(_ENDED), os.fsencode(f"{_ENDED[:-1]}!"), time.time()),
        )
        missing = msgspec.json.encode({0: Missing("failed", message, LimitError.exit_code)})
        self._db.execute(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, '', ?, '{}', ?, ?)",
            (os.fsencode(_ENDED + input), format, fingerprint, sha256, time.time() + REST_SECONDS, missing),
        )

    @mending
    def rest(self, input: str, format: str) -> Rest | None:
        """Return how long an input rests in a format, or None if no limit has ended it."""
        row = self._db.execute(
            "SELECT recipe, sha256, again FROM made WHERE input = ? AND format = ?",
            (os.fsencode(_ENDED + input), format),
        ).fetchone()
        return row and Rest(*row)

    @mending
    def resting_entries(self, source: str) -> dict[str, Rest]:
        """Return the entries of a feed that a limit ended while they were read, by what identifies them."""
        rows = self._db.execute(
            "SELECT format, recipe, sha256, again FROM made WHERE input = ?",
            (os.fsencode(f"{_ENDED}entries of {source}"),),
        )
        return {mark: Rest(*values) for mark, *values in rows}

    def keep_ended_entry(self, source: str, mark: str, fingerprint: bytes, message: str) -> None:
        """Record that a limit has ended an entry while it was read."""
        self.keep_ended(f"entries of {source}", mark, fingerprint, mark, message)
