"""Watching worker processes: which step of which item each is at, and ending one that exceeds a limit.

A worker ends itself, because only it knows when an item starts. Its log stays, and says to the parent what it was at.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from feed2doc import _own_process
from feed2doc.batch.limits import Ended, Limits

_MEMORY = b"Memory"
_ENTRY, _MARK = b"\t", b"\f"
_LOOK_SECONDS = 0.1


class Watch:
    """The log of this process in a folder, and its limits.

    The log has the item in its first line, its entries and steps in the next ones, and at last the limit that ended the process.
    """

    def __init__(self, folder: str, limits: Limits) -> None:
        self._limits = limits
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        self._log = os.open(os.path.join(folder, str(os.getpid())), flags, 0o600)

    def start(self) -> None:
        """Limit this process."""
        if self._limits.memory and sys.platform != "win32":
            self._limit_memory()
        _own_process.on_step, _own_process.on_mark = self.step, self.mark

    def step(self, doing: str, item: str, entry: int | None = None) -> None:
        """Record a step. One with an item or entry starts its time, and an empty one ends it."""
        import faulthandler

        if item or not doing:
            with suppress(OSError):
                os.ftruncate(self._log, 0)
        if self._limits.seconds and (item or entry is not None):
            # A thread of C ends the process: a regular expression that never ends keeps Python's lock.
            faulthandler.dump_traceback_later(self._limits.seconds, exit=True, file=self._log)
        elif self._limits.seconds and not doing:
            faulthandler.cancel_dump_traceback_later()
        if doing:
            lines = [_line(item)] if item else []
            lines += [b"%s%d\n" % (_ENTRY, entry)] if entry is not None else []
            with suppress(OSError):
                os.write(self._log, b"".join([*lines, _line(doing)]))

    def mark(self, name: str) -> None:
        """Record what identifies the entry that is read."""
        with suppress(OSError):
            os.write(self._log, _MARK + _line(name))

    def _limit_memory(self) -> None:
        import resource

        if sys.platform == "linux":  # elsewhere this limit does not count what malloc takes
            _, most = resource.getrlimit(resource.RLIMIT_DATA)
            memory = self._limits.memory if most < 0 else min(self._limits.memory, most)
            resource.setrlimit(resource.RLIMIT_DATA, (memory, most))
        else:
            threading.Thread(target=self.end_over_memory, daemon=True).start()

    def end_over_memory(self) -> None:
        """End this process as soon as it has used more memory than its limit."""
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= self._limits.memory:
            time.sleep(_LOOK_SECONDS)
        self.end()

    def end(self) -> NoReturn:
        """End this process because its memory is full."""
        os.write(self._log, _MEMORY)
        os._exit(1)


class Logs:
    """The logs of the workers of a pool."""

    def __init__(self, folder: str, limits: Limits) -> None:
        self.folder: str = folder
        self._limits = limits

    def take(self) -> dict[str, Ended]:
        """Return why a limit has ended items, by item, and remove the logs."""
        found = {}
        for log in list(Path(self.folder).iterdir()):
            item, *steps = log.read_bytes().splitlines() or [b""]
            with suppress(OSError):  # Windows removes no file that a worker has open
                log.unlink()
            end = next((n for n, line in enumerate(steps) if line.startswith((b"Timeout (", _MEMORY))), 0)
            if end:
                found[_text(item)] = self._ended(_text(item), steps[: end + 1])
        return found

    def _ended(self, item: str, steps: list[bytes]) -> Ended:
        *before, end = steps
        at = next((n for n in range(len(before) - 1, -1, -1) if before[n].startswith(_ENTRY)), None)
        entry = None if at is None else int(before[at])
        marks = [_text(line[1:]) for line in before[at or 0 :] if line.startswith(_MARK)]
        before = [line for line in before if not line.startswith(_MARK)]
        name = ("standard input" if item == "-" else item) + (f", entry {entry}" if entry else "")
        message = self._limits.over_memory if end.startswith(_MEMORY) else self._limits.over_time
        return Ended(message(name, _text(before[-1])), entry, marks[-1] if marks else "")


def _line(text: str) -> bytes:
    return text.encode("unicode_escape") + b"\n"  # a file name may have any character, even a line break


def _text(line: bytes) -> str:
    return line.decode("unicode_escape")
