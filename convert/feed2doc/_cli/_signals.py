"""Signals that end the process: the command stops as after Ctrl-C, so that it leaves nothing behind, then the signal ends it."""

from __future__ import annotations

import math
import os
import signal
import time
from types import FrameType

# Other signals must not disturb the end. Later ones count, because Python drops what is raised while it frees an object.
_AGAIN_SECONDS = 5
_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def stop_on_signals() -> list[int]:
    """Raise KeyboardInterrupt when the system ends the process or the terminal is closed. Return a list for the signal.

    Signals that the parent has told this process to ignore (nohup) stay ignored.
    """
    received: list[int] = []
    last = -math.inf

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal last
        if time.monotonic() - last < _AGAIN_SECONDS:
            return
        last = time.monotonic()
        received.append(number)
        raise KeyboardInterrupt

    for each in _SIGNALS:
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, stop)
    return received


def end_by(number: int) -> None:
    """End this process by a signal, so that its parent knows why it has ended."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
