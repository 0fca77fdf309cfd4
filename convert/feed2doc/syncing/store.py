"""A store for a folder that other programs and the user write to as well."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import msgspec

from feed2doc._files.named_files import read_file
from feed2doc.batch.result import File, Output, Staged
from feed2doc.batch.state.store import State
from feed2doc.batch.store import FileStore, output_of, stage
from feed2doc.errors import Feed2docError, WriteError


class FileConflictError(Feed2docError):
    """A file that feed2doc did not write is in the way."""

    exit_code = 6


class SyncStore:
    """Saves files, but does not overwrite files that the state does not know, unless `replaces` is true.

    Files that already have the same content are not written again. They become files of this store only if `replaces`
    is true or the state is new: it may have been lost. `folder` must stay on the same `device` (the
    system's device number): when a device is unplugged, an empty folder may remain in its place. Only the process that
    has the `state` publishes. Files are `not_before` this time, however far behind the clock is.
    """

    not_before: float = 0.0

    def __init__(self, folder: str, device: int, *, replaces: bool, state: State | None = None) -> None:
        self._folder, self._device, self._replaces, self._state = folder, device, replaces, state
        self._files = FileStore()
        self.claimant: tuple[str, str] = ("", "")  # the input whose files are published, and its owner

    def __reduce__(self) -> tuple[Any, ...]:
        return _worker_store, (self._folder, self._device, self._replaces)

    def write(self, file: File) -> Staged:
        """Write a file unless it already exists with the same content. Raise WriteError if that fails or the device is gone."""
        self.check_device()
        if _has(file.path, file.data):
            # `publish` looks again: an earlier item of the same article may be published first.
            return Staged(msgspec.structs.replace(output_of(file), written=False), data=file.data)
        return self._files.write(file)

    def publish(self, staged: Staged) -> Output:
        """Give a file its final name. Raise FileConflictError if there is a file that this store did not write."""
        if not staged.temporary and staged.data is None:
            return staged.output
        assert self._state is not None
        output = staged.output
        if not output.written:
            assert staged.data is not None
            if _has(output.path, staged.data):
                if self._replaces or self._state.is_new:
                    self._claim(output)
                return output
            file = File(output.path, output.format, staged.data, output.companion)
            staged = stage(self._files, file)
            output = staged.output
        claimed = False
        try:
            self.check_device()
            is_ours = not os.path.islink(output.path) and self._state.is_ours(os.path.abspath(output.path))
            if os.path.lexists(output.path) and not self._replaces and not is_ours:
                raise FileConflictError(
                    f"{output.path}: exists, but was not written by sync: move it, or add --force to replace it"
                )
            claimed = self._claim(output)
        except Feed2docError:
            self.discard(staged)
            raise
        try:
            published = self._files.publish(staged)
            if time.time() < self.not_before:
                os.utime(output.path, (self.not_before, self.not_before))
            return published
        except WriteError:
            if claimed:  # a file found under this name later is not ours
                self._state.delete(output.path)
            raise

    def _claim(self, output: Output) -> bool:
        assert self._state is not None
        input, owner = self.claimant
        return self._state.claim(output.path, output.size, sha256=output.sha256, input=input, owner=owner)

    def discard(self, staged: Staged) -> None:
        """Remove a staged file."""
        self._files.discard(staged)

    def check_device(self) -> None:
        """Raise WriteError if the folder is gone or on another device."""
        try:
            found = os.stat(self._folder).st_dev
        except OSError as error:
            raise WriteError(
                f"{self._folder}: no longer exists: {error.strerror}: was it unplugged?"
            ) from error
        if found != self._device:
            raise WriteError(f"{self._folder}: is no longer on the same device: was it unplugged?")


def _worker_store(folder: str, device: int, replaces: bool) -> SyncStore:
    """Return the store of a worker, which does not publish."""
    return SyncStore(folder, device, replaces=replaces)


def _has(path: str, data: bytes) -> bool:
    """Return True if a file, not a link to one, exists with this content."""
    try:
        return not os.path.islink(path) and read_file(Path(path), len(data)) == data
    except OSError:
        return False
