"""The library as one file, and back. A server may be running while the file is written."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, cast

from feed2doc._files.atomic import save
from feed2doc._files.temporary import temporary_folder
from feed2doc._files.user_dirs import private_folder
from feed2doc._text.lazy_re import pattern
from feed2doc.errors import ReadError, UsageError, WriteError
from feed2doc.shelf.library.database import FILE, open_library, setting
from feed2doc.shelf.processes.preparation import PICTURES, picture_files

_PICTURE = pattern(rf"{PICTURES}/[0-9a-f]{{2}}/[0-9a-f]{{32}}\.[a-z]{{3,4}}")


def export_library(folder: Path, file: Path) -> None:
    """Write the library in a folder to one file: the database and the pictures, without books and sessions.

    Raise ReadError if there is no library, UsageError if the file is in it, WriteError if the file cannot be written.
    """
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder)):
        raise UsageError(f"{file}: is in the library: name a file elsewhere")
    library = open_library(folder, create=False)
    with closing(library), temporary_folder() as work:
        copy, archive = Path(work, FILE), Path(work, "library.zip")
        _copy(library.reader, copy)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(copy, FILE)
            for path in sorted(picture_files(folder)):
                with suppress(FileNotFoundError):  # no article has it any more
                    packed.write(path, path.relative_to(folder).as_posix(), zipfile.ZIP_STORED)
        with archive.open("rb") as data:
            save(file, data)
        if file.is_file():  # not a device; addresses of feeds may have passwords
            os.chmod(file, 0o600)


def _copy(database: sqlite3.Connection, path: Path) -> None:
    """Copy a library's database, without sessions and codes. Raise WriteError if that fails."""
    try:
        with closing(sqlite3.connect(path)) as target:
            database.backup(target)
            with target:
                target.execute("DELETE FROM session")
                target.execute("DELETE FROM code")
            target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise WriteError(
            f"{path.parent}: the library cannot be copied: {error}: make room, or set TMPDIR to another folder"
        ) from error


def import_library(file: Path, folder: Path) -> None:
    """Restore a library from a file into a folder that has none.

    Raise ReadError if it is not such a file, WriteError if there is a library already.
    """
    if (folder / FILE).exists():
        raise WriteError(f"{folder}: has a library already: name another folder")
    if not file.is_file():
        raise ReadError(f"{file}: {'it is not a file' if file.exists() else 'there is no such file'}")
    _check_archive(file)
    with zipfile.ZipFile(file) as packed, temporary_folder() as work:
        _unpack(packed, FILE, Path(work))
        _check_database(file, Path(work))
        private_folder(folder)
        for name in packed.namelist():
            if _PICTURE.fullmatch(name):
                _unpack(packed, name, folder)
        # The database comes last: without it, the folder is not a library.
        with Path(work, FILE).open("rb") as data:
            save(folder / FILE, data, named=False)
    os.chmod(folder / FILE, 0o600)


def _check_archive(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
            damaged = packed.testzip()
    except Exception as error:  # each method of compression has its own
        raise _refused(file, str(error)) from error
    if damaged or FILE not in names:
        raise _refused(file, f"{damaged} is damaged" if damaged else f"it has no {FILE}")


def _check_database(file: Path, folder: Path) -> None:
    """Raise ReadError unless a folder has the database of a library. It is brought to the current schema."""
    path = folder / FILE
    try:
        with closing(sqlite3.connect(path)) as db:
            problem = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok" or not setting(db, "library"):
                raise _refused(file, f"{FILE} is damaged")
        open_library(folder).close()
    except sqlite3.Error as error:
        raise _refused(file, f"{FILE}: {error}") from error
    except WriteError as error:
        raise _refused(file, str(error).removeprefix(f"{path}: ")) from error


def _refused(file: Path, reason: str) -> ReadError:
    return ReadError(f"{file}: not a library that `feed2doc library export` wrote: {reason}")


def _unpack(packed: zipfile.ZipFile, name: str, folder: Path) -> None:
    with packed.open(name) as data:
        save(folder / name, cast(BinaryIO, data), named=False)
