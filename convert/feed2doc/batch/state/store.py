"""What was written for a destination, from which inputs and how: SQLite in the user's state folder, never at the destination.

A destination may be an e-reader, a WebDAV or a Syncthing folder: bad places for a database. Several runs may use it at
the same time.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from feed2doc._files.user_dirs import user_folder
from feed2doc.batch.result import Missing, Output
from feed2doc.batch.state.database import discard, is_damage, number_of, opened
from feed2doc.batch.storage import is_url
from feed2doc.errors import WriteError

P = ParamSpec("P")
T = TypeVar("T")


class Feed(msgspec.Struct, frozen=True):
    """A feed as it was fetched: its bytes, and what its server calls this version of it (RFC 9110 section 8.8)."""

    body: bytes
    etag: str = ""
    modified: str = ""


class Article(msgspec.Struct, frozen=True):
    """An article of a day's book: where it is from, the model's JSON, and the files of its pictures by address."""

    day: str
    source: str
    document: bytes
    pictures: dict[str, str]


class Record(msgspec.Struct, frozen=True):
    """How an input was converted to a format.

    `fingerprint` stands for all that shapes the output apart from the input. `version_tag` shows quickly whether the input
    may have changed, `sha256` for certain. `pictures` are the version tags of picture files, by path, "" for one that may
    come. `retry` is the time, in seconds since 1970, from which it is converted again in any case, if there is one. `missing`
    are the items that are not in a shard, by number.
    """

    fingerprint: bytes
    version_tag: str
    sha256: str
    pictures: dict[str, str]
    retry: float | None = None
    missing: Mapping[int, Missing] = {}


class Entry(msgspec.Struct, frozen=True, eq=False):
    """What is to be recorded of an input in a format: how it was converted, and its files."""

    input: str
    format: str
    record: Record
    outputs: tuple[Output, ...]


def state_of(destination: str, command: str = "convert") -> State:
    """The state of a destination, a folder or URL, for a command: what one wrote is none of the other's.

    WriteError if its file cannot be had.
    """
    key = destination if is_url(destination) else os.path.realpath(destination)
    name = hashlib.sha256(os.fsencode(f"{command} {key}")).hexdigest()[:24]
    return State(user_folder("state") / f"{name}.sqlite")


def _mending(method: Callable[Concatenate[State, P], T]) -> Callable[Concatenate[State, P], T]:
    """The method of a state that is begun anew once it shows that it is damaged."""

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
        f"{path}: the record of what was made cannot be opened: {error}: make its folder writable, or name another by"
        " XDG_STATE_HOME"
    )


class State:
    """What was made; one that is damaged is `was_reset`, whenever that shows. Close it after use."""

    was_reset: bool = False

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
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def reset(self) -> None:
        """Remove the file, which is damaged, and begin another."""
        if number_of(self.path) == self._number:  # else another process has begun anew
            discard(self.path)
        self._open()
        self.was_reset = True

    def _open(self) -> None:
        self._number = number_of(self.path)
        self._db = opened(self.path)
        self._number = number_of(self.path)

    @_mending
    def record_of(self, input: str, format: str) -> Record | None:
        """Return how this input was converted to this format; None if it was not."""
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
            msgspec.json.decode(missing, type=dict[int, Missing]),
        )

    @_mending
    def outputs(self, input: str, format: str) -> list[Output]:
        """The files that were made of it, the one that was asked for first."""
        return self._outputs(input, format)

    def _outputs(self, input: str, format: str) -> list[Output]:
        rows = self._db.execute(
            "SELECT path, format, size, sha256, beside FROM file WHERE input = ? AND format = ? ORDER BY beside, path",
            (os.fsencode(input), format),
        )
        return [
            Output(os.fsdecode(path), kind, size, sha256, bool(beside))
            for path, kind, size, sha256, beside in rows
        ]

    @_mending
    def files(self) -> list[Output]:
        """All files that were made and not forgotten."""
        rows = self._db.execute("SELECT path, format, size, sha256, beside FROM file")
        return [
            Output(os.fsdecode(path), kind, size, sha256, bool(beside))
            for path, kind, size, sha256, beside in rows
        ]

    def is_ours(self, path: str) -> bool:
        """Whether this file was made."""
        return self.owner(path) is not None

    @_mending
    def claim(self, path: str, size: int) -> None:
        """Set down that a file is about to be written, so that it is ours though the run be killed before all is set down."""
        self._db.execute("INSERT OR IGNORE INTO file VALUES (?, x'', '', ?, '', 0)", (_key(path), size))

    @_mending
    def owner(self, path: str) -> str | None:
        """The input that this file was made of last; None if it was not made."""
        row = self._db.execute("SELECT input FROM file WHERE path = ?", (_key(path),)).fetchone()
        return row and os.fsdecode(row[0])

    @_mending
    def record(self, entries: Sequence[Entry]) -> list[list[Output]]:
        """Record what was written, in one transaction, and return for each entry the files that were recorded before."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            return [self._record(entry) for entry in entries]

    @_mending
    def forget(self, records: Sequence[tuple[str, str]]) -> None:
        """Forget how inputs were converted to formats; their files stay recorded."""
        keys = [(os.fsencode(input), format) for input, format in records]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("DELETE FROM made WHERE input = ? AND format = ?", keys)

    def _record(self, entry: Entry) -> list[Output]:
        key, record = os.fsencode(entry.input), entry.record
        before = self._outputs(entry.input, entry.format)
        if before:
            self._db.execute("DELETE FROM file WHERE input = ? AND format = ?", (key, entry.format))
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
        self._db.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
            [(_key(o.path), key, entry.format, o.size, o.sha256, o.companion) for o in entry.outputs],
        )
        return before

    @_mending
    def touch(self, input: str, format: str, version_tag: str) -> None:
        """Record another version tag of an input whose content is the same."""
        self._db.execute(
            "UPDATE made SET stamp = ? WHERE input = ? AND format = ?",
            (version_tag, os.fsencode(input), format),
        )

    @_mending
    def delete(self, path: str) -> None:
        """Record that a file is no longer there."""
        self._db.execute("DELETE FROM file WHERE path = ?", (_key(path),))

    @_mending
    def feed(self, url: str) -> Feed | None:
        """The feed of this address as it was last fetched."""
        row = self._db.execute("SELECT body, etag, modified FROM feed WHERE url = ?", (url,)).fetchone()
        return row and Feed(*row)

    @_mending
    def keep_feed(self, url: str, feed: Feed) -> None:
        """Set down a feed as it is now."""
        self._db.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?)", (url, feed.body, feed.etag, feed.modified)
        )

    @_mending
    def keep_article(self, id: str, article: Article) -> None:
        """Set down an article; the days whose articles are others by it get a new revision."""
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
        """What changes each time that an article of a day does."""
        row = self._db.execute("SELECT number FROM revision WHERE day = ?", (day,)).fetchone()
        return str(row[0] if row else 0)

    @_mending
    def articles(self, day: str) -> list[Article]:
        """The articles of a day, in the order of their ids."""
        rows = self._db.execute(
            "SELECT source, document, pictures FROM article WHERE day = ? ORDER BY id", (day,)
        ).fetchall()
        return [
            Article(day, os.fsdecode(s), zlib.decompress(d), msgspec.json.decode(p, type=dict[str, str]))
            for s, d, p in rows
        ]

    @_mending
    def days(self) -> list[str]:
        """The days that have articles, in order."""
        return [day for (day,) in self._db.execute("SELECT DISTINCT day FROM article ORDER BY day")]

    @_mending
    def forget_day(self, day: str) -> None:
        """Forget the articles of a day."""
        self._db.execute("DELETE FROM article WHERE day = ?", (day,))


def leftovers(before: Sequence[Output], now: Sequence[Output]) -> list[Output]:
    """Return the files that were recorded before and are not among those of now."""
    paths = {_key(output.path) for output in now}
    return [output for output in before if _key(output.path) not in paths]


def _key(path: str) -> bytes:
    """A file's path from the root, by which it is known wherever a run is started; a URL is known as it is."""
    if is_url(path):
        return os.fsencode(path)
    folder, name = os.path.split(os.path.abspath(path))
    return os.fsencode(os.path.join(_real(folder), name))


@functools.lru_cache(64)
def _real(folder: str) -> str:
    """The folder's path from the root; a run asks for the same ones again and again."""
    return os.path.realpath(folder)
