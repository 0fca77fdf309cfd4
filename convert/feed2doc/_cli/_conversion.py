"""From one input to its files, or into the bundle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feed2doc import _registry
from feed2doc._api import reader_of
from feed2doc._cli._bundle import Bundle
from feed2doc._cli._inputs import Input, load_input
from feed2doc._cli._telling import Told
from feed2doc._cli._writing import Writing
from feed2doc._naming import file_name
from feed2doc._registry import ReadOptions, Source
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, ReadError, StrictError, UsageError, WriteError
from feed2doc.model import Book, Document


@dataclass(slots=True)
class Run:
    """How inputs are read and what is made of them."""

    writing: Writing
    read_format: str
    options: ReadOptions
    site_dirs: tuple[Path, ...]
    template_dirs: tuple[Path, ...]
    bundle: Bundle | None = None

    def env(self) -> Env:
        """Fresh surroundings."""
        return Env(site_dirs=self.site_dirs, template_dirs=self.template_dirs)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that failed; `is_last` if no later one would fare better, `is_loss` if it was by `--strict`."""

    message: str
    exit_code: int = 1
    is_last: bool = False
    is_loss: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an input went: whether it was an item at all, and what was told, where that is kept for later."""

    is_item: bool = True
    failure: Failure | None = None
    told: tuple[Told, ...] = ()


def convert_input(each: Input, run: Run) -> Outcome:
    """Convert one input, which costs no other one anything if it fails."""
    telling = run.writing.telling
    try:
        source = load_input(each.path)
        if each.found and not _is_item(source, run):
            if not run.writing.quiet:
                telling.message(f"{source.name}: skipped, it is no feed item")
            return Outcome(is_item=False)
        _convert(source, run)
    except Feed2docError as error:
        telling.message(str(error))
        is_last, is_loss = isinstance(error, WriteError), isinstance(error, StrictError)
        return Outcome(failure=Failure(str(error), error.exit_code, is_last, is_loss))
    return Outcome()


def _is_item(source: Source, run: Run) -> bool:
    """Whether a file that was found in a folder is one to convert."""
    if run.read_format:
        return True
    try:
        reader_of(source)
    except ReadError:
        return False
    return True


def _convert(source: Source, run: Run) -> None:
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
