"""Companion files: the pictures of an output file, saved in a folder next to it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from feed2doc.batch.storage import is_url, joined
from feed2doc.env import Env
from feed2doc.model import Book, Image

# Formats whose pictures are saved in a folder next to the file, and the end of its name. They share no folder, because a
# format that is written again must not change the pictures of another.
FOLDER_OF = {"markdown": ".images", "typst": ".typ.images"}


def with_companions(book: Book, folder: str, env: Env) -> tuple[Book, dict[str, bytes]]:
    """Return the book with its pictures moved to `folder`, and the files of that folder by path."""
    from feed2doc.model import with_images

    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    near = folder.rpartition("/")[2] if is_url(folder) else Path(folder).name

    def moved(image: Image) -> Image:
        picture = env.assets.get(image.src)
        if picture is None:
            return image
        if picture.digest not in names:
            names[picture.digest] = f"{len(names) + 1:03}.{picture.extension}"
            files[joined(folder, names[picture.digest])] = picture.data
        src = f"{near}/{names[picture.digest]}"
        env.assets.put(src, picture)
        return msgspec.structs.replace(image, src=src, fallback_src="")

    return with_images(book, moved), files
