"""Chunks of inputs on any workers: results in order, memory bounded, a worker that dies costs its input alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import groupby, islice
from typing import Protocol

import msgspec

from feed2doc.batch.inputs import Input
from feed2doc.batch.outcomes import Outcome, ended
from feed2doc.batch.shards import Shard, deadly, unwritten

Chunk = tuple[Input, ...]

# How many chunks are handed out for each worker: enough that none stands idle, few enough to stay in memory.
_AHEAD = 3
_MOST_KNOWN = 1_000


class Workers(Protocol):
    """Processes that convert chunks of inputs, here or elsewhere."""

    lost: tuple[type[BaseException], ...]
    """What the result of a chunk raises if the worker died over it."""
    patience: int
    """How often an input may be lost in company, where another may be to blame, and then again with it alone."""

    @property
    def count(self) -> int:
        """How many work at a time, now."""

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        """Hand out a chunk."""

    def result(self, future: Future[list[Outcome]]) -> list[Outcome]:
        """What came of a chunk, when it is done."""

    def alone(self, each: Input) -> Outcome:
        """Have an input converted with nothing beside it."""

    def renew(self, futures: list[Future[list[Outcome]]]) -> None:
        """Get ready again after a loss, which these may share: those that do are done when this returns."""

    def close(self) -> None:
        """Let what is being converted be finished, drop the rest."""


class _Part:
    """A chunk in line; `losses` counts the workers that died over it, `future` is there once it is handed out."""

    __slots__ = ("chunk", "future", "losses")

    def __init__(self, chunk: Chunk, losses: int = 0) -> None:
        self.chunk, self.losses = chunk, losses
        self.future: Future[list[Outcome]] | None = None


def outcomes(inputs: Iterable[Input | Outcome], workers: Workers, size: int) -> Iterator[Outcome]:
    """The outcomes of the inputs in their order; what is an outcome already keeps its place among them.

    `size` inputs are handed out at a time. Where a worker dies, what was done stays done; all else that was handed out
    is handed out again, input by input. An input over which workers die again and again is tried with nothing beside
    it, and has failed if that ends with a death as well.
    """
    line = _Line(inputs, workers, size)
    try:
        while (part := line.head()) is not None:
            yield from line.result(part)
    finally:
        workers.close()


class _Line:
    """The chunks in their order, from the first that is not done to the last that was handed out."""

    def __init__(self, inputs: Iterable[Input | Outcome], workers: Workers, size: int) -> None:
        self._parts = _in_parts(inputs, size)
        self._workers = workers
        self._line: deque[_Part] = deque()

    def head(self) -> _Part | None:
        """The first in line; None at the end of the inputs. As many as there is room for are handed out."""
        room = self._workers.count * _AHEAD
        while len(self._line) < room and (part := next(self._parts, None)) is not None:
            self._line.append(part)
        try:
            for part in islice(self._line, room):
                if part.future is None and part.losses < self._workers.patience:
                    part.future = self._workers.submit(part.chunk)
        except self._workers.lost:
            self._renew()
            return self.head()
        return self._line[0] if self._line else None

    def result(self, part: _Part) -> list[Outcome]:
        """What came of the first in line; nothing yet if it has to be tried again."""
        if part.future is None:
            outcome = self._alone(part.chunk[0])
            self._line.popleft()
            return [outcome]
        try:
            done = self._workers.result(part.future)
        except self._workers.lost:
            self._renew()
            return []
        self._line.popleft()
        return done

    def _renew(self) -> None:
        """Put all that was lost back in its place, input by input."""
        self._workers.renew([part.future for part in self._line if part.future])
        line: deque[_Part] = deque()
        for part in self._line:
            future = part.future
            if future is None or not self._is_lost(future):
                line.append(part)
            else:
                losses = part.losses + 1 if len(part.chunk) == 1 else 1
                line += (_Part((each,), losses) for each in part.chunk)
        self._line = line

    def _is_lost(self, future: Future[list[Outcome]]) -> bool:
        return future.done() and not future.cancelled() and isinstance(future.exception(), self._workers.lost)

    def _alone(self, each: Input) -> Outcome:
        for _ in range(self._workers.patience):
            try:
                return self._workers.alone(each)
            except self._workers.lost:
                continue
        if isinstance(each, Shard):
            return self._without_deadly(each)
        return ended(each.path)

    def _without_deadly(self, shard: Shard) -> Outcome:
        """What comes of a shard without the inputs over which workers die."""
        every = range(len(shard.members))

        def ends(numbers: Sequence[int]) -> bool:
            others = frozenset(every).difference(numbers)
            try:
                self._workers.alone(msgspec.structs.replace(shard, deadly=others, is_trial=True))
            except self._workers.lost:
                return True
            return False

        found = frozenset(deadly(every, ends))
        try:
            return self._workers.alone(msgspec.structs.replace(shard, deadly=found))
        except self._workers.lost:
            return unwritten(shard, ended(shard.path))


def _in_parts(inputs: Iterable[Input | Outcome], size: int) -> Iterator[_Part]:
    """Chunks of at most `size` inputs, and between them those that need not be handed out."""
    for is_known, run in groupby(inputs, lambda each: isinstance(each, Outcome)):
        while some := list(islice(run, _MOST_KNOWN if is_known else size)):
            part = _Part(tuple(each for each in some if isinstance(each, Input)))
            if is_known:
                part.future = Future()
                part.future.set_result([each for each in some if isinstance(each, Outcome)])
            yield part
