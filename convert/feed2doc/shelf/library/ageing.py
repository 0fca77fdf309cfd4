"""Removing the articles of a feed that are older than they are to be kept. They do not come back, so a wrong clock removes none."""

from __future__ import annotations

import sqlite3

import msgspec

from feed2doc.batch.state.sources import Visit
from feed2doc.shelf.library.arrivals import remove
from feed2doc.shelf.library.database import setting
from feed2doc.syncing.clock import checked

_CLOCK = "clock"
_DAY = 24 * 3600


def remove_old(db: sqlite3.Connection, feed: int, days: int, now: float) -> None:
    """Remove the articles of a feed that arrived more than so many days ago, by the time that counts (`syncing.clock`).

    Those that arrived while the clock was ahead count from now on.
    """
    clock = _checked(db, now)
    if not days:
        return
    time = min(clock.trusted, now)
    if not clock.jump:
        db.execute(
            "UPDATE article SET arrived = ? WHERE feed = ? AND arrived > ?", (int(now), feed, now + _DAY)
        )
    rows = db.execute(
        "SELECT id FROM article WHERE feed = ? AND arrived < ?", (feed, time - days * _DAY)
    ).fetchall()
    remove(db, [row[0] for row in rows])


def _checked(db: sqlite3.Connection, now: float) -> Visit:
    """Return what the clock has said so far, and record what it says now."""
    known = setting(db, _CLOCK)
    clock = checked(msgspec.json.decode(known, type=Visit) if known else Visit(), now, _DAY)
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_CLOCK, msgspec.json.encode(clock).decode()))
    return clock
