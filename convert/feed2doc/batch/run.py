"""A run over many items in this process, in several, or on a cluster. Results are published and recorded in order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from feed2doc._files.atomic import remove_leftovers
from feed2doc._files.temporary import remove_temporary_leftovers
from feed2doc.batch.companions import FOLDER_OF
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import STDIN, Item, loaded
from feed2doc.batch.job import Job
from feed2doc.batch.pictures import Progress
from feed2doc.batch.pipeline import Batch, published, staged
from feed2doc.batch.result import Failure, Result, failed, joined
from feed2doc.batch.state.claims import note
from feed2doc.batch.storage import is_url
from feed2doc.batch.store import FileStore, Guard, Store
from feed2doc.batch.work import Shard, Work
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from feed2doc.batch.state.incremental import Incremental
    from feed2doc.batch.workers.queue import Workers

# The number of items from which worker processes pay off, and how many items are sent to one at a time: a PDF takes a
# hundred times as long as text.
_FEW, _CHUNK = 32, 16
_FEW_PDFS, _PDF_CHUNK = 1, 2
# A chunk for another machine is larger by this factor, because it costs a round trip and the scheduler's time.
_CLUSTER_FACTOR = 4
_MOST_WAITING = 1_000
# How many results of unchanged items are passed on at a time before the first item that has to be converted.
_MOST_KNOWN = 100


class Run:
    """Converts items in order, in `jobs` processes (0 for one per core) or on the cluster of a `scheduler`.

    With `incremental`, only items that are not up to date are converted, and the results are recorded. A `guard` sees each
    result before its files are published. `warn` is called with messages about the run itself.
    """

    def __init__(
        self,
        job: Job,
        store: Store,
        *,
        jobs: int = 1,
        scheduler: str = "",
        incremental: Incremental | None = None,
        guard: Guard | None = None,
        progress: Progress = lambda done, total: None,
        warn: Callable[[str], None] = lambda message: None,
    ) -> None:
        self._job, self._store, self._jobs, self._scheduler = job, store, jobs, scheduler
        self._incremental, self._guard = incremental, guard
        self._progress, self._warn = progress, warn
        self._failure: Failure | None = (
            None  # of the last result, which is that of an item if the item has more
        )

    def results(
        self, items: Iterable[Item | Shard | Result], *, fail_fast: bool = False
    ) -> Generator[list[Result], None, None]:
        """Yield the results of the items in order, in batches, once their files are published and recorded.

        The run ends after a failure that the next items would share, or with `fail_fast` after any failure.
        """
        tidy(self._job)
        items = map(_loaded, items)
        try:
            with Converter(self._job, self._progress) as converter:
                works = self._incremental.plan(items) if self._incremental else _all(items)
                with closing(self._staged(works, converter)) as batches:
                    for batch in batches:
                        results = self._published(batch, converter, fail_fast=fail_fast)
                        if self._incremental and (self._scheduler or is_url(self._job.folder)):
                            results = self._in_order(results, converter)
                        yield from self._recorded(results)
                        if is_last(results[-1][1], fail_fast=fail_fast):
                            return
        finally:
            if self._incremental and (path := self._incremental.was_reset):
                self._warn(f"{path}: the state of earlier runs was corrupt and has been reset")

    def _published(self, batch: Batch, converter: Converter, *, fail_fast: bool) -> Batch:
        """Publish the files of a batch in order, up to a failure that ends the run."""
        done: Batch = []
        for work, staged_result in batch:
            result = published(self._admitted(work, staged_result, converter), self._store)
            if result.continues and self._failure and not result.failure:
                result = msgspec.structs.replace(result, status="failed", failure=self._failure)
            self._failure = result.failure
            if is_last(result, fail_fast=fail_fast):
                done.append((work, msgspec.structs.replace(result, more=False)))
                break
            done.append((work, result))
        return done

    def _admitted(self, work: Work | None, result: Result, converter: Converter) -> Result:
        if self._guard is None or work is None or not isinstance(work.item, Item):
            return result
        from feed2doc.batch.state.incremental import key_of

        item = work.item

        def again(number: int) -> Result:
            key = key_of(item) if number == 1 else f"{key_of(item)}\n{number}"
            other = Work(msgspec.structs.replace(item, name_key=key), work.formats, work.version_tag)
            batches = staged([other], converter, self._store)
            return joined([result for batch in batches for _, result in batch])

        return self._guard(item, result, again)

    def _recorded(self, batch: Batch) -> Generator[list[Result], None, None]:
        """Record the results of a batch in one transaction, and yield them.

        If they could not be reported to the user, for example because standard output is closed, the next run converts
        them again.
        """
        if self._incremental:
            self._incremental.record(batch)
        elif self._job.output != STDIN and not self._job.dry:
            note(output for _, result in batch for output in result.outputs)
        try:
            yield [result for _, result in batch]
        except BaseException:
            if self._incremental:
                self._incremental.forget(batch)
            raise

    def _in_order(self, batch: Batch, converter: Converter) -> Batch:
        """Convert again what an earlier item has overwritten out of order, which happens where workers publish files."""
        assert self._incremental is not None
        again = [
            work
            for work, result in batch
            if work
            and not result.more
            and not result.continues
            and self._incremental.is_superseded(work, result)
        ]
        if not again:
            return batch
        repeated = {
            id(work): published(result, self._store)
            for group in staged(again, converter, self._store)
            for work, result in group
        }
        return [(work, repeated.get(id(work), result)) for work, result in batch]

    def _staged(self, works: Iterable[Work | Result], converter: Converter) -> Generator[Batch, None, None]:
        limits = self._job.limits
        if self._jobs == 1 and not self._scheduler and not limits:
            yield from staged(works, converter, self._store)
            return
        pdf = any(target.format == "pdf" for target in self._job.targets)
        few, size = (_FEW_PDFS, _PDF_CHUNK) if pdf else (_FEW, _CHUNK)
        if self._scheduler:
            few, size = 0, size * _CLUSTER_FACTOR
        todo = iter(works)
        first: list[Work | Result] = []
        items = 0
        for each in todo:
            first.append(each)
            if isinstance(each, Work):
                items += len(each.item.items) if isinstance(each.item, Shard) else 1
            elif not items and len(first) == _MOST_KNOWN:
                yield [(None, result) for result in first if isinstance(result, Result)]
                first = []
            if items > few or len(first) > _MOST_WAITING:
                yield from self._by_several(chain(first, todo), converter, size, self._jobs)
                return
        if limits and items:
            yield from self._by_several(iter(first), converter, size, 1)
        else:
            yield from staged(first, converter, self._store)

    def _by_several(
        self, works: Iterator[Work | Result], converter: Converter, size: int, jobs: int
    ) -> Generator[Batch, None, None]:
        from feed2doc.batch.workers.processes import cores
        from feed2doc.batch.workers.queue import staged_by

        count = jobs or cores()
        if count == 1 and not self._scheduler and not self._job.limits:
            yield from staged(works, converter, self._store)
            return
        try:
            yield from staged_by(self._workers(count), works, size)
        finally:
            tidy(self._job)  # of workers that were killed, or whose results were not waited for

    def _workers(self, count: int) -> Workers:
        scheduler = self._scheduler
        if not scheduler:
            from feed2doc.batch.workers.processes import Processes

            return Processes(self._job, self._store, count)
        from feed2doc.batch.workers.dask_cluster import Cluster

        cluster = Cluster(scheduler, self._job, FileStore(in_place=True), self._jobs)
        if cluster.idle_threads and not self._job.quiet:
            self._warn(
                f"--scheduler {scheduler}: a worker converts one input at a time, so {cluster.idle_threads} threads"
                " are idle: start workers with --nthreads 1, and one per core with --nworkers"
            )
        return cluster


def _loaded(each: Item | Shard | Result) -> Item | Shard | Result:
    if not isinstance(each, Item):
        return each
    try:
        return loaded(each)
    except Feed2docError as error:
        return failed(each.path, str(error), error.exit_code)


def tidy(job: Job) -> None:
    """Remove temporary files that killed processes have left where a job writes."""
    remove_temporary_leftovers()
    folder = os.path.dirname(job.output) or "." if job.output else job.folder
    if job.dry or job.output == STDIN or is_url(folder):
        return
    remove_leftovers(folder)
    for ending in {FOLDER_OF[target.format] for target in job.targets if target.format in FOLDER_OF}:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for each in entries:
                if each.name.endswith(ending) and each.is_dir(follow_symlinks=False):
                    remove_leftovers(each.path)


def is_last(result: Result, *, fail_fast: bool) -> bool:
    """Return True if a run ends with this result."""
    return any(failure.is_last or fail_fast for failure in result.failures)


def _all(items: Iterable[Item | Shard | Result]) -> Iterator[Work | Result]:
    return (each if isinstance(each, Result) else Work(each) for each in items)
