"""Running a batch for a command: progress, messages and the report."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, nullcontext

from feed2doc._cli._app import InterruptError
from feed2doc._cli._progress import Progress
from feed2doc.batch.report import Report
from feed2doc.batch.result import Result


def report_all(results: Generator[list[Result], None, None], progress: Progress, report: str = "") -> None:
    """Report results as they come, on the terminal and in the file `report` if one is given."""
    try:
        with Report(report) if report else nullcontext() as file, closing(results):
            for some in results:
                progress.report(some)
                if file:
                    for result in some:
                        file.add(result)
    except KeyboardInterrupt:
        raise InterruptError(
            "interrupted: all files that were written are complete; run the same command again for the rest"
        ) from None
    finally:
        progress.close()
