"""The state's database file: it is opened, and reset if it is corrupt."""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from feed2doc._files.user_dirs import private_file, private_folder
from feed2doc._text.secrets import masked
from feed2doc.batch.state.claims import taken
from feed2doc.batch.state.database import discard, is_damage, number_of, opened
from feed2doc.batch.storage import is_url
from feed2doc.errors import WriteError


class DatabaseFile:
    """A database in a file. Close it after use.

    `was_reset` is true if it was corrupt and has been recreated, `is_new` if no file was recorded when it was opened.
    """

    destination: str = ""  # if it is a URL; it may have a password, which is not recorded
    was_reset: bool = False
    is_new: bool = False

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.parent != Path():  # else it is in memory
                private_folder(path.parent)
            try:
                self._open()
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise
                self.reset()
            for output, size in taken(path):
                self._db.execute(
                    "INSERT OR IGNORE INTO file (path, input, format, size, sha256, companion)"
                    " VALUES (?, x'', '', ?, '', 0)",
                    (key_of_path(output), size),
                )
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error

    def path_of(self, key: bytes) -> str:
        """Return the path or URL of a file with this key."""
        path = os.fsdecode(key)
        if not self.destination:
            return path
        shown = masked(self.destination)
        return self.destination + path[len(shown) :] if path.startswith(shown) else path

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def save_as(self, path: Path) -> None:
        """Copy the database into another file."""
        part = path.with_suffix(".part")
        discard(part)
        private_file(part)
        with contextlib.closing(sqlite3.connect(part)) as other:
            self._db.backup(other)
        part.replace(path)

    def load(self, path: Path) -> None:
        """Replace the content by that of another file, or by nothing if there is none."""
        with contextlib.closing(opened(path if path.exists() else Path(":memory:"))) as other:
            other.backup(self._db)

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


P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=DatabaseFile)


def mending(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Decorate a method of the state so that the state is reset, and the method called again, if the database is corrupt."""

    @functools.wraps(method)
    def mended(state: S, /, *arguments: P.args, **named: P.kwargs) -> T:
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
    """Return the error for a state that cannot be opened."""
    reason = getattr(error, "strerror", None) or error
    return WriteError(
        f"{path}: cannot open the state: {reason}: make its folder writable, or set XDG_STATE_HOME to another"
    )


def key_of_path(path: str) -> bytes:
    """Return the absolute path of a file as the key, independent of the current folder. A URL is its own, without secrets."""
    if is_url(path):
        return os.fsencode(masked(path))
    folder, name = os.path.split(os.path.abspath(path))
    return os.fsencode(os.path.join(_real(folder), name))


@functools.lru_cache(64)
def _real(folder: str) -> str:
    """Return the real path of a folder. It is cached, because a run asks for the same folders again and again."""
    return os.path.realpath(folder)
