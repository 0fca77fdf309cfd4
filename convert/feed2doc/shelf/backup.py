"""The library as one file, and back. A server may be running while the file is written."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, cast

from feed2doc._files.atomic import save
from feed2doc._files.temporary import temporary_folder
from feed2doc._files.user_dirs import private_folder
from feed2doc._text.lazy_re import pattern
from feed2doc.errors import ReadError, WriteError
from feed2doc.shelf.database import FILE, open_library
from feed2doc.shelf.preparation import PICTURES

_PICTURE = pattern(rf"{PICTURES}/[0-9a-f]{{2}}/[0-9a-f]{{32}}\.[a-z]{{3,4}}")


def export_library(folder: Path, file: Path) -> None:
    """Write the library in a folder to one file: the database and the pictures, without books and sessions.

    Raise ReadError if there is no library, WriteError if the file cannot be written.
    """
    library = open_library(folder, create=False)
    with closing(library), temporary_folder() as work:
        copy, archive = Path(work, FILE), Path(work, "library.zip")
        with closing(sqlite3.connect(copy)) as target:
            library.reader.backup(target)
            with target:
                target.execute("DELETE FROM session")
                target.execute("DELETE FROM code")
            target.execute("PRAGMA journal_mode = DELETE")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(copy, FILE)
            for path in _pictures(folder):
                packed.write(path, path.relative_to(folder).as_posix(), zipfile.ZIP_STORED)
        with archive.open("rb") as data:
            save(file, data)


def import_library(file: Path, folder: Path) -> None:
    """Restore a library from a file into a folder that has none.

    Raise ReadError if it is not such a file, WriteError if there is a library already.
    """
    if (folder / FILE).exists():
        raise WriteError(f"{folder}: has a library already: name another folder")
    private_folder(folder)
    try:
        with zipfile.ZipFile(file) as packed:
            for name in packed.namelist():
                if _PICTURE.fullmatch(name):
                    with packed.open(name) as data:
                        save(folder / name, cast(BinaryIO, data), named=False)
            # The database comes last: without it, the folder is not a library.
            with packed.open(FILE) as data:
                save(folder / FILE, cast(BinaryIO, data), named=False)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise ReadError(f"{file}: not a library that `feed2doc library export` wrote: {error}") from error
    os.chmod(folder / FILE, 0o600)
    open_library(folder).close()


def _pictures(folder: Path) -> Iterator[Path]:
    for path in sorted((folder / PICTURES).glob("*/*")):
        if _PICTURE.fullmatch(path.relative_to(folder).as_posix()):
            yield path
