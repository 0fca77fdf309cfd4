"""From one input to its files, or to its articles."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial

from feed2doc import _registry
from feed2doc._api import reader_of
from feed2doc._naming import file_name
from feed2doc._registry import Source
from feed2doc.batch.bundle import Bundle
from feed2doc.batch.inputs import Input, load_input
from feed2doc.batch.outcomes import Failure, Outcome
from feed2doc.batch.recipe import Run
from feed2doc.batch.writing import Writing
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, ReadError, StrictError, UsageError, WriteError
from feed2doc.model import Book, Document


def convert_input(each: Input, run: Run, bundle: Bundle | None = None) -> Outcome:
    """Write every item of an input in every format, or add them to the bundle; a failure costs no other input anything."""
    start = time.perf_counter()
    failure = None
    is_item = True
    try:
        is_item = _convert(load_input(each.path), run, bundle, is_found=each.found)
    except Feed2docError as error:
        run.writing.say(str(error))
        failure = Failure(
            str(error), error.exit_code, isinstance(error, WriteError), isinstance(error, StrictError)
        )
    return Outcome(each.path, is_item, run.writing.taken(), failure, time.perf_counter() - start)


def _convert(source: Source, run: Run, bundle: Bundle | None, *, is_found: bool) -> bool:
    """Convert the items of an input, which is read once; False if it is none, and was only found in a folder."""
    if is_found and not _is_item(source, run):
        if not run.writing.quiet:
            run.writing.say(f"{source.name}: skipped, it is no feed item")
        return False
    env, writing = run.env(), run.writing
    reader = _registry.reader(run.read_format) if run.read_format else reader_of(source)
    documents = reader.read(source, run.options, env)
    if bundle:
        read = list(documents)
        writing.report(env, source.name)
        bundle.add(source, read, env)
        written = len(read)
    else:
        written = _write_each(
            _only_one(documents, source) if writing.output else documents, source, env, writing
        )
    if not written:
        raise ReadError(f"{source.name}: no items in it")
    return True


def _is_item(source: Source, run: Run) -> bool:
    """Whether a file that was found in a folder is one to convert."""
    if run.read_format:
        return True
    try:
        reader_of(source)
    except ReadError:
        return False
    return True


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
