"""Measure the inputs of docs/scale.md: items per second of processes and of a cluster, memory, storage requests, tasks.

usage: python -m bench.scale [--items N] [--rounds N] [FOLDER]

FOLDER has the items, which are copied until there are N; the default is the samples. The cluster is a scheduler and two
workers on this machine; the storage is a local server with the S3 API, whose requests are counted, not timed. Rounds
alternate, and a ratio is the median of the ratios within a round.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.batch import SAMPLES, many
from tests.dask_cluster import Cluster, cluster
from tests.s3_server import s3_server

COMMAND = [sys.executable, "-m", "feed2doc"]
MOST_SHARDS = 10
S3_ITEMS = 60


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        items = many(asked.folder, asked.items, folder)
        with cluster(folder / "dask") as dask:
            dask.worker()
            dask.worker()
            speeds(items, dask, asked.rounds, folder)
            memory(items, many(asked.folder, asked.items * 4, folder), dask, folder)
            tasks(dask)
        requests(many(asked.folder, S3_ITEMS, folder), folder)


def run(items: Path | str, out: Path | str, *arguments: str) -> tuple[float, float, float]:
    """Return the seconds that a run takes, the CPU seconds of its own process, and its peak memory in MB."""
    command = [*COMMAND, str(items), "--output-dir", str(out), "--images", "none", "-q", *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3


def speeds(items: Sequence[Path], dask: Cluster, rounds: int, folder: Path) -> None:
    """Print the speed, CPU time and bytes per item of each way, in alternating rounds, relative to one process."""
    size = str(len(items) // MOST_SHARDS)
    ways = {
        " ".join(("--to", to, *given)) + f", {where}": ("--to", to, *how, *given)
        for to, given in (("md", ()), ("epub", ()), ("jsonl", ()), ("jsonl", ("--shard", size)))
        for where, how in (
            ("-j 1", ("-j", "1")),
            ("-j 2", ("-j", "2")),
            ("cluster of 2", ("--scheduler", dask.address)),
        )
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    for n in range(rounds):
        for way, (name, arguments) in enumerate(ways.items()):
            before = sum(map(cpu_of, dask.workers))
            seconds, used, _ = run(items[0].parent, folder / f"out-{way}-{n % 2}", "--force", *arguments)
            taken[name].append(seconds)
            cpu[name].append(used + sum(map(cpu_of, dask.workers)) - before)
    print(
        "| output | items/s | speed relative to `-j 1` | CPU ms per item | output bytes per item |\n|---|---|---|---|---|"
    )
    alone = ""
    for way, name in enumerate(ways):
        alone = name if "-j 1" in name else alone
        ratio = statistics.median(a / b for a, b in zip(taken[alone], taken[name], strict=True))
        rate, own = len(items) / statistics.median(taken[name]), statistics.median(cpu[name]) / len(items)
        out = sum(path.stat().st_size for path in (folder / f"out-{way}-0").iterdir()) / len(items)
        print(f"| {name} | {rate:.0f} | {ratio:.2f} | {own * 1e3:.1f} | {out:.0f} |")
    again = [run(items[0].parent, folder / "out-0-0", "--to", "md") for _ in range(rounds)]
    rate, own = (statistics.median(each[kind] for each in again) / len(items) for kind in (0, 1))
    print(f"| --to md, nothing changed | {1 / rate:.0f} | | {own * 1e3:.1f} | |")
    print(f"\ninput per item: {sum(path.stat().st_size for path in items) / len(items):.0f} bytes, mean")


def cpu_of(process: subprocess.Popen[bytes]) -> float:
    """Return the CPU seconds that a process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(
    few: Sequence[Path],
    many: Sequence[Path],
    dask: Cluster,
    folder: Path,
) -> None:
    """Print what a run on a cluster costs its own process, and how much more for four times as many items."""
    print(
        "\n| on the cluster | items | CPU ms per item, the main process | memory of the main process, MB | of a worker, MB |\n|---|---|---|---|---|"
    )
    for way in ((), ("--shard", str(len(few) // MOST_SHARDS))):
        before = 0.0
        for items in (few, many):
            arguments = ("--to", "jsonl", *way, "--force", "--scheduler", dask.address)
            _, used, peak = run(items[0].parent, folder / f"memory-{len(way)}", *arguments)
            highest = max(
                int(re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{worker.pid}/status").read_text())[0])
                for worker in dask.workers
            )
            more = f"{(used - before) / (len(many) - len(few)) * 1e3:.2f}" if before else ""
            before = used
            print(
                f"| --to jsonl {' '.join(way)} | {len(items)} | {more} | {peak:.0f} | {highest / 1e3:.0f} |"
            )


def tasks(dask: Cluster) -> None:
    """Print how many empty chunks per second the scheduler handles, compared with Dask's own tasks."""
    import distributed
    from feed2doc.batch.job import Job, Target
    from feed2doc.batch.store import FileStore
    from feed2doc.batch.workers.dask_task import environment_of, packed

    job = Job(targets=(Target("markdown"),), folder="memory://nothing")
    nothing = {
        "empty chunks": packed(job, FileStore(), (), environment_of(job, None)),
        "lower bound: b''": pickle.dumps(b""),
    }
    print("\n| tasks | per second |\n|---|---|")
    with distributed.Client(dask.address) as client:  # type: ignore[no-untyped-call]
        for name, task in nothing.items():
            client.submit(pickle.loads, task, pure=False).result()
            start = time.perf_counter()
            client.gather([client.submit(pickle.loads, task, pure=False) for _ in range(2000)])
            print(f"| {name} | {2000 / (time.perf_counter() - start):.0f} |")


def requests(items: Sequence[Path], folder: Path) -> None:
    """Print the requests that a storage receives for items, in a first run and in a second one."""
    log = folder / "s3.log"
    print("\n| storage requests | GET | PUT | HEAD | list |\n|---|---|---|---|---|")
    with s3_server(log) as environment:
        os.environ |= environment
        from feed2doc.batch import storage

        for path in items:
            storage.save(f"s3://archive/in/{path.name}", path.read_bytes())
        for name, arguments in (("one file per item", ()), ("10 items per shard", ("--shard", "10"))):
            for when in ("first", "again"):
                log.write_bytes(b"")
                run("s3://archive/in", f"s3://archive/{len(name)}", "--to", "jsonl", "-j", "1", *arguments)
                said = re.findall(r'"(GET|PUT|HEAD) (\S+)', log.read_text())
                counts = Counter("list" if "list-type" in path else method for method, path in said)
                row = " | ".join(str(counts[kind]) for kind in ("GET", "PUT", "HEAD", "list"))
                print(f"| {len(items)} items, {name}, {when} | {row} |")


if __name__ == "__main__":
    main()
