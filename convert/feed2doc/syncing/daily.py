"""The articles of each day as one book, which grows as they come in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from feed2doc._files.names import dated_stem
from feed2doc._formats import Source
from feed2doc._locale.dates import localized_day
from feed2doc.batch.bundle import Bundle
from feed2doc.batch.outcomes import Outcome, Output, failure_of
from feed2doc.batch.recipe import Run
from feed2doc.batch.state.store import Article, Made, State
from feed2doc.batch.storage import stamp
from feed2doc.env import Env
from feed2doc.errors import Feed2docError
from feed2doc.model import Book, Document, images_of

FORMAT = "daily"


class Daily:
    """Takes in articles, and makes the books of the days that have changed.

    The state keeps the articles: by the time that a day's book is made again its earlier ones may have left their feeds.
    """

    def __init__(
        self, run: Run, state: State, recipes: Mapping[str, bytes], title: str, *, force: bool
    ) -> None:
        self._run, self._state, self._title, self._force = run, state, title, force
        self._recipes = {name: recipe + title.encode() for name, recipe in recipes.items()}
        self._new: set[str] = set()  # the days that a dry run would make

    @property
    def recipe(self) -> bytes:
        """The fingerprint of all that shapes the books, which is that of reading an input as well."""
        return hashlib.sha256(b"".join(self._recipes[name] for name in sorted(self._recipes))).digest()

    def add(self, source: Source, documents: Iterable[Document], env: Env) -> None:
        """Take in the articles of an input."""
        for document in documents:
            day = (document.published or document.archived or datetime.now(UTC)).date().isoformat()
            paths = {i.src: str(path) for i in images_of(document) if (path := env.assets.path(i.src))}
            stem = dated_stem(self._title, day)
            if self._run.writing.delivery.dry:
                self._new.add(stem)
                continue
            article = Article(stem, source.name, msgspec.json.encode(document), paths)
            self._state.keep_article(f"{self._title}\n{source.name}\n{document.id}", article)

    def write(self, first: date | None) -> Iterator[tuple[Outcome, list[Output]]]:
        """Make the books of the days that have changed, and what their files before were; none of days before `first`."""
        beginning = dated_stem(self._title, "")
        for stem in sorted({*self._state.days(), *self._new}):
            day = stem.removeprefix(beginning)
            if day == stem or len(day) != len("2025-03-04"):  # a book of another title
                continue
            if first and day < first.isoformat():
                if not self._run.writing.delivery.dry:
                    self._state.forget_day(stem)
                continue
            todo = tuple(name for name in self._recipes if not self._is_made(stem, name))
            if todo:
                yield self._make(stem, day, todo)

    def _is_made(self, stem: str, name: str) -> bool:
        made = self._state.made(stem, name)
        return (
            not self._force
            and stem not in self._new
            and made is not None
            and made.recipe == self._recipes[name]
            and made.stamp == self._state.revision(stem)
            # A file that is gone is none to make the book again for: it would lack what it has.
            and all(stamp(path) in ("", known) for path, known in made.pictures.items())
        )

    def _make(self, stem: str, day: str, formats: tuple[str, ...]) -> tuple[Outcome, list[Output]]:
        writing = self._run.writing
        failure = None
        pictures: dict[str, str] = {}
        left: list[Output] = []
        try:
            book, env = self._book(stem, day)
            writing.write(book, book.title, lambda ending: f"{stem}.{ending}", env, formats=formats)
            pictures = {str(path): stamp(str(path)) for path in env.assets.files()}
        except Feed2docError as error:
            writing.say(str(error))
            failure = failure_of(error)
        failure = writing.failure(failure)
        outcome = Outcome(stem, "failed" if failure else "converted", writing.taken(), failure)
        if not failure and not writing.delivery.dry:
            revision = self._state.revision(stem)
            for name in formats:
                outputs = [output for output in outcome.outputs if output.format == name]
                left += self._state.remember(
                    stem, name, Made(self._recipes[name], revision, "", pictures), outputs
                )
        return outcome, left

    def _book(self, stem: str, day: str) -> tuple[Book, Env]:
        """The book of a day, and the surroundings with its pictures."""
        env = self._run.env()
        bundle = Bundle(env, "", "source", "newest")
        for article in self._state.articles(stem):
            own = self._run.env()
            for src, path in article.pictures.items():
                own.assets.add_file(src, Path(path))
            folder = Path(next(iter(article.pictures.values()))).parent if article.pictures else None
            document = msgspec.json.decode(article.document, type=Document)
            bundle.add(Source(b"", article.source, folder), [document], own)
        book = bundle.book()
        if self._title:
            title = f"{self._title} · {localized_day(date.fromisoformat(day), book.language)}"
            book = msgspec.structs.replace(book, title=title)
        return book, env
