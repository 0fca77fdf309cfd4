"""`feed2doc sync`: keep a folder in sync with feeds and folders of items."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from typing import Any

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._book_options import pdf_options, style_options, text_options
from feed2doc._cli._config import configurable, configured_in
from feed2doc._cli._grouping import GroupedCommand
from feed2doc._cli._job import job_of
from feed2doc._cli._options import (
    format_option,
    limit_options,
    name_option,
    picture_options,
    reading_options,
    run_options,
)
from feed2doc._cli._progress import Progress, say
from feed2doc._cli._run import report_all
from feed2doc.batch.job import Job
from feed2doc.batch.limits import SYNC_MEMORY, SYNC_SECONDS
from feed2doc.batch.result import Output, Result
from feed2doc.batch.storage import is_url
from feed2doc.errors import UsageError
from feed2doc.syncing.run import Plan, Syncing, started

_SECONDS = {"h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}


@configurable
@click.command("sync", cls=GroupedCommand, short_help="Keep a folder in sync with feeds and items.")
@click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=files)
@format_option
@click.option(
    "--dest", default="", metavar="DIR", shell_complete=folders, help="Write into this folder; required."
)
@click.option(
    "--keep", default="", metavar="AGE", help="Remove files written longer ago than 14d, 36h or 2w."
)
@click.option(
    "--bundle",
    "period",
    type=click.Choice(["daily"]),
    help="Write one book per day instead of one file per article.",
)
@click.option("--title", default="", metavar="TITLE", help="Set the title of the daily books.")
@click.option("--dry-run", is_flag=True, help="Only print which files would be written and removed.")
@name_option
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@run_options
@limit_options(SYNC_SECONDS, SYNC_MEMORY)
def command(
    sources: tuple[str, ...],
    dest: str,
    keep: str,
    period: str | None,
    title: str,
    dry_run: bool,
    jobs: int,
    force: bool,
    fail_fast: bool,
    report: str,
    **given: Any,
) -> int:
    """Keep a folder, such as an e-reader's, in sync with SOURCEs: URLs of feeds, feed files, items, or folders of items.

    Writes what is new or has changed since the last run, and prints the path of each file written. Never touches files
    that it did not write. Files that you delete stay deleted.
    """
    if not sources:
        raise UsageError(
            "no source: name a feed URL, a folder or a file, as in `feed2doc sync URL --to epub --dest DIR`"
        )
    if not dest or is_url(dest):
        raise UsageError("no destination: add --dest FOLDER, such as --dest news; it cannot be a URL")
    age = _seconds(keep) if keep else 0
    configured = configured_in(click.get_current_context())
    if title and not period and "title" not in configured:
        raise UsageError("--title applies to daily books: add --bundle daily")
    if given["pattern"] and period and "pattern" not in configured:
        raise UsageError("--name applies to one file per article, not to --bundle daily")
    job = job_of(given, from_config=configured, folder=dest, dry=dry_run)
    plan = Plan(
        job=job,
        sources=sources,
        keep=age,
        daily=bool(period),
        title=title,
        force=force,
        jobs=jobs,
        fail_fast=fail_fast,
    )
    progress = Progress(lambda: 0, quiet=job.quiet, dry=dry_run)
    with started(plan, warn=print_error) as syncing:
        report_all(_results(syncing, job, progress), progress, report)
    progress.sum(of_idle=False)
    return progress.exit_code(several=progress.counts.total() > 1)


def _results(syncing: Syncing, job: Job, progress: Progress) -> Generator[list[Result], None, None]:
    """Yield the results, and print the paths of files that are removed."""
    with closing(syncing.events(progress.pictures)) as events:
        for event in events:
            if isinstance(event, list):
                yield event
            elif job.dry:
                say([Output(event.path, "", 0, "")], "would remove ")
            elif not job.quiet:
                print_error(f"removed {event.path}")


def _seconds(age: str) -> int:
    """Return an age such as 14d in seconds. Raise UsageError if it is not an age."""
    found = re.fullmatch(r"(\d{1,4})([hdw])", age.strip())
    if not found or not int(found[1]):
        raise UsageError(f"--keep {age}: not an age: use hours, days or weeks, such as 36h, 14d or 2w")
    return int(found[1]) * _SECONDS[found[2]]
