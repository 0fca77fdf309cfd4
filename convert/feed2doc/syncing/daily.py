"""Daily books: one book with the articles of each day, which grows as they are published."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import msgspec

from feed2doc._decoding import decode
from feed2doc._files.names import dated_stem
from feed2doc._formats import Source
from feed2doc._locale.dates import localized_day
from feed2doc.batch.bundle import articles_of, book_of, render_book
from feed2doc.batch.converter import Converter, Read
from feed2doc.batch.item import Item
from feed2doc.batch.pipeline import save, staged_result
from feed2doc.batch.result import Result, failure_of
from feed2doc.batch.state.sources import Article
from feed2doc.batch.state.store import Entry, Record, State
from feed2doc.batch.storage import version_tag
from feed2doc.batch.store import Guard, Store
from feed2doc.batch.workers.calls import Calls
from feed2doc.env import Env
from feed2doc.model import Book, Document, images_of

FORMAT = "daily"


class Daily:
    """Takes articles, and writes the books of the days that have changed.

    The state keeps the articles, because earlier ones may have left their feeds when the book of a day is written
    again.
    """

    def __init__(
        self, state: State, fingerprints: Mapping[str, bytes], title: str, *, force: bool, dry: bool
    ) -> None:
        self._state, self._title, self._force, self._dry = state, title, force, dry
        self._fingerprints = {name: each + title.encode() for name, each in fingerprints.items()}
        self._new: set[str] = set()  # the days that a dry run would write
        self._taken: Counter[str] = Counter()  # how many articles of each day were read
        self.too_old: int = 0  # how many of them are of days without a book

    @property
    def fingerprint(self) -> bytes:
        """The fingerprint of everything that shapes the books; it applies to reading the items as well."""
        return hashlib.sha256(
            b"".join(self._fingerprints[name] for name in sorted(self._fingerprints))
        ).digest()

    def take(self, read: Read) -> None:
        """Record the articles of an item."""
        source = read.source
        for document in read.documents if source else ():
            assert source is not None
            id = f"{self._title}\n{source.name}\n{document.id}"
            date = document.published or document.archived
            # An article without a date stays in the book of the day when it was found.
            day = self._state.day_of(id).removeprefix(dated_stem(self._title, "")) if date is None else ""
            day = day or (date or datetime.now(UTC)).date().isoformat()
            paths = {i.src: str(path) for i in images_of(document) if (path := read.env.assets.path(i.src))}
            stem = dated_stem(self._title, day)
            self._taken[stem] += 1
            if self._dry:
                self._new.add(stem)
                continue
            article = Article(stem, source.name, msgspec.json.encode(document), paths)
            self._state.keep_article(id, article)

    def write(self, first: date | None, calls: Calls, store: Store, guard: Guard | None) -> Iterator[Result]:
        """Write the books of the days that have changed, and yield their results.

        The articles of days before `first` are deleted from the state, and those that were read are counted.
        """
        beginning = dated_stem(self._title, "")
        for stem in sorted({*self._state.days(), *self._new}):
            day = stem.removeprefix(beginning)
            if day == stem or len(day) != len("2025-03-04"):  # a book with another title
                continue
            if first and day < first.isoformat():
                self.too_old += self._taken[stem]
                if not self._dry:
                    self._state.forget_day(stem)
                continue
            todo = tuple(name for name in self._fingerprints if not self._is_current(stem, name))
            if todo:
                yield self._write(stem, day, todo, calls, store, guard)

    def _is_current(self, stem: str, name: str) -> bool:
        record = self._state.record_of(stem, name)
        return (
            not self._force
            and stem not in self._new
            and record is not None
            and record.fingerprint == self._fingerprints[name]
            and record.version_tag == self._state.revision(stem)
            # The book is not written again because a picture file is gone: it would lose a picture that it has.
            and all(version_tag(path) in ("", known) for path, known in record.pictures.items())
        )

    def _write(
        self, stem: str, day: str, formats: tuple[str, ...], calls: Calls, store: Store, guard: Guard | None
    ) -> Result:
        env = calls.converter.env()
        files: tuple[str, ...] = ()

        def made(name: str) -> Result:
            nonlocal files
            try:
                book = self._book(stem, day, calls.converter, env)
                result, files = calls(render_book, book, stem, partial(_file_name, name), env, formats)
            except Exception as error:
                failure = failure_of(error, stem)
                result = Result(stem, "failed", (failure.message,), failure)
            return msgspec.structs.replace(staged_result(result, store), is_book=True)

        result = made(stem)
        if guard:
            result = guard(
                Item(stem, data=b"", owner=stem), result, lambda number: made(f"{stem}-{number + 1}")
            )
        result = save(result, store)
        pictures = {path: version_tag(path) for path in files}
        if result.failure or self._dry:
            return result
        revision = self._state.revision(stem)
        entries = [
            Entry(
                stem,
                name,
                Record(self._fingerprints[name], revision, "", pictures),
                tuple(output for output in result.outputs if output.format == name),
                owner=stem,
            )
            for name in formats
        ]
        self._state.record(entries)
        return result

    def _book(self, stem: str, day: str, converter: Converter, env: Env) -> Book:
        """Return the book of a day, and add its pictures to the environment."""
        documents: list[Document] = []
        for article in self._state.articles(stem):
            own = converter.env()
            for src, path in article.pictures.items():
                own.assets.add_file(src, Path(path))
            folder = Path(next(iter(article.pictures.values()))).parent if article.pictures else None
            document = decode(article.document, Document)
            read = Read(Result(stem, "converted"), own, Source(b"", article.source, folder), (document,))
            documents += articles_of(read, env)
        book = book_of(documents, env, title="", group_by="source", order="newest")
        if self._title:
            title = f"{self._title} · {localized_day(date.fromisoformat(day), book.language)}"
            book = msgspec.structs.replace(book, title=title)
        return book


def _file_name(stem: str, ending: str) -> str:
    return f"{stem}.{ending}"
