"""The task that a worker of a cluster runs: the same conversion as on the machine where the run was started."""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from feed2doc import __version__
from feed2doc._files.atomic import remove_leftovers
from feed2doc._plugins import versions
from feed2doc.batch.converter import Converter
from feed2doc.batch.job import Job, prepared
from feed2doc.batch.result import Result
from feed2doc.batch.state.fingerprints import of_files
from feed2doc.batch.storage import is_url
from feed2doc.batch.store import Store
from feed2doc.batch.workers.queue import Chunk
from feed2doc.batch.workers.worker import converted
from feed2doc.errors import Feed2docError
from feed2doc.readers import reset_site_rules

# These packages bring inputs to the workers, and do not shape outputs.
_CARRIERS = frozenset(["distributed", "fsspec"])
# A worker may have several threads, but some libraries that conversions use are not thread-safe: one thread converts.
_thread = ThreadPoolExecutor(1, "feed2doc")


class ClusterError(Feed2docError):
    """The cluster cannot be used: it cannot be reached, or its workers lack what the conversion needs."""


class Environment(msgspec.Struct, frozen=True):
    """What a worker must have in common with the machine where the run was started, so that its outputs are the same.

    `files` is the fingerprint of all files that are named or are in searched folders, `folder` is the current folder.
    `mark` is a file in the output folder, if that is not a URL: a worker that does not see this file would write
    elsewhere.
    """

    packages: frozenset[str]
    files: str
    folder: str
    mark: str


def environment_of(job: Job, mark: Path | None) -> Environment:
    """Return the environment of this machine."""
    return Environment(_installed_versions(), of_files(job), os.getcwd(), str(mark or ""))


class _Call:
    """A chunk that is sent to a worker. Unpickling it returns its results."""

    def __init__(self, task: bytes) -> None:
        self._task = task

    def __reduce__(self) -> tuple[Callable[[str, bytes], list[Result]], tuple[str, bytes]]:
        return _convert_remotely, (__version__, self._task)


def packed(job: Job, store: Store, chunk: Chunk, environment: Environment) -> bytes:
    """Return a chunk to be sent to a worker, where `pickle.loads` converts it.

    This way, a worker without feed2doc, or with another version, reports that with an exception. If Dask itself had to
    unpickle objects of feed2doc, such a worker would lose its connection, and nothing would be reported.
    """
    return pickle.dumps(_Call(pickle.dumps((job, store, chunk, environment))))


def _convert_remotely(version: str, task: bytes) -> list[Result]:
    """Convert a chunk and stage its files. Raise ClusterError if this worker differs from the machine that sent the chunk."""
    if version != __version__:
        raise _refusal(
            f"has feed2doc {__version__}, this machine has {version}: install the same version there"
        )
    return _thread.submit(_convert, *pickle.loads(task)).result()


def _convert(job: Job, store: Store, chunk: Chunk, environment: Environment) -> list[Result]:
    # If all inputs and outputs are at URLs, the current folder need not exist here.
    folder = environment.folder
    with contextlib.chdir(folder) if os.path.isdir(folder) else contextlib.nullcontext():
        return converted(chunk, _converter(job, environment), store)


_served: tuple[Job, Environment, Converter] | None = None
"""The job that this worker has converted last, its environment and its converter."""


def _converter(job: Job, environment: Environment) -> Converter:
    """Return the converter of a job on this worker. Raise ClusterError if its environment differs."""
    global _served
    if _served is None or _served[:2] != (job, environment):
        if _served is not None:
            _served[2].close()
            _served = None
        _served = job, environment, _new_converter(job, environment)
    return _served[2]


def _new_converter(given: Job, environment: Environment) -> Converter:
    reset_site_rules()  # the worker may have served another run, with other rules
    try:
        converter = Converter(
            prepared(given, lambda message: None)
        )  # it was decided where the run was started
    except Feed2docError as error:
        raise _refusal(str(error)) from error
    if other := _installed_versions() ^ environment.packages:
        raise _refusal(
            f"has other versions than this machine: {', '.join(sorted(other))}: install the same versions there"
        )
    if environment.mark and not os.path.exists(environment.mark):
        shared = os.path.dirname(environment.mark)
        raise _refusal(f"cannot see {shared}: write to a folder that all machines share, or to a URL")
    if of_files(given) != environment.files:
        raise _refusal("has different site rules, templates or named files: share their folders")
    if not is_url(given.folder):
        remove_leftovers(given.folder)  # left by workers on this machine that were killed
    return converter


def _installed_versions() -> frozenset[str]:
    """Return feed2doc's dependencies and plugins with their versions."""
    from importlib.metadata import PackageNotFoundError, requires, version

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, str] = {}
    todo = ["feed2doc"]
    while todo:
        name = todo.pop()
        with contextlib.suppress(PackageNotFoundError):  # it is for another system, or part of an extra
            found[name] = version(name)
            lines = [line for line in requires(name) or () if name == "feed2doc" or "extra ==" not in line]
            needed: set[str] = {canonicalize_name(Requirement(line).name) for line in lines}
            todo += needed - _CARRIERS - set(found)
    return frozenset([f"{name} {number}" for name, number in found.items()] + versions())


def _refusal(message: str) -> ClusterError:
    return ClusterError(f"--scheduler: the worker on {socket.gethostname()}: {message}")
