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
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from feed2doc.batch.converter import Converter
from feed2doc.batch.result import File, Output, Result, Staged, failure_of
from feed2doc.batch.storage import is_url
from feed2doc.batch.store import Store, stage, synced
from feed2doc.batch.work import Shard, Work
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")

# How many threads wait for files, and for how many each of them waits, one after the other: handing over a single file takes
# as long as writing it.
_THREADS, _GROUP = 8, 4
# Results are passed on in batches, after this number of results or this time.
_MOST_RESULTS, _SECONDS = 32, 0.1
# An item with more events than this has several results.
_MOST_EVENTS = 32

Batch = list[tuple[Work | None, Result]]


class _Group:
    """Files that are made safe on disk together."""

    def __init__(self) -> None:
        self.files: list[partial[Staged]] = []
        self._future: Future[list[Staged | Feed2docError]] | None = None
        self._staged: list[Staged | Feed2docError] = []

    def start(self) -> None:
        """Let a thread stage the files. It only waits, which needs Python's lock once per file."""
        self._future = _submitted(_outcomes, self.files)

    @property
    def is_closed(self) -> bool:
        """True if the files were staged without a thread, so that no more can be added."""
        return bool(self._staged)

    def is_done(self) -> bool:
        return self.is_closed or (self._future is not None and self._future.done())

    def staged(self) -> list[Staged | Feed2docError]:
        """Return the staged files, or the errors that they met. If no thread does it, they are staged now, all at a time."""
        if self._future:
            return self._future.result()
        if (
            not self._staged
        ):  # a single file needs no threads, which take longer to load than it takes to write
            if len(self.files) > 1:
                futures = [_submitted(_outcome, file) for file in self.files]
                self._staged = [future.result() for future in futures]
            else:
                self._staged = _outcomes(self.files)
        return self._staged


def _outcome(file: partial[Staged]) -> Staged | Feed2docError:
    try:
        return file()
    except Feed2docError as error:
        return error


def _outcomes(files: list[partial[Staged]]) -> list[Staged | Feed2docError]:
    return list(map(_outcome, files))


# A file of a group by its number, or anything that is known already.
Event = tuple[_Group, int] | str | Staged | Output | Feed2docError


class _Pending:
    """A result, some of whose files may still be being written. It is incomplete as long as it has no `result`."""

    __slots__ = ("events", "result", "work")

    def __init__(self, work: Work | None = None) -> None:
        self.work = work
        self.result: Result | None = None
        self.events: list[Event] = []

    def add(self, result: Result, stager: _Stager) -> None:
        """Stage the files of a result."""
        for event in result.events:
            self.events.append(stager.stage(event) if isinstance(event, File) else event)

    def is_done(self) -> bool:
        return all(not isinstance(event, tuple) or event[0].is_done() for event in self.events)

    def staged(self) -> Result:
        """Wait for the files and return the result. If a file could not be written, the result is a failure."""
        assert self.result is not None
        events: list[Staged | Output | str] = []
        failure = self.result.failure
        for event in self.events:
            found = _found(event)
            if not isinstance(found, Feed2docError):
                events.append(found)
            elif failure is None:
                failure = failure_of(found)
                events.append(failure.message)
        status = "failed" if failure else self.result.status
        return msgspec.structs.replace(self.result, status=status, events=tuple(events), failure=failure)

    def discard(self, store: Store) -> None:
        """Wait for the files, and remove the unpublished ones."""
        for event in self.events:
            if isinstance(found := _found(event), Staged):
                store.discard(found)


def _found(event: Event) -> Staged | Output | str | Feed2docError:
    return event[0].staged()[event[1]] if isinstance(event, tuple) else event


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
    """Writes files, and stages them in groups. Files at URLs are uploaded by the threads, each by its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._group = _Group()
        self._waiting: deque[tuple[str, _Group]] = deque()  # with the URL that it uploads to
        self._last = time.monotonic()

    def stage(self, file: File) -> Event:
        """Write a file. It is safe on disk once its group is staged."""
        if is_url(file.path):
            return self._uploaded(file)
        group = self._group
        is_late = bool(group.files) and time.monotonic() - self._last > _SECONDS
        if group.is_closed or is_late or len(group.files) >= _GROUP:
            if not group.is_closed:
                self._start(group)
            self._group = group = _Group()
            self._last = time.monotonic()
        try:
            written = self._store.write(file)
        except Feed2docError as error:
            return error
        if written.descriptor < 0:
            return written
        group.files.append(partial(synced, written))
        return group, len(group.files) - 1

    def _uploaded(self, file: File) -> Event:
        for url, group in self._waiting:
            if url == file.path:  # of two items of one article the later one wins
                group.staged()
        group = _Group()
        group.files.append(partial(stage, self._store, file))
        self._start(group, file.path)
        return group, 0

    def _start(self, group: _Group, url: str = "") -> None:
        while len(self._waiting) >= _THREADS:
            self._waiting.popleft()[1].staged()
        group.start()
        self._waiting.append((url, group))


def _submitted(work: Callable[..., T], *arguments: object) -> Future[T]:
    from feed2doc._files.threads import submitted

    return submitted(_threads(os.getpid()), work, *arguments)


@functools.lru_cache(1)
def _threads(process: int) -> ThreadPoolExecutor:
    """Return the threads that write files. A forked process creates its own."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_THREADS, "feed2doc-save")
