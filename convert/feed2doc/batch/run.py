"""A run over many inputs: in this process, in several, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from feed2doc._files.atomic import remove_leftovers
from feed2doc.batch.conversion import convert_input
from feed2doc.batch.inputs import Input
from feed2doc.batch.outcomes import Outcome, Output
from feed2doc.batch.recipe import Recipe, Run
from feed2doc.batch.shards import Shard, outcome_of
from feed2doc.batch.storage import is_url
from feed2doc.batch.write_behind import outcomes_of

if TYPE_CHECKING:
    from feed2doc.batch.bundle import Collector
    from feed2doc.batch.state.incremental import Incremental
    from feed2doc.batch.workers.pool import Workers

# How many inputs are worth a process of their own, and how many go to one at a time: a PDF takes a hundred times as long
# as text does.
_FEW, _CHUNK = 32, 16
_FEW_PDFS, _PDF_CHUNK = 1, 2
# A chunk that goes to another machine is so many times as large, for it costs a round trip, and the scheduler time.
_CLUSTER_CHUNKS = 4
_MOST_WAITING = 1_000


class Batch:
    """Converts a stream of inputs, in their order.

    With `incremental` only what changed is converted; `left` are then the files that changed inputs have left behind. A
    `collector` takes the articles in place of the formats' files. `warn` is called with messages about the run itself.
    """

    def __init__(
        self,
        recipe: Recipe,
        run: Run,
        jobs: int,
        *,
        scheduler: str = "",
        incremental: Incremental | None = None,
        collector: Collector | None = None,
        warn: Callable[[str], None] = lambda message: None,
    ) -> None:
        self._recipe, self._run, self._jobs, self._scheduler = recipe, run, jobs, scheduler
        self._incremental, self._collector = incremental, collector
        self._warn = warn
        self.left: list[Output] = []

    def results(
        self, outcomes: Generator[Outcome, None, None], *, fail_fast: bool = False
    ) -> Generator[Outcome, None, None]:
        """Yield the outcome of each input and record it. After a failure that the next one would share, no more are tried."""
        self._tidy()
        try:
            with closing(outcomes):
                for outcome in outcomes:
                    if self._incremental and (again := self._incremental.overwritten(outcome)):
                        outcome = outcome_of(again, self._run)
                    yield outcome
                    if self._incremental:
                        self.left += self._incremental.remember(outcome)
                    if any(f.is_last or fail_fast for f in outcome.failures):
                        break
        finally:
            self._run.writing.pictures.close()
            self._tidy()
            if self._incremental and (path := self._incremental.begun_anew):
                self._warn(f"{path}: the record of what was made was damaged, and is begun anew")

    def outcomes(self, inputs: Iterable[Input | Outcome]) -> Generator[Outcome, None, None]:
        """How each input went; by several processes if there are enough of them to be converted."""
        todo = self._incremental.changed(inputs) if self._incremental else iter(inputs)
        if self._collector or (self._jobs == 1 and not self._scheduler):
            return self._by_this_process(todo)
        return self._by_several(todo)

    def _tidy(self) -> None:
        """Take away what processes that were killed have left."""
        if self._incremental and not is_url(self._recipe.output_dir):
            remove_leftovers(Path(self._recipe.output_dir))

    def _by_this_process(self, todo: Iterable[Input | Outcome]) -> Generator[Outcome, None, None]:
        if not self._collector:
            yield from outcomes_of(todo, self._run)
            return
        for each in todo:
            yield each if isinstance(each, Outcome) else convert_input(each, self._run, self._collector)

    def _by_several(self, todo: Iterator[Input | Outcome]) -> Generator[Outcome, None, None]:
        pdf = any(writer.name == "pdf" for writer in self._run.writing.writers)
        few, size = (_FEW_PDFS, _PDF_CHUNK) if pdf else (_FEW, _CHUNK)
        if self._scheduler:
            few, size = 0, size * _CLUSTER_CHUNKS
        first: list[Input | Outcome] = []
        inputs = 0
        for each in todo:
            if isinstance(each, Outcome) and not first:
                yield each
                continue
            first.append(each)
            inputs += len(each.members) if isinstance(each, Shard) else isinstance(each, Input)
            if inputs > few or len(first) > _MOST_WAITING:
                from feed2doc.batch.workers.pool import outcomes
                from feed2doc.batch.workers.processes import cores

                todo = chain(first, todo)
                size = 1 if isinstance(first[0], Shard) else size
                if (count := self._jobs or cores()) > 1 or self._scheduler:
                    yield from outcomes(todo, self._workers(count), size)
                else:
                    yield from self._by_this_process(todo)
                return
        yield from self._by_this_process(first)

    def _workers(self, count: int) -> Workers:
        if not self._scheduler:
            from feed2doc.batch.workers.processes import Processes

            return Processes(self._recipe, count)
        from feed2doc.batch.workers.dask_cluster import Cluster

        cluster = Cluster(self._scheduler, self._recipe, count)
        if cluster.idle_threads and not self._recipe.quiet:
            self._warn(
                f"--scheduler {self._scheduler}: a worker converts one input at a time, so {cluster.idle_threads} threads"
                " stand idle: start workers with --nthreads 1, and as many as there are cores by --nworkers"
            )
        return cluster
