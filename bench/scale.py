"""Convert 200,000 items on a cluster, kill a worker and the scheduler on the way, and continue; count every item.

usage: python -m bench.scale [--items N] [--shard N] [--folder FOLDER] [SOURCE]

SOURCE has the items, which are copied with invented addresses until there are N; the default is the samples. The cluster
is a scheduler and two workers on this machine. Two small runs before, one twice as large as the other, show what a run and
what an item costs, from which the cost of the large run is estimated. The result is stored as `bench/scale.json` and shown
in `docs/scale.md`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bench.items import SAMPLES, copies
from bench.pages import DOCS, FOLDER, table, with_measurements
from tests.dask_cluster import Cluster, cluster

NAME = "scale.json"
WORKERS = 2
# The smaller of the small runs has this part of the items.
PART = 80
_LOOK_SECONDS = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")
MILLION = 1_000_000
# In dollars: per core and hour, per thousand PUTs and listings, per thousand GETs, per GB and month.
CORE_HOUR, THOUSAND_PUTS, THOUSAND_GETS, GB_MONTH = 0.045, 0.005, 0.0004, 0.023
LISTED = 1000


class Used(msgspec.Struct):
    """What the processes of one kind used: CPU seconds together, and the peak memory of the largest in MB."""

    cpu: float = 0
    peak: float = 0


class Run(msgspec.Struct):
    """One run of the command: wall seconds, and what its processes used."""

    seconds: float
    used: dict[str, Used]

    @property
    def cpu(self) -> float:
        """The CPU seconds of all processes."""
        return sum(each.cpu for each in self.used.values())


class Small(msgspec.Struct):
    """A small run: its number of items, and the bytes that it wrote."""

    items: int
    output_bytes: int
    run: Run


class Scale(msgspec.Struct):
    """The measurements: the small runs, the parts of the large run, the same once more, and what came out of it."""

    date: str
    items: int
    shard: int
    input_bytes: int
    output_bytes: int
    small: list[Small]
    parts: list[Run]
    again: Run
    missing: int
    twice: int

    @property
    def cpu(self) -> float:
        """The CPU seconds of the large run, with what was done again after the kills."""
        return sum(part.cpu for part in self.parts)

    @property
    def seconds(self) -> float:
        """The wall seconds of the large run."""
        return sum(part.seconds for part in self.parts)


def main() -> None:
    """Run everything, and write the result and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--shard", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="for temporary files, 20 kB per item")
    parser.add_argument("source", nargs="?", type=Path, default=SAMPLES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        made = measured(asked.source, asked.items, asked.shard, Path(name))
    (FOLDER / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    page = DOCS / "scale.md"
    page.write_text(with_measurements(page.read_text("utf-8"), NAME, report(made)), "utf-8")
    print(report(made))
    if made.missing or made.twice:
        raise SystemExit("items are missing or in the output twice")


def measured(source: Path, items: int, shard: int, folder: Path) -> Scale:
    """Run the small and the large run, and return what was measured."""
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    shards = -(-items // shard)
    paths = copies(source, items, folder / "many")

    def command(inputs: str, dask: Cluster) -> list[str]:
        out = str(folder / f"{inputs}-out")
        to = ["--to", "jsonl", "--shard", str(shard), "--output-dir", out, "--images", "none"]
        return [
            sys.executable,
            "-m",
            "feed2doc",
            str(folder / inputs),
            *to,
            "-q",
            "--scheduler",
            dask.address,
        ]

    large = folder / "many-out"
    small: list[Small] = []
    parts: list[Run] = []
    with cluster(folder / "dask-1") as dask:
        for _ in range(WORKERS):
            dask.worker()
        for count in (items // PART, 2 * items // PART):
            name = f"few-{count}"
            copies(source, count, folder / name)
            run = followed(command(name, dask), dask, folder / f"{name}-out", {})
            small.append(Small(count, size_of(folder / f"{name}-out"), run))

        def kill_a_worker() -> None:
            say("killing a worker")
            dask.kill(dask.workers[0])
            dask.worker()

        def kill_the_scheduler() -> None:
            say("killing the scheduler")
            dask.scheduler.kill()

        kills = {shards // 4: kill_a_worker, shards // 2: kill_the_scheduler}
        parts.append(followed(command("many", dask), dask, large, kills, code=1))
    with cluster(folder / "dask-2") as dask:
        for _ in range(WORKERS):
            dask.worker()
        parts.append(followed(command("many", dask), dask, large, {}))
        again = followed(command("many", dask), dask, large, {})
    say("counting")
    found = Counter(addresses(large))
    return Scale(
        date=time.strftime("%Y-%m-%d"),
        items=items,
        shard=shard,
        input_bytes=sum(path.stat().st_size for path in paths),
        output_bytes=size_of(large),
        small=small,
        parts=parts,
        again=again,
        missing=len(set(range(items)) - set(found)),
        twice=sum(1 for count in found.values() if count > 1),
    )


def say(what: str) -> None:
    """Print what is going on."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def size_of(folder: Path) -> int:
    """Return the size of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def followed(
    command: list[str], dask: Cluster, out: Path, kills: dict[int, Callable[[], None]], code: int = 0
) -> Run:
    """Run a command that ends with this exit code, and call each of `kills` as soon as there are so many shards."""
    say(f"{command[3]} to {out.name}")
    before = {process.pid: cpu_of(process.pid) for process in (dask.scheduler, *dask.workers)}
    kinds: dict[int, str] = {}
    cpu: dict[int, float] = {}
    peaks: dict[int, float] = {}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        kinds |= {process.pid: "main process", dask.scheduler.pid: "scheduler"}
        kinds |= {worker.pid: "worker" for worker in dask.workers}
        for pid in kinds:
            if now := cpu_of(pid):
                cpu[pid] = now - before.get(pid, 0)
                peaks[pid] = peak_of(pid) or peaks.get(pid, 0)
        written = sum(1 for path in out.glob("part-*"))
        for count in [count for count in kills if count <= written]:
            kills.pop(count)()
        time.sleep(_LOOK_SECONDS)
    seconds = time.perf_counter() - start
    assert process.returncode == code, f"exit code {process.returncode}"
    used: dict[str, Used] = {}
    for pid, kind in kinds.items():
        each = used.setdefault(kind, Used())
        each.cpu, each.peak = each.cpu + cpu.get(pid, 0), max(each.peak, peaks.get(pid, 0))
    say(f"{seconds:.0f} s, {sum(cpu.values()):.0f} s of CPU")
    return Run(seconds, used)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a process has used so far, or 0 if it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def peak_of(pid: int) -> float:
    """Return the peak memory of a process in MB, or 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmHWM")), 0)


class _Line(msgspec.Struct):
    url: str


def addresses(folder: Path) -> Iterator[int]:
    """Yield the numbers in the invented addresses of all articles in the shards of a folder."""
    import zstandard

    decoder = msgspec.json.Decoder(_Line)
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as shard:
            for line in shard.read().splitlines():
                yield int(decoder.decode(line).url.rpartition("?copy=")[2])


def report(made: Scale) -> str:
    """Return the part of the page that says what was measured and what is estimated."""
    first, second = made.parts
    few, more = made.small
    peaks = {kind: max(part.used[kind].peak for part in made.parts) for kind in first.used}
    cpu = {kind: sum(part.used[kind].cpu for part in made.parts) for kind in first.used}
    times = (made.items - few.items) / (more.items - few.items)
    rows = [
        (
            what,
            f"{a + (b - a) * times:,.0f} {unit}",
            f"{real:,.0f} {unit}",
            f"{((a + (b - a) * times) / real - 1) * 100:+.0f} %",
        )
        for what, unit, a, b, real in (
            ("CPU", "s", few.run.cpu, more.run.cpu, made.cpu),
            ("output", "MB", few.output_bytes / 1e6, more.output_bytes / 1e6, made.output_bytes / 1e6),
        )
    ]
    measured = [
        ("killed worker and killed scheduler, until half was written", f"{first.seconds:,.0f} s"),
        ("the same command again, to the end", f"{second.seconds:,.0f} s"),
        ("items per second, both together", f"{made.items / made.seconds:,.0f}"),
        ("items per second of CPU of all processes", f"{made.items / made.cpu:,.0f}"),
        *((f"CPU, {kind}", f"{seconds:,.0f} s") for kind, seconds in cpu.items()),
        *((f"peak memory, {kind}", f"{peak:,.0f} MB") for kind, peak in peaks.items()),
        (
            "input and output per item",
            f"{made.input_bytes / made.items:,.0f} and {made.output_bytes / made.items:,.0f} bytes",
        ),
        ("items missing, items twice", f"{made.missing}, {made.twice}"),
        ("once more, nothing changed", f"{made.again.seconds:,.0f} s"),
    ]
    model = table(
        ("", f"estimated from {few.items:,} and {more.items:,} items", "measured", "error of the model"), rows
    )
    cost = table(("100 million items", "", "dollars"), estimate(made))
    return (
        f"Measured on {made.date}: {made.items:,} items in shards of {made.shard:,}.\n\n"
        f"{table(('', 'measured'), measured)}\n{model}\n{cost}"
    )


def estimate(made: Scale) -> list[tuple[str, ...]]:
    """Return the rows of the estimated cost of 100 million items at a storage with the S3 API."""
    count = 100 * MILLION
    hours = made.cpu / made.items * count / 3600
    output = made.output_bytes / made.items * count / 1e9
    gets = count / 1000 * THOUSAND_GETS
    puts = (count / 10_000 + count / LISTED) / 1000 * THOUSAND_PUTS
    rows = [
        (f"CPU, {hours:,.0f} core hours", f"{CORE_HOUR} per core and hour", hours * CORE_HOUR),
        ("reading each item once", f"{THOUSAND_GETS} per thousand GETs", gets),
        ("shards of 10,000, and listings", f"{THOUSAND_PUTS} per thousand", puts),
        (f"{output:,.0f} GB of shards", f"{GB_MONTH} per GB and month", output * GB_MONTH),
    ]
    return [(what, price, f"{dollars:,.2f}") for what, price, dollars in rows]


if __name__ == "__main__":
    main()
