"""Removing the files of pictures that no article has any more."""

from __future__ import annotations

import time
from contextlib import suppress

from feed2doc.shelf.library import Library
from feed2doc.shelf.preparation import picture_files

# The files of new articles are saved before their rows, long before if they are many.
_YOUNG_SECONDS = 24 * 3600


def remove_unused(library: Library) -> None:
    """Remove the files of pictures that no article has, unless they are new."""
    limit = time.time() - _YOUNG_SECONDS
    for path in picture_files(library.database.folder):
        with suppress(OSError):  # another process was faster, or the folder is read-only
            # The time is looked at last: an import that needs the file again renews it.
            if not library.has_picture(path.name) and path.stat().st_mtime < limit:
                path.unlink()
