"""A run over many inputs, as the commands have it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from itertools import chain
from pathlib import Path

from feed2doc._cli._app import InterruptError, print_error
from feed2doc._cli._telling import Telling, say
from feed2doc._saving import remove_leftovers
from feed2doc.batch.bundle import Bundle
from feed2doc.batch.conversion import convert_input
from feed2doc.batch.incremental import Incremental
from feed2doc.batch.inputs import Input
from feed2doc.batch.outcomes import Outcome
from feed2doc.batch.recipe import Recipe, Run
from feed2doc.batch.report import Report
from feed2doc.batch.storage import is_url
from feed2doc.errors import WriteError

# How many inputs are worth a process of their own, and how many go to one at a time: a PDF takes a hundred times as long
# as text does.
_FEW, _CHUNK = 32, 16
_FEW_PDFS, _PDF_CHUNK = 1, 2
_MOST_WAITING = 1_000


class Batch:
    """Converts a stream of inputs, in their order, and tells of each."""

    def __init__(
        self,
        recipe: Recipe,
        run: Run,
        jobs: int,
        *,
        bundle: Bundle | None = None,
        fail_fast: bool = False,
        report: str = "",
    ) -> None:
        self._recipe, self._run, self._jobs = recipe, run, jobs
        self._bundle, self._fail_fast, self._report = bundle, fail_fast, report
        self._incremental: Incremental | None = None

    def remember(self, destination: str, *, force: bool) -> None:
        """Convert only what has changed since it was converted for this destination, and set down what is."""
        from feed2doc.batch.fingerprints import of_formats
        from feed2doc.batch.state import state_of

        try:
            state = state_of(destination)
        except WriteError as error:  # it is a convenience: without it all is converted
            print_error(str(error))
            return
        self._incremental = Incremental(state, of_formats(self._recipe, self._run), force=force)

    def convert(self, inputs: Callable[[], Iterator[Input]]) -> Telling:
        """Convert the inputs. After a failure that the next one would share, no more are tried.

        `inputs` gives them anew each time it is called: where a run takes long, they are counted.
        """
        telling = Telling(lambda: sum(1 for _ in inputs()), quiet=self._recipe.quiet)
        self._tidy()
        try:
            with (
                Report(self._report) if self._report else nullcontext() as report,
                closing(self._outcomes(inputs())) as outcomes,
            ):
                for outcome in outcomes:
                    telling.tell(outcome)
                    if report:
                        report.add(outcome)
                    if self._incremental:
                        self._incremental.remember(outcome)
                    if outcome.failure and (outcome.failure.is_last or self._fail_fast):
                        break
        except KeyboardInterrupt:
            say(self._run.writing.taken())
            raise InterruptError(
                "interrupted; the files named so far are whole, run the same command again for the rest"
            ) from None
        finally:
            telling.close()
            self._run.writing.pictures.close()
            self._tidy()
        return telling

    def _tidy(self) -> None:
        """Take away what processes that were killed have left."""
        if not is_url(self._recipe.output_dir):
            remove_leftovers(Path(self._recipe.output_dir))

    def _outcomes(self, inputs: Iterator[Input]) -> Generator[Outcome, None, None]:
        """How each input went; by several processes if there are enough of them to be converted."""
        todo: Iterator[Input | Outcome] = self._incremental.changed(inputs) if self._incremental else inputs
        if self._bundle or self._jobs == 1:
            return self._by_this_process(todo)
        return self._by_several(todo)

    def _by_this_process(self, todo: Iterable[Input | Outcome]) -> Generator[Outcome, None, None]:
        for each in todo:
            yield each if isinstance(each, Outcome) else convert_input(each, self._run, self._bundle)

    def _by_several(self, todo: Iterator[Input | Outcome]) -> Generator[Outcome, None, None]:
        from feed2doc.batch.ordered import outcomes
        from feed2doc.batch.workers import Processes, cores

        pdf = any(writer.name == "pdf" for writer in self._run.writing.writers)
        few, size = (_FEW_PDFS, _PDF_CHUNK) if pdf else (_FEW, _CHUNK)
        count = self._jobs or cores()
        first: list[Input | Outcome] = []
        inputs = 0
        for each in todo:
            if isinstance(each, Outcome) and not first:
                yield each
                continue
            first.append(each)
            inputs += isinstance(each, Input)
            if count > 1 and (inputs > few or len(first) > _MOST_WAITING):
                yield from outcomes(chain(first, todo), Processes(self._recipe, count), size)
                return
        yield from self._by_this_process(first)
