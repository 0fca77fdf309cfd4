"""Atomic saving: a file is written completely or not at all."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import zlib
from itertools import count
from pathlib import Path
from typing import BinaryIO

from feed2doc._files.processes import is_running
from feed2doc._text.lazy_re import pattern
from feed2doc.errors import WriteError

# The name of a temporary file: the machine, the process of the run that publishes it, the process that wrote it, a counter.
_PART = pattern(r"\.feed2doc-(?P<host>[0-9a-f]+)-(?P<run>\d+)-(?P<process>\d+)-\d+\.part")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_numbers = count()
_run = 0  # this process, unless it is a worker


def save(path: str | Path, data: bytes | BinaryIO, *, named: bool = True) -> None:
    """Save a file through a temporary file in the same folder, fsync and rename. A file object is copied.

    Raise WriteError, which names the file and the cause, if this fails; an existing file is then unchanged. An interrupt
    does not leave an incomplete file either. At a path that the user `named`, a symbolic link is followed, not replaced,
    and devices and pipes are written to directly. At any other path they are replaced: who put them there is not known.
    """
    path = str(path)
    temporary = stage(path, data, named=named)
    if temporary is None:
        write_into(path, data)
    else:
        publish(temporary, path, named=named)


def stage(path: str, data: bytes | BinaryIO, *, named: bool = True) -> str | None:
    """Write and fsync a temporary file next to a path, and return it, or None if the path is a device or a pipe.

    Raise WriteError, and remove the temporary file, if it cannot be written completely.
    """
    part = write_part(path, data, named=named)
    if part is None:
        return None
    temporary, descriptor = part
    sync(path, temporary, descriptor)
    return temporary


def write_part(path: str, data: bytes | BinaryIO, *, named: bool = True) -> tuple[str, int] | None:
    """Write a temporary file next to a path, and return it with its open descriptor, to be passed to `sync`.

    Return None if the path is a device or a pipe. Raise WriteError, and remove the temporary file, if this fails.
    """
    temporary, descriptor = "", -1
    try:
        mode = _mode(path)
        if stat.S_ISLNK(mode) and named:
            mode = _mode(path, follow=True)
            if not mode or stat.S_ISREG(mode):  # the target of `>(command)` has no path
                path = _real(path)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(None, "it is a folder")
        if mode and not stat.S_ISREG(mode) and named:
            return None
        descriptor, temporary = _new_part(os.path.dirname(path))
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


def sync(path: str, temporary: str, descriptor: int) -> None:
    """Fsync and close a temporary file. Raise WriteError, and remove the file, if this fails."""
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


def publish(temporary: str, path: str, *, named: bool = True) -> None:
    """Rename a temporary file written by `stage` to its path. Raise WriteError, and remove the file, if this fails."""
    try:
        os.replace(temporary, _real(path) if named else path)
    except (OSError, ValueError) as error:
        discard(temporary)
        raise _unwritable(path, error) from error


def write_into(path: str, data: bytes | BinaryIO) -> None:
    """Write directly to a path, such as a device or a pipe. Raise WriteError if this fails."""
    try:
        with open(path, "wb") as device:
            _write(data, device)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def discard(temporary: str) -> None:
    """Remove a temporary file if it exists."""
    with contextlib.suppress(OSError):  # if the device is gone, the file is gone with it
        os.unlink(temporary)


def _real(path: str) -> str:
    """Return the target of a symbolic link, else the path itself. Raise OSError if the link refers to itself."""
    if not stat.S_ISLNK(_mode(path)):
        return path
    with contextlib.suppress(FileNotFoundError):  # the target need not exist
        os.stat(path)
    return os.path.realpath(path)


def _unwritable(path: str, error: Exception) -> WriteError:
    return WriteError(f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}")


def _mode(path: str, *, follow: bool = False) -> int:
    """Return the `st_mode` of a path, or of the target of a link with `follow`, or 0 if it does not exist."""
    try:
        return os.stat(path, follow_symlinks=follow).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _write(data: bytes | BinaryIO, file: BinaryIO) -> None:
    if isinstance(data, bytes):
        file.write(data)
    else:
        import shutil

        shutil.copyfileobj(data, file)


def remove_leftovers(folder: str | Path) -> None:
    """Remove the temporary files that killed processes of this machine left in a folder.

    Those of a worker stay while its run goes on, which is going to publish them.
    """
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        found = [part for entry in entries if (part := _PART.fullmatch(entry.name))]
    for part in found:
        run, process = int(part["run"]), int(part["process"])
        if part["host"] == host() and not is_running(process) and (run == os.getpid() or not is_running(run)):
            discard(os.path.join(folder, part[0]))


def part_name() -> str:
    """Return a name for a temporary file that is unique across processes and machines."""
    process = os.getpid()
    return f".feed2doc-{host()}-{_run or process}-{process}-{next(_numbers)}.part"


def work_for(run: int) -> None:
    """Let the temporary files of this process belong to the run with this process number."""
    global _run
    _run = run


def _new_part(folder: str) -> tuple[int, str]:
    """Create a temporary file in a folder, with permissions from the umask, and return its open descriptor and its path.

    The folder is created if it does not exist.
    """
    is_made = False
    while True:
        path = os.path.join(folder, part_name())
        try:
            return os.open(path, _NEW, 0o666), path
        except FileExistsError:  # left by a process with the same number before the machine was restarted
            continue
        except FileNotFoundError:
            if is_made:  # the folder exists but cannot have files, such as /proc
                raise
            os.makedirs(folder, exist_ok=True)
            is_made = True


@functools.cache
def host() -> str:
    """Return a hash of the machine's name, because names may be long and differ only at the end."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    data = os.fsencode(name)
    return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"
