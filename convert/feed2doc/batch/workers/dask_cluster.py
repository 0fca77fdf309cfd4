"""Workers of a Dask cluster (https://distributed.dask.org). They receive the same chunks as local worker processes."""

from __future__ import annotations

import pickle
import signal
import threading
import time
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from feed2doc._files.atomic import part_name
from feed2doc._files.atomic import save as save_file
from feed2doc._text.lazy_re import pattern
from feed2doc.batch.job import Job
from feed2doc.batch.limits import Ended
from feed2doc.batch.result import Result
from feed2doc.batch.storage import is_url
from feed2doc.batch.store import Store
from feed2doc.batch.work import Work
from feed2doc.batch.workers.dask_task import ClusterError, environment_of, packed
from feed2doc.batch.workers.processes import cores
from feed2doc.batch.workers.queue import Chunk
from feed2doc.errors import MissingDependencyError, pip_install

LOCAL = "local"
_ADDRESS = pattern(r"(?:(?:tcp|tls|ws|wss|ucx)://)?[^/\s]+:\d+")
_REACHED_SECONDS = 10
# A cluster may have no workers for this long: some clusters only start them when there is work.
_WORKERLESS_SECONDS = 60
_LOOK_SECONDS = 5


class LostClusterError(ClusterError):
    """The cluster was lost during the run. The results reported until then are complete."""

    exit_code = 1


class Cluster:
    """The workers of the scheduler at an address, or of a cluster on this machine for the address `local`.

    A local cluster ends with this process. Raise ClusterError if the scheduler cannot be reached or its workers lack
    what the job needs, and MissingDependencyError if Dask is not installed.
    """

    max_crashes = 1  # the scheduler has tried a lost chunk on several workers before it reports it

    def __init__(self, address: str, job: Job, store: Store, count: int) -> None:
        if address != LOCAL and not _ADDRESS.fullmatch(address):
            raise ClusterError(f"--scheduler {address}: not an address: use tcp://HOST:8786, or local")
        dask = _distributed()
        self.lost: tuple[type[BaseException], ...] = (dask.KilledWorker,)
        self._address, self._job, self._store = address, job, store
        self._own: Any = None
        self._client: Any = None
        self._mark: Path | None = None
        self._threads: dict[str, int] = {}
        self._looked = self._had_workers = time.monotonic()
        self._interrupted, self._waiting = False, True
        # None if the host's handler was not set from Python, or if this is not the main thread, where signals arrive.
        self._handler = None
        if threading.current_thread() is threading.main_thread():
            self._handler = signal.signal(signal.SIGINT, self._interrupt)
        try:
            if address == LOCAL:
                self._own = _local(dask, count or cores())
            self._client = _client(dask, self._own or address)
            self._executor = self._client.get_executor(pure=False)
            self._mark = None if is_url(job.folder) else _marked(job.folder)
            self._environment = environment_of(job, self._mark)
            self._check()
        except BaseException:
            self.close()
            raise
        self._waiting = False

    @property
    def count(self) -> int:
        """The number of worker processes, which may change during the run."""
        if time.monotonic() - self._looked > _LOOK_SECONDS:
            self._look()
        return max(len(self._threads), 1)

    @property
    def idle_threads(self) -> int:
        """The number of idle threads of the workers: a process converts only one input at a time."""
        return sum(self._threads.values()) - len(self._threads)

    def submit(self, chunk: Chunk) -> Future[list[Result]]:
        """Submit a chunk."""
        return self._submit(chunk)

    def result(self, future: Future[list[Result]]) -> list[Result]:
        """Wait for the results of a chunk. Raise LostClusterError if no worker is left to convert it."""
        while True:
            try:
                self._waiting = True
                if self._interrupted:
                    raise KeyboardInterrupt
                return future.result(_LOOK_SECONDS)
            except TimeoutError:
                if future.done():
                    raise
                self._look()
            except CancelledError as error:
                raise self._gone() from error
            except ImportError as error:  # of a worker that joined later
                raise ClusterError(_unlike(self._address, error)) from error
            finally:
                self._waiting = False

    def isolated(self, work: Work) -> Result:
        """Convert a work with nothing else in its process. Here, a process converts one work at a time anyway."""
        return self.result(self.submit((work,)))[0]

    def ended(self, item: str) -> Ended | None:
        """Return None: limits do not apply to a cluster."""
        return None

    def restart(self, futures: list[Future[list[Result]]]) -> None:
        """Do nothing: the scheduler continues without a worker that crashed, and its machine restarts it."""

    def close(self) -> None:
        """Drop chunks that have not started.

        If feed2doc did not start the cluster, its workers finish what they are converting.
        """
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
            self._handler = None
        with suppress(Exception):
            if self._client:
                self._executor.shutdown(wait=False)
                self._client.close()
            if self._own:
                self._own.close()
        if self._mark:
            self._mark.unlink(missing_ok=True)

    def _interrupt(self, number: int, frame: object) -> None:
        """Record Ctrl-C, and raise it only where the run waits: while Dask's futures are being freed it would be lost."""
        again, self._interrupted = self._interrupted, True
        if self._waiting or again:
            raise KeyboardInterrupt

    def _submit(self, chunk: Chunk, **where: Any) -> Future[list[Result]]:
        future: Future[list[Result]] = self._executor.submit(
            pickle.loads,
            packed(self._job, self._store, chunk, self._environment),
            key=f"feed2doc-{uuid4()}",
            **where,
        )
        return future

    def _check(self) -> None:
        """Check that there are workers and that each has what it needs. Workers that join later check themselves."""
        end = time.monotonic() + _REACHED_SECONDS
        self._look()
        while not self._threads and time.monotonic() < end:
            time.sleep(0.1)
            self._look()
        if not self._threads:
            raise ClusterError(
                f"--scheduler {self._address}: has no workers: start some, for example `dask worker {self._address} --nthreads 1`"
            )
        # A worker that has left in the meantime does not count.
        for future in [self._submit((), workers=[w], allow_other_workers=True) for w in self._threads]:
            self.result(future)

    def _look(self) -> None:
        """Update the list of workers.

        Raise LostClusterError if the scheduler is gone, or has had no workers for a while.
        """
        now = self._looked = time.monotonic()
        try:
            self._threads = dict(self._client.nthreads())
        except Exception as error:
            raise self._gone() from error
        if self._threads:
            self._had_workers = now
        elif now - self._had_workers > _WORKERLESS_SECONDS:
            raise LostClusterError(
                f"--scheduler {self._address}: all workers are gone: start new ones, then run the same command again to continue"
            )

    def _gone(self) -> LostClusterError:
        return LostClusterError(
            f"--scheduler {self._address}: the scheduler is gone: start it, then run the same command again to continue"
        )


def _distributed() -> Any:
    try:
        import dask

        # Dask's logs are for operators of a cluster; the errors that matter here are raised as exceptions.
        dask.config.set({"logging": {"distributed": "critical", "distributed.client": "critical"}})
        import distributed
    except ImportError as error:
        raise MissingDependencyError(f"--scheduler needs Dask: {pip_install('feed2doc[cluster]')}") from error
    return distributed


def _local(dask: Any, count: int) -> Any:
    import logging

    return dask.LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
        # Ctrl-C reaches all processes of a terminal, but only the parent handles it.
        preload=["import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"],
    )


def _client(dask: Any, where: Any) -> Any:
    try:
        return dask.Client(where, timeout=_REACHED_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"--scheduler {where}: cannot be reached ({error}): check that it is running, and its address"
        ) from error


def _marked(folder: str) -> Path:
    """Create a file in the folder, by which workers check that they see the same folder, and return its path."""
    mark = Path(folder, part_name()).absolute()
    save_file(mark, b"")
    return mark


def _unlike(address: str, error: ImportError) -> str:
    return f"--scheduler {address}: a worker lacks a package of this machine: {error}: install it there"
