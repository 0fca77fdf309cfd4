"""Worker processes on this machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for

import msgspec

from feed2doc._files.atomic import work_for
from feed2doc._own_process import set_up
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import Item, read_ahead
from feed2doc.batch.job import Job
from feed2doc.batch.pipeline import staged
from feed2doc.batch.result import Result, joined
from feed2doc.batch.store import Store
from feed2doc.batch.work import Work
from feed2doc.batch.workers.queue import Chunk


def cores() -> int:
    """Return how many processes can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def converted(chunk: Chunk, converter: Converter, store: Store) -> list[Result]:
    """Return the results of a chunk, one per work, with the files staged."""
    results: list[Result] = []
    parts: list[Result] = []
    for batch in staged(_read_ahead(chunk), converter, store):
        for _, result in batch:
            parts.append(result)
            if not result.more:
                results.append(joined(parts))
                parts = []
    return results


class Processes:
    """A pool of processes.

    If the system kills one of them, for example because memory is short, the pool breaks, and everything that was
    submitted is lost (concurrent.futures.process.BrokenProcessPool).
    """

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    max_crashes = 3

    def __init__(self, job: Job, store: Store, count: int) -> None:
        self.count = count
        self._job, self._store = job, store
        self._pool = self._new(count)

    def submit(self, chunk: Chunk) -> Future[list[Result]]:
        """Submit a chunk."""
        return self._pool.submit(_converted, chunk)

    def result(self, future: Future[list[Result]]) -> list[Result]:
        """Wait for the results of a chunk."""
        return future.result()

    def isolated(self, work: Work) -> Result:
        """Convert a work in a process of its own."""
        with self._new(1) as pool:
            return pool.submit(_converted, (work,)).result()[0]

    def restart(self, futures: list[Future[list[Result]]]) -> None:
        """Create a new pool."""
        wait(futures)
        self._pool.shutdown(wait=False)
        self._pool = self._new(self.count)

    def close(self) -> None:
        """Finish what is being converted, and drop the rest. A second Ctrl-C does not leave processes behind."""
        before = signal.getsignal(signal.SIGINT)
        is_main = threading.current_thread() is threading.main_thread()
        if is_main:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._pool.shutdown(wait=True, cancel_futures=True)
        finally:
            if is_main:
                signal.signal(signal.SIGINT, before)

    def _new(self, count: int) -> ProcessPoolExecutor:
        # A process that is forked after Typst was used inherits Typst's locks, but not the threads that hold them.
        context = get_context("spawn") if "typst" in sys.modules else None
        return ProcessPoolExecutor(count, context, _start, (self._job, self._store))


_process: tuple[Converter, Store] | None = None
"""The converter and store of a worker process, which live as long as the process."""


def _start(job: Job, store: Store) -> None:
    """Prepare a worker process. It ignores Ctrl-C, because the parent lets it finish what it is writing.

    When one process of a pool crashes, the pool terminates the others and waits for them. They end at once, because an
    exception would be taken for the result of a chunk. A parent that is killed cannot end its workers, so each worker
    watches its parent.
    """
    global _process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    set_up()
    if (parent := parent_process()) is not None and parent.pid is not None:
        work_for(parent.pid)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _process = Converter(job), store


def _converted(chunk: Chunk) -> list[Result]:
    assert _process is not None
    return converted(chunk, *_process)


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _read_ahead(chunk: Iterable[Work]) -> Iterator[Work]:
    """Yield the works, those with items at URLs with their content."""
    works = list(chunk)
    items = [work.item for work in works]
    if not all(isinstance(item, Item) for item in items):
        yield from works  # shards read their items themselves
        return
    for work, item in zip(works, read_ahead(i for i in items if isinstance(i, Item)), strict=True):
        yield msgspec.structs.replace(work, item=item) if item is not work.item else work
