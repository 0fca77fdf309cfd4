"""Standard output that fails with a one-line message if the disk is full, the reader is gone, or it was closed at the start."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any

from feed2doc.errors import WriteError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Output(io.RawIOBase):
    """Writes bytes to another stream. Raises WriteError if that fails, and from then on discards what is written."""

    def __init__(self, stream: io.RawIOBase) -> None:
        self._stream = stream
        self._failed = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, data: ReadableBuffer) -> int | None:
        if self._failed:
            return memoryview(data).nbytes
        try:
            return self._stream.write(data)
        except BrokenPipeError:
            self._failed = True
            raise SystemExit(1) from None  # the reader has seen enough
        except OSError as error:
            self._failed = True
            raise WriteError(f"standard output: cannot be written: {error.strerror}") from error


def open_closed_streams() -> None:
    """Open the standard streams that were closed at the start, so that no file gets their numbers, and is read or written as one.

    Programs and workers that this process starts inherit them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest number that is free
    for name, mode in (("stdin", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115 - open until the process ends


def standard_output() -> io.TextIOWrapper:
    """Return standard output in UTF-8, regardless of the locale. Writing to it raises WriteError on failure."""
    buffer: Any = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # it is closed: let writing fail, as it does for a file opened for reading
        buffer = io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
    output = _Output(getattr(buffer, "raw", buffer))
    return io.TextIOWrapper(
        io.BufferedWriter(output),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=output.isatty(),
    )
