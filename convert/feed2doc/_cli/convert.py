"""`feed2doc convert`: inputs to files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import click

from feed2doc import _registry
from feed2doc._api import reader_of
from feed2doc._cli._app import InterruptError, print_error
from feed2doc._cli._bundle import Bundle
from feed2doc._cli._inputs import STDIN, Input, find_inputs, load_input
from feed2doc._cli._options import (
    asked_of_writers,
    bundle_options,
    folders,
    pdf_options,
    picture_options,
    reading_options,
    site_dirs,
    style_options,
)
from feed2doc._cli._pictures import Pictures
from feed2doc._cli._writing import Writing
from feed2doc._naming import file_name
from feed2doc._registry import ReadOptions, Source, Writer
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, ReadError, StrictError, UsageError, WriteError
from feed2doc.model import Book, Document
from feed2doc.transforms.bundling import GroupBy, Order
from feed2doc.transforms.links import Links


@dataclass(slots=True)
class _Run:
    """How inputs are read, what is made of them, and how it went so far."""

    writing: Writing
    read_format: str
    options: ReadOptions
    site_dirs: tuple[Path, ...]
    template_dirs: tuple[Path, ...]
    bundle: Bundle | None = None
    failures: list[Feed2docError] = field(default_factory=list)

    def env(self) -> Env:
        """Fresh surroundings."""
        return Env(site_dirs=self.site_dirs, template_dirs=self.template_dirs)


@click.command("convert")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--to", "formats", multiple=True, metavar="FORMAT", help="Output format; may be repeated.")
@click.option("-o", "--output", default="", metavar="FILE", help="Output file, - for standard output.")
@click.option("--output-dir", default=".", metavar="DIR", help="Folder of the output files [default: here].")
@bundle_options
@style_options
@pdf_options
@reading_options
@picture_options
@click.option("--strict", is_flag=True, help="Exit 5, and write nothing, if anything of an item was lost.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(**given: Any) -> int:
    """Convert feed items. INPUT is a file, a folder, a glob, or - for standard input.

    Prints the path of each file it has written. Without -o a file is named {date}-{slug}-{id}.{ext}, a bundle
    {slug}-{id}.{ext} by its title.
    """
    asked = _Asked(**given)
    run = _run_of(asked)
    found = find_inputs(asked.inputs)
    several = sum(1 for _ in islice(find_inputs(asked.inputs), 2)) > 1
    _check_output(run, several)
    try:
        _convert_all(found, run)
    except KeyboardInterrupt:
        raise InterruptError(
            "interrupted; the files named so far are whole, run the same command again for the rest"
        ) from None
    finally:
        run.writing.pictures.close()
    return _exit_code(run, several)


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
    quiet: bool


def _run_of(asked: _Asked) -> _Run:
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
        asked=asked_of_writers(
            writers, pictures, css=asked.css, page=asked.page, font=asked.font, variant=asked.pdf_variant
        ),
    )
    writing.check()
    run = _Run(
        writing,
        asked.read_format,
        ReadOptions(base_url=asked.base_url, timezone=asked.timezone),
        site_dirs(asked.site_rules),
        folders("--template-dir", asked.template_dir),
    )
    if asked.one_book:
        run.bundle = Bundle(run.env(), asked.title or "", asked.group_by or "source", asked.order or "newest")
    return run


def _check_output(run: _Run, several: bool) -> None:
    """Raise UsageError if -o names one file where there are to be more."""
    writing = run.writing
    if not writing.output or (run.bundle and writing.output != STDIN):
        return
    if len(writing.writers) > 1:
        raise UsageError("-o names one file, but there are several formats: use --output-dir")
    if several and not run.bundle:
        raise UsageError("-o names one file, but there are several inputs: use --output-dir or --bundle")


def _exit_code(run: _Run, several: bool) -> int:
    if not run.failures:
        return 0
    if run.bundle and any(isinstance(failure, StrictError) for failure in run.failures):
        return StrictError.exit_code  # there is one output, and it was not written
    return 1 if several else run.failures[0].exit_code


def _writers(formats: Sequence[str], output: str) -> list[Writer[Any]]:
    """The writers asked for, each once; with no --to the one that the output's ending names."""
    if not formats and output and (suffixes := Path(output).suffixes):
        formats = ("kepub",) if suffixes[-2:] == [".kepub", ".epub"] else (suffixes[-1].lstrip("."),)
    if not formats:
        raise UsageError("no output format: add --to FORMAT, such as --to epub (see `feed2doc formats`)")
    return list({(w := _registry.writer(name)).name: w for name in formats}.values())


def _convert_all(inputs: Iterator[Input], run: _Run) -> None:
    items = 0
    for each in inputs:
        try:
            source = load_input(each.path)
            if each.found and not _is_item(source, run):
                if not run.writing.quiet:
                    print_error(f"{source.name}: skipped, it is no feed item")
                continue
            items += 1
            _convert_one(source, run)
        except WriteError:
            raise  # no later item would fare better
        except Feed2docError as error:
            items += 1
            run.failures.append(error)
            print_error(str(error))
    if not items:
        raise ReadError("no feed items in what was named: a folder is searched for .txt .md .html .xml .json")
    if run.bundle and not any(isinstance(failure, StrictError) for failure in run.failures):
        run.bundle.write(run.writing)


def _is_item(source: Source, run: _Run) -> bool:
    """Whether a file that was found in a folder is one to convert."""
    if run.read_format:
        return True
    try:
        reader_of(source)
    except ReadError:
        return False
    return True


def _convert_one(source: Source, run: _Run) -> None:
    """Write every item of one input in every format, or add them to the bundle; the input is read once."""
    env, writing = run.env(), run.writing
    reader = _registry.reader(run.read_format) if run.read_format else reader_of(source)
    documents = reader.read(source, run.options, env)
    if run.bundle:
        read = list(documents)
        writing.report(env, source.name)
        run.bundle.add(source, read, env)
        written = len(read)
    else:
        written = _write_each(
            _only_one(documents, source) if writing.output else documents, source, env, writing
        )
    if not written:
        raise ReadError(f"{source.name}: no items in it")


def _write_each(documents: Iterable[Document], source: Source, env: Env, writing: Writing) -> int:
    """Write each article by itself; how many they were."""
    written = 0
    for document in documents:
        writing.write(Book.of(document), source.name, partial(file_name, document), env)
        written += 1
    writing.report(env, source.name)  # what was noticed after the last of them
    return written


def _only_one(documents: Iterable[Document], source: Source) -> list[Document]:
    found = list(documents)
    if len(found) > 1:
        raise UsageError(
            f"-o names one file, but {source.name} holds {len(found)} items: use --output-dir or --bundle"
        )
    return found
