"""Standard output that fails in a line: to a full disk, to a reader that is gone, or closed from the beginning."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any

from feed2doc.errors import WriteError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Output(io.RawIOBase):
    """Another stream's bytes. WriteError if they cannot be written; once that failed, what comes after is let go."""

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
            raise SystemExit(1) from None  # who read it has seen enough
        except OSError as error:
            self._failed = True
            raise WriteError(f"standard output: cannot be written: {error.strerror}") from error


def standard_output() -> io.TextIOWrapper:
    """Standard output in UTF-8, whatever the locale, which fails with WriteError."""
    buffer: Any = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # it is closed: what is written fails then, as to a file that is open for reading
        buffer = io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
    output = _Output(getattr(buffer, "raw", buffer))
    return io.TextIOWrapper(
        io.BufferedWriter(output),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=output.isatty(),
    )
