"""The parts of a running shelf, and what the pages and the schedule do with them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from feed2doc.batch.job import Job
from feed2doc.batch.workers.processes import cores
from feed2doc.errors import LimitError
from feed2doc.shelf.catalog.feeds import Catalog
from feed2doc.shelf.codes import Codes
from feed2doc.shelf.formats import Format
from feed2doc.shelf.library.books import Books, Made
from feed2doc.shelf.library.database import Database, setting
from feed2doc.shelf.library.picture_rows import PictureRows
from feed2doc.shelf.library.questions import Article, Edition, Library
from feed2doc.shelf.library.subscriptions import Added, Fetched, Subscription, Subscriptions
from feed2doc.shelf.pages.frame import style_version
from feed2doc.shelf.processes.making import (
    MAKING,
    Ingredients,
    make_book,
    make_book_offline,
    make_cover,
    make_page,
)
from feed2doc.shelf.processes.reading import READING
from feed2doc.shelf.processes.workers import Workers

T = TypeVar("T")
# Reading the database takes a few milliseconds. More threads would only wait for each other.
_THREADS = 4
# For how long the form waits for the first fetch of a feed. Some clients give up after five seconds.
_PATIENCE = 4.0


class Shelf:
    """A library, its books, and the processes that make them. `log` is called with messages for whoever runs the server."""

    def __init__(
        self,
        database: Database,
        log: Callable[[str], None],
        seconds: float,
        allow_hosts: tuple[str, ...] = (),
    ) -> None:
        self.database = database
        self.folder: Path = database.folder
        self._log = log
        self.library: Library = Library(database)
        self.pictures: PictureRows = PictureRows(database)
        self.catalog: Catalog = Catalog(setting(database.reader, "library"))
        self.books: Books = Books(database.folder)
        self.feeds: Subscriptions = Subscriptions(database, seconds)
        self.codes: Codes = Codes(database)
        self.makers: Workers = Workers(_fetching(MAKING, allow_hosts), min(2, cores()), "books")
        self.readers: Workers = Workers(_fetching(READING, allow_hosts), 3, "feeds")
        self.wake: asyncio.Event = asyncio.Event()
        self.has_pictures_due: asyncio.Event = asyncio.Event()
        self._tries: dict[str, asyncio.Future[Added]] = {}
        self._unsure: set[str] = set()
        self._threads = ThreadPoolExecutor(_THREADS, "library")
        self._writer = ThreadPoolExecutor(1, "writing")
        for host in allow_hosts:
            self.pictures.retry(host)

    def log(self, message: str) -> None:
        """Pass a message on. Nothing else fails if it cannot be written, such as to a terminal or a pipe that is closed."""
        with suppress(OSError, ValueError):
            self._log(message)

    async def run(self, function: Callable[..., T], *arguments: object, **named: object) -> T:
        """Return what a function that reads the library returns. It runs in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(function, *arguments, **named))

    async def write(self, function: Callable[..., T], *arguments: object, **named: object) -> T:
        """Return what a function that writes to the library returns. Those that read do not wait for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, partial(function, *arguments, **named))

    async def subscribe(self, url: str, page: str = "", *, is_sure: bool = False) -> Added:
        """Add a feed, after the first try to fetch it, unless that takes long. `page` is what the user named, if it has the feed.

        Nothing is added if there is no feed, or a page that has several, unless the user `is_sure`.
        """
        is_sure = is_sure or (url not in self._unsure and await self.run(self.feeds.has, url))
        _, error = self.feeds.resting(url)
        if error and not is_sure:
            return Added(error=error)
        id = await self.write(self.feeds.add, url, named=page or url)
        tried = self._tries.setdefault(url, asyncio.get_running_loop().create_future())
        if not is_sure:
            self._unsure.add(url)
        self.wake.set()
        found = Added()
        with suppress(TimeoutError):
            found = await asyncio.wait_for(asyncio.shield(tried), _PATIENCE)
        self._tries.pop(url, None)
        is_added = is_sure or not (found.error or found.choices)
        try:
            if not is_added:
                await self.write(self.feeds.remove, id)
        finally:
            self._unsure.discard(url)
        return Added(id) if is_added else found

    def is_choice(self, feed: Subscription, fetched: Fetched) -> bool:
        """Return True if who adds a feed is to choose from those of a page."""
        return len(fetched.choices) > 1 and feed.url in self._unsure

    def has_tried(self, feed: Subscription, found: Added) -> None:
        """Let those go on who wait for the first try to fetch a feed."""
        waiting = self._tries.get(feed.url)
        if waiting and not waiting.done():
            waiting.set_result(found)

    async def book(self, of: Article | Edition, format: Format) -> Made:
        """Return a book, which is made when it is first asked for."""
        return await self._made(_name(of, format), lambda: self._start_book(of, format))

    async def kept_book(self, of: Article | Edition, format: Format) -> Made | None:
        """Return a book that has been made, if it is still there."""
        return await self.run(self.books.get, _name(of, format))

    async def cover(self, of: Article | Edition) -> Made:
        """Return the cover of an article or edition, which is drawn when it is first asked for."""
        picture = of.picture if isinstance(of, Article) else ""
        name = f"{of.id}-{of.hash}{picture[:8]}.jpg"
        return await self._made(name, lambda: self._start_cover(of, picture))

    async def page(self, of: Edition) -> str:
        """Return an edition as the content of a page, which is made when it is first asked for."""
        name = f"{of.id}-{of.hash}.{style_version()}.html"

        def start() -> Future[bytes]:
            return self.makers.submit(make_page, self._ingredients(of), name, str(self.folder))

        made = await self._made(name, start)
        return await self.run(made.path.read_text, "utf-8")

    def close(self) -> None:
        """Finish the books that are being made, and close the library. What is being fetched is fetched again later."""
        self.makers.close(finish=True)
        self.readers.close(finish=False)
        self._writer.shutdown(wait=True)
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.database.close()

    async def _made(self, name: str, start: Callable[[], Future[bytes]]) -> Made:
        found = await self.run(self.books.get, name)
        if found is None:
            making = await self.run(self.books.make, name, start)
            found = await asyncio.shield(asyncio.wrap_future(making))
        return found

    def _start_book(self, of: Article | Edition, format: Format) -> Future[bytes]:
        ingredients, name = self._ingredients(of), f"{of.id}-{of.hash}"
        begin = time.monotonic()
        arguments = (ingredients, format.name, name, str(self.folder))
        making = _with_fallback(
            self.makers.submit(make_book, *arguments),
            lambda: self.makers.submit(make_book_offline, *arguments),
        )
        making.add_done_callback(
            lambda _: self.log(f"{name}: {format.label}: {time.monotonic() - begin:.1f} s")
        )
        return making

    def _start_cover(self, of: Article | Edition, picture: str) -> Future[bytes]:
        return self.makers.submit(make_cover, self._ingredients(of), picture, str(self.folder))

    def _ingredients(self, of: Article | Edition) -> Ingredients:
        if isinstance(of, Article):
            return self.library.ingredients(of.id)
        return self.library.ingredients_of_edition(of)


def _fetching(job: Job, allow_hosts: tuple[str, ...]) -> Job:
    pictures = msgspec.structs.replace(job.pictures, allow_hosts=allow_hosts)
    return msgspec.structs.replace(job, pictures=pictures)


def _name(of: Article | Edition, format: Format) -> str:
    return f"{of.id}-{of.hash}.{format.ending}"


def _with_fallback(first: Future[T], other: Callable[[], Future[T]]) -> Future[T]:
    """Return the result of the first future, or that of the other one if the first takes too much time or memory.

    The pictures of a book may be many and their servers slow.
    """
    result: Future[T] = Future()

    def copy(done: Future[T]) -> None:
        if done.cancelled():
            result.cancel()
        elif error := done.exception():
            result.set_exception(error)
        else:
            result.set_result(done.result())

    def finish(done: Future[T]) -> None:
        try:
            is_over = not done.cancelled() and isinstance(done.exception(), LimitError)
            again = other() if is_over else done
        except RuntimeError:  # the shelf is being closed
            again = done
        again.add_done_callback(copy)

    first.add_done_callback(finish)
    return result
