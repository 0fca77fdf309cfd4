"""Editions: the articles that came in on one day, in volumes if they are many. Their rows follow those of the articles."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import datetime

MOST_ARTICLES = 200
"""The number of articles of a volume: a book of more is slow to make and to open."""


def current(db: sqlite3.Connection, now: int) -> int:
    """Return the row of the edition to which an article that comes in now belongs."""
    day = datetime.fromtimestamp(now).date().isoformat()
    last = db.execute(
        "SELECT id, volume, articles FROM edition WHERE day = ? ORDER BY volume DESC LIMIT 1", (day,)
    ).fetchone()
    if last and last[2] < MOST_ARTICLES:
        row = last[0]
    else:
        row = db.execute(
            "INSERT INTO edition (day, volume, articles, hash, changed, language) VALUES (?, ?, 0, '', 0, '') RETURNING id",
            (day, last[1] + 1 if last else 1),
        ).fetchone()[0]
    db.execute("UPDATE edition SET articles = articles + 1 WHERE id = ?", (row,))
    return int(row)


def refresh(db: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Bring the rows of editions up to date after their articles have changed. Those without articles are removed."""
    for row in rows:
        members = db.execute(
            "SELECT id, hash, changed, language FROM article WHERE edition = ? ORDER BY id", (row,)
        ).fetchall()
        if not members:
            db.execute("DELETE FROM edition WHERE id = ?", (row,))
            continue
        digest = hashlib.sha256(" ".join(f"{id}-{hash}" for id, hash, _, _ in members).encode()).hexdigest()
        languages = [language for _, _, _, language in members]
        language = max(dict.fromkeys(languages), key=languages.count)
        db.execute(
            "UPDATE edition SET articles = ?, hash = ?, changed = ?, language = ? WHERE id = ?",
            (len(members), digest[:12], max(changed for _, _, changed, _ in members), language, row),
        )
