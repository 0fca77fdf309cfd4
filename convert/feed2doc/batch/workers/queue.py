"""A queue of chunks for any kind of workers.

Results come in order, memory use is bounded, and a worker that crashes only costs the item that crashed it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import Protocol

import msgspec

from feed2doc.batch.item import Item
from feed2doc.batch.limits import Ended
from feed2doc.batch.pipeline import Batch
from feed2doc.batch.result import Result, crashed, failed
from feed2doc.batch.shards import crashing, unwritten
from feed2doc.batch.work import Shard, Work
from feed2doc.errors import LimitError

Chunk = tuple[Work, ...]

# How many chunks are submitted per worker: enough to keep it busy, few enough to fit in memory.
_AHEAD = 3
_MOST_KNOWN = 1_000


class Workers(Protocol):
    """Processes that convert chunks of works and stage their files, locally or on other machines."""

    lost: tuple[type[BaseException], ...]
    """The exceptions that the result of a chunk raises if the worker crashed."""
    max_crashes: int
    """How often workers may crash over an item: first with others, which may be the cause, then over it alone."""

    @property
    def count(self) -> int:
        """The current number of workers."""

    def submit(self, chunk: Chunk) -> Future[list[Result]]:
        """Submit a chunk."""

    def result(self, future: Future[list[Result]]) -> list[Result]:
        """Wait for the results of a chunk."""

    def isolated(self, work: Work) -> Result:
        """Convert a work with nothing else in its process."""

    def ended(self, item: str) -> Ended | None:
        """Return why a limit has ended an item, or None."""

    def restart(self, futures: list[Future[list[Result]]]) -> None:
        """Recover from a crash. Those of these futures that the crash affected are done when this returns."""

    def close(self) -> None:
        """Finish what is being converted, and drop the rest."""


class _Pending:
    """Works in the queue, and the known results among them.

    `crashes` counts the workers that crashed over them, `future` is set once the works are submitted as a chunk.
    """

    __slots__ = ("chunk", "crashes", "entries", "future")

    def __init__(self, entries: Sequence[Work | Result], crashes: int = 0) -> None:
        self.entries, self.crashes = entries, crashes
        self.chunk: Chunk = tuple(each for each in entries if isinstance(each, Work))
        self.future: Future[list[Result]] | None = None


def staged_by(workers: Workers, works: Iterable[Work | Result], size: int) -> Iterator[Batch]:
    """Yield the works in order with their results, files staged; a work that is a result keeps its place.

    `size` items are submitted at a time, but each shard alone. If a worker crashes, finished works stay finished, and
    everything else that was submitted is submitted again, one by one. A work over which workers crash repeatedly is tried
    with nothing else in the process, and fails if that crashes too.
    """
    queue = _Queue(works, workers, size)
    try:
        while (pending := queue.head()) is not None:
            if batch := queue.result(pending):
                yield batch
    finally:
        workers.close()


class _Queue:
    """The chunks in order, from the first that is not done to the last that was submitted."""

    def __init__(self, works: Iterable[Work | Result], workers: Workers, size: int) -> None:
        self._chunks = _in_chunks(works, size)
        self._workers = workers
        self._queue: deque[_Pending] = deque()

    def head(self) -> _Pending | None:
        """Return the head of the queue, or None at the end. Submit as many chunks as there is room for."""
        room = self._workers.count * _AHEAD
        while len(self._queue) < room and (pending := next(self._chunks, None)) is not None:
            self._queue.append(pending)
        try:
            for pending in islice(self._queue, room):
                if pending.chunk and pending.future is None and pending.crashes < self._workers.max_crashes:
                    pending.future = self._workers.submit(pending.chunk)
        except self._workers.lost:
            self._restart()
            return self.head()
        return self._queue[0] if self._queue else None

    def result(self, pending: _Pending) -> Batch:
        """Return the results of the head of the queue, or none if it has to be tried again."""
        results: list[Result] = []
        if pending.chunk and pending.future is None:
            results = [self._isolated(pending.chunk[0])]
        elif pending.future is not None:
            try:
                results = self._workers.result(pending.future)
            except self._workers.lost:
                self._restart()
                return []
        self._queue.popleft()
        made = iter(zip(pending.chunk, results, strict=True))
        return [(None, each) if isinstance(each, Result) else next(made) for each in pending.entries]

    def _restart(self) -> None:
        """Put everything that was lost back in its place, one by one."""
        self._workers.restart([pending.future for pending in self._queue if pending.future])
        queue: deque[_Pending] = deque()
        lost = [pending for pending in self._queue if self._is_lost(pending.future)]
        after = {id(work): self._after_limit(work) for pending in lost for work in pending.chunk}
        is_known = any(after.values())  # then no other item is to blame
        for pending in self._queue:
            if pending not in lost:
                queue.append(pending)
                continue
            crashes = pending.crashes + 1 if len(pending.chunk) == 1 else 1
            for each in pending.entries:
                queue.append(
                    _Pending((after.get(id(each)) or each,), pending.crashes if is_known else crashes)
                )
        self._queue = queue

    def _after_limit(self, work: Work) -> Work | Result | None:
        """Return what is left after a limit has ended an item, or None if none was ended.

        That is a shard without the item, an item without the entry, or the result of the item.
        """
        if isinstance(work.item, Item):
            return self._without_entry(work, work.item)
        shard = work.item
        ended = {
            n: _failed(each.path, why)
            for n, each in enumerate(shard.items)
            if (why := self._workers.ended(each.path))
        }
        if ended.keys() <= shard.skip.keys():
            return None
        rest = msgspec.structs.replace(shard, skip={**shard.skip, **ended})
        return msgspec.structs.replace(work, item=rest)

    def _without_entry(self, work: Work, item: Item) -> Work | Result | None:
        why = self._workers.ended(item.path)
        if why is None:
            return None
        if (ended := why.without(item.ended)) is not None:
            return msgspec.structs.replace(work, item=msgspec.structs.replace(item, ended=ended))
        return None if why.message in item.ended.values() else _failed(item.path, why)

    def _is_lost(self, future: Future[list[Result]] | None) -> bool:
        if future is None:
            return False
        return future.done() and not future.cancelled() and isinstance(future.exception(), self._workers.lost)

    def _isolated(self, work: Work) -> Result:
        for _ in range(self._workers.max_crashes):
            try:
                return self._workers.isolated(work)
            except self._workers.lost:
                if after := self._after_limit(work):
                    return after if isinstance(after, Result) else self._isolated(after)
        if isinstance(work.item, Shard):
            return self._without_crashing(work, work.item)
        return crashed(work.path)

    def _without_crashing(self, work: Work, shard: Shard) -> Result:
        """Return the result of a shard without the items that crash workers."""
        every = range(len(shard.items))

        def crashes(numbers: Sequence[int]) -> bool:
            others = {n: crashed(shard.items[n].path) for n in every if n not in numbers}
            trial = msgspec.structs.replace(shard, skip=others, trial=True)
            try:
                self._workers.isolated(msgspec.structs.replace(work, item=trial))
            except self._workers.lost:
                return True
            return False

        skip = {n: crashed(shard.items[n].path) for n in crashing(every, crashes)}
        rest = msgspec.structs.replace(shard, skip={**skip, **shard.skip})
        try:
            return self._workers.isolated(msgspec.structs.replace(work, item=rest))
        except self._workers.lost:
            return unwritten(shard, crashed(shard.path))


def _failed(item: str, why: Ended) -> Result:
    return failed(item, why.message, LimitError.exit_code, is_ended=True)


def _in_chunks(works: Iterable[Work | Result], size: int) -> Iterator[_Pending]:
    """Yield at most `size` items or one shard at a time, with the results that are already known between them."""
    entries: list[Work | Result] = []
    count = 0
    for each in works:
        entries.append(each)
        if isinstance(each, Work):
            count += size if isinstance(each.item, Shard) else 1
        if count >= size or len(entries) == _MOST_KNOWN:
            yield _Pending(entries)
            entries, count = [], 0
    if entries:
        yield _Pending(entries)
