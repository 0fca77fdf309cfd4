"""Reading files that a user names. They may be devices or pipes, which need not end, or larger than memory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

# As much as an input may decompress to; texts such as a style sheet, which may have fonts in it, are smaller.
MAX_BYTES, MAX_TEXT_BYTES = 1 << 30, 1 << 26
_PIECE = 1 << 20


def read_file(path: Path, most: int = MAX_BYTES, *, waits: bool = False) -> bytes:
    """Return the content of a file or pipe. Raise OSError if it is a device, or larger than `most`.

    A pipe that nothing has open for writing is an error, unless the caller `waits` for it.
    """
    found = os.stat(path)
    is_pipe = stat.S_ISFIFO(found.st_mode)
    if not (stat.S_ISREG(found.st_mode) or is_pipe or stat.S_ISDIR(found.st_mode) or _is_null(found)):
        raise OSError(errno.EINVAL, "it is a device")
    with open(path, "rb", opener=_open_at_once if is_pipe and not waits else None) as file:
        data = read_stream(file, most, expected=found.st_size)
    if is_pipe and not data and not waits:
        raise OSError(errno.EPIPE, "it is a pipe that nothing is written to")
    return data


def is_pipe(path: str) -> bool:
    """Return True for a pipe, which can be read only once."""
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8. Raise OSError as `read_file` does, and UnicodeDecodeError."""
    return read_file(path, MAX_TEXT_BYTES).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def read_stream(file: BinaryIO, most: int = MAX_BYTES, *, expected: int = 0) -> bytes:
    """Return the content of a file that is open. Raise OSError if it is larger than `most`."""
    data = file.read(min(expected, most) + 1)  # in one piece, if the file is as large as expected
    pieces = [data]
    size = len(data)
    while size <= most and pieces[-1] and size > expected:
        pieces.append(file.read(_PIECE))
        size += len(pieces[-1])
    if size > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 2**20} MiB")
    return data if len(pieces) == 1 else b"".join(pieces)


def _is_null(found: os.stat_result) -> bool:
    return found.st_rdev == os.stat(os.devnull).st_rdev


def _open_at_once(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor
