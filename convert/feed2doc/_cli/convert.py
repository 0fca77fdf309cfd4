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
from feed2doc.errors import Feed2docError, ReadError, UsageError, WriteError
from feed2doc.model import Book, Document


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
def command(
    inputs: tuple[str, ...],
    formats: tuple[str, ...],
    output: str,
    output_dir: str,
    one_book: bool,
    title: str | None,
    group_by: Any,
    order: Any,
    cover: str,
    links: Any,
    css: str,
    template_dir: tuple[str, ...],
    page: str,
    font: str,
    pdf_variant: str,
    read_format: str,
    base_url: str,
    timezone: str,
    site_rules: tuple[str, ...],
    images: str | None,
    image_dir: tuple[str, ...],
    offline: bool,
    allow_host: tuple[str, ...],
    profile: str,
    strict: bool,
    quiet: bool,
) -> int:
    """Convert feed items. INPUT is a file, a folder, a glob, or - for standard input.

    Prints the path of each file it has written. Without -o a file is named {date}-{slug}-{id}.{ext}, a bundle
    {slug}-{id}.{ext} by its title.
    """
    if not inputs:
        raise UsageError("no input: name a file or folder, as in `feed2doc item.txt --to epub`")
    if not one_book and (title is not None or group_by or order):
        raise UsageError("--title, --group-by and --order are for one book of all inputs: add --bundle")
    if read_format:
        _registry.reader(read_format)
    pictures = Pictures(images or "", tuple(map(Path, image_dir)), offline, allow_host, profile, quiet)
    pictures.check()
    writers = _writers(formats, output)
    run = _Run(
        Writing(
            writers,
            output,
            Path(output_dir),
            pictures,
            cover=cover,
            links=links,
            strict=strict,
            quiet=quiet,
            asked=asked_of_writers(writers, pictures, css=css, page=page, font=font, variant=pdf_variant),
        ),
        read_format,
        ReadOptions(base_url=base_url, timezone=timezone),
        site_dirs(site_rules),
        folders("--template-dir", template_dir),
    )
    run.writing.check()
    if one_book:
        run.bundle = Bundle(run.env(), title or "", group_by or "source", order or "newest")
    found = find_inputs(inputs)
    several = sum(1 for _ in islice(find_inputs(inputs), 2)) > 1
    _check_output(run, several)
    try:
        _convert_all(found, run)
    except KeyboardInterrupt:
        raise InterruptError(
            "interrupted; the files named so far are whole, run the same command again for the rest"
        ) from None
    finally:
        pictures.close()
    return _exit_code(run, several)


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
    if run.bundle:
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
        written = run.bundle.add(source, documents, env)
        writing.report(env, source.name)
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
    return written


def _only_one(documents: Iterable[Document], source: Source) -> list[Document]:
    found = list(documents)
    if len(found) > 1:
        raise UsageError(
            f"-o names one file, but {source.name} holds {len(found)} items: use --output-dir or --bundle"
        )
    return found
