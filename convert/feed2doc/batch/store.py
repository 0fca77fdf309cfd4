"""Stores for rendered files.

`write` saves a file under a temporary name, in any process; `publish` gives it its final name, in order.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Protocol

import msgspec

from feed2doc._files import atomic
from feed2doc.batch import storage
from feed2doc.batch.item import Item
from feed2doc.batch.result import File, Output, Result, Staged
from feed2doc.errors import WriteError


class Store(Protocol):
    """Saves files. `write` may be called in any process that has the store, the other methods only by the run."""

    def write(self, file: File) -> Staged:
        """Write a file under a temporary name; it is staged after `synced`. Raise WriteError if that fails."""

    def publish(self, staged: Staged) -> Output:
        """Give a staged file its final name. Raise WriteError if that fails; the file is then discarded."""

    def discard(self, staged: Staged) -> None:
        """Remove a staged file that is not going to be published."""


Guard = Callable[[Item, Result, Callable[[int], Result]], Result]
"""Keeps the results of an input from changing files that belong to others: returns the staged result, or that of the last
argument, which converts the item with other file names, by number."""


def synced(written: Staged) -> Staged:
    """Wait until a file is safe on disk. Raise WriteError if that fails; the file is then discarded."""
    if written.descriptor < 0:
        return written
    atomic.sync(written.output.path, written.temporary, written.descriptor)
    return Staged(written.output, written.temporary)


def stage(store: Store, file: File) -> Staged:
    """Write a file, and wait until it is safe on disk. Raise WriteError if that fails."""
    return synced(store.write(file))


class FileStore(msgspec.Struct, frozen=True):
    """Saves files at paths and URLs, overwriting existing ones.

    Renaming a file on a storage at a URL is not free, so files there are published as they are written. So are all with
    `in_place`, for workers whose results may be lost, such as those of a cluster, which continues after an interrupt.
    Without `digests` the outputs have no SHA-256.

    Only if the user `named` the file are symbolic links followed. Otherwise a file replaces them, so that nothing outside
    the output folder is changed.
    """

    digests: bool = True
    in_place: bool = False
    named: bool = False

    def write(self, file: File) -> Staged:
        """See `Store`."""
        output = output_of(file, digest=self.digests)
        is_url = storage.is_url(file.path)
        named = self.named and not file.companion
        if file.companion and not is_url:
            _tidy(_checked(os.path.dirname(file.path)))
        if self.in_place or is_url:
            storage.save(file.path, file.data, named=named)
            return Staged(output)
        part = atomic.write_part(file.path, file.data, named=named)
        if part is None:
            return Staged(output, data=file.data)
        temporary, descriptor = part
        return Staged(output, temporary, descriptor=descriptor)

    def publish(self, staged: Staged) -> Output:
        """See `Store`."""
        if staged.temporary:
            named = self.named and not staged.output.companion
            atomic.publish(staged.temporary, staged.output.path, named=named)
        elif staged.data is not None:
            atomic.write_into(staged.output.path, staged.data)
        return staged.output

    def discard(self, staged: Staged) -> None:
        """See `Store`."""
        if staged.temporary:
            atomic.discard(staged.temporary)


class DryRun(msgspec.Struct, frozen=True):
    """Saves nothing. The outputs have no size and digest."""

    def write(self, file: File) -> Staged:
        """See `Store`."""
        return Staged(Output(file.path, file.format, 0, "", file.companion))

    def publish(self, staged: Staged) -> Output:
        """See `Store`."""
        return staged.output

    def discard(self, staged: Staged) -> None:
        """See `Store`."""


class Stdout:
    """Writes files to standard output as they are published, using a function of the command line."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write

    def write(self, file: File) -> Staged:
        """See `Store`."""
        output = Output(file.path, file.format, len(file.data), "", written=False)
        return Staged(output, data=file.data)

    def publish(self, staged: Staged) -> Output:
        """See `Store`."""
        self._write(staged.data or b"")
        return staged.output

    def discard(self, staged: Staged) -> None:
        """See `Store`."""


def _checked(folder: str) -> str:
    """Return a folder of companion files. Raise WriteError if it is a symbolic link, which may lead anywhere."""
    if os.path.islink(folder):
        raise WriteError(f"{folder}: is a symbolic link, which is not followed: remove it")
    return folder


@functools.lru_cache(64)
def _tidy(folder: str) -> None:
    """Remove temporary files that a killed run has left in a folder of companion files."""
    atomic.remove_leftovers(folder)


def output_of(file: File, *, digest: bool = True) -> Output:
    """Return what is recorded about a file, without `digest` without its SHA-256."""
    sha256 = ""
    if digest:
        import hashlib

        sha256 = hashlib.sha256(file.data).hexdigest()
    return Output(file.path, file.format, len(file.data), sha256, file.companion)
