"""Measurements in alternating rounds, as rows that are compared with those of an earlier run."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from bench.pages import table

# A row whose ratio has grown by more than this part is slower. Less is noise.
SLOWER = 0.1
NOT_INSTALLED = float("nan")

Way = Callable[[], float]
"""Does something once, and returns how many milliseconds that took."""


class Row(Struct, frozen=True):
    """How long something takes, in milliseconds, and relative to what was measured in the same rounds."""

    group: str
    name: str
    ms: float
    base: str
    ratio: float


def rows_of(group: str, ways: Mapping[str, tuple[Way, str]], rounds: int) -> list[Row]:
    """Return a row for each way, with its median time and the median of its ratios to the way that it names.

    Rounds alternate, and a ratio is one within a round, so that it holds on a noisy machine. What is not installed has
    no row.
    """
    found = [{name: way() for name, (way, _) in ways.items()} for _ in range(rounds)]
    rows = []
    for name, (_, base) in ways.items():
        times = [each[name] for each in found]
        if any(ms != ms for ms in times):
            continue
        ratio = statistics.median(each[name] / each[base] for each in found)
        rows.append(Row(group, name, statistics.median(times), base, ratio))
    return rows


def called(function: Callable[[], object], calls: int) -> Way:
    """Return a way that calls a function of this process, for the CPU time of one call."""

    def way() -> float:
        start = time.process_time()
        for _ in range(calls):
            function()
        return (time.process_time() - start) / calls * 1e3

    return way


def started(*command: str, count: int = 1, wall: bool = False) -> Way:
    """Return a way that runs a command, for the CPU or the wall time of it and its processes, divided by this count."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}

    def way() -> float:
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            subprocess.run(command, check=True, capture_output=True, env=env)
        except FileNotFoundError:
            return NOT_INSTALLED
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        return (time.perf_counter() - start if wall else cpu) / count * 1e3

    return way


def cores_in_use(seconds: float = 2, stat: Path = Path("/proc/stat")) -> float:
    """Return how many cores other processes use now. Where the system does not say (`stat`), it is the load average."""
    if not stat.exists():
        return os.getloadavg()[0]
    before = _ticks(stat)
    time.sleep(seconds)
    total, idle = (now - then for now, then in zip(_ticks(stat), before, strict=True))
    return min(max(1 - idle / max(total, 1), 0), 1) * (os.cpu_count() or 1)


def _ticks(stat: Path) -> tuple[int, int]:
    """Return the time of all cores since the start of the system, and how long they had nothing to do (proc(5))."""
    user, nice, system, idle, iowait, *others = map(int, stat.read_text().split("\n", 1)[0].split()[1:9])
    return user + nice + system + idle + iowait + sum(others), idle + iowait


def tables(rows: Iterable[Row]) -> str:
    """Return one table for each group."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    head = ("ms", "ratio", "relative to")
    return "\n".join(
        table((group, *head), [(r.name, number(r.ms), number(r.ratio), r.base) for r in chosen])
        for group, chosen in groups.items()
    )


def number(value: float) -> str:
    """Return a number with three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.{1 if value >= 10 else 2}f}"


def slower(before: Sequence[Row], now: Sequence[Row]) -> list[str]:
    """Return a line for each row whose ratio has grown by more than a tenth."""
    known = {(row.group, row.name, row.base): row.ratio for row in before}
    return [
        f"slower: {row.group}: {row.name}: {number(old)} -> {number(row.ratio)} times {row.base}"
        for row in now
        if (old := known.get((row.group, row.name, row.base))) and row.ratio > old * (1 + SLOWER)
    ]
