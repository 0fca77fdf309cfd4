"""Calling functions in a worker process, which the limits of a job may end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from feed2doc.batch.converter import Converter, Read
from feed2doc.batch.item import Item, loaded
from feed2doc.batch.job import Job
from feed2doc.batch.limits import Ended, EndedError
from feed2doc.batch.result import failed
from feed2doc.batch.store import FileStore
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from feed2doc.batch.workers.processes import Processes

T = TypeVar("T")


class Calls:
    """Calls functions with a converter: in a worker process if the job has limits, else with this one in this process.

    With `spawn`, the worker does not inherit what this process has open, such as the connections of a server. Close it
    after use.
    """

    def __init__(self, job: Job, converter: Converter | None = None, *, spawn: bool = False) -> None:
        self.converter: Converter = converter or Converter(job)
        self._job, self._spawn = job, spawn
        self._processes: Processes | None = None

    def __call__(self, function: Callable[..., T], *arguments: object) -> T:
        """Return what a function returns for the converter and these arguments.

        Raise LimitError if a limit ended it, and ReadError if its process was killed.
        """
        if not self._job.limits:
            return function(self.converter, *arguments)
        if self._processes is None:
            from feed2doc.batch.workers.processes import Processes

            self._processes = Processes(self._job, FileStore(), 1, spawn=self._spawn)
        return self._processes.call(function, *arguments)

    def read(self, item: Item) -> Read:
        """Return the articles of an item (`Converter.read_item`). A limit that ends it is a failure."""
        try:
            return self(Converter.read_item, loaded(item))
        except Feed2docError as error:
            is_ended = isinstance(error, EndedError)
            return Read(
                failed(item.path, str(error), error.exit_code, is_ended=is_ended), self.converter.env()
            )

    def left_out(self) -> list[Ended]:
        """Return the entries that a limit has ended in the last call, so that they were left out."""
        return [] if self._processes is None else self._processes.left_out

    def close(self) -> None:
        """Close the converter and end the process."""
        self.converter.close()
        if self._processes is not None:
            self._processes.close()
