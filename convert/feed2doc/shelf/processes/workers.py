"""A bounded number of worker processes, with limits of time and memory for each piece of work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from feed2doc.batch.job import Job
from feed2doc.batch.workers.calls import Calls

T = TypeVar("T")
_IDLE_SECONDS = 90


class Workers:
    """Calls functions with a converter for this job in one of `count` processes, which start when they are needed."""

    def __init__(self, job: Job, count: int, name: str) -> None:
        self._job = job
        self._threads = ThreadPoolExecutor(count, name)
        self._lock = threading.Lock()
        self._idle: list[tuple[float, Calls]] = []
        self._busy: set[Calls] = set()

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Return the future result of a function. See `Calls` for the errors."""
        return self._threads.submit(self._call, function, *arguments)

    def rest(self, seconds: float = _IDLE_SECONDS) -> None:
        """End the processes that have had nothing to do for so long: each takes some 100 MB of memory."""
        limit = time.monotonic() - seconds
        with self._lock:
            tired = [calls for since, calls in self._idle if since <= limit]
            self._idle = [pair for pair in self._idle if pair[0] > limit]
        for calls in tired:
            calls.close()

    def close(self, *, finish: bool) -> None:
        """End the processes, after their current work if asked."""
        self._threads.shutdown(wait=finish, cancel_futures=True)
        if not finish:
            with self._lock:
                busy = list(self._busy)
            for calls in busy:
                calls.close()
            self._threads.shutdown(wait=True)
        self.rest(0)

    def _call(self, function: Callable[..., T], *arguments: object) -> T:
        with self._lock:
            calls = self._idle.pop()[1] if self._idle else Calls(self._job, spawn=True)
            self._busy.add(calls)
        try:
            return calls(function, *arguments)
        finally:
            with self._lock:
                self._busy.discard(calls)
                self._idle.append((time.monotonic(), calls))
