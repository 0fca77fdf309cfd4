"""Work that threads do while this one goes on, or this one if the system starts no more threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

NO_THREAD = "can't start new thread"
"""The message of the RuntimeError that Python raises then."""


def submitted(pool: ThreadPoolExecutor, work: Callable[..., T], *arguments: object) -> Future[T]:
    """Return the future of a function that a thread of the pool calls.

    If the pool has no thread and gets none, the function is called now.
    """
    future: Future[T] = Future()
    taken = threading.Lock()

    def run() -> None:
        # A pool without a new thread keeps the call, for one that it may have.
        if not taken.acquire(blocking=False) or not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work(*arguments))
        except BaseException as error:  # as a pool does
            future.set_exception(error)

    try:
        pool.submit(run)
    except RuntimeError as error:
        if str(error) != NO_THREAD:
            raise
        run()
    return future
