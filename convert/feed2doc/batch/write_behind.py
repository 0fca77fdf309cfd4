"""Converting inputs one after the other while the files of the one before are still being saved.

Saving is waiting: for a new file, for its data to be safe on the disk (fsync), for its name. It takes as long as reading an
article does.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from feed2doc.batch.delivery import Delivery
from feed2doc.batch.inputs import Input
from feed2doc.batch.outcomes import Outcome, Output, failure_of
from feed2doc.batch.recipe import Run
from feed2doc.batch.shards import outcome_of
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_Saving = list[tuple[str, "Future[bool]"]]


def outcomes_of(inputs: Iterable[Input | Outcome], run: Run) -> Iterator[Outcome]:
    """What comes of each input, in order, once its files are there; an outcome is passed on in its place.

    Nothing of an input is saved before what came of the one before has been passed on: after a failure perhaps no more is
    asked for.
    """
    before: tuple[Outcome, _Saving] | None = None
    is_first = True
    for each in inputs:
        held = _Held()
        if isinstance(each, Outcome):
            outcome = each
        elif is_first or run.writing.delivery != Delivery():
            # One alone has nothing to wait for, and sync looks at what is there already.
            outcome = outcome_of(each, run)
            is_first = False
        else:
            writing = msgspec.structs.replace(run.writing, delivery=held)
            outcome = outcome_of(each, msgspec.structs.replace(run, writing=writing))
        if before:
            yield _settled(*before)
            before = None
        if held.files:
            before = outcome, held.begin()
        else:
            yield outcome
    if before:
        yield _settled(*before)


class _Held(Delivery, frozen=True):
    """Holds files until it is time to save them."""

    files: list[tuple[str, bytes]] = []  # noqa: RUF012 - msgspec gives each its own

    def save(self, path: str, data: bytes) -> bool:
        """Hold a file; it will be written."""
        self.files.append((path, data))
        return True

    def begin(self) -> _Saving:
        """Begin to save them, in order."""
        saver = _saver(os.getpid())
        return [(path, saver.submit(super(_Held, self).save, path, data)) for path, data in self.files]


def _settled(outcome: Outcome, saving: _Saving) -> Outcome:
    """The outcome when all is saved; a failure without the files that could not be."""
    errors: dict[str, Feed2docError] = {}
    for path, future in saving:
        try:
            future.result()
        except Feed2docError as error:
            errors[path] = error
    if not errors:
        return outcome
    told = [each for each in outcome.told if not (isinstance(each, Output) and each.path in errors)]
    failure = failure_of(next(iter(errors.values())))
    return msgspec.structs.replace(outcome, status="failed", told=(*told, failure.message), failure=failure)


@functools.lru_cache(1)
def _saver(process: int) -> ThreadPoolExecutor:
    """The thread that saves files, in the order in which they were made; a process has its own, and none that it is forked
    from."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, "feed2doc-save")
