"""The state of a destination: what was written there, from which inputs and how.

It is an SQLite file in the user's state folder, never at the destination, which may be an e-reader, a WebDAV or a
Syncthing folder: bad places for a database. Several runs may use it at the same time.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from feed2doc._decoding import decode
from feed2doc.batch.result import Missing, Output
from feed2doc.batch.state.claims import state_path, taken
from feed2doc.batch.state.database import discard, is_damage, number_of, opened
from feed2doc.batch.storage import is_url
from feed2doc.errors import WriteError

# The input of files that have been replaced by files of other names. No path has this name.
_REPLACED = "\0"
# Before the name of an input whose files are recorded before it is converted completely.
_PART = "\0part "

P = ParamSpec("P")
T = TypeVar("T")


class Feed(msgspec.Struct, frozen=True):
    """A feed as it was fetched: its bytes, and its validators (RFC 9110 section 8.8)."""

    body: bytes
    etag: str = ""
    modified: str = ""


class Article(msgspec.Struct, frozen=True):
    """An article of a day's book: its source, the model's JSON, and the files of its pictures by address."""

    day: str
    source: str
    document: bytes
    pictures: dict[str, str]


class Record(msgspec.Struct, frozen=True):
    """How an input was converted to a format.

    `fingerprint` identifies everything that shapes the output apart from the input. `version_tag` shows quickly whether
    the input may have changed, `sha256` shows it with certainty. `pictures` maps the paths of picture files to their
    version tags, "" for a file that does not exist yet. `retry` is the time, in seconds since 1970, from which the
    input is converted again in any case, if set. `missing` are the items that are not in a shard, by number.
    """

    fingerprint: bytes
    version_tag: str
    sha256: str
    pictures: dict[str, str]
    retry: float | None = None
    missing: Mapping[int, Missing] = {}


class Entry(msgspec.Struct, frozen=True, eq=False):
    """The record of an input in a format: how it was converted, and its files.

    There is no `record` if the input was not converted completely, or not yet: its files are known as outputs, but are not
    up to date. `continues` is true if some of the files were recorded before in this way.
    """

    input: str
    format: str
    record: Record | None
    outputs: tuple[Output, ...]
    continues: bool = False


def state_of(destination: str, command: str = "convert", *, dry: bool = False) -> State:
    """Return the state of a destination (a folder or URL) for a command. Each command has its own state.

    A `dry` run creates no files: if there is no state, it gets an empty one in memory.

    Raise WriteError if the state cannot be opened.
    """
    path = state_path(destination, command)
    return State(Path(":memory:") if dry and not path.exists() else path)


def _mending(method: Callable[Concatenate[State, P], T]) -> Callable[Concatenate[State, P], T]:
    """Decorate a method of the state so that the state is reset, and the method called again, if the database is corrupt."""

    @functools.wraps(method)
    def mended(state: State, /, *arguments: P.args, **named: P.kwargs) -> T:
        try:
            return method(state, *arguments, **named)
        except Exception as error:
            if not is_damage(error):
                raise
        with contextlib.suppress(sqlite3.Error):
            state.close()
        try:
            state.reset()
        except OSError as error:
            raise _unusable(state.path, error) from error
        return method(state, *arguments, **named)

    return mended


def _unusable(path: Path, error: Exception) -> WriteError:
    return WriteError(
        f"{path}: cannot open the state: {error}: make its folder writable, or set XDG_STATE_HOME to another"
    )


class State:
    """The state of a destination. Close it after use.

    `was_reset` is true if it was corrupt and has been recreated, `is_new` if nothing was recorded when it was opened.
    """

    was_reset: bool = False
    is_new: bool = False

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._open()
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise
                self.reset()
            for output, size in taken(path):
                self.claim(output, size)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def reset(self) -> None:
        """Remove the corrupt file and create a new one."""
        if number_of(self.path) == self._number:  # else another process has reset it already
            discard(self.path)
        self._open()
        self.was_reset = True

    def _open(self) -> None:
        self._number = number_of(self.path)
        self._db = opened(self.path)
        self._number = number_of(self.path)
        self.is_new = self._db.execute("SELECT 1 FROM file LIMIT 1").fetchone() is None

    @_mending
    def record_of(self, input: str, format: str) -> Record | None:
        """Return how this input was converted to this format, or None if it was not."""
        row = self._db.execute(
            "SELECT recipe, stamp, sha256, pictures, again, missing FROM made WHERE input = ? AND format = ?",
            (os.fsencode(input), format),
        ).fetchone()
        if row is None:
            return None
        fingerprint, tag, sha256, pictures, retry, missing = row
        return Record(
            fingerprint,
            tag,
            sha256,
            msgspec.json.decode(pictures, type=dict[str, str]),
            retry,
            decode(missing, dict[int, Missing]),
        )

    @_mending
    def outputs(self, input: str, format: str) -> list[Output]:
        """Return the files that were written for an input in a format; companion files come last."""
        return self._outputs(input, format)

    def _outputs(self, input: str, format: str) -> list[Output]:
        rows = self._db.execute(
            "SELECT path, format, size, sha256, companion FROM file WHERE input = ? AND format = ? ORDER BY companion, path",
            (os.fsencode(input), format),
        )
        return [
            Output(os.fsdecode(path), kind, size, sha256, bool(companion))
            for path, kind, size, sha256, companion in rows
        ]

    @_mending
    def files(self) -> list[Output]:
        """Return all files that are recorded."""
        rows = self._db.execute("SELECT path, format, size, sha256, companion FROM file")
        return [
            Output(os.fsdecode(path), kind, size, sha256, bool(companion))
            for path, kind, size, sha256, companion in rows
        ]

    @_mending
    def replaced(self) -> list[Output]:
        """Return the files that were replaced by files of other names, in this run or an earlier one, and not removed yet."""
        return self._outputs(_REPLACED, "")

    def is_ours(self, path: str) -> bool:
        """Return True if this file is recorded."""
        return self.owner(path) is not None

    @_mending
    def claim(self, path: str, size: int) -> bool:
        """Record that a file is about to be written, so that it is known as an output even if the run is killed.

        Return False if it was recorded before.
        """
        row = (_key(path), size)
        return self._db.execute("INSERT OR IGNORE INTO file VALUES (?, x'', '', ?, '', 0)", row).rowcount > 0

    @_mending
    def owner(self, path: str) -> str | None:
        """Return the input that this file was last written for, or None if it is not recorded."""
        row = self._db.execute("SELECT input FROM file WHERE path = ?", (_key(path),)).fetchone()
        return row and os.fsdecode(row[0])

    @_mending
    def record(self, entries: Sequence[Entry]) -> None:
        """Record what was written, in one transaction."""
        if not entries:
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for entry in entries:
                self._record(entry)

    @_mending
    def forget(self, records: Sequence[tuple[str, str]]) -> None:
        """Delete the records of how inputs were converted to formats; their files stay recorded."""
        keys = [(os.fsencode(input), format) for input, format in records]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("DELETE FROM made WHERE input = ? AND format = ?", keys)

    def _record(self, entry: Entry) -> None:
        key, record = os.fsencode(entry.input), entry.record
        part = os.fsencode(_PART) + key
        if record is None:
            self._db.execute("DELETE FROM made WHERE input = ? AND format = ?", (key, entry.format))
            self._insert(part, entry)
            return
        before = self._outputs(entry.input, entry.format)
        if entry.continues or is_several(before):
            self._db.execute("DELETE FROM file WHERE input = ? AND format = ?", (key, entry.format))
        elif before:  # files that are written again get their input back below
            self._db.execute(
                "UPDATE file SET input = ?, format = '' WHERE input = ? AND format = ?",
                (os.fsencode(_REPLACED), key, entry.format),
            )
        if entry.continues:
            self._db.execute(
                "UPDATE file SET input = ? WHERE input = ? AND format = ?", (key, part, entry.format)
            )
        self._db.execute(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                entry.format,
                record.fingerprint,
                record.version_tag,
                record.sha256,
                msgspec.json.encode(record.pictures),
                record.retry,
                msgspec.json.encode(record.missing),
            ),
        )
        self._insert(key, entry)

    def _insert(self, key: bytes, entry: Entry) -> None:
        """Record the files of an entry, except files with the same content that this destination did not write."""
        self._db.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
            [
                (_key(o.path), key, entry.format, o.size, o.sha256, o.companion)
                for o in entry.outputs
                if o.written or self.is_ours(o.path)
            ],
        )

    @_mending
    def touch(self, input: str, format: str, version_tag: str) -> None:
        """Record another version tag for an input whose content is the same."""
        self._db.execute(
            "UPDATE made SET stamp = ? WHERE input = ? AND format = ?",
            (version_tag, os.fsencode(input), format),
        )

    @_mending
    def delete(self, path: str) -> None:
        """Record that a file no longer exists."""
        self._db.execute("DELETE FROM file WHERE path = ?", (_key(path),))

    @_mending
    def feed(self, url: str) -> Feed | None:
        """Return the feed at this address as it was last fetched, or None."""
        row = self._db.execute("SELECT body, etag, modified FROM feed WHERE url = ?", (url,)).fetchone()
        return row and Feed(*row)

    @_mending
    def keep_feed(self, url: str, feed: Feed) -> None:
        """Record a feed as it is now."""
        self._db.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?)", (url, feed.body, feed.etag, feed.modified)
        )

    @_mending
    def keep_article(self, id: str, article: Article) -> None:
        """Record an article. The days whose books change get a new revision."""
        row = self._db.execute("SELECT day, document, pictures FROM article WHERE id = ?", (id,)).fetchone()
        document, pictures = zlib.compress(article.document), msgspec.json.encode(article.pictures)
        if row == (article.day, document, pictures):
            return
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?)",
                (id, article.day, os.fsencode(article.source), document, pictures),
            )
            for day in {article.day, row[0]} if row else {article.day}:
                self._db.execute(
                    "INSERT INTO revision VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET number = number + 1",
                    (day,),
                )

    @_mending
    def revision(self, day: str) -> str:
        """Return a value that changes whenever an article of a day changes."""
        row = self._db.execute("SELECT number FROM revision WHERE day = ?", (day,)).fetchone()
        return str(row[0] if row else 0)

    @_mending
    def articles(self, day: str) -> list[Article]:
        """Return the articles of a day, ordered by id."""
        rows = self._db.execute(
            "SELECT source, document, pictures FROM article WHERE day = ? ORDER BY id", (day,)
        ).fetchall()
        return [
            Article(day, os.fsdecode(s), zlib.decompress(d), msgspec.json.decode(p, type=dict[str, str]))
            for s, d, p in rows
        ]

    @_mending
    def days(self) -> list[str]:
        """Return the days that have articles, in order."""
        return [day for (day,) in self._db.execute("SELECT DISTINCT day FROM article ORDER BY day")]

    @_mending
    def forget_day(self, day: str) -> None:
        """Delete the articles of a day."""
        self._db.execute("DELETE FROM article WHERE day = ?", (day,))


def is_several(outputs: Sequence[Output]) -> bool:
    """Return True if these are the outputs of a file with several articles.

    It is then unknown which article replaced which, or whether one was only removed from the file.
    """
    return sum(not output.companion for output in outputs) > 1


def _key(path: str) -> bytes:
    """Return the absolute path of a file as the key, independent of the current folder. A URL is its own key."""
    if is_url(path):
        return os.fsencode(path)
    folder, name = os.path.split(os.path.abspath(path))
    return os.fsencode(os.path.join(_real(folder), name))


@functools.lru_cache(64)
def _real(folder: str) -> str:
    """Return the real path of a folder. It is cached, because a run asks for the same folders again and again."""
    return os.path.realpath(folder)
