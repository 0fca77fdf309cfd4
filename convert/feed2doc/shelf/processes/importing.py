"""Importing folders of items, feed files, pages and OPML: read by several processes, put in in order of publication."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path

import msgspec

from feed2doc._files.atomic import host
from feed2doc._files.processes import is_running
from feed2doc._text.lazy_re import pattern
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import Item, find_items, loaded
from feed2doc.batch.storage import size_of
from feed2doc.batch.workers.processes import cores
from feed2doc.errors import Feed2docError, WriteError
from feed2doc.shelf.library.arrivals import put
from feed2doc.shelf.library.database import Database
from feed2doc.shelf.library.subscriptions import Subscriptions
from feed2doc.shelf.processes.preparation import Incoming
from feed2doc.shelf.processes.reading import READING, ReadFile, read_file
from feed2doc.shelf.processes.workers import Workers

_CHUNK, _CHUNK_BYTES = 32, 512 * 1024
_AT_A_TIME = 500
# SQLite looks every 100 ms whether it may write: a server would hardly find the moment between two transactions.
_PAUSE_SECONDS = 0.12
_LEFTOVER = pattern(r"\.import-(?P<host>[0-9a-f]+)-(?P<process>\d+)\.sqlite(?:-journal)?")


class Imported(msgspec.Struct, frozen=True):
    """The result of an import: how many articles are new or have changed, and how many feeds, inputs and failed inputs it had."""

    articles: int
    feeds: int
    inputs: int
    failures: int


def import_all(library: Database, names: Sequence[str], warn: Callable[[str], None]) -> Imported:
    """Read inputs into the library.

    All is read before the first article is put in, because the order is that of publication. Then some hundred at a time
    are put in, in one transaction, so that others can write in between. An import that is killed can be repeated: what is
    in the library already is left alone.
    """
    _remove_leftovers(library.folder)
    path = library.folder / f".import-{host()}-{os.getpid()}.sqlite"
    done, inputs, failures, feeds = 0, 0, 0, dict[str, str]()
    try:
        with closing(_staging(path)) as staging:
            for read in _read(names, library.folder):
                for message in read.messages:
                    warn(message)
                inputs += 1
                failures += bool(read.failure)
                feeds |= {url: name for name, url in read.feeds}
                staging.executemany(
                    "INSERT INTO incoming (published, article) VALUES (?, ?)",
                    [(each.when, msgspec.msgpack.encode(each)) for each in read.articles],
                )
            for some in _batches(staging):
                with library.writing() as db:
                    done += put(db, some)
                if len(some) == _AT_A_TIME:
                    time.sleep(_PAUSE_SECONDS)
    finally:
        path.unlink(missing_ok=True)
    subscriptions = Subscriptions(library, 0)
    for url, name in feeds.items():
        subscriptions.add(url, name)
    return Imported(done, len(feeds), inputs, failures)


def _read(names: Sequence[str], folder: Path) -> Iterator[ReadFile]:
    count = cores()
    workers = Workers(READING, count, "import")
    waiting: deque[tuple[list[Item], Future[list[ReadFile]]]] = deque()
    try:
        for chunk in _chunks(chain(map(_loaded, find_items(names)), _opml_in(names))):
            waiting.append((chunk, workers.submit(_chunk, chunk, str(folder))))
            if len(waiting) > 2 * count:
                yield from _result(*waiting.popleft(), workers, folder)
        while waiting:
            yield from _result(*waiting.popleft(), workers, folder)
    finally:
        workers.close(finish=False)


def _result(
    chunk: list[Item], reading: Future[list[ReadFile]], workers: Workers, folder: Path
) -> Iterator[ReadFile]:
    """Yield what the files of a chunk have. If a limit or a crash ended it, they are read one by one.

    Raise WriteError if a picture cannot be saved: the next ones could not be, either.
    """
    try:
        yield from reading.result()
    except WriteError:
        raise
    except Feed2docError as error:
        if len(chunk) == 1:
            yield ReadFile(messages=(str(error),), failure=str(error))
            return
        for item in chunk:
            yield from _result([item], workers.submit(_chunk, [item], str(folder)), workers, folder)


def _loaded(item: Item) -> Item:
    try:
        return loaded(item)
    except Feed2docError:  # reading it will report the error
        return item


def _opml_in(names: Iterable[str]) -> Iterator[Item]:
    """Yield the OPML files in folders, which are not items."""
    for name in names:
        if os.path.isdir(name):
            yield from (Item(str(path), found=True) for path in sorted(Path(name).rglob("*.opml")))


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield some items at a time. A feed file may have as many articles as a folder of items."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += max(0, size_of(item.path))
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _chunk(converter: Converter, items: list[Item], folder: str) -> list[ReadFile]:
    return [read_file(converter, item, folder) for item in items]


def _staging(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("CREATE TABLE incoming (id INTEGER PRIMARY KEY, published REAL, article BLOB)")
    return db


def _batches(staging: sqlite3.Connection) -> Iterator[list[Incoming]]:
    rows = staging.execute("SELECT article FROM incoming ORDER BY published, id")
    while some := rows.fetchmany(_AT_A_TIME):
        yield [msgspec.msgpack.decode(row[0], type=Incoming) for row in some]


def _remove_leftovers(folder: Path) -> None:
    """Remove the files of imports on this machine that were killed."""
    for name in os.listdir(folder):
        found = _LEFTOVER.fullmatch(name)
        if found and found["host"] == host() and not is_running(int(found["process"])):
            with suppress(OSError):
                (folder / name).unlink()
