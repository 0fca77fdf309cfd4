"""`feed2doc convert`: inputs to files."""

from __future__ import annotations

from itertools import islice
from typing import Any

import click

from feed2doc._cli._batch import Batch
from feed2doc._cli._options import (
    bundle_options,
    pdf_options,
    picture_options,
    reading_options,
    style_options,
    text_options,
)
from feed2doc._cli._telling import Telling, say
from feed2doc.batch.bundle import Bundle
from feed2doc.batch.inputs import STDIN, find_inputs
from feed2doc.batch.recipe import Recipe, Run, run_of
from feed2doc.errors import ReadError, StrictError, UsageError


@click.command("convert")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--to", "formats", multiple=True, metavar="FORMAT", help="Output format; may be repeated.")
@click.option("-o", "--output", default="", metavar="FILE", help="Output file, - for standard output.")
@click.option("--output-dir", default=".", metavar="DIR", help="Folder of the output files [default: here].")
@bundle_options
@style_options
@pdf_options
@text_options
@reading_options
@picture_options
@click.option("--strict", is_flag=True, help="Exit 5, and write nothing, if anything of an item was lost.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes for many inputs [default: as many as cores].",
)
@click.option("--force", is_flag=True, help="Convert also what has not changed since it was converted.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails.")
@click.option("--report", default="", metavar="FILE", help="Write how each input went, a line of JSON each.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(
    inputs: tuple[str, ...], jobs: int, force: bool, fail_fast: bool, report: str, **given: Any
) -> int:
    """Convert feed items. INPUT is a file, a folder, a glob, or - for standard input.

    Prints the path of each file it has written. Without -o a file is named {date}-{slug}-{id}.{ext}, a bundle
    {slug}-{id}.{ext} by its title.
    """
    if not inputs:
        raise UsageError("no input: name a file or folder, as in `feed2doc item.txt --to epub`")
    recipe = Recipe(**{name: given[name] for name in Recipe.__struct_fields__})
    run = run_of(recipe)
    bundle = _bundle(run, given)
    several = sum(1 for _ in islice(find_inputs(inputs), 2)) > 1
    _check_output(run, bundle, several)
    if STDIN in inputs:  # which is this process's alone
        jobs = 1
    batch = Batch(recipe, run, jobs, bundle=bundle, fail_fast=fail_fast, report=report)
    if several and not bundle:
        batch.remember(recipe.output_dir, force=force)
    told = batch.convert(lambda: find_inputs(inputs))
    if not told.items:
        raise ReadError("no feed items in what was named: a folder is searched for .txt .md .html .xml .json")
    if bundle and not told.lost:
        bundle.write(run.writing)
        say(run.writing.taken())
    elif several and not bundle:
        told.sum()
    return _exit_code(told, bundle, several)


def _bundle(run: Run, given: dict[str, Any]) -> Bundle | None:
    """The book of all inputs, if there is to be one."""
    title, group_by, order = given["title"], given["group_by"], given["order"]
    if given["one_book"]:
        return Bundle(run.env(), title or "", group_by or "source", order or "newest")
    if title is not None or group_by or order:
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


def _exit_code(told: Telling, bundle: Bundle | None, several: bool) -> int:
    if told.last_failure is None:
        return 0
    if bundle and told.lost:
        return StrictError.exit_code  # there is one output, and it was not written
    return 1 if several and not told.last_failure.is_last else told.last_failure.exit_code
