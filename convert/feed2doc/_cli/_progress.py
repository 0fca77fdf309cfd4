"""Terminal output of runs: the paths of files go to stdout, messages and progress to stderr."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from feed2doc._cli._app import as_line, print_error
from feed2doc._text.secrets import masked
from feed2doc.batch.result import Failure, File, Output, Result, Staged
from feed2doc.batch.storage import is_url

if TYPE_CHECKING:
    from feed2doc._cli._bar import Bar

# Seconds until a run shows a progress bar, and seconds between progress lines if stderr is not a terminal.
_BAR_AFTER, _LINE_EVERY = 1.0, 10.0
_REFRESH = 0.1
_RATE_FROM = 10  # items


def say(events: Iterable[File | Staged | Output | str], before: str = "") -> None:
    """Print the paths of the files that were written, each preceded by `before`, and the messages."""
    paths = []
    for each in events:
        if isinstance(each, str):
            print_error(each)
        elif isinstance(each, Output) and each.written and not each.companion:
            path = before + (masked(each.path) if is_url(each.path) else each.path)
            path = as_line(path) if sys.stdout.isatty() else path
            paths.append(os.fsencode(path) + b"\n")
    if paths:
        # For a program, the paths are printed as bytes, so that a script finds the files in any locale. One write prints them all, so that a
        # run that is killed has printed either all files of a batch, which is recorded by now, or none.
        write_out(b"".join(paths))


class Progress:
    """Reports the results of a run as they come, counts them, and shows progress. Close it at the end.

    `count` returns the number of items, or 0 if it is not known; it is called only if the run takes long. A `dry` run only
    says what would be written.
    """

    def __init__(self, count: Callable[[], int], *, quiet: bool, dry: bool = False) -> None:
        self.counts: Counter[str] = Counter()
        self.books = 0
        self.failures = 0
        self.last_failure: Failure | None = None
        self.lost = False
        self._count, self._quiet, self._dry = count, quiet, dry
        self._before = "would write " if dry else ""
        self._is_terminal = sys.stderr.isatty()
        self._start = time.monotonic()
        self._next = self._start + (_BAR_AFTER if self._is_terminal else _LINE_EVERY)
        self._bar: Bar | None = None

    @property
    def items(self) -> int:
        """The number of inputs that were items, including those that failed."""
        return self.counts.total() - self.counts["no item"]

    @property
    def is_slow(self) -> bool:
        """True if the run has taken so long that a user expects to hear of its end."""
        return time.monotonic() >= self._start + _LINE_EVERY

    def exit_code(self, *, several: bool) -> int:
        """Return the exit code of the run: that of the failure if there was one input, and 1 if there were `several`."""
        last = self.last_failure
        if last is None:
            return 0
        return 1 if several and not last.is_last else last.exit_code

    def report(self, results: Iterable[Result]) -> None:
        """Report the results of items. For a shard, report the results of its items and then that of the shard."""
        self._say(chain.from_iterable(self._counted(result) for result in results))
        if not self._quiet and time.monotonic() >= self._next:
            self._progress()

    def _counted(self, result: Result) -> Iterator[File | Staged | Output | str]:
        """Count a result, and yield the events to report."""
        for member in result.members:
            yield from self._counted(member)
        if result.more:
            yield from result.events
            return
        if result.members:
            # The failure of a shard decides the exit code, whatever the failures of its items.
            self.last_failure = result.failure or self.last_failure
        else:
            if result.is_book and not result.failure:
                self.books += 1
            else:
                self.counts[result.status] += 1
            if result.failure:
                self.failures += 1
                self.last_failure = result.failure
                self.lost |= result.failure.is_loss
        if result.status != "unchanged":
            yield from result.events

    def pictures(self, done: int, total: int) -> None:
        """Show how many images of an item are done, unless the progress bar is shown."""
        if self._is_terminal and not self._quiet and not self._bar and total > 1:
            end = "\r\033[K" if done == total else ""
            print(f"\rpictures {done}/{total}{end}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Remove the progress bar."""
        if self._bar:
            self._bar.hide()
            self._bar = None

    def sum(self, *, of_idle: bool = True) -> None:
        """Print a summary. With `of_idle` false, do so only if something was done or stderr is a terminal."""
        self.close()
        done = self.counts["converted"] or self.books or self.failures
        if not self._quiet and (of_idle or self._is_terminal or done):
            print_error(self._line())

    def _say(self, events: Iterable[File | Staged | Output | str]) -> None:
        if self._bar is None:
            say(events, self._before)
            return
        if printed := list(events):
            self._bar.hide()
            say(printed, self._before)
            self._bar.show()

    def _progress(self) -> None:
        if not self._is_terminal:
            total = self._count()
            if self.counts.total() != total:  # otherwise the summary follows
                print_error(f"{self._line()} so far" + (f", of {total:,}" if total else ""))
            self._next = time.monotonic() + _LINE_EVERY
            return
        if self._bar is None:
            from feed2doc._cli._bar import Bar

            self._bar = Bar(self._count(), self._start)
        self._bar.draw(self.counts.total())
        self._next = time.monotonic() + _REFRESH

    def _line(self) -> str:
        seconds = time.monotonic() - self._start
        converted, total = self.counts["converted"], self.counts.total()
        parts = [f"{converted:,} {'to convert' if self._dry else 'converted'}"]
        if self.books:
            parts = [_number(self.books, "book"), _number(converted, "article")]
        for status, name in (("unchanged", "unchanged"), ("failed", "failed"), ("no item", "skipped")):
            if self.counts[status]:
                parts.append(f"{self.counts[status]:,} {name}")
        rate = f" ({total / max(seconds, 1e-3):,.0f}/s)" if total >= _RATE_FROM else ""
        return f"{', '.join(parts)} in {seconds:.1f} s{rate}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def write_out(data: bytes) -> None:
    """Write to standard output without buffering."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
