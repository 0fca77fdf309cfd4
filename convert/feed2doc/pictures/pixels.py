"""The memory for decoded pictures: few bytes may be many pixels, so all threads of the process share a budget of pixels."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from feed2doc._files.threads import submitted

MAX_PIXELS = 64_000_000
# A picture with more pixels is decoded alone.
_LARGE = MAX_PIXELS // 4

T = TypeVar("T")


class _Budget:
    """The pixels that may be decoded at the same time."""

    def __init__(self) -> None:
        self.left = MAX_PIXELS
        self.changed = threading.Condition()


_budget = _Budget()


def with_pixels(pixels: int, work: Callable[[], T]) -> T:
    """Return what `work`, which decodes so many pixels, returns. It begins when the budget has as many."""
    if pixels <= _LARGE:
        with _hold(pixels):
            return work()
    # The C library keeps for a thread the memory that it has freed, unless the thread ends and the next one takes it over.
    with _hold(MAX_PIXELS), ThreadPoolExecutor(1, "large picture") as thread:
        return submitted(thread, work).result()


@contextmanager
def _hold(pixels: int) -> Iterator[None]:
    budget = _budget
    with budget.changed:
        budget.changed.wait_for(lambda: budget.left >= pixels)
        budget.left -= pixels
    try:
        yield
    finally:
        with budget.changed:
            budget.left += pixels
            budget.changed.notify_all()


def _renew() -> None:
    global _budget  # the threads that hold pixels are not in the fork
    _budget = _Budget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
