"""Converts items one after the other while the files of earlier items are being written, several at a time.

Writing is mostly waiting until data is safe on disk (fsync), which takes as long per file as converting an item.
Waiting for eight files in parallel takes no longer than waiting for two.
"""

from __future__ import annotations

import functools
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import msgspec

from feed2doc.batch.converter import Converter
from feed2doc.batch.result import File, Output, Result, Staged, failure_of
from feed2doc.batch.storage import is_url
from feed2doc.batch.store import Store, stage, synced
from feed2doc.batch.work import Shard, Work
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

# How many files are written at the same time.
_MOST_FILES = 8
# Results are passed on in batches, after this number of results or this time.
_MOST_RESULTS, _SECONDS = 32, 0.1
# An item with more events than this has several results.
_MOST_EVENTS = 32

Batch = list[tuple[Work | None, Result]]
Event = str | Staged | Output | Feed2docError
_EVENTS = (str, Staged, Output, Feed2docError)  # all others are futures, whose class takes 5 ms to import


class _Pending:
    """A result, some of whose files may still be being written. It is incomplete as long as it has no `result`."""

    __slots__ = ("events", "result", "work")

    def __init__(self, work: Work | None = None) -> None:
        self.work = work
        self.result: Result | None = None
        self.events: list[Future[Staged] | Event] = []

    def add(self, result: Result, stager: _Stager) -> None:
        """Stage the files of a result."""
        for event in result.events:
            self.events.append(stager.stage(event) if isinstance(event, File) else event)

    def is_done(self) -> bool:
        return all(isinstance(event, _EVENTS) or event.done() for event in self.events)

    def staged(self) -> Result:
        """Wait for the files and return the result. If a file could not be written, the result is a failure."""
        assert self.result is not None
        events: list[Staged | Output | str] = []
        failure = self.result.failure
        for event in self.events:
            try:
                found = event if isinstance(event, _EVENTS) else event.result()
                if isinstance(found, Feed2docError):
                    raise found
                events.append(found)
            except Feed2docError as error:
                if failure is None:
                    failure = failure_of(error)
                    events.append(failure.message)
        status = "failed" if failure else self.result.status
        return msgspec.structs.replace(self.result, status=status, events=tuple(events), failure=failure)

    def discard(self, store: Store) -> None:
        """Wait for the files, and remove those that have not been published."""
        for event in self.events:
            with suppress(Feed2docError):
                found = event if isinstance(event, _EVENTS) else event.result()
                if isinstance(found, Staged):
                    store.discard(found)


def staged(
    works: Iterable[Work | Result], converter: Converter, store: Store
) -> Generator[Batch, None, None]:
    """Convert works and yield them in order, in batches, with their results. The files are staged, not published.

    A work that is already a result is passed on in its place. When the iterator is closed, files that have not been
    published by then are discarded.
    """
    line: deque[_Pending] = deque()
    last = time.monotonic()
    try:
        with closing(_converted(works, converter, _Stager(store), line)) as converting:
            for _ in converting:
                ready = len(line) >= _MOST_RESULTS or time.monotonic() - last >= _SECONDS
                if ready and (batch := _at_head(line)):
                    last = time.monotonic()
                    yield batch
                    # Only now, when they have been published: an interrupt before has to discard them.
                    for _ in batch:
                        line.popleft()
        if line:
            yield [(pending.work, pending.staged()) for pending in line]
            line.clear()
    finally:
        for pending in line:
            pending.discard(store)


def _at_head(line: deque[_Pending]) -> Batch:
    """Return the results at the head of the line that are done, and others if the line is too long."""
    batch: Batch = []
    for pending in line:
        if not pending.is_done() and len(line) - len(batch) <= 2 * _MOST_RESULTS:
            break
        batch.append((pending.work, pending.staged()))
    return batch


def _converted(
    works: Iterable[Work | Result], converter: Converter, stager: _Stager, line: deque[_Pending]
) -> Generator[None, None, None]:
    """Convert works, and yield after each result that was added to the line."""
    for each in works:
        work = each if isinstance(each, Work) else None
        line.append(pending := _Pending(work))  # first: an interrupt must find its files
        continues = False
        for result in _results(each, converter):
            pending.add(result, stager)
            if result.more and len(pending.events) < _MOST_EVENTS:
                continue
            pending.result = msgspec.structs.replace(result, events=(), continues=continues)
            yield
            if result.more:
                continues = True
                line.append(pending := _Pending(work))


def _results(each: Work | Result, converter: Converter) -> Iterable[Result]:
    if isinstance(each, Result):
        return (each,)
    if isinstance(each.item, Shard):
        from feed2doc.batch.shards import stage_shard

        return (stage_shard(each.item, converter),)
    return converter.convert(each.item, each.formats)


def staged_result(result: Result, store: Store) -> Result:
    """Stage the files of a single result."""
    pending = _Pending()
    pending.result = result
    try:
        pending.add(result, _Stager(store))
        return pending.staged()
    except BaseException:
        pending.discard(store)
        raise


def save(result: Result, store: Store) -> Result:
    """Publish the files of a single staged result, and discard them if that is interrupted."""
    try:
        return published(result, store)
    except BaseException:
        for event in result.events:
            if isinstance(event, Staged):
                store.discard(event)
        raise


def published(result: Result, store: Store) -> Result:
    """Publish the staged files of a result. If that fails, the result is a failure."""
    if not any(isinstance(event, Staged) for event in result.events):
        return result
    events: list[File | Staged | Output | str] = []
    failure = result.failure
    for event in result.events:
        try:
            events.append(store.publish(event) if isinstance(event, Staged) else event)
        except Feed2docError as error:
            if failure is None:
                failure = failure_of(error)
                events.append(failure.message)
    status = "failed" if failure else result.status
    return msgspec.structs.replace(result, status=status, events=tuple(events), failure=failure)


class _Stager:
    """Writes files, and waits in threads until they are safe on disk, at most `_MOST_FILES` at a time.

    The threads only wait, which needs Python's lock once per file. Files at URLs are uploaded by the threads.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[tuple[str, Future[Staged]]] = deque()
        self._is_first = True

    def stage(self, file: File) -> Future[Staged] | Staged | Feed2docError:
        while (
            len(self._waiting) >= _MOST_FILES
        ):  # before it is written: an interrupt while waiting then leaves nothing
            self._waiting.popleft()[1].exception()  # the item that the file belongs to raises the error
        try:
            return self._uploaded(file) if is_url(file.path) else self._synced(self._store.write(file))
        except Feed2docError as error:
            return error

    def _uploaded(self, file: File) -> Future[Staged]:
        for path, upload in self._waiting:
            if path == file.path:  # of two items of one article the later one wins
                upload.exception()
        return self._submitted(file.path, stage, self._store, file)

    def _synced(self, written: Staged) -> Future[Staged] | Staged:
        try:
            if self._is_first or written.descriptor < 0:
                self._is_first = False  # it may be the only file, for which threads need not be loaded
                return synced(written)
            return self._submitted(written.output.path, synced, written)
        except BaseException:  # such as an interrupt, or no new thread
            self._store.discard(written)
            raise

    def _submitted(self, path: str, work: Callable[..., Staged], *arguments: object) -> Future[Staged]:
        future = _threads(os.getpid()).submit(work, *arguments)
        self._waiting.append((path, future))
        return future


@functools.lru_cache(1)
def _threads(process: int) -> ThreadPoolExecutor:
    """Return the threads that write files. A forked process creates its own."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_MOST_FILES, "feed2doc-save")
