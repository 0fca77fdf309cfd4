"""`feed2doc sync`: a folder kept in step with feeds and folders of items."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from typing import Any

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._config import configurable, configured_in
from feed2doc._cli._options import (
    format_option,
    pdf_options,
    picture_options,
    reading_options,
    run_options,
    style_options,
    text_options,
)
from feed2doc._cli._progress import Telling, say
from feed2doc._cli._run import tell_all
from feed2doc.batch.outcomes import Outcome, Output
from feed2doc.batch.recipe import recipe_of
from feed2doc.batch.storage import is_url
from feed2doc.errors import UsageError
from feed2doc.syncing.run import Plan, Syncing, started

_SECONDS = {"h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}


@configurable
@click.command("sync", short_help="Keep a folder in step with feeds and items.")
@click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=files)
@format_option
@click.option(
    "--dest", default="", metavar="DIR", shell_complete=folders, help="Folder that is kept in step."
)
@click.option("--keep", default="", metavar="AGE", help="Remove what was written longer ago: 14d, 36h, 2w.")
@click.option("--bundle", "period", type=click.Choice(["daily"]), help="One book a day, not one an article.")
@click.option("--title", default="", metavar="T", help="Title of the books of the days.")
@click.option("--dry-run", is_flag=True, help="Say what would be written and removed, and do nothing.")
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@run_options
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
    """Keep the folder of an e-reader, or any other, in step with SOURCEs: feeds of the web, feed files, items, folders.

    Writes what is new or changed since the last time, and prints the path of each file it has written. Touches no file
    that it did not write. What somebody deleted there stays deleted.
    """
    if not sources:
        raise UsageError(
            "no source: name a feed's address, a folder or a file, as in `feed2doc sync URL --to epub --dest DIR`"
        )
    if not dest or is_url(dest):
        raise UsageError("--dest: name the folder that is to be kept in step; a URL is none")
    age = _seconds(keep) if keep else 0
    configured = configured_in(click.get_current_context())
    if title and not period and "title" not in configured:
        raise UsageError("--title is for the books of the days: add --bundle daily")
    plan = Plan(
        recipe=recipe_of(given, output_dir=dest, lenient=configured),
        sources=sources,
        keep=age,
        daily=bool(period),
        title=title,
        dry=dry_run,
        force=force,
        jobs=jobs,
        fail_fast=fail_fast,
    )
    told = Telling(lambda: 0, quiet=plan.recipe.quiet, before="would write " if dry_run else "")
    with started(plan, warn=print_error) as run:
        tell_all(_results(run, plan), run.run, told, report)
    told.sum()
    return _exit_code(told)


def _results(run: Syncing, plan: Plan) -> Generator[Outcome, None, None]:
    """Yield the outcomes, and report the files that are removed."""
    with closing(run.events()) as events:
        for event in events:
            if isinstance(event, Outcome):
                yield event
            elif plan.dry:
                say([Output(event.path, "", 0, "")], "would remove ")
            elif not plan.recipe.quiet:
                print_error(f"removed {event.path}")


def _seconds(age: str) -> int:
    """The seconds of an age such as 14d; UsageError if it is none."""
    found = re.fullmatch(r"(\d{1,4})([hdw])", age.strip())
    if not found or not int(found[1]):
        raise UsageError(f"--keep {age}: is no age: name hours, days or weeks, such as 36h, 14d or 2w")
    return int(found[1]) * _SECONDS[found[2]]


def _exit_code(told: Telling) -> int:
    if told.last_failure is None:
        return 0
    several = told.counts.total() > 1
    return 1 if several and not told.last_failure.is_last else told.last_failure.exit_code
