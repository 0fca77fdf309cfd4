"""Converts items one after the other while the files of earlier items are being written, several at a time.

Writing is mostly waiting until data is safe on disk (fsync), which takes as long per file as converting an item.
Waiting for eight files in parallel takes no longer than waiting for two.
"""

from __future__ import annotations

import functools
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from feed2doc.batch.converter import Converter
from feed2doc.batch.rendering import File
from feed2doc.batch.result import Result, Staged, failure_of
from feed2doc.batch.storage import is_url
from feed2doc.batch.store import Store, stage
from feed2doc.batch.work import Shard, Work
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

# How many files are written at the same time.
_MOST_FILES = 8
# Results are passed on in batches, after this number of results or this time.
_MOST_RESULTS, _SECONDS = 32, 0.1

Batch = list[tuple[Work | None, Result]]


class _Pending:
    """A converted item, some of whose files may still be being written."""

    __slots__ = ("events", "result", "work")

    def __init__(self, work: Work | None, result: Result | None = None) -> None:
        self.work, self.result = work, result
        self.events: list[Future[Staged] | Staged | Feed2docError | str] = []

    def is_done(self) -> bool:
        return all(isinstance(e, Staged | Feed2docError | str) or e.done() for e in self.events)

    def staged(self) -> Result:
        """Wait for the files and return the result. If a file could not be written, the result is a failure."""
        assert self.result is not None
        if not self.events:
            return self.result
        events: list[Staged | str] = []
        failure = self.result.failure
        for event in self.events:
            try:
                if isinstance(event, Feed2docError):
                    raise event
                events.append(event if isinstance(event, Staged | str) else event.result())
            except Feed2docError as error:
                if failure is None:
                    failure = failure_of(error)
                    events.append(failure.message)
        status = "failed" if failure else self.result.status
        all_events = (*events, *self.result.events)
        return msgspec.structs.replace(self.result, status=status, events=all_events, failure=failure)

    def discard(self, store: Store) -> None:
        """Wait for the files and remove them."""
        for event in self.events:
            with suppress(Feed2docError):
                staged = event if isinstance(event, Staged | Feed2docError | str) else event.result()
                if isinstance(staged, Staged):
                    store.discard(staged)


def staged(
    works: Iterable[Work | Result], converter: Converter, store: Store
) -> Generator[Batch, None, None]:
    """Convert works and yield them in order, in batches, with their results. The files are staged, not published.

    A work that is already a result is passed on in its place. If the iterator is closed, all files that it has not
    yielded are discarded.
    """
    line: deque[_Pending] = deque()
    stager = _Stager(store)
    last = time.monotonic()
    try:
        for work in works:
            line.append(_converted(work, converter, stager))
            ready = len(line) >= _MOST_RESULTS or time.monotonic() - last >= _SECONDS
            if ready and (batch := _taken(line)):
                last = time.monotonic()
                yield batch
        while line:
            yield [(pending.work, pending.staged()) for pending in _popped(line)]
    finally:
        for pending in line:
            pending.discard(store)


def _taken(line: deque[_Pending]) -> Batch:
    """Return the works at the head of the line that are done, and at least one work if the line is too long."""
    batch: Batch = []
    while line and (line[0].is_done() or len(line) > 2 * _MOST_RESULTS):
        pending = line.popleft()
        batch.append((pending.work, pending.staged()))
    return batch


def _popped(line: deque[_Pending]) -> Iterator[_Pending]:
    while line:
        yield line.popleft()


def _converted(work: Work | Result, converter: Converter, stager: _Stager) -> _Pending:
    if isinstance(work, Result):
        return _Pending(None, work)
    if isinstance(work.item, Shard):
        from feed2doc.batch.shards import stage_shard

        return _Pending(work, stage_shard(work.item, converter))
    pending = _Pending(work)
    for conversion in converter.convert(work.item, work.formats):
        for event in conversion.events:
            pending.events.append(stager.stage(event) if isinstance(event, File) else event)
        pending.result = conversion.result or pending.result
    return pending


class _Stager:
    """Writes files, and waits in threads until they are safe on disk, at most `_MOST_FILES` at a time.

    The threads only wait, which needs Python's lock once per file. Files at URLs are uploaded by the threads.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[Future[Staged]] = deque()
        self._is_first = True

    def stage(self, file: File) -> Future[Staged] | Staged | Feed2docError:
        try:
            if is_url(file.path):
                return self._submitted(stage, self._store, file)
            written = self._store.write(file)
            if self._is_first:  # it may be the only file, for which threads need not be loaded
                self._is_first = False
                return written.sync()
            return self._submitted(written.sync) if written.descriptor >= 0 else written.staged
        except Feed2docError as error:
            return error

    def _submitted(self, work: Callable[..., Staged], *arguments: object) -> Future[Staged]:
        while len(self._waiting) >= _MOST_FILES:
            self._waiting.popleft().exception()  # the item that the file belongs to raises the error
        self._waiting.append(_threads(os.getpid()).submit(work, *arguments))
        return self._waiting[-1]


@functools.lru_cache(1)
def _threads(process: int) -> ThreadPoolExecutor:
    """Return the threads that write files. A forked process creates its own."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_MOST_FILES, "feed2doc-save")
