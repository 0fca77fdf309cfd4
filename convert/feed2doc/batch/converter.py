"""Converts one item: reads it and renders its articles. Nothing is saved here."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from types import TracebackType

import msgspec

from feed2doc import _formats
from feed2doc._api import reader_of
from feed2doc._files.names import file_name
from feed2doc._formats import Source
from feed2doc._locale.dates import in_zone
from feed2doc.batch.item import Item, load_item
from feed2doc.batch.job import Job
from feed2doc.batch.pictures import PictureSource, Progress
from feed2doc.batch.rendering import File, Rendering
from feed2doc.batch.result import Failure, Result, failure_of
from feed2doc.env import Env
from feed2doc.errors import EmptyFeedError, ReadError, StrictError, UsageError
from feed2doc.model import Book, Document
from feed2doc.transforms.plugins import Transform, transform, transformed


class Conversion(msgspec.Struct, frozen=True):
    """A step of converting an item: the files and messages of an article or, as the last step, the result of the item.

    All files are rendered. The result holds the messages that do not belong to an article, and no files.
    """

    events: tuple[File | str, ...] = ()
    result: Result | None = None


class Read(msgspec.Struct, frozen=True):
    """An item that was read: its result, the environment that holds its pictures, its source and its articles."""

    result: Result
    env: Env
    source: Source | None = None
    documents: tuple[Document, ...] = ()


class Converter:
    """Converts the items of a job. It holds resources of this process: close it after use, or use it as a context manager."""

    def __init__(self, job: Job, progress: Progress = lambda done, total: None) -> None:
        self.job = job
        self.pictures: PictureSource = PictureSource(job.pictures, progress)
        self._transforms: tuple[Transform, ...] = tuple(map(transform, job.reading.transforms))

    def __enter__(self) -> Converter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections used to fetch pictures."""
        self.pictures.close()

    def env(self) -> Env:
        """Return a new environment."""
        return Env(site_dirs=self.job.reading.site_dirs, template_dirs=self.job.look.template_dirs)

    def convert(self, item: Item, formats: Collection[str] = ()) -> Iterator[Conversion]:
        """Yield the conversion of each article of an item, then the result of the item.

        The articles are converted to all formats of the job, or only to `formats`. Errors are reported as a failure in
        the result, so that one item cannot affect another.
        """
        start = time.perf_counter()
        env, last = self.env(), Rendering(self.job, item.path)
        digest, lacks, incomplete = "", False, ""
        failure = None
        with closing(env.assets):
            try:
                source = self._load(item, env)
                digest = self._digest(source)
                for document in self._documents(source, item, env, alone=bool(self.job.output)):
                    last = Rendering(self.job, source.name)
                    name = partial(file_name, document, pattern=self.job.name)
                    last.render(Book.of(document), name, self.pictures, env, formats)
                    lacks, incomplete = lacks or last.lacks_pictures, last.incomplete or incomplete
                    yield Conversion(tuple(last.events))
                    last = Rendering(self.job, source.name)
                last.note(env)  # diagnostics that were added after the last article
            except Exception as error:
                if message := _reason_to_skip(error, item):
                    yield Conversion(result=self._skipped(item, message, start))
                    return
                failure = failure_of(error, item.path)
                last.events.append(failure.message)
            if incomplete and not failure:
                failure = Failure(incomplete, StrictError.exit_code)
            yield Conversion(
                result=Result(
                    item.path,
                    "failed" if failure else "converted",
                    last.messages(),
                    failure,
                    time.perf_counter() - start,
                    digest,
                    tuple(map(str, env.assets.files())),
                    lacks_pictures=lacks or last.lacks_pictures,
                )
            )

    def read_item(self, item: Item) -> Read:
        """Return the transformed articles of an item and its result, which has no files."""
        start = time.perf_counter()
        env, notes = self.env(), Rendering(self.job, item.path)
        documents: list[Document] = []
        source, failure = None, None
        try:
            source = self._load(item, env)
            notes = Rendering(self.job, source.name)
            documents.extend(self._documents(source, item, env))
            notes.note(env)
        except Exception as error:
            if message := _reason_to_skip(error, item):
                return Read(self._skipped(item, message, start), env)
            failure = failure_of(error, item.path)
            notes.events.append(failure.message)
        result = Result(
            item.path,
            "failed" if failure else "converted",
            notes.messages(),
            failure,
            time.perf_counter() - start,
            self._digest(source) if source else "",
            tuple(map(str, env.assets.files())),
        )
        return Read(result, env, source, tuple(documents))

    def _load(self, item: Item, env: Env) -> Source:
        """Return the source of an item. Raise _NoItemError if it was found in a folder and is not an item."""
        source = load_item(item)
        if item.found and not self.job.reading.format:
            try:
                reader_of(source)
            except ReadError as error:
                raise _NoItemError(f"{source.name}: skipped, not a feed item") from error
        for url, paths in item.pictures.items():
            env.assets.seek(url, map(Path, paths))
        return source

    def _digest(self, source: Source) -> str:
        if not self.job.digests:
            return ""
        import hashlib

        return hashlib.sha256(source.data).hexdigest()

    def _skipped(self, item: Item, message: str, start: float) -> Result:
        events = () if self.job.quiet else (message,)
        return Result(item.path, "no item", events, seconds=time.perf_counter() - start)

    def _documents(self, source: Source, item: Item, env: Env, *, alone: bool = False) -> Iterator[Document]:
        """Yield the transformed articles of a source.

        Raise ReadError if there are none, and UsageError if there are several but only one is allowed (`alone`).
        """
        name = item.read_format or self.job.reading.format
        reader = _formats.reader(name) if name else reader_of(source)
        documents: Iterable[Document] = reader.read(source, self.job.reading.options, env)
        if alone:
            documents = list(documents)
            if len(documents) > 1:
                raise UsageError(
                    f"-o names one file, but {source.name} has {len(documents)} items: use --output-dir or --bundle"
                )
        document = None
        for document in documents:
            if (changed := transformed(document, self._transforms, env)) is not None:
                zone = self.job.reading.display_timezone
                yield in_zone(changed, zone) if zone else changed
        if document is None:
            raise ReadError(f"{source.name}: contains no items")


class _NoItemError(ReadError):
    """A file that was found in a folder is not an item."""


def _reason_to_skip(error: Exception, item: Item) -> str:
    """Return why an item that was found in a folder is skipped, or "" if the error is a failure."""
    return str(error) if item.found and isinstance(error, EmptyFeedError | _NoItemError) else ""
