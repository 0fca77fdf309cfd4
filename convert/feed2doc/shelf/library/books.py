"""The books and covers that have been made: files in the library, within a limit of size. Each is made once."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import msgspec

from feed2doc._files.atomic import remove_leftovers, save

FOLDER = "books"
MOST_BYTES = 2 * 2**30
_MOST_KNOWN = 2000
# A file that was read less than this before is not marked as read again.
_MARKED_SECONDS = 3600


class Made(msgspec.Struct, frozen=True):
    """A file that was made: its path, size and digest."""

    path: Path
    size: int
    digest: str


class Books:
    """The files that have been made, by name. The least recently used ones are removed if all are too large."""

    def __init__(self, library: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = library / FOLDER
        self._folder.mkdir(exist_ok=True)
        remove_leftovers(self._folder)
        self._most = most_bytes
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Made] = OrderedDict()
        self._making: dict[str, Future[Made]] = {}
        self._size = sum(size for _, size, _ in self._files())

    def get(self, name: str) -> Made | None:
        """Return a file if it has been made."""
        path = self._folder / name
        with self._lock:
            known = self._known.get(name)
            if known:
                self._known.move_to_end(name)
        try:
            found = path.stat()
            if known is None:
                data = path.read_bytes()
                known = Made(path, len(data), hashlib.sha256(data).hexdigest())
                self._remember(name, known)
            if time.time() - found.st_mtime > _MARKED_SECONDS:
                os.utime(path)
        except OSError:
            with self._lock:
                self._known.pop(name, None)
            return None
        return known

    def make(self, name: str, start: Callable[[], Future[bytes]]) -> Future[Made]:
        """Return the future file, which is made if it is not there and not being made: `start` begins that."""
        with self._lock:
            if name in self._making:
                return self._making[name]
            made: Future[Made] = Future()
            self._making[name] = made
        if found := self.get(name):
            self._finish(name, made, lambda: found)
            return made
        try:
            bytes_of = start()
        except BaseException as error:
            self._finish(name, made, _raising(error))
            return made
        bytes_of.add_done_callback(
            lambda done: self._finish(name, made, lambda: self._saved(name, done.result()))
        )
        return made

    def _finish(self, name: str, made: Future[Made], result: Callable[[], Made]) -> None:
        try:
            found = result()
        except BaseException as error:
            with self._lock:
                del self._making[name]
            made.set_exception(error)
            return
        with self._lock:
            del self._making[name]
        made.set_result(found)

    def _saved(self, name: str, data: bytes) -> Made:
        path = self._folder / name
        save(path, data, named=False)
        made = Made(path, len(data), hashlib.sha256(data).hexdigest())
        self._remember(name, made)
        with self._lock:
            self._size += made.size
            too_large = self._size > self._most
        if too_large:
            self._make_room(path)
        return made

    def _remember(self, name: str, made: Made) -> None:
        with self._lock:
            self._known[name] = made
            while len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)

    def _make_room(self, keep: Path) -> None:
        """Remove the least recently used files until a tenth of the limit is free."""
        files = sorted(self._files())
        size = sum(each for _, each, _ in files)
        for _, each, path in files:
            if size <= 0.9 * self._most:
                break
            if path != keep:
                with suppress(OSError):
                    path.unlink()
                size -= each
        with self._lock:
            self._size = size

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for entry in os.scandir(self._folder):
            with suppress(OSError):
                status = entry.stat()
                found.append((status.st_mtime, status.st_size, Path(entry.path)))
        return found


def _raising(error: BaseException) -> Callable[[], Made]:
    def fail() -> Made:
        raise error

    return fail
