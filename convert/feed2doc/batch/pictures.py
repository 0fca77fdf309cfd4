"""Gathers the pictures of a run from folders and the network, for the formats that embed them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from feed2doc._files.user_dirs import private_file, private_folder, user_folder
from feed2doc._own_process import step
from feed2doc._text.urls import shown_url
from feed2doc.batch.job import Images, PictureSettings
from feed2doc.env import Env
from feed2doc.model import Book, images_of
from feed2doc.pictures.archives import seek_pictures

if TYPE_CHECKING:
    from feed2doc.pictures.fetcher import Fetcher
    from feed2doc.pictures.profiles import Profile

# The rule of pictures that may not be fetched. Missing them is what the user asked for, so that only a strict run reports it.
OFFLINE = "offline"
Progress = Callable[[int, int], None]


class PictureSource:
    """Gathers the pictures of books.

    `progress` is called with the number of pictures of a book that are done, and the number of all its pictures.
    """

    def __init__(self, settings: PictureSettings, progress: Progress) -> None:
        self._settings, self._progress = settings, progress
        self._fetcher: Fetcher | None = None

    def prepare(self, book: Book, images: Images, env: Env) -> Book:
        """Return the book as a format shows it, with its pictures in the asset store."""
        if images in ("none", "lead"):
            from feed2doc.model import without_pictures

            book = without_pictures(book, keep_lead=images == "lead")
        if images in ("embed", "lead"):
            self._gather(book, env)
        return book

    def profile(self) -> Profile:
        """Return the profile of the device, or the default profile."""
        from feed2doc.pictures import profiles

        return self._settings.device or profiles.profile()

    def close(self) -> None:
        """Close the connections and the cache."""
        if self._fetcher is not None:
            self._fetcher.close()

    def _gather(self, book: Book, env: Env) -> None:
        step("getting pictures")
        images = list(images_of(book))
        seek_pictures(book, self._settings.folders, env)
        fetcher = self._fetching() if images else None
        # Importing the modules that resize pictures is avoided if there is none.
        if fetcher is not None or any(env.assets.is_at_hand(image.src) for image in images):
            from feed2doc.pictures.gather import gather

            gather(book.documents, env, fetcher, self.profile(), self._progress)
        if fetcher is None:
            for src in dict.fromkeys(i.src for i in images if not env.assets.has(i.src, i.fallback_src)):
                src = shown_url(src)
                env.note("loss", f"picture {src}: not available offline", rule=OFFLINE, text=src)

    def _fetching(self) -> Fetcher | None:
        if self._settings.offline:
            return None
        if self._fetcher is None:
            from feed2doc.pictures.fetcher import Fetcher

            cache = user_folder("cache") / "fetched.sqlite"
            with suppress(OSError):  # pictures are fetched anyway
                private_folder(cache.parent)
                # Earlier versions kept URLs, perhaps with secrets, in another file.
                for ending in ("", "-wal", "-shm"):
                    (cache.parent / f"pictures.sqlite{ending}").unlink(missing_ok=True)
                private_file(cache)
            self._fetcher = Fetcher(cache, allow_hosts=self._settings.allow_hosts)
        return self._fetcher
