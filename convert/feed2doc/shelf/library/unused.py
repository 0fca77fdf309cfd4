"""Removing the files of articles that are gone: their pictures, which no other article has, and their books."""

from __future__ import annotations

import time
from contextlib import suppress

from feed2doc._text.lazy_re import pattern
from feed2doc.shelf.library.books import FOLDER
from feed2doc.shelf.library.questions import Library
from feed2doc.shelf.processes.preparation import picture_files

# The files of new articles are saved before their rows, long before if they are many.
_YOUNG_SECONDS = 24 * 3600
_BOOK = pattern(r"(\w{1,40})-[\w.-]+")


def remove_unused(library: Library) -> None:
    """Remove the books of articles and editions that are gone, and the files of pictures that no article has, unless they are new."""
    for path in (library.database.folder / FOLDER).glob("*"):
        book = _BOOK.fullmatch(path.name)
        if book and library.book(book[1]) is None:
            with suppress(OSError):
                path.unlink()
    limit = time.time() - _YOUNG_SECONDS
    for path in picture_files(library.database.folder):
        with suppress(OSError):  # another process was faster, or the folder is read-only
            # The time is looked at last: an import that needs the file again renews it.
            if not library.has_picture(path.name) and path.stat().st_mtime < limit:
                path.unlink()
