"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_COMES_SECONDS = 500


class Cluster:
    """A running scheduler and its workers, including killed ones. `log` is the file with their output."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.log = folder / "cluster.log"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._file = folder / "scheduler.json"  # for which workers wait
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        self.scheduler = self._start("scheduler", *where)

    @property
    def address(self) -> str:
        """The address of the scheduler."""
        self._wait("Scheduler at:", 1)
        return str(re.findall(r"Scheduler at: +(tcp://127\.0\.0\.1:\d+)", self.log.read_text())[0])

    def worker(self, *arguments: str, before: str = "") -> subprocess.Popen[bytes]:
        """Start a worker, by default with one thread and one process; `before` is Python code that it runs first."""
        known = self._logged("Register worker")
        asked = arguments or ("--nthreads", "1", "--no-nanny")
        where = (self.address,) if before else ("--scheduler-file", str(self._file))
        process = self._start("worker", *where, *asked, before=before)
        self.workers.append(process)
        self._wait("Register worker", known + 1)
        return process

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker as the system does when memory is short, and wait until the scheduler has noticed."""
        known = self._logged("Remove worker")
        worker.kill()
        worker.wait()
        self._wait("Remove worker", known + 1)

    def close(self) -> None:
        """Kill all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, role: str, *arguments: str, before: str = "") -> subprocess.Popen[bytes]:
        # The command itself: `dask` looks for it in all installed packages first.
        code = f"{before}\nfrom distributed.cli.dask_{role} import main\nmain()"
        command = [sys.executable, "-W", "ignore", "-c", code, *arguments, "--no-dashboard"]
        env = os.environ | {"DASK_LOGGING__DISTRIBUTED": "info"}
        with self.log.open("ab") as log:
            return subprocess.Popen(command, cwd=self.log.parent, env=env, stdout=log, stderr=log)

    def _logged(self, words: str) -> int:
        return self.log.read_text("utf-8", "replace").count(words)

    def _wait(self, words: str, count: int) -> None:
        end = time.monotonic() + _COMES_SECONDS
        while self._logged(words) < count:
            assert time.monotonic() < end, self.log.read_text("utf-8", "replace")
            time.sleep(0.05)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Yield a cluster that keeps its files in this new folder, and is gone at the end."""
    running = Cluster(folder)
    try:
        yield running
    finally:
        running.close()
