"""Running a batch for a command: progress, messages and the report."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, nullcontext

from feed2doc._cli._app import InterruptError
from feed2doc._cli._progress import Telling, say, write_out
from feed2doc.batch.outcomes import Outcome
from feed2doc.batch.recipe import Run
from feed2doc.batch.report import Report


def tell_all(results: Generator[Outcome, None, None], run: Run, telling: Telling, report: str = "") -> None:
    """Report each result as it comes, on the terminal and in the file `report` if there is one."""
    run.writing.sink, run.writing.pictures.progress = write_out, telling.pictures
    try:
        with Report(report) if report else nullcontext() as file, closing(results):
            for outcome in results:
                telling.tell(outcome)
                if file:
                    file.add(outcome)
    except KeyboardInterrupt:
        say(run.writing.taken())
        raise InterruptError(
            "interrupted; the files named so far are whole, run the same command again for the rest"
        ) from None
    finally:
        telling.close()
