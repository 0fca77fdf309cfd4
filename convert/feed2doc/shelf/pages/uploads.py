"""Files that a browser sends: articles with their pictures, feeds, pages and OPML."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path

from starlette.datastructures import UploadFile

from feed2doc._files.temporary import temporary_folder
from feed2doc._text.plain import printable
from feed2doc.assets import picture_of
from feed2doc.errors import Feed2docError
from feed2doc.shelf.processes.reading import ReadFile, file_name, read_upload
from feed2doc.shelf.shelf import Shelf

_LONGEST_NAME = 100
_SIGNATURE_BYTES = 16


async def read_all(shelf: Shelf, files: list[UploadFile]) -> list[tuple[str, ReadFile]]:
    """Return the names of uploaded files with what they have. Pictures belong to the articles that name them."""
    with temporary_folder() as folder:
        pictures: dict[str, str] = {}
        others: list[tuple[str, Path]] = []
        for number, file in enumerate(files):
            path = Path(folder, str(number))  # never its own name
            name = re.split(r"[/\\]", printable((file.filename or "").replace("\x00", "")))[-1]
            if await shelf.run(_copied_picture, file, path):
                pictures[name] = str(path)
            else:
                others.append((name[:_LONGEST_NAME] or "file", path))
        read = [(name, await _read(shelf, path, name, pictures)) for name, path in others]
    shown = {file_name(src) for _, each in read for article in each.articles for src in article.pictures}
    unused = [name for name in pictures if name not in shown]
    return read + [(name[:_LONGEST_NAME], ReadFile(failure="no article has it")) for name in unused]


async def _read(shelf: Shelf, path: Path, name: str, pictures: dict[str, str]) -> ReadFile:
    reading = shelf.readers.submit(read_upload, str(path), name, str(shelf.folder), pictures)
    try:
        return await asyncio.wrap_future(reading)
    except Feed2docError as error:
        return ReadFile(failure=str(error))


def _copied_picture(file: UploadFile, path: Path) -> bool:
    """Copy an uploaded file, and return True if it is a picture."""
    with path.open("w+b") as copy:
        shutil.copyfileobj(file.file, copy)
        copy.seek(0)
        return picture_of(copy.read(_SIGNATURE_BYTES)) is not None
