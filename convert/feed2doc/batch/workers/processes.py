"""Worker processes on this machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for

from feed2doc._own_process import set_up
from feed2doc.batch.inputs import Input, read_ahead
from feed2doc.batch.outcomes import Outcome
from feed2doc.batch.recipe import Recipe, Run, workers_run
from feed2doc.batch.workers.pool import Chunk
from feed2doc.batch.write_behind import outcomes_of


def cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def convert_chunk(recipe: Recipe, chunk: Chunk) -> list[Outcome]:
    """What a process of this machine does with a chunk."""
    return convert_all(chunk, workers_run(recipe))


def convert_all(chunk: Chunk, run: Run) -> list[Outcome]:
    """What comes of a chunk."""
    return list(outcomes_of(read_ahead(chunk), run))


class Processes:
    """A pool of processes. One that the system ends (for want of memory, say) is the end of the pool and of all that
    was handed out (concurrent.futures.process.BrokenProcessPool)."""

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    patience = 3

    def __init__(self, recipe: Recipe, count: int) -> None:
        self.count = count
        self._recipe = recipe
        self._pool = self._new(count)

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        """Hand out a chunk."""
        return self._pool.submit(convert_chunk, self._recipe, chunk)

    def result(self, future: Future[list[Outcome]]) -> list[Outcome]:
        """What came of a chunk, when it is done."""
        return future.result()

    def alone(self, each: Input) -> Outcome:
        """Convert an input in a process of its own."""
        with self._new(1) as pool:
            return pool.submit(convert_chunk, self._recipe, (each,)).result()[0]

    def renew(self, futures: list[Future[list[Outcome]]]) -> None:
        """Make a new pool."""
        wait(futures)
        self._pool.shutdown(wait=False)
        self._pool = self._new(self.count)

    def close(self) -> None:
        """Let what is being converted be finished, drop the rest. Ctrl-C once more does not leave processes behind."""
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
        # A process that is forked from one where Typst has begun has Typst's locks, but not the threads that hold them.
        context = get_context("spawn") if "typst" in sys.modules else None
        return ProcessPoolExecutor(count, context, _start)


def _start() -> None:
    """Make a worker ready. Ctrl-C is the parent's to hear: it lets what is being written be finished.

    A pool of which one process died terminates the others and waits for them: they end at once, for an exception would
    be taken for the result of a chunk. And a parent that is killed can end nobody: each worker sees to that itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    set_up()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        wait_for([parent.sentinel])
        os._exit(1)
