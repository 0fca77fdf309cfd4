"""`feed2doc convert`: inputs to files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import click

from feed2doc._cli._app import InterruptError
from feed2doc._cli._options import (
    bundle_options,
    pdf_options,
    picture_options,
    reading_options,
    style_options,
    text_options,
)
from feed2doc._cli._telling import say
from feed2doc.batch.bundle import Bundle
from feed2doc.batch.conversion import convert_input
from feed2doc.batch.inputs import STDIN, Input, find_inputs
from feed2doc.batch.outcomes import Failure, Outcome
from feed2doc.batch.recipe import Recipe, Run, run_of
from feed2doc.errors import ReadError, StrictError, UsageError

# How many inputs are worth a process of their own, and how many go to one at a time: a PDF takes a hundred times as long
# as text does.
_FEW, _CHUNK = 32, 16
_FEW_PDFS, _PDF_CHUNK = 1, 2


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
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(inputs: tuple[str, ...], jobs: int, **given: Any) -> int:
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
    try:
        failures = _convert_all(_outcomes(find_inputs(inputs), recipe, run, bundle, jobs), run, bundle)
        return _exit_code(failures, bundle, several)
    except KeyboardInterrupt:
        say(run.writing.taken())
        raise InterruptError(
            "interrupted; the files named so far are whole, run the same command again for the rest"
        ) from None
    finally:
        run.writing.pictures.close()


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


def _exit_code(failures: Sequence[Failure], bundle: Bundle | None, several: bool) -> int:
    if not failures:
        return 0
    if bundle and any(failure.is_loss for failure in failures):
        return StrictError.exit_code  # there is one output, and it was not written
    last = failures[-1]
    return 1 if several and not last.is_last else last.exit_code


def _convert_all(outcomes: Iterable[Outcome], run: Run, bundle: Bundle | None) -> list[Failure]:
    """See all inputs converted; those that failed. After a failure that the next one would share, no more are tried."""
    failures: list[Failure] = []
    items = 0
    for outcome in outcomes:
        say(outcome.told)
        items += outcome.is_item
        if outcome.failure:
            failures.append(outcome.failure)
            if outcome.failure.is_last:
                return failures
    if not items:
        raise ReadError("no feed items in what was named: a folder is searched for .txt .md .html .xml .json")
    if bundle and not any(failure.is_loss for failure in failures):
        bundle.write(run.writing)
        say(run.writing.taken())
    return failures


def _outcomes(
    inputs: Iterator[Input], recipe: Recipe, run: Run, bundle: Bundle | None, jobs: int
) -> Iterable[Outcome]:
    """How each input went; by several processes if there are enough of them."""
    pdf = any(writer.name == "pdf" for writer in run.writing.writers)
    few, size = (_FEW_PDFS, _PDF_CHUNK) if pdf else (_FEW, _CHUNK)
    if jobs != 1 and not bundle:
        first = list(islice(inputs, few + 1))
        inputs = chain(first, inputs)
        if len(first) > few and all(each.path != STDIN for each in first):
            from feed2doc.batch.ordered import outcomes
            from feed2doc.batch.workers import Processes, cores

            if (count := jobs or cores()) > 1:
                return outcomes(inputs, Processes(recipe, count), size)
    return (convert_input(each, run, bundle) for each in inputs)
