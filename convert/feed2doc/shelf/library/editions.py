"""Editions: newspapers of the articles of one day, in volumes if they are many. Their rows follow those of the articles."""

from __future__ import annotations

import hashlib
import sqlite3
import time as clock
from collections.abc import Iterable
from datetime import datetime, time, timedelta

import msgspec

from feed2doc.shelf.library.database import Database, setting

MOST_ARTICLES = 1000
"""The number of articles of a volume: finding the stories of more takes long."""
MOST_IN_FULL = 200
"""The number of articles of a volume that prints all of them: a book of more is slow to make and to open."""
MOST_MINUTES = 600
"""The most minutes of an edition that does not have everything: some 200 articles."""

_LONGEST_WAIT = 25 * 3600  # a day on which the clock is put back


class EditionSettings(msgspec.Struct, frozen=True):
    """In how many minutes an edition can be read (0: it has everything), and when it appears ("": it grows during its day).

    `at` is a time of day of this machine, such as 06:00.
    """

    minutes: int
    at: str = ""


def settings(db: sqlite3.Connection) -> EditionSettings:
    """Return the settings of the editions to come."""
    return EditionSettings(int(setting(db, "edition minutes")), setting(db, "edition time"))


def configure(database: Database, new: EditionSettings, now: float) -> None:
    """Change the settings. They apply to the edition that is not finished yet."""
    with database.writing() as db:
        grows = not settings(db).at
        for name, value in (("edition minutes", str(new.minutes)), ("edition time", new.at)):
            db.execute("UPDATE setting SET value = ? WHERE name = ?", (value, name))
        day, due = period(new.at, now)
        today, _ = period("", now)
        unfinished = "due OR (? AND day = ?)"
        rows = db.execute(
            f"SELECT id, day, due FROM edition WHERE {unfinished} ORDER BY day, volume", (grows, today)
        ).fetchall()
        for id, old_day, old_due in rows:
            # A volume that has too many articles to print all of them keeps its minutes.
            db.execute(
                "UPDATE edition SET minutes = ? WHERE id = ? AND (? OR articles <= ?)",
                (new.minutes, id, new.minutes, MOST_IN_FULL),
            )
            if old_due and old_day == day:
                db.execute("UPDATE edition SET due = ? WHERE id = ?", (due, id))
            elif old_due:
                volume = _last_volume(db, day) + 1
                db.execute(
                    "UPDATE edition SET day = ?, volume = ?, due = ? WHERE id = ?", (day, volume, due, id)
                )
        refresh(db, [row[0] for row in rows])


def period(at: str, now: float) -> tuple[str, int]:
    """Return the day of the edition to which an article that comes in now belongs, and when it appears, 0 if at once."""
    moment = datetime.fromtimestamp(now)
    if not at:
        return moment.date().isoformat(), 0
    due = datetime.combine(moment.date(), time.fromisoformat(at))
    if due.timestamp() <= now:
        due += timedelta(days=1)
    return due.date().isoformat(), int(due.timestamp())


def current(db: sqlite3.Connection, now: int) -> int:
    """Return the row of the edition to which an article that comes in now belongs."""
    chosen = settings(db)
    day, due = period(chosen.at, now)
    volume = _last_volume(db, day)
    last = db.execute(
        "SELECT id FROM edition WHERE day = ? AND volume = ? AND due = ?"
        " AND articles < CASE WHEN minutes THEN ? ELSE ? END",
        (day, volume, due, MOST_ARTICLES, MOST_IN_FULL),
    ).fetchone()
    row = (
        last
        or db.execute(
            "INSERT INTO edition (day, volume, articles, hash, changed, language, minutes, due)"
            " VALUES (?, ?, 0, '', 0, '', ?, ?) RETURNING id",
            (day, volume + 1, chosen.minutes, due),
        ).fetchone()
    )
    db.execute("UPDATE edition SET articles = articles + 1 WHERE id = ?", row)
    return int(row[0])


def refresh(db: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Bring the rows of editions up to date after their articles have changed. Those without articles are removed."""
    now = max(int(clock.time()), *db.execute("SELECT changed FROM last").fetchone())
    for row in rows:
        members = db.execute(
            "SELECT id, hash, language FROM article WHERE edition = ? ORDER BY id", (row,)
        ).fetchall()
        if not members:
            db.execute("DELETE FROM edition WHERE id = ?", (row,))
            continue
        minutes = db.execute("SELECT minutes FROM edition WHERE id = ?", (row,)).fetchone()[0]
        contents = " ".join((str(minutes), *(f"{id}-{hash}" for id, hash, _ in members)))
        hash = hashlib.sha256(contents.encode()).hexdigest()[:12]
        languages = [language for _, _, language in members]
        language = max(dict.fromkeys(languages), key=languages.count)
        db.execute(
            "UPDATE edition SET articles = ?, changed = CASE hash WHEN ? THEN changed ELSE max(changed, ?) END, hash = ?,"
            " language = ? WHERE id = ?",
            (len(members), hash, now, hash, language, row),
        )


def publish(database: Database, now: int) -> None:
    """Let the editions appear whose time has come, or is so late that the clock was wrong when they began."""
    with database.writing() as db:
        db.execute(
            "UPDATE edition SET due = 0, changed = max(changed, ?) WHERE due AND (due <= ? OR due > ?)",
            (now, now, now + _LONGEST_WAIT),
        )
        db.execute("UPDATE last SET changed = max(changed, ?)", (now,))


def next_due(database: Database, now: float) -> float:
    """Return in how many seconds the next edition appears, or infinity."""
    found = database.reader.execute(
        "SELECT min(CASE WHEN due > ? THEN 0 ELSE due END) FROM edition WHERE due", (now + _LONGEST_WAIT,)
    ).fetchone()[0]
    return float("inf") if found is None else max(0.0, found - now)


def latest_day(now: float) -> str:
    """Return the latest day that an edition may have. If one has a later day, the clock was wrong when it began."""
    return (datetime.fromtimestamp(now) + timedelta(days=1)).date().isoformat()


def _last_volume(db: sqlite3.Connection, day: str) -> int:
    return int(db.execute("SELECT coalesce(max(volume), 0) FROM edition WHERE day = ?", (day,)).fetchone()[0])
