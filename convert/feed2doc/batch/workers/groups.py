"""The signals of worker processes and of the programs that they start, such as pandoc, which would outlive a worker."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SIGNALS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}


@contextmanager
def holding_back_signals() -> Iterator[None]:
    """Hold back the signals that end a command while this thread starts workers, which inherit that (`take_signals`).

    A terminal sends them to workers too, which would end with an error before they can ignore them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def take_signals() -> None:
    """Let SIGTERM end this worker. It ignores Ctrl-C and the end of the terminal: the parent lets it finish what it is writing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def lead_group() -> None:
    """Let this worker and the programs that it starts be a group of processes. Windows has none."""
    if hasattr(os, "setpgid"):
        with suppress(OSError):  # it leads a session, and so a group
            os.setpgid(0, 0)
        # A terminal may stop the processes of other groups than that of the command when they write to it (`stty tostop`).
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)


def kill_group(leader: int) -> None:
    """Kill the processes of a group. On Windows, or if none of them runs any more, do nothing."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(leader, signal.SIGKILL)


def kill_with(sentinel: int) -> None:
    """Let the system kill this worker and its programs when the parent, which has the other end of this pipe, ends.

    A thread that waits for that would wait for Python's lock, which a regular expression or the layout of a page may keep. Only
    Linux does this; on other systems, do nothing.
    """
    if sys.platform != "linux":
        return
    import fcntl

    own = os.getpid()
    with suppress(OSError):  # the system does not know one of these
        fcntl.fcntl(sentinel, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(sentinel, fcntl.F_SETOWN, -own if os.getpgrp() == own else own)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
