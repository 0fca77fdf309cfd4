"""Converts one item: reads it and renders its articles. Nothing is saved here."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from types import TracebackType

import msgspec

from feed2doc import _formats
from feed2doc._files.names import file_name
from feed2doc._formats import Source
from feed2doc._locale.dates import in_zone
from feed2doc._own_process import leaving_out, messages_of_ended, step
from feed2doc.batch.item import Item, load_item
from feed2doc.batch.job import Job
from feed2doc.batch.pictures import PictureSource, Progress
from feed2doc.batch.rendering import Rendering
from feed2doc.batch.result import Failure, Result, failure_of
from feed2doc.env import Env
from feed2doc.errors import EmptyFeedError, LimitError, ReadError, StrictError, UsageError
from feed2doc.model import Book, Document
from feed2doc.readers.inputs import reader_of
from feed2doc.transforms.plugins import Transform, transform, transformed

_READ = "reading it"


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
        return Env(
            site_dirs=self.job.reading.site_dirs,
            template_dirs=self.job.look.template_dirs,
            audit=self.job.audits,
        )

    def convert(self, item: Item, formats: Collection[str] = ()) -> Iterator[Result]:
        """Yield the results of an item, one for each of its articles and a last one, with rendered files.

        The articles are converted to all formats of the job, or only to `formats`. Errors are reported as a failure in
        the last result, so that one item cannot affect another.
        """
        env = self.env()
        names = _Names(item.name_key, self.job.name)

        def render(document: Document, source: Source, rendering: Rendering) -> None:
            name = partial(file_name, document, pattern=self.job.name, key=names.key_of(document))
            rendering.render(Book.of(document), name, self.pictures, env, formats)

        with closing(env.assets), leaving_out(item.ended):
            yield from self._results(item, env, render)

    def read_item(self, item: Item) -> Read:
        """Return the transformed articles of an item and its result, which has no files."""
        env, found = self.env(), list[tuple[Document, Source]]()
        (result,) = self._results(item, env, lambda document, source, _: found.append((document, source)))
        source = found[0][1] if found else None
        return Read(result, env, source, tuple(document for document, _ in found))

    def _results(
        self, item: Item, env: Env, use: Callable[[Document, Source, Rendering], None]
    ) -> Iterator[Result]:
        """Call `use` with each article of an item, and yield what it adds to the rendering, then the last result."""
        start = time.perf_counter()
        step(_READ, item.path)
        rendering = Rendering(self.job, item.path)
        digest, lacks, incomplete, failure = "", False, "", None
        try:
            source = self._load(item, env)
            digest = self._digest(source)
            rendering = Rendering(self.job, source.name)
            for document in self._documents(source, item, env):
                use(document, source, rendering)
                if rendering.events:
                    lacks, incomplete = lacks or rendering.lacks_pictures, rendering.incomplete or incomplete
                    yield Result(item.path, "converted", tuple(rendering.events), more=True)
                    step(_READ, item.path)  # each article has the whole time
                    rendering = Rendering(self.job, source.name)
            rendering.note(env)  # diagnostics that were added after the last article
        except Exception as error:
            if isinstance(error, MemoryError) and self.job.limits.memory:
                raise  # it ends this process
            if reason := _reason_to_skip(error, item):
                events = () if self.job.quiet else (reason,)
                step("")
                yield Result(item.path, "no item", events, seconds=time.perf_counter() - start)
                return
            failure = failure_of(error, item.path)
            rendering.events.append(failure.message)
        step("")
        for message in messages_of_ended():
            failure = failure or Failure(message, LimitError.exit_code, is_ended=True)
            rendering.events.append(message)
        if incomplete and not failure:
            failure = Failure(incomplete, StrictError.exit_code)
        yield Result(
            item.path,
            "failed" if failure else "converted",
            rendering.messages(),
            failure,
            time.perf_counter() - start,
            digest,
            tuple(map(str, env.assets.files())),
            lacks_pictures=lacks or rendering.lacks_pictures,
        )

    def _load(self, item: Item, env: Env) -> Source:
        source = load_item(item)
        for url, paths in item.pictures.items():
            env.assets.seek(url, map(Path, paths))
        return source

    def _reader(self, source: Source, item: Item) -> _formats.Reader:
        """Return the reader of a source. Raise _NoItemError if it was found in a folder and is not an item."""
        if name := item.read_format or self.job.reading.format:
            return _formats.reader(name)
        try:
            return reader_of(source)
        except ReadError as error:
            if item.found:
                raise _NoItemError(f"{source.name}: skipped, not a feed item") from error
            raise

    def _digest(self, source: Source) -> str:
        if not self.job.digests:
            return ""
        import hashlib

        return hashlib.sha256(source.data).hexdigest()

    def _documents(self, source: Source, item: Item, env: Env) -> Iterator[Document]:
        """Yield the transformed articles of a source.

        Raise ReadError if there are none, and UsageError if there are several for the only output.
        """
        options = self.job.reading.options
        if item.base_url and not options.base_url:
            options = msgspec.structs.replace(options, base_url=item.base_url)
        documents: Iterable[Document] = self._reader(source, item).read(source, options, env)
        ended = len(messages_of_ended())
        if self.job.output:
            documents = list(documents)
            if (count := len(documents) + ended) > 1:
                raise UsageError(
                    f"-o names one file, but {source.name} has {count} items: use --output-dir or --bundle"
                )
        document = None
        for document in documents:
            if (changed := transformed(document, self._transforms, env)) is not None:
                zone = self.job.reading.display_timezone
                yield in_zone(changed, zone) if zone else changed
        if document is None and not ended:
            raise ReadError(f"{source.name}: contains no items")


class _Names:
    """Keys that give the articles of an item file names of their own, even if they share id, headline and day."""

    def __init__(self, key: str, pattern: str) -> None:
        self._key, self._pattern = key, pattern
        self._first: Document | None = None
        self._used = set[int]()  # hashes, because an item may have very many articles

    def key_of(self, document: Document) -> str:
        """Return the key for the name of this article, "" for its id. Equal articles have equal keys."""
        key = f"{self._key}\n{document.id}" if self._key else ""
        if self._first is None:
            self._first = document
            return key
        self._used = self._used or {self._name(self._first)}
        name = self._name(document)
        if name in self._used and document != self._first:
            import hashlib

            content = hashlib.sha256(msgspec.json.encode(document)).hexdigest()
            return f"{self._key}\n{document.id}\n{content}"
        self._used.add(name)
        return key

    def _name(self, document: Document) -> int:
        return hash(file_name(document, "", self._pattern))


class _NoItemError(ReadError):
    """A file that was found in a folder is not an item."""


def _reason_to_skip(error: Exception, item: Item) -> str:
    """Return why an item that was found in a folder is skipped, or "" if the error is a failure."""
    return str(error) if item.found and isinstance(error, EmptyFeedError | _NoItemError) else ""
