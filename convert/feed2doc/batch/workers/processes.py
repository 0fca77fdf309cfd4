"""Worker processes on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.context import SpawnContext
from typing import TypeVar

from feed2doc._files.temporary import remove_temporary_leftovers
from feed2doc._files.threads import NO_THREAD
from feed2doc.batch.job import Job
from feed2doc.batch.limits import Ended, EndedError
from feed2doc.batch.result import Result
from feed2doc.batch.store import Store
from feed2doc.batch.work import Work
from feed2doc.batch.workers.groups import holding_back_signals, kill_group
from feed2doc.batch.workers.queue import Chunk
from feed2doc.batch.workers.watch import Logs
from feed2doc.batch.workers.worker import call, convert_chunk, start
from feed2doc.errors import LimitError, ReadError

T = TypeVar("T")

# How long processes may finish what they are converting when the run is interrupted.
_GRACE_SECONDS = 2
# Idle processes take memory, and Windows waits for no more than 61 (concurrent.futures).
_MOST_PER_CORE, _MOST_ON_WINDOWS = 16, 61


def cores() -> int:
    """Return how many processes can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def most_processes() -> int:
    """Return how many processes a pool may have."""
    return _MOST_ON_WINDOWS if sys.platform == "win32" else _MOST_PER_CORE * cores()


class Processes:
    """A pool of processes.

    If the system kills one of them, for example because memory is short, the pool breaks, and everything that was
    submitted is lost (concurrent.futures.process.BrokenProcessPool).
    """

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    max_crashes = 3

    def __init__(self, job: Job, store: Store, count: int, *, spawn: bool = False) -> None:
        self.count: int = min(count, most_processes())
        self._job, self._store, self._spawn = job, store, spawn
        self._folder = ""
        self._logs: Logs | None = None
        self._ended: dict[str, Ended] = {}  # why a limit has ended items, by item
        self.left_out: list[Ended] = []  # the entries that were left out by the last call
        if job.limits:
            from feed2doc._files.temporary import new_folder

            self._folder = new_folder()
            self._logs = Logs(self._folder, job.limits)
        try:
            self._pool = self._new(self.count)
        except BaseException:
            self._remove_folder()
            raise

    def submit(self, chunk: Chunk) -> Future[list[Result]]:
        """Submit a chunk."""
        return self._submit(convert_chunk, chunk)

    def result(self, future: Future[list[Result]]) -> list[Result]:
        """Wait for the results of a chunk."""
        return future.result()

    def isolated(self, work: Work) -> Result:
        """Convert a work in a process of its own."""
        pool = self._new(1)
        future = _submitted(pool, convert_chunk, (work,))
        try:
            return future.result()[0]
        except BrokenProcessPool:
            self._take_logs()
            raise
        finally:
            self._end(pool)

    def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a function returns in one of the processes for its converter and these arguments.

        If a limit ends it at an entry, it is called again without that entry (`_own_process.ended`). Raise LimitError if a
        limit ended it elsewhere, ReadError if the process was killed.
        """
        without: dict[int, str] = {}
        self.left_out.clear()
        while True:
            try:
                called: Future[T] = self._submit(call, function, arguments, without)
            except BrokenProcessPool:  # it was killed while it had nothing to do
                self.restart([])
                called = self._submit(call, function, arguments, without)
            try:
                return called.result()
            except BrokenProcessPool as error:
                self.restart([])
                if not self._ended:
                    raise ReadError("the worker was killed, perhaps out of memory") from error
                _, ended = self._ended.popitem()
                self.left_out.append(ended)
                again = ended.without(without)
                if again is None:
                    raise EndedError(ended.message) from error
                without = again

    def ended(self, item: str) -> Ended | None:
        """Return why a limit has ended an item, or None."""
        return self._ended.get(item)

    def restart(self, futures: list[Future[list[Result]]]) -> None:
        """Create a new pool."""
        wait(futures)
        _end_programs(self._pool)
        self._pool.shutdown(wait=False)
        self._take_logs()
        remove_temporary_leftovers()
        self._pool = self._new(self.count)

    def close(self) -> None:
        """Finish what is being converted, and drop the rest. A second Ctrl-C does not leave processes behind."""
        try:
            self._end(self._pool)
        finally:
            self._remove_folder()
            remove_temporary_leftovers()

    def _submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        try:
            return _submitted(self._pool, function, *arguments)
        except LimitError:
            self._pool = self._new(self.count)  # the other one still has the call
            raise

    def _remove_folder(self) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        """End a pool. An item may hang: processes are killed if they do not finish soon."""
        before = signal.getsignal(signal.SIGINT)
        is_main = threading.current_thread() is threading.main_thread()
        if is_main:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        killer = threading.Timer(_GRACE_SECONDS, _kill, [pool])
        try:
            if pool._broken:
                _end_programs(pool)
            try:
                killer.start()
            except RuntimeError:  # the system starts no more threads
                _kill(pool)
            pool.shutdown(wait=True, cancel_futures=True)
        finally:
            killer.cancel()
            if is_main:
                signal.signal(signal.SIGINT, before)

    def _take_logs(self) -> None:
        if self._logs:
            self._ended |= self._logs.take()

    def _new(self, count: int) -> ProcessPoolExecutor:
        # A process that is forked after Typst was used inherits Typst's locks, but not the threads that hold them.
        with _limit_named():
            context = _spawning() if self._spawn or "typst" in sys.modules else None
            return ProcessPoolExecutor(count, context, start, (self._job, self._store, self._folder))


def _submitted(pool: ProcessPoolExecutor, function: Callable[..., T], *arguments: object) -> Future[T]:
    """Submit a call, which starts processes. Raise LimitError if the system starts no more."""
    try:
        with _limit_named(), holding_back_signals():
            return pool.submit(function, *arguments)
    except LimitError:  # started processes would wait forever
        _kill(pool)
        raise


@contextmanager
def _limit_named() -> Iterator[None]:
    """Raise LimitError if the system has no more processes, threads, files or memory."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if not isinstance(error, OSError) and str(error) != NO_THREAD:
            raise
        reason = getattr(error, "strerror", None) or error
        raise LimitError(
            f"no worker process can be started: {reason}: end other programs, or use -j 1"
        ) from error


def _kill(pool: ProcessPoolExecutor) -> None:
    """Kill the processes of a pool, and the programs that they have started."""
    _end_programs(pool)
    for process in list((pool._processes or {}).values()):
        process.kill()


def _end_programs(pool: ProcessPoolExecutor) -> None:
    """Kill the processes of a pool as groups: a process that was killed has left the programs that it had started."""
    for process in list(pool._processes or {}):
        kill_group(process)


def _spawning() -> SpawnContext:
    """Return the context that spawns processes. Its resource tracker is started with SIGHUP blocked, because it complains on
    stderr if a terminal that is closed ends it before this process."""
    if hasattr(signal, "SIGHUP"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
        try:
            resource_tracker.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return get_context("spawn")
