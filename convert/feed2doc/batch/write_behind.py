"""Converting inputs one after the other while the files of the one before are still being saved.

Saving is waiting: for a new file, for its data to be safe on the disk (fsync), for its name. It takes as long as reading an
article does.
"""

from __future__ import annotations

import functools
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


def outcomes_of(inputs: Iterable[Input | Outcome], run: Run) -> Iterator[Outcome]:
    """What comes of each input, in order, once its files are there; an outcome is passed on in its place."""
    before: tuple[Outcome, _WriteBehind] | None = None
    is_first = True
    for each in inputs:
        if isinstance(each, Outcome):
            outcome, delivery = each, None
        elif is_first or run.writing.delivery != Delivery():
            # One alone has nothing to wait for, and sync looks at what is there already.
            outcome, delivery = outcome_of(each, run), None
            is_first = False
        else:
            delivery = _WriteBehind()
            writing = msgspec.structs.replace(run.writing, delivery=delivery)
            outcome = outcome_of(each, msgspec.structs.replace(run, writing=writing))
        if before:
            yield _settled(*before)
            before = None
        if delivery and not outcome.failure:  # after which perhaps no more is asked for
            before = outcome, delivery
        else:
            yield _settled(outcome, delivery) if delivery else outcome
    if before:
        yield _settled(*before)


class _WriteBehind(Delivery, frozen=True):
    """Begins to save files, and knows of each how that ends."""

    saving: list[tuple[str, Future[bool]]] = []  # noqa: RUF012 - msgspec gives each its own

    def save(self, path: str, data: bytes) -> bool:
        """Begin to save a file; it will be written."""
        self.saving.append((path, _saver().submit(super().save, path, data)))
        return True


def _settled(outcome: Outcome, delivery: _WriteBehind) -> Outcome:
    """The outcome when all is saved; a failure without the files that could not be."""
    errors: dict[str, Feed2docError] = {}
    for path, saving in delivery.saving:
        try:
            saving.result()
        except Feed2docError as error:
            errors[path] = error
    if not errors:
        return outcome
    told = [each for each in outcome.told if not (isinstance(each, Output) and each.path in errors)]
    failure = failure_of(next(iter(errors.values())))
    return msgspec.structs.replace(outcome, status="failed", told=(*told, failure.message), failure=failure)


@functools.cache
def _saver() -> ThreadPoolExecutor:
    """The thread of this process that saves files, in the order in which they were made."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, "feed2doc-save")
