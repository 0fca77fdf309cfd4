"""From one input to its files, or to its articles."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from feed2doc import _formats
from feed2doc._api import reader_of
from feed2doc._files.names import file_name
from feed2doc._formats import Source
from feed2doc.batch.inputs import Input, load_input
from feed2doc.batch.outcomes import Failure, Outcome, Status, failure_of
from feed2doc.batch.recipe import Run
from feed2doc.env import Env
from feed2doc.errors import EmptyFeedError, Feed2docError, ReadError, UsageError
from feed2doc.model import Book, Document
from feed2doc.transforms.plugins import transformed

if TYPE_CHECKING:
    from feed2doc.batch.bundle import Collector


def convert_input(each: Input, run: Run, collector: Collector | None = None) -> Outcome:
    """Write every item of an input in every format, or give them to the collector; a failure costs no other input anything."""
    start = time.perf_counter()
    env, writing = run.env(), run.writing
    status: Status = "converted"
    failure = None
    digest = ""
    try:
        source = load_input(each)
        digest = hashlib.sha256(source.data).hexdigest()
        if each.found and not _is_item(source, run):
            status = "no item"
            if not writing.quiet:
                writing.say(f"{source.name}: skipped, it is no feed item")
        else:
            for url, paths in each.pictures.items():
                env.assets.seek(url, map(Path, paths))
            _convert(source, run, env, collector, each)
    except EmptyFeedError as error:
        status = "no item" if each.found else "failed"
        failure = None if each.found else failure_of(error)
        if failure or not writing.quiet:
            writing.say(str(error))
    except Feed2docError as error:
        writing.say(str(error))
        status = "failed"
        failure = failure_of(error)
    except Exception as error:  # of a plugin, or one of ours: it costs no other input anything
        message = (
            f"{each.path}: an error that should not be, please report it: {type(error).__name__}: {error}"
        )
        writing.say(message)
        status, failure = "failed", Failure(message)
    if failure := writing.failure(failure):
        status = "failed"
    return Outcome(
        each.path,
        status,
        writing.taken(),
        failure,
        time.perf_counter() - start,
        digest,
        tuple(map(str, env.assets.files())),
        lacks_pictures=writing.lacked_pictures(),
    )


def _convert(source: Source, run: Run, env: Env, collector: Collector | None, each: Input) -> None:
    """Convert the items of an input, which is read once."""
    writing = run.writing
    name = each.read_format or run.read_format
    reader = _formats.reader(name) if name else reader_of(source)
    documents = reader.read(source, run.options, env)
    if writing.output and not collector:
        documents = _only_one(documents, source)
    items = 0
    for read in documents:
        items += 1
        document = transformed(read, run.transforms, env)
        if document is None:
            continue
        if collector:
            collector.add(source, [document], env)
        else:
            writing.write(
                Book.of(document), source.name, partial(file_name, document), env, formats=each.formats
            )
    writing.report(env, source.name)  # what was noticed after the last of them
    if not items:
        raise ReadError(f"{source.name}: no items in it")


def _is_item(source: Source, run: Run) -> bool:
    """Whether a file that was found in a folder is one to convert."""
    if run.read_format:
        return True
    try:
        reader_of(source)
    except ReadError:
        return False
    return True


def _only_one(documents: Iterable[Document], source: Source) -> list[Document]:
    found = list(documents)
    if len(found) > 1:
        raise UsageError(
            f"-o names one file, but {source.name} holds {len(found)} items: use --output-dir or --bundle"
        )
    return found
