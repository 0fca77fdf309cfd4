"""The articles of each day as one book, which grows as they come in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import msgspec

from feed2doc._dates import localized_day
from feed2doc._naming import dated_file_name
from feed2doc._registry import Source
from feed2doc.batch.bundle import Bundle
from feed2doc.batch.outcomes import Failure, Outcome, Output
from feed2doc.batch.recipe import Run
from feed2doc.batch.state import Article, Made, State
from feed2doc.env import Env
from feed2doc.errors import Feed2docError, StrictError, WriteError
from feed2doc.model import Book, Document
from feed2doc.pictures._model import images_of

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
        self._touched: set[str] = set()

    @property
    def recipe(self) -> bytes:
        """The fingerprint of all that shapes the books, which is that of reading an input as well."""
        return hashlib.sha256(b"".join(self._recipes[name] for name in sorted(self._recipes))).digest()

    def add(self, source: Source, documents: Iterable[Document], env: Env) -> None:
        """Take in the articles of an input."""
        for document in documents:
            day = (document.published or document.archived or datetime.now(UTC)).date().isoformat()
            paths = {i.src: str(path) for i in images_of(document) if (path := env.assets.path(i.src))}
            article = Article(day, source.name, msgspec.json.encode(document), paths)
            dry = self._run.writing.delivery.dry
            self._touched |= {day} if dry else self._state.keep_article(document.id, article)

    def write(self, first: date | None) -> Iterator[tuple[Outcome, list[Output]]]:
        """Make the books of the days that have changed, and what their files before were; none of days before `first`."""
        for day in sorted({*self._state.days(), *self._touched}):
            if first and day < first.isoformat():
                self._state.forget_day(day)
            else:
                todo = tuple(name for name in self._recipes if not self._is_made(day, name))
                if todo:
                    yield self._make(day, todo)

    def _is_made(self, day: str, name: str) -> bool:
        made = self._state.made(day, name)
        return (
            not self._force
            and day not in self._touched
            and made is not None
            and made.recipe == self._recipes[name]
        )

    def _make(self, day: str, formats: tuple[str, ...]) -> tuple[Outcome, list[Output]]:
        writing = self._run.writing
        failure = None
        left: list[Output] = []
        try:
            book, env = self._book(day)
            writing.write(book, book.title, partial(dated_file_name, self._title, day), env, formats=formats)
        except Feed2docError as error:
            writing.say(str(error))
            failure = Failure(
                str(error), error.exit_code, isinstance(error, WriteError), isinstance(error, StrictError)
            )
        outcome = Outcome(day, "failed" if failure else "converted", writing.taken(), failure)
        if not failure and not writing.delivery.dry:
            for name in formats:
                outputs = [output for output in outcome.outputs if output.format == name]
                left += self._state.remember(day, name, Made(self._recipes[name], "", "", {}), outputs)
        return outcome, left

    def _book(self, day: str) -> tuple[Book, Env]:
        """The book of a day, and the surroundings with its pictures."""
        env = self._run.env()
        bundle = Bundle(env, "", "source", "newest")
        for article in self._state.articles(day):
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
