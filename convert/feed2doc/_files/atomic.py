"""Saving a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import zlib
from itertools import count
from pathlib import Path
from typing import BinaryIO

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import WriteError

# A file being written says by its name whose it is: the machine, the process, a number.
_PART = pattern(r"\.feed2doc-(?P<host>[0-9a-f]+)-(?P<process>\d+)-\d+\.part")
_numbers = count()


def save(path: Path, data: bytes | BinaryIO) -> None:
    """Write a file by way of a temporary one in the same folder, fsync and rename; a file object is copied.

    Raise WriteError, which names the file and the cause; what was there before is then untouched. An interrupt leaves nothing
    half-written either. A link stays one; a device or a pipe is written into.
    """
    temporary = stage(path, data)
    if temporary is None:
        write_into(path, data)
    else:
        publish(temporary, path)


def stage(path: Path, data: bytes | BinaryIO) -> Path | None:
    """Write and fsync a temporary file next to a path, and return it; None if there is a device or a pipe.

    Raise WriteError. The temporary file is removed if it cannot be written completely.
    """
    part = write_part(path, data)
    if part is None:
        return None
    temporary, descriptor = part
    sync(path, temporary, descriptor)
    return temporary


def write_part(path: Path, data: bytes | BinaryIO) -> tuple[Path, int] | None:
    """Write a temporary file next to a path, and return it with its open descriptor, on which `sync` is to be called.

    None if there is a device or a pipe. Raise WriteError; the temporary file is then removed.
    """
    temporary, descriptor = None, -1
    try:
        mode = _mode(path)
        if stat.S_ISLNK(mode):
            path = _real(path)
            mode = _mode(path)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(None, "it is a folder")
        if mode and not stat.S_ISREG(mode):
            return None
        descriptor, temporary = _new_part(path.parent)
        if isinstance(data, bytes):
            _write_all(descriptor, data)
        else:
            with os.fdopen(descriptor, "wb", closefd=False) as file:
                _write(data, file)
        return temporary, descriptor
    except BaseException as error:
        if temporary:
            os.close(descriptor)
            discard(temporary)
        if isinstance(error, OSError | ValueError):
            raise _unwritable(path, error) from error
        raise


def sync(path: Path, temporary: Path, descriptor: int) -> None:
    """Wait until a temporary file is safe on disk, and close it. Raise WriteError; the temporary file is then removed."""
    try:
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException as error:
        discard(temporary)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def publish(temporary: Path, path: Path) -> None:
    """Rename a temporary file that `stage` has written. Raise WriteError, and remove it, if that fails."""
    try:
        os.replace(temporary, _real(path))
    except (OSError, ValueError) as error:
        discard(temporary)
        raise _unwritable(path, error) from error


def write_into(path: Path, data: bytes | BinaryIO) -> None:
    """Write into what is at a path, such as a device or a pipe. Raise WriteError."""
    try:
        with open(path, "wb") as device:
            _write(data, device)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def discard(temporary: Path) -> None:
    """Remove a temporary file, if it is there."""
    with contextlib.suppress(OSError):  # if the device is gone, the file is gone with it
        temporary.unlink(missing_ok=True)


def _real(path: Path) -> Path:
    """Return where a link leads, else the path itself. Raise OSError if the link leads to itself."""
    if not stat.S_ISLNK(_mode(path)):
        return path
    with contextlib.suppress(FileNotFoundError):  # where it leads need not exist
        os.stat(path)
    return path.resolve()


def _unwritable(path: Path, error: Exception) -> WriteError:
    return WriteError(f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}")


def _mode(path: Path) -> int:
    """What is at this path, as `stat` has it; 0 if nothing is."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _write(data: bytes | BinaryIO, file: BinaryIO) -> None:
    if isinstance(data, bytes):
        file.write(data)
    else:
        import shutil

        shutil.copyfileobj(data, file)


def remove_leftovers(folder: Path) -> None:
    """Take away what processes of this machine that were killed have left half-written in this folder."""
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except OSError:
        return
    for name in names:
        found = _PART.fullmatch(name)
        if found and found["host"] == _host() and not _runs(int(found["process"])):
            discard(folder / name)


def part_name() -> str:
    """The name of a file being written, which no other process has, nor this one for another file."""
    return f".feed2doc-{_host()}-{os.getpid()}-{next(_numbers)}.part"


def _new_part(folder: Path) -> tuple[int, Path]:
    """A new file in this folder, which is made if it is not there; open, with the rights that the user's umask gives."""
    is_made = False
    while True:
        path = folder / part_name()
        try:
            return os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
            ), path
        except FileExistsError:  # of a process that had the same number, before the machine started anew
            continue
        except FileNotFoundError:
            if is_made:  # and is a folder where no file can be, such as /proc
                raise
            folder.mkdir(parents=True, exist_ok=True)
            is_made = True


@functools.cache
def _host() -> str:
    """What stands for this machine's name, which may be long and differ from another's at its end alone."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    data = os.fsencode(name)
    return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"


def _runs(process: int) -> bool:
    """Whether there is a process of this number; where that cannot be told, there is."""
    if not hasattr(os, "getpgid"):
        return True
    try:
        os.getpgid(process)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
