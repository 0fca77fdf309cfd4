"""A progress bar on standard error, below what else is printed."""

from __future__ import annotations

import shutil
import time
from collections import deque

import click

_WIDEST = 40
_CLEAR = "\r\033[K"
_WINDOW = 30.0  # seconds that the rate and the remaining time are computed from


class Bar:
    """The last line of a terminal: how many of `total` items are done (0 if that is not known), how fast, and how long it takes."""

    def __init__(self, total: int, start: float) -> None:
        self._total = total
        self._seen = deque([(start, 0)])
        self._line = ""

    def draw(self, done: int) -> None:
        """Show that `done` items are done."""
        now = time.monotonic()
        self._seen.append((now, done))
        while now - self._seen[1][0] > _WINDOW:
            self._seen.popleft()
        then, before = self._seen[0]
        rate = (done - before) / max(now - then, 1e-3)
        figures = f"{done:,}/{self._total:,}" if self._total else f"{done:,}"
        figures += f" {rate:,.0f}/s" if rate else ""
        if self._total and rate:
            figures += f" {_clock((self._total - done) / rate)}"
        room = shutil.get_terminal_size().columns - 1
        width = min(_WIDEST, room - len(figures) - 1)
        bar = ""
        if self._total and width > 0:
            full = width * min(done, self._total) // self._total
            bar = f"{'#' * full}{'-' * (width - full)} "
        self._line = f"{bar}{figures}"[:room]
        click.echo(f"{_CLEAR}{self._line}", nl=False, err=True)

    def hide(self) -> None:
        """Remove the bar, so that something else can be printed in its place."""
        click.echo(_CLEAR, nl=False, err=True)

    def show(self) -> None:
        """Show the bar again, as it was."""
        click.echo(self._line, nl=False, err=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
