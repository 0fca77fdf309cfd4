"""The schedule: fetches feeds when they are due and pictures after them, makes editions, and lets idle processes rest."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from feed2doc.errors import Feed2docError, LimitError
from feed2doc.shelf.formats import FORMATS
from feed2doc.shelf.library import editions
from feed2doc.shelf.library.picture_rows import FetchedPictures
from feed2doc.shelf.library.subscriptions import Added, Subscription
from feed2doc.shelf.library.unused import remove_unused
from feed2doc.shelf.processes.fetching import fetch, fetch_pictures
from feed2doc.shelf.shelf import Shelf
from feed2doc.syncing.feeds import BusyError

_AT_A_TIME = 2
_SHORTEST_SLEEP, _LONGEST_SLEEP = 0.5, 60.0
_DAY = 24 * 3600
# Errors of the database that what a feed has may cause. The others are about the library, such as a full disk.
_OF_A_FEED = (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


class Schedule:
    """Runs until it is cancelled. Two feeds are fetched at a time, of different servers, whatever readers ask for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._busy: dict[int, Subscription] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Fetch what is due, and wait for the next feed, or until one is added."""
        steps = (self._next_feeds, self._next_pictures, self._next_edition, self._tidy)
        await asyncio.gather(*map(self._repeat, steps))

    async def _repeat(self, step: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await step()
            except Exception as error:  # such as a full disk, or an import that takes long
                self._shelf.log(f"schedule: {_shown(error)}")
                await asyncio.sleep(_LONGEST_SLEEP)

    async def _next_feeds(self) -> None:
        shelf = self._shelf
        shelf.wake.clear()
        while len(self._busy) < _AT_A_TIME and (
            feed := await shelf.run(shelf.feeds.due, list(self._busy.values()))
        ):
            self._busy[feed.id] = feed
            task = asyncio.create_task(self._fetch(feed))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        await asyncio.to_thread(shelf.makers.rest)
        await asyncio.to_thread(shelf.readers.rest)
        seconds = _LONGEST_SLEEP if self._busy else await shelf.run(shelf.feeds.next_due)
        await _wait(shelf.wake, seconds)

    async def _fetch(self, feed: Subscription) -> None:
        tried = Added(feed.id)
        try:
            tried = await self._recorded(feed)
        except Exception as error:  # such as a full disk: the feed is still due, but not at once
            self._shelf.log(f"{feed.name}: {_shown(error)}")
            tried = Added(error=str(error))
            self._shelf.has_tried(feed, tried)
            await asyncio.sleep(_LONGEST_SLEEP)
        finally:
            del self._busy[feed.id]
            self._shelf.has_tried(feed, tried)
            self._shelf.wake.set()

    async def _recorded(self, feed: Subscription) -> Added:
        """Fetch a feed, and record what it has, or why it could not be fetched."""
        shelf = self._shelf
        try:
            found = await asyncio.wrap_future(shelf.readers.submit(fetch, feed, str(shelf.folder)))
            if shelf.is_choice(feed, found):
                tried = Added(choices=found.choices)
                shelf.has_tried(feed, tried)  # first: who waits must not give up meanwhile
                await shelf.write(shelf.feeds.remove, feed.id)
                return tried
            count = await shelf.write(shelf.feeds.record, feed, found)
        except Exception as error:
            if isinstance(error, sqlite3.Error) and not isinstance(error, _OF_A_FEED):
                raise
            is_bug = not isinstance(error, Feed2docError)
            message = f"internal error, please report it: {type(error).__name__}" if is_bug else str(error)
            shelf.log(f"{feed.name}: {type(error).__name__}: {error}" if is_bug else message)
            rest = error.seconds if isinstance(error, BusyError) else 0
            await shelf.write(shelf.feeds.record_failure, feed, message, rest)
            return Added(error=message)
        for message in found.messages:
            shelf.log(message)
        if count:
            shelf.log(f"{found.name or feed.name}: {count} new or changed")
            shelf.has_pictures_due.set()
        return Added(feed.id)

    async def _next_pictures(self) -> None:
        """Fetch the pictures of one article that came with a feed, or wait for one."""
        shelf = self._shelf
        shelf.has_pictures_due.clear()
        found = await shelf.run(shelf.pictures.next_due)
        if found is None:
            await _wait(shelf.has_pictures_due, _LONGEST_SLEEP)
            return
        try:
            fetched = await asyncio.wrap_future(
                shelf.readers.submit(fetch_pictures, found.document, str(shelf.folder))
            )
        except Exception as error:  # else this article would keep all others waiting
            fetched = FetchedPictures(again=isinstance(error, LimitError | OSError))
            is_known = isinstance(error, Feed2docError)
            shelf.log(str(error) if is_known else f"article {found.id}: {type(error).__name__}: {error}")
        await shelf.write(shelf.pictures.add, found, fetched)

    async def _next_edition(self) -> None:
        """Let the editions appear that are due, and make the EPUB of the newest; or wait for one."""
        shelf = self._shelf
        seconds = await shelf.run(editions.next_due, shelf.database, time.time())
        if seconds > 0:
            await asyncio.sleep(min(_LONGEST_SLEEP, max(_SHORTEST_SLEEP, seconds)))
            return
        await shelf.write(editions.publish, shelf.database, int(time.time()))
        newest = (await shelf.run(shelf.library.editions, 1)).entries[0]
        shelf.log(f"{newest.title}: has appeared")
        try:
            await shelf.book(newest, FORMATS[0])
        except Feed2docError as error:  # it is tried again when it is asked for
            shelf.log(f"{newest.title}: {error}")

    async def _tidy(self) -> None:
        """Remove what is not used any more, once a day."""
        await self._shelf.run(remove_unused, self._shelf.library)
        await asyncio.sleep(_DAY)


def _shown(error: Exception) -> str:
    """Return an error with the name of its class, unless it is one that systems have."""
    return str(error) if isinstance(error, sqlite3.Error | OSError) else f"{type(error).__name__}: {error}"


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but not longer than this."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), min(_LONGEST_SLEEP, max(_SHORTEST_SLEEP, seconds)))
