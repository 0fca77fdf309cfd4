"""`feed2doc convert`: inputs to files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing, nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._config import configurable, configured_in
from feed2doc._cli._options import (
    bundle_options,
    cluster_options,
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
from feed2doc.batch.inputs import STDIN, Input, find_inputs
from feed2doc.batch.recipe import Recipe, Run, recipe_of, run_of
from feed2doc.batch.run import Batch
from feed2doc.batch.storage import is_of_process, is_url, normalised, remove
from feed2doc.errors import ReadError, StrictError, UsageError, WriteError

if TYPE_CHECKING:
    from feed2doc.batch.bundle import Bundle
    from feed2doc.batch.shards import Shards
    from feed2doc.batch.state.incremental import Incremental


@configurable
@click.command("convert", short_help="Convert feed items.")
@click.argument("inputs", nargs=-1, metavar="INPUT...", shell_complete=files)
@format_option
@click.option(
    "-o",
    "--output",
    default="",
    metavar="FILE",
    shell_complete=files,
    help="Output file, - for standard output.",
)
@click.option(
    "--output-dir",
    default=".",
    metavar="DIR",
    shell_complete=folders,
    help="Folder of the output files [default: here].",
)
@bundle_options
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@run_options
@cluster_options
def command(
    inputs: tuple[str, ...],
    jobs: int,
    force: bool,
    fail_fast: bool,
    report: str,
    scheduler: str,
    shard: int,
    **given: Any,
) -> int:
    """Convert feed items. INPUT is a file, a folder, a glob, a URL such as s3://BUCKET/FOLDER, or - for standard input.

    Prints the path of each file it has written. Without -o a file is named {date}-{slug}-{id}.{ext}, a bundle
    {slug}-{id}.{ext} by its title.
    """
    if not inputs:
        raise UsageError("no input: name a file or folder, as in `feed2doc item.txt --to epub`")
    configured = configured_in(click.get_current_context())
    inputs = tuple(map(normalised, inputs))
    given |= {name: normalised(given[name]) for name in ("output", "output_dir")}
    recipe = recipe_of(given, lenient=configured)
    run = run_of(recipe)
    bundle = _bundle(run, given, configured)
    found = find_inputs(inputs)
    first = list(islice(found, 2))
    todo: Iterable[Input] = chain(first, found)
    shards = _shards(todo, shard, recipe, run, bundle, configured)
    several = shards is not None or len(first) > 1
    _check_output(run, bundle, several)
    if reason := _reason_for_one_process(inputs, recipe, bundle):
        if scheduler and "scheduler" not in configured:
            raise UsageError(f"--scheduler has no place here: {reason}")
        jobs = 1
    scheduler = scheduler if several and not reason else ""
    incremental = _incremental(recipe, run, force) if several and not bundle else None
    batch = Batch(
        recipe,
        run,
        jobs,
        scheduler=scheduler,
        incremental=incremental,
        collector=bundle,
        warn=print_error,
    )
    told = Telling(lambda: _count(inputs), quiet=recipe.quiet)
    with closing(incremental) if incremental else nullcontext():
        results = batch.results(batch.outcomes(shards or todo), fail_fast=fail_fast)
        tell_all(results, run, told, report)
        if shards and incremental:
            _remove_beyond(shards, incremental, recipe.quiet)
    if not told.items:
        raise ReadError("no feed items in what was named: a folder is searched for .txt .md .html .xml .json")
    if bundle and not told.lost:
        bundle.write(run.writing)
        say(run.writing.taken())
        if failure := run.writing.failure():
            return failure.exit_code
    elif several and not bundle:
        told.sum()
    return _exit_code(told, bundle, several)


def _incremental(recipe: Recipe, run: Run, force: bool) -> Incremental | None:
    """What keeps a run from making again what is made; None if it cannot be had, and all is made."""
    from feed2doc.batch.state.fingerprints import of_formats
    from feed2doc.batch.state.incremental import Incremental
    from feed2doc.batch.state.store import state_of

    try:
        return Incremental(state_of(recipe.output_dir), of_formats(recipe, run), force=force)
    except WriteError as error:
        print_error(str(error))
        return None


def _count(inputs: tuple[str, ...]) -> int:
    """How many inputs there are; 0 where it takes long to say, for a storage may have millions of them."""
    return 0 if any(map(is_url, inputs)) else sum(1 for _ in find_inputs(inputs))


def _shards(
    inputs: Iterable[Input],
    size: int,
    recipe: Recipe,
    run: Run,
    bundle: Bundle | None,
    configured: Collection[str],
) -> Shards | None:
    """The inputs as shards, if they are to be."""
    if not size:
        return None
    from feed2doc.batch import shards

    try:
        if bundle:
            raise UsageError("--shard makes several files, --bundle one")
        shards.check([writer.name for writer in run.writing.writers], recipe.output)
    except UsageError:
        if "shard" in configured:
            return None
        raise
    return shards.Shards(inputs, size, recipe.output_dir)


def _remove_beyond(shards: Shards, incremental: Incremental, quiet: bool) -> None:
    """Remove the shards of an earlier run that had more of them, for their inputs are in others now or gone."""
    for path in [output.path for output in incremental.files() if shards.is_beyond(output.path)]:
        remove(path)
        incremental.forget(path)
        if not quiet:
            print_error(f"removed {path}")


def _bundle(run: Run, given: dict[str, Any], configured: Collection[str]) -> Bundle | None:
    """The book of all inputs, if there is to be one."""
    title, group_by, order = given["title"], given["group_by"], given["order"]
    if given["one_book"]:
        from feed2doc.batch.bundle import Bundle

        return Bundle(run.env(), title or "", group_by or "source", order or "newest")
    if any(given[name] is not None and name not in configured for name in ("title", "group_by", "order")):
        raise UsageError("--title, --group-by and --order are for one book of all inputs: add --bundle")
    return None


def _check_output(run: Run, bundle: Bundle | None, several: bool) -> None:
    """Raise UsageError if -o names one file where there are to be more."""
    writing = run.writing
    if not writing.output or (bundle and writing.output != STDIN):
        return
    if len(writing.writers) > 1:
        raise UsageError("-o names one file, but there are several formats: use --output-dir")
    if several and not bundle:
        raise UsageError("-o names one file, but there are several inputs: use --output-dir or --bundle")


def _reason_for_one_process(inputs: tuple[str, ...], recipe: Recipe, bundle: Bundle | None) -> str:
    """Why no other process could take part; "" if it could."""
    if bundle:
        return "one book is made by one process"
    if STDIN in inputs:
        return "standard input is this process's alone"
    if any(map(is_of_process, (*inputs, recipe.output_dir))):
        return "memory:// is this process's alone"
    return ""


def _exit_code(told: Telling, bundle: Bundle | None, several: bool) -> int:
    if told.last_failure is None:
        return 0
    if bundle and told.lost:
        return StrictError.exit_code  # there is one output, and it was not written
    return 1 if several and not told.last_failure.is_last else told.last_failure.exit_code
