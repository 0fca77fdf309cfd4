"""The servers of feeds: which feeds each has, and until when it is not asked for them."""

from __future__ import annotations

import sqlite3
from urllib.parse import urlsplit

LEFT_ALONE = "iif(leave_until > :latest, 0, leave_until)"
"""Until when the server of a feed wants to be left alone, in SQL. A time after the `latest` possible one was recorded while
the clock was wrong."""
RESTS = f"max({LEFT_ALONE}, iif(rests > :latest, 0, rests))"
"""Until when a feed is not fetched, in SQL: also because it was tried not long ago."""


def feeds_of_server(db: sqlite3.Connection, url: str) -> list[int]:
    """Return the ids of the feeds that the server of an address has."""
    server = host_and_port(url)
    return [id for id, other in db.execute("SELECT id, url FROM feed") if host_and_port(other) == server]


def left_alone_until(db: sqlite3.Connection, url: str, now: float, latest: float) -> int:
    """Return until when the server of an address wants to be left alone, as its feeds say, or zero."""
    server = host_and_port(url)
    rows = db.execute(
        "SELECT leave_until, url FROM feed WHERE leave_until > ? AND leave_until <= ?", (now, latest)
    )
    return max((until for until, other in rows if host_and_port(other) == server), default=0)


def host_and_port(url: str) -> str:
    """Return what identifies the server of an address."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    return f"{(parts.hostname or '').lower()} {port}"
