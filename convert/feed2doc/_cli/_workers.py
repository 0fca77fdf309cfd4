"""Many inputs on several processes: results in order, memory bounded, a process that dies costs its input alone."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from feed2doc._cli._conversion import Failure, Outcome, Run, convert_input
from feed2doc._cli._inputs import Input
from feed2doc._cli._telling import Telling, Told

Setup = Callable[[], Run]
Chunk = tuple[Input, ...]

# How many chunks wait for each process: enough that none stands idle, few enough to stay in memory.
_AHEAD = 3
_run: Run | None = None  # of a worker process, made when it starts


def cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def converted(inputs: Iterable[Input], setup: Setup, jobs: int, size: int) -> Iterator[Outcome]:
    """The outcomes of the inputs, in their order, by so many processes. `setup` makes each process its run.

    `size` inputs go to a process at a time. A process that the system ends (for want of memory, say) fails all that wait
    (concurrent.futures.process.BrokenProcessPool): the first of them are then tried one by one, the others again.
    """
    chunks = _chunks(iter(inputs), size)
    pool = _pool(setup, jobs)
    waiting: deque[tuple[Chunk, Future[list[Outcome]]]] = deque()
    try:
        while True:
            waiting += (
                (chunk, pool.submit(_work, chunk)) for chunk in islice(chunks, jobs * _AHEAD - len(waiting))
            )
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                left = [chunk for chunk, _ in waiting]
                waiting.clear()
                for each in chunk:
                    yield _alone(each, setup)
                pool = _pool(setup, jobs)
                waiting += ((chunk, pool.submit(_work, chunk)) for chunk in left)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _chunks(inputs: Iterator[Input], size: int) -> Iterator[Chunk]:
    while chunk := tuple(islice(inputs, size)):
        yield chunk


def _pool(setup: Setup, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_start, initargs=(setup,))


def _alone(each: Input, setup: Setup) -> Outcome:
    """One input in a process of its own."""
    with _pool(setup, 1) as pool:
        try:
            return pool.submit(_work, (each,)).result()[0]
        except BrokenProcessPool:
            message = f"{each.path}: the system ended its conversion; memory may be short: try it alone, or with -j 1"
            return Outcome(failure=Failure(message), told=(Told(message=message),))


def _start(setup: Setup) -> None:
    """Make a worker ready. Ctrl-C is the parent's to hear: it lets what is being written be finished.

    A pool of which one process died terminates the others: they take away what they have half written.
    """
    global _run
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _run = setup()
    _run.writing.telling = Telling(keeps=True)
    _run.writing.pictures.quiet = True  # there is one terminal


def _work(chunk: Chunk) -> list[Outcome]:
    assert _run is not None
    outcomes = []
    for each in chunk:
        outcome = convert_input(each, _run)
        outcomes.append(Outcome(outcome.is_item, outcome.failure, _run.writing.telling.taken()))
    return outcomes
