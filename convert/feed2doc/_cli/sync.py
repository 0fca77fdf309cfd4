"""`feed2doc sync`: a folder kept in step with feeds and folders of items."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import click
import msgspec

from feed2doc._cli._app import Command, files, folders, print_error
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
from feed2doc._cli._run import Batch
from feed2doc.batch.delivery import Delivery
from feed2doc.batch.inputs import STDIN
from feed2doc.batch.outcomes import Outcome, Output
from feed2doc.batch.recipe import recipe_of, run_of
from feed2doc.batch.state.fingerprints import of_formats
from feed2doc.batch.state.incremental import Incremental
from feed2doc.batch.state.store import State, state_of
from feed2doc.batch.storage import is_url
from feed2doc.errors import UsageError, WriteError
from feed2doc.syncing.daily import FORMAT, Daily
from feed2doc.syncing.destination import all_gone, older_than, only_one, prepare, remove
from feed2doc.syncing.inputs import inputs_of

_SECONDS = {"h": 3600, "d": 24 * 3600, "w": 7 * 24 * 3600}


@configurable
@click.command("sync", short_help="Keep a folder in step with feeds and items.", cls=Command)
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
    recipe = recipe_of(given, output_dir=dest, lenient=configured)
    run_of(recipe)  # what cannot be is said before anything is touched
    with closing(state_of(dest, "sync")) as state, only_one(dest, state):
        delivery = prepare(dest, state, dry=dry_run, force=force)
        if not force and not recipe.quiet and (gone := all_gone(state)):
            print_error(f"{dest}: all {gone} files are gone and stay so: --force writes them again")
        if age:  # first of all, for a full device needs the room
            _remove(older_than(age, state), state, delivery, recipe.quiet)
        recipe = msgspec.structs.replace(recipe, delivery=delivery)
        run = run_of(recipe)
        recipes: Mapping[str, bytes] = of_formats(recipe, run)
        daily = Daily(run, state, recipes, title, force=force) if period else None
        incremental = Incremental(
            state,
            {FORMAT: daily.recipe} if daily else recipes,
            force=force,
            deleted_stay=not daily,
            dry=dry_run,
        )
        batch = Batch(recipe, run, 1 if STDIN in sources else jobs, incremental=incremental, collector=daily)
        told = Telling(lambda: 0, quiet=recipe.quiet, before="would write " if dry_run else "")

        def outcomes() -> Generator[Outcome, None, None]:
            yield from batch.outcomes(inputs_of(sources, run, state))
            if daily:
                # A day more, for where it is still the day before.
                first = datetime.now(UTC).date() - timedelta(seconds=age, days=1) if age else None
                for outcome, left in daily.write(first):
                    batch.left += left
                    yield outcome

        batch.run(outcomes(), told, fail_fast=fail_fast, report=report)
        # What another input has taken over in the meantime is nobody's leftover.
        left = [output for output in batch.left if not incremental.is_made(output.path)]
        with suppress(WriteError) if told.last_failure else nullcontext():  # that one was told
            _remove(left, state, delivery, recipe.quiet)
    told.sum()
    return _exit_code(told)


def _seconds(age: str) -> int:
    """The seconds of an age such as 14d; UsageError if it is none."""
    found = re.fullmatch(r"(\d{1,4})([hdw])", age.strip())
    if not found or not int(found[1]):
        raise UsageError(f"--keep {age}: is no age: name hours, days or weeks, such as 36h, 14d or 2w")
    return int(found[1]) * _SECONDS[found[2]]


def _remove(outputs: Iterable[Output], state: State, delivery: Delivery, quiet: bool) -> None:
    for path in remove(outputs, state, delivery):
        if delivery.dry:
            say([Output(path, "", 0, "")], "would remove ")
        elif not quiet:
            print_error(f"removed {path}")


def _exit_code(told: Telling) -> int:
    if told.last_failure is None:
        return 0
    several = told.counts.total() > 1
    return 1 if several and not told.last_failure.is_last else told.last_failure.exit_code
