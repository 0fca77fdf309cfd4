"""The pictures of a run: which a format wants, and where they come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from feed2doc._files.user_dirs import user_folder
from feed2doc._formats import Writer
from feed2doc.env import Env
from feed2doc.errors import UsageError
from feed2doc.model import Book, images_of
from feed2doc.pictures.archives import seek_pictures

if TYPE_CHECKING:
    from feed2doc.pictures.fetcher import Fetcher
    from feed2doc.pictures.profiles import Profile

MODES = ("embed", "link", "none", "lead")


class Pictures(Struct):
    """What was asked for about pictures, for all items of a run.

    `progress` is told how many of a book's pictures are done, and how many there are.
    """

    mode: str = ""
    folders: tuple[Path, ...] = ()
    offline: bool = False
    allow_hosts: tuple[str, ...] = ()
    device: Profile | None = None
    progress: Callable[[int, int], None] = lambda done, total: None
    _fetcher: Fetcher | None = None

    def check(self) -> None:
        """Raise UsageError for a folder that is none."""
        for folder in self.folders:
            if not folder.is_dir():
                raise UsageError(f"--image-dir {folder}: is no folder")

    def profile(self) -> Profile:
        """The device's profile, else the default one."""
        from feed2doc.pictures import profiles

        return self.device or profiles.profile()

    def mode_for(self, writer: Writer[Any]) -> str:
        """How this format has its pictures: as asked for, else as it usually has them."""
        usual = "embed" if writer.pictures else "none" if writer.name == "text" else "link"
        return self.mode or usual

    def prepare(self, book: Book, mode: str, env: Env) -> Book:
        """The book as a format in this mode has it, its pictures at hand in the asset store."""
        if mode in ("none", "lead"):
            from feed2doc.model import without_pictures

            book = without_pictures(book, keep_lead=mode == "lead")
        if mode in ("embed", "lead"):
            self._gather(book, env)
        return book

    def _gather(self, book: Book, env: Env) -> None:
        images = list(images_of(book))
        seek_pictures(book, self.folders, env)
        fetcher = self._fetching() if images else None
        if fetcher is None and not any(env.assets.is_at_hand(image.src) for image in images):
            return  # what makes pictures fit takes long to load
        from feed2doc.pictures.gather import gather

        gather(book.documents, env, fetcher, self.profile(), self.progress)

    def _fetching(self) -> Fetcher | None:
        if self.offline:
            return None
        if self._fetcher is None:
            from feed2doc.pictures.fetcher import Fetcher

            cache = user_folder("cache") / "pictures.sqlite"
            self._fetcher = Fetcher(cache, allow_hosts=self.allow_hosts)
        return self._fetcher

    def close(self) -> None:
        """Close what was opened."""
        if self._fetcher is not None:
            self._fetcher.close()
