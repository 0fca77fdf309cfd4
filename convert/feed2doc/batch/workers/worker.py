"""A worker process on this machine: it prepares itself, converts chunks and answers calls, and ends with its parent."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

import msgspec

from feed2doc._files.atomic import work_for
from feed2doc._own_process import leaving_out, set_up, step
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import Item, read_ahead
from feed2doc.batch.job import Job
from feed2doc.batch.pipeline import staged
from feed2doc.batch.result import Result, joined
from feed2doc.batch.store import Store
from feed2doc.batch.work import Work
from feed2doc.batch.workers.groups import kill_group, kill_with, lead_group, take_signals
from feed2doc.batch.workers.queue import Chunk
from feed2doc.batch.workers.watch import Watch

T = TypeVar("T")

_process: tuple[Converter, Store] | None = None
"""The converter and store of a worker process, which live as long as the process."""
_watch: Watch | None = None
"""What watches a worker process with limits."""


def start(job: Job, store: Store, logs: str) -> None:
    """Prepare a worker process, which writes to a folder of logs if the job has limits.

    When one process of a pool crashes, the pool terminates the others and waits for them. They end at once, because an
    exception would be taken for the result of a chunk. A parent that is killed cannot end its workers, so each worker
    watches its parent.
    """
    global _process, _watch
    lead_group()
    take_signals()
    set_up()
    if (parent := parent_process()) is not None and parent.pid is not None:
        work_for(parent.pid)
        kill_with(parent.sentinel)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if job.limits:
        _watch = Watch(logs, job.limits)
        _watch.start()
    _process = Converter(job), store


def convert_chunk(chunk: Chunk) -> list[Result]:
    """Return the results of a chunk, with the files staged."""
    assert _process is not None
    with _ended_by_memory():
        return converted(chunk, *_process)


def call(function: Callable[..., T], arguments: tuple[object, ...], ended: Mapping[int, str]) -> T:
    """Return what a function returns for the converter and these arguments, without the entries that a limit has ended."""
    assert _process is not None
    try:
        with leaving_out(ended), _ended_by_memory():
            return function(_process[0], *arguments)
    finally:
        step("")


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


@contextmanager
def _ended_by_memory() -> Iterator[None]:
    """End this process if its memory is limited and full: a part of what it was doing would stay in memory."""
    try:
        yield
    except MemoryError:
        if _watch is None or not _process or not _process[0].job.limits.memory:
            raise
        _watch.end()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        wait_for([parent.sentinel])
        kill_group(os.getpid())
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
