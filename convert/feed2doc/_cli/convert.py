"""`feed2doc convert`: inputs to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from feed2doc import _registry
from feed2doc._api import reader_of, render
from feed2doc._assets import Assets
from feed2doc._cli._app import InterruptError, print_error
from feed2doc._cli._inputs import STDIN, Input, find_inputs, load_input
from feed2doc._cli._options import picture_options, reading_options, site_dirs
from feed2doc._cli._pictures import Pictures, beside
from feed2doc._naming import file_name
from feed2doc._registry import ReadOptions, Source, Writer
from feed2doc._saving import save
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, ReadError, StrictError, UsageError, WriteError
from feed2doc.model import Document


@dataclass(slots=True)
class _Run:
    """What was asked for, and how it went so far."""

    writers: list[Writer[Any]]
    output: str
    folder: Path
    read_format: str
    options: ReadOptions
    site_dirs: tuple[Path, ...]
    pictures: Pictures
    strict: bool
    quiet: bool
    failures: list[Feed2docError] = field(default_factory=list)


@click.command("convert")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option("--to", "formats", multiple=True, metavar="FORMAT", help="Output format; may be repeated.")
@click.option("-o", "--output", default="", metavar="FILE", help="Output file, - for standard output.")
@click.option("--output-dir", default=".", metavar="DIR", help="Folder of the output files [default: here].")
@reading_options
@picture_options
@click.option("--strict", is_flag=True, help="Exit 5, and write nothing, if anything of an item was lost.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(
    inputs: tuple[str, ...],
    formats: tuple[str, ...],
    read_format: str,
    output: str,
    output_dir: str,
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

    Prints the path of each file it has written. Without -o a file is named {date}-{slug}-{id}.{ext}.
    """
    if not inputs:
        raise UsageError("no input: name a file or folder, as in `feed2doc item.txt --to epub`")
    if read_format:
        _registry.reader(read_format)
    run = _Run(
        _writers(formats, output),
        output,
        Path(output_dir),
        read_format,
        ReadOptions(base_url=base_url, timezone=timezone),
        site_dirs(site_rules),
        Pictures(images or "", tuple(map(Path, image_dir)), offline, allow_host, profile, quiet),
        strict,
        quiet,
    )
    if output and len(run.writers) > 1:
        raise UsageError("-o names one file, but there are several formats: use --output-dir")
    run.pictures.check()
    found = find_inputs(inputs)
    several = sum(1 for _ in _first_two(find_inputs(inputs))) > 1
    if output and several:
        raise UsageError("-o names one file, but there are several inputs: use --output-dir")
    try:
        _convert_all(found, run)
    except KeyboardInterrupt:
        raise InterruptError(
            "interrupted; the files named so far are whole, run the same command again for the rest"
        ) from None
    finally:
        run.pictures.close()
    return _exit_code(run, several)


def _first_two(inputs: Iterator[Input]) -> Iterator[Input]:
    from itertools import islice

    return islice(inputs, 2)


def _exit_code(run: _Run, several: bool) -> int:
    if not run.failures:
        return 0
    return 1 if several else run.failures[0].exit_code


def _writers(formats: Sequence[str], output: str) -> list[Writer[Any]]:
    """The writers asked for, each once; with no --to the one that the output's ending names."""
    if not formats and output and (ending := Path(output).suffix.lstrip(".")):
        formats = (ending,)
    if not formats:
        raise UsageError("no output format: add --to FORMAT, such as --to epub (see `feed2doc formats`)")
    return list({(w := _registry.writer(name)).name: w for name in formats}.values())


def _convert_all(inputs: Iterator[Input], run: _Run) -> None:
    items = 0
    for each in inputs:
        try:
            source = load_input(each.path)
            if each.found and not _is_item(source, run):
                if not run.quiet:
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
    """Write every item of one input in every format; the input is read once."""
    env = Env(site_dirs=run.site_dirs)
    reader = _registry.reader(run.read_format) if run.read_format else reader_of(source)
    documents = reader.read(source, run.options, env)
    if run.output:
        documents = _only_one(list(documents), source)
    written = 0
    for document in documents:
        written += 1
        modes = {run.pictures.mode_for(writer) for writer in run.writers}
        prepared = {mode: run.pictures.prepare(document, mode, env) for mode in sorted(modes)}
        for writer in run.writers:
            _report(env, source, run)
            mode = run.pictures.mode_for(writer)
            shown = prepared[mode]
            if writer.name == "markdown" and mode in ("embed", "lead") and run.output != STDIN:
                path = _path_of(document, writer, run)
                shown, files = beside(shown, path.with_name(f"{path.stem}.images"), env)
                for file, picture in files.items():
                    save(file, picture)
            # What is only to be linked is not at hand for the writer, though it may lie beside the item.
            around = env if mode in ("embed", "lead") else replace(env, assets=Assets())
            data = render(shown, writer, run.pictures.options_for(writer), around)
            _report(env, source, run)
            _deliver(data, document, writer, run)
    _report(env, source, run)
    if not written:
        raise ReadError(f"{source.name}: no items in it")


def _only_one(documents: list[Document], source: Source) -> list[Document]:
    if len(documents) > 1:
        raise UsageError(
            f"-o names one file, but {source.name} holds {len(documents)} items: use --output-dir"
        )
    return documents


def _report(env: Env, source: Source, run: _Run) -> None:
    """Say what was lost; with --strict that ends the item before anything of it is written."""
    losses = [d for d in env.diagnostics if d.kind == "loss"]
    env.diagnostics.clear()
    for loss in losses:
        if run.strict:
            raise StrictError(f"{source.name}: lost: {loss.message}")
        if not run.quiet:
            print_error(f"{source.name}: lost: {loss.message}")


def _path_of(document: Document, writer: Writer[Any], run: _Run) -> Path:
    return Path(run.output) if run.output else run.folder / file_name(document, writer.extension)


def _deliver(data: bytes, document: Document, writer: Writer[Any], run: _Run) -> None:
    if run.output == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = _path_of(document, writer, run)
    save(path, data)
    # The name's own bytes: a script that reads them finds the file whatever the locale.
    sys.stdout.buffer.write(os.fsencode(path) + b"\n")
    sys.stdout.buffer.flush()
