"""`feed2doc convert`: inputs to files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import click

from feed2doc import _registry
from feed2doc._cli._app import InterruptError
from feed2doc._cli._bundle import Bundle
from feed2doc._cli._conversion import Failure, Outcome, Run, convert_input
from feed2doc._cli._inputs import STDIN, Input, find_inputs
from feed2doc._cli._options import (
    asked_of_writers,
    bundle_options,
    folders,
    pdf_options,
    picture_options,
    reading_options,
    site_dirs,
    style_options,
    text_options,
)
from feed2doc._cli._pictures import Pictures
from feed2doc._cli._writing import Writing
from feed2doc._registry import ReadOptions, Writer
from feed2doc.errors import ReadError, StrictError, UsageError
from feed2doc.transforms.bundling import GroupBy, Order
from feed2doc.transforms.links import Links

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
def command(**given: Any) -> int:
    """Convert feed items. INPUT is a file, a folder, a glob, or - for standard input.

    Prints the path of each file it has written. Without -o a file is named {date}-{slug}-{id}.{ext}, a bundle
    {slug}-{id}.{ext} by its title.
    """
    asked = _Asked(**given)
    run = _run_of(asked)
    several = sum(1 for _ in islice(find_inputs(asked.inputs), 2)) > 1
    _check_output(run, several)
    try:
        return _exit_code(_convert_all(find_inputs(asked.inputs), run, asked), run, several)
    except KeyboardInterrupt:
        raise InterruptError(
            "interrupted; the files named so far are whole, run the same command again for the rest"
        ) from None
    finally:
        run.writing.pictures.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The command's arguments as click gives them."""

    inputs: tuple[str, ...]
    formats: tuple[str, ...]
    output: str
    output_dir: str
    one_book: bool
    title: str | None
    group_by: GroupBy | None
    order: Order | None
    cover: str
    links: Links
    css: str
    template_dir: tuple[str, ...]
    page: str
    font: str
    pdf_variant: str
    front_matter: str | None
    notes: str | None
    width: int | None
    no_link_list: bool
    reference_doc: str
    named: tuple[str, ...]
    read_format: str
    base_url: str
    timezone: str
    site_rules: tuple[str, ...]
    images: str | None
    image_dir: tuple[str, ...]
    offline: bool
    allow_host: tuple[str, ...]
    profile: str
    strict: bool
    jobs: int
    quiet: bool


def _run_of(asked: _Asked) -> Run:
    """The run that was asked for; UsageError or OptionError for what cannot be, before anything is read."""
    if not asked.inputs:
        raise UsageError("no input: name a file or folder, as in `feed2doc item.txt --to epub`")
    if not asked.one_book and (asked.title is not None or asked.group_by or asked.order):
        raise UsageError("--title, --group-by and --order are for one book of all inputs: add --bundle")
    if asked.read_format:
        _registry.reader(asked.read_format)
    pictures = Pictures(
        asked.images or "",
        tuple(map(Path, asked.image_dir)),
        asked.offline,
        asked.allow_host,
        asked.profile,
        asked.quiet,
    )
    pictures.check()
    writers = _writers(asked.formats, asked.output)
    writing = Writing(
        writers,
        asked.output,
        Path(asked.output_dir),
        pictures,
        cover=asked.cover,
        links=asked.links,
        strict=asked.strict,
        quiet=asked.quiet,
        asked=_asked_of_writers(asked, writers, pictures),
    )
    writing.check()
    run = Run(
        writing,
        asked.read_format,
        ReadOptions(base_url=asked.base_url, timezone=asked.timezone),
        site_dirs(asked.site_rules),
        folders("--template-dir", asked.template_dir),
    )
    if asked.one_book:
        run.bundle = Bundle(run.env(), asked.title or "", asked.group_by or "source", asked.order or "newest")
    return run


def _asked_of_writers(asked: _Asked, writers: list[Writer[Any]], pictures: Pictures) -> dict[str, Any]:
    return asked_of_writers(
        writers,
        pictures,
        css=asked.css,
        named=asked.named,
        page=asked.page,
        font=asked.font,
        variant=asked.pdf_variant,
        front_matter=asked.front_matter,
        notes=asked.notes,
        width=asked.width,
        # Where links are only their words, a list of them would lead nowhere.
        links=False if asked.no_link_list else None,
        reference_doc=asked.reference_doc,
    )


def _check_output(run: Run, several: bool) -> None:
    """Raise UsageError if -o names one file where there are to be more."""
    writing = run.writing
    if not writing.output or (run.bundle and writing.output != STDIN):
        return
    if len(writing.writers) > 1:
        raise UsageError("-o names one file, but there are several formats: use --output-dir")
    if several and not run.bundle:
        raise UsageError("-o names one file, but there are several inputs: use --output-dir or --bundle")


def _exit_code(failures: Sequence[Failure], run: Run, several: bool) -> int:
    if not failures:
        return 0
    if run.bundle and any(failure.is_loss for failure in failures):
        return StrictError.exit_code  # there is one output, and it was not written
    last = failures[-1]
    return 1 if several and not last.is_last else last.exit_code


def _writers(formats: Sequence[str], output: str) -> list[Writer[Any]]:
    """The writers asked for, each once; with no --to the one that the output's ending names."""
    if not formats and output and (suffixes := Path(output).suffixes):
        formats = ("kepub",) if suffixes[-2:] == [".kepub", ".epub"] else (suffixes[-1].lstrip("."),)
    if not formats:
        raise UsageError("no output format: add --to FORMAT, such as --to epub (see `feed2doc formats`)")
    return list({(w := _registry.writer(name)).name: w for name in formats}.values())


def _convert_all(inputs: Iterator[Input], run: Run, asked: _Asked) -> list[Failure]:
    """Convert the inputs; those that failed. After a failure that the next one would share, no more are tried."""
    failures: list[Failure] = []
    items = 0
    for outcome in _outcomes(inputs, run, asked):
        for told in outcome.told:
            run.writing.telling.say(told)
        items += outcome.is_item
        if outcome.failure:
            failures.append(outcome.failure)
            if outcome.failure.is_last:
                return failures
    if not items:
        raise ReadError("no feed items in what was named: a folder is searched for .txt .md .html .xml .json")
    if run.bundle and not any(failure.is_loss for failure in failures):
        run.bundle.write(run.writing)
    return failures


def _outcomes(inputs: Iterator[Input], run: Run, asked: _Asked) -> Iterable[Outcome]:
    """How each input went; by several processes if there are enough of them."""
    pdf = any(writer.name == "pdf" for writer in run.writing.writers)
    few, size = (_FEW_PDFS, _PDF_CHUNK) if pdf else (_FEW, _CHUNK)
    if asked.jobs != 1 and not run.bundle:
        first = list(islice(inputs, few + 1))
        inputs = chain(first, inputs)
        if len(first) > few and all(each.path != STDIN for each in first):
            from feed2doc._cli._workers import converted, cores

            if (jobs := asked.jobs or cores()) > 1:
                return converted(inputs, partial(_run_of, asked), jobs, size)
    return (convert_input(each, run) for each in inputs)
