"""What a worker of a cluster does: the conversion as it would be where the run was started."""

from __future__ import annotations

import contextlib
import functools
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
from feed2doc.batch.outcomes import Outcome
from feed2doc.batch.recipe import Recipe, Run, run_of
from feed2doc.batch.state.fingerprints import of_files
from feed2doc.batch.storage import is_url
from feed2doc.batch.workers.pool import Chunk
from feed2doc.batch.workers.processes import convert_all
from feed2doc.errors import Feed2docError
from feed2doc.readers import reset_site_rules

# They bring inputs to workers, and shape no output.
_CARRIERS = frozenset(["distributed", "fsspec"])
# A worker may have several threads, but what conversions stand on is not all made for them: one does all of them.
_thread = ThreadPoolExecutor(1, "feed2doc")


class ClusterError(Feed2docError):
    """The cluster cannot be used: it is not reached, or its workers have not what the conversion needs."""


class Origin(msgspec.Struct, frozen=True):
    """What a worker has to have as it is where the run was started, for its outputs to be the same.

    `files` is the fingerprint of all files that were named or lie in folders that are searched, `folder` the current
    folder. `mark` is a file where the outputs go, if that is no URL: a worker that does not see it would write elsewhere.
    """

    packages: frozenset[str]
    files: str
    folder: str
    mark: str


def origin_of(recipe: Recipe, mark: Path | None) -> Origin:
    """This machine as an origin."""
    files = of_files(recipe, run_of(recipe))
    return Origin(_stands_on(), files, os.getcwd(), str(mark or ""))


class _Call:
    """A chunk on its way: what it is unpickled to is what came of it."""

    def __init__(self, task: bytes) -> None:
        self._task = task

    def __reduce__(self) -> tuple[Callable[[str, bytes], list[Outcome]], tuple[str, bytes]]:
        return convert_away, (__version__, self._task)


def packed(recipe: Recipe, chunk: Chunk, origin: Origin) -> bytes:
    """A chunk to be sent to a worker, on which `pickle.loads` converts it.

    So a worker that has no feed2doc or another says so by an exception. If Dask itself had to unpickle what is of feed2doc,
    such a worker would lose its connection over it and nobody would be told.
    """
    return pickle.dumps(_Call(pickle.dumps((recipe, chunk, origin))))


def convert_away(version: str, task: bytes) -> list[Outcome]:
    """Convert a chunk, of which each name means what it means at its origin. ClusterError if that cannot be."""
    if version != __version__:
        raise _refusal(f"has feed2doc {__version__}, this machine {version}: install the same there")
    return _thread.submit(_convert, *pickle.loads(task)).result()


def _convert(recipe: Recipe, chunk: Chunk, origin: Origin) -> list[Outcome]:
    # Where all is at URLs, there need not be such a folder.
    with contextlib.chdir(origin.folder) if os.path.isdir(origin.folder) else contextlib.nullcontext():
        return convert_all(chunk, _run(recipe, origin))


@functools.lru_cache(1)
def _run(recipe: Recipe, origin: Origin) -> Run:
    """The run of a recipe on this worker, if it is as at its origin."""
    reset_site_rules()  # the worker may have served another run, with rules that were others
    try:
        run = run_of(recipe)
    except Feed2docError as error:
        raise _refusal(str(error)) from error
    if other := _stands_on() ^ origin.packages:
        raise _refusal(
            f"has other versions than this machine: {', '.join(sorted(other))}: install the same there"
        )
    if origin.mark and not os.path.exists(origin.mark):
        raise _refusal(
            f"does not see {os.path.dirname(origin.mark)}: write to a folder that all machines share, or to a URL"
        )
    if of_files(recipe, run) != origin.files:
        raise _refusal(
            "has other site rules, templates or named files than this machine: share their folders"
        )
    if not is_url(recipe.output_dir):
        remove_leftovers(Path(recipe.output_dir))  # of workers of this machine that were killed
    return run


def _stands_on() -> frozenset[str]:
    """The packages that feed2doc stands on, and those that add to it, with their versions."""
    from importlib.metadata import PackageNotFoundError, requires, version

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, str] = {}
    todo = ["feed2doc"]
    while todo:
        name = todo.pop()
        with contextlib.suppress(PackageNotFoundError):  # it is for another system, or of an extra
            found[name] = version(name)
            lines = [line for line in requires(name) or () if name == "feed2doc" or "extra ==" not in line]
            needed: set[str] = {canonicalize_name(Requirement(line).name) for line in lines}
            todo += needed - _CARRIERS - set(found)
    return frozenset([f"{name} {number}" for name, number in found.items()] + versions())


def _refusal(message: str) -> ClusterError:
    return ClusterError(f"--scheduler: the worker on {socket.gethostname()}: {message}")
