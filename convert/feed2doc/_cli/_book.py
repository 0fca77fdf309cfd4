"""Converting several inputs to one book."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from feed2doc._cli._app import print_error
from feed2doc._cli._progress import Progress, say, write_out
from feed2doc._cli._run import report_all
from feed2doc._files.names import book_file_name
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import STDIN, Item
from feed2doc.batch.job import Job
from feed2doc.batch.result import Result
from feed2doc.batch.run import tidy
from feed2doc.batch.store import FileStore, Stdout
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, ReadError, StrictError, WriteError
from feed2doc.model import Book, Document

if TYPE_CHECKING:
    from feed2doc.batch.state.store import State
    from feed2doc.batch.workers.calls import Calls


def convert_to_book(
    items: Iterable[Item | Result],
    job: Job,
    make: Callable[[Sequence[Document], Env], Book],
    progress: Progress,
    *,
    several: bool,
    fail_fast: bool,
    report: str,
) -> int:
    """Convert all items to one book in every format, or to none if no item could be read. Return the exit code.

    A result stands for an item that could not be found.
    """
    from feed2doc.batch.pipeline import save, staged_result
    from feed2doc.batch.workers.calls import Calls

    store = Stdout(write_out) if job.output == STDIN else FileStore(named=bool(job.output))
    tidy(job)
    # The articles are only collected here: -o names the book.
    reading = msgspec.structs.replace(job, output="")
    documents: list[Document] = []
    converter = Converter(job, progress.pictures)
    with (
        closing(Calls(reading)) as reader,
        closing(Calls(job, converter)) as calls,
        _environment(converter) as env,
        _recorded(job) as state,
    ):
        if state:  # books that an earlier run wrote there are not articles of this one
            items = (
                each
                for each in items
                if isinstance(each, Result) or not (each.found and state.is_ours(each.path))
            )

        report_all(_read(items, reader, documents, env, fail_fast=fail_fast), progress, report)
        check_found(progress)
        if progress.lost:
            return StrictError.exit_code  # there is only one output, and it was not written
        if documents:
            saved = save(staged_result(_rendered(documents, make, calls, env), store), store)
            if state:
                for output in saved.outputs:
                    state.claim(output.path, output.size)
            say(saved.events)
            if saved.failure:
                return saved.failure.exit_code
    return progress.exit_code(several=several)


def _read(
    items: Iterable[Item | Result], reader: Calls, documents: list[Document], env: Env, *, fail_fast: bool
) -> Generator[list[Result], None, None]:
    """Read the items, add their articles to `documents`, and yield the results, with `fail_fast` until one fails."""
    from feed2doc.batch.bundle import articles_of

    for each in items:
        if isinstance(each, Result):
            result = each
        else:
            read = reader.read(each)
            documents.extend(articles_of(read, env))
            result = read.result
        yield [result]
        if fail_fast and result.failures:
            return


def _rendered(
    documents: Sequence[Document], make: Callable[[Sequence[Document], Env], Book], calls: Calls, env: Env
) -> Result:
    """Return the book of these articles in every format, or why there is none."""
    from feed2doc.batch.bundle import render_book
    from feed2doc.batch.result import failure_of

    title = ""
    try:
        book = make(documents, env)
        title = book.title
        return calls(render_book, book, title, partial(book_file_name, book), env)[0]
    except Feed2docError as error:
        failure = failure_of(error)
        return Result(title, "failed", (failure.message,), failure)


@contextmanager
def _recorded(job: Job) -> Iterator[State | None]:
    """Yield the state of the output folder, or None if there is none or it cannot be opened."""
    state = None if job.output == STDIN else state_of_folder(job)
    with closing(state) if state else nullcontext():
        yield state


@contextmanager
def _environment(converter: Converter) -> Iterator[Env]:
    """Yield an environment, and remove its images from the disk at the end."""
    env = converter.env()
    with closing(env.assets):
        yield env


def check_found(progress: Progress) -> None:
    if not progress.items:
        raise ReadError(
            "no feed items found: folders are searched for .txt, .md, .html, .xml, .rss, .atom and .json files"
        )


def state_of_folder(job: Job) -> State | None:
    """Return the state of the output folder. If it cannot be opened, print why and return None."""
    from feed2doc.batch.state.store import state_of

    try:
        return state_of(os.path.dirname(job.output) or "." if job.output else job.folder)
    except WriteError as error:
        print_error(str(error))
        return None
