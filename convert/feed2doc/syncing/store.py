"""A store for a folder that other programs and the user write to as well."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from feed2doc.batch.result import Failure, File, Output, Result, Staged
from feed2doc.batch.state.files import EDITED, REPLACED
from feed2doc.batch.state.store import State
from feed2doc.batch.storage import digest_of
from feed2doc.batch.store import FileStore, output_of, stage
from feed2doc.errors import Feed2docError, WriteError


class FileConflictError(Feed2docError):
    """A file that feed2doc did not write is in the way."""

    exit_code = 6


class _Verdict(msgspec.Struct, eq=False):
    """Whether files of a result belong to others, which of them are copies, by path, and what to report."""

    is_taken: bool = False
    copies: dict[str, Output] = {}
    copied: list[str] = []
    edited: list[str] = []


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
        self._claimant = ("", "")  # the input whose files are published, and its owner
        # The names that files got in this run, by the names and digests that they would have had.
        self._moved: dict[tuple[str, str], str] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _worker_store, (self._folder, self._device, self._replaces)

    def write(self, file: File) -> Staged:
        """Write a file unless it already exists with the same content. Raise WriteError if that fails or the device is gone."""
        self.check_device()
        if _has(file.path, file.data):
            # `publish` looks again: an earlier item of the same article may be published first.
            return Staged(msgspec.structs.replace(output_of(file), written=False), data=file.data)
        return self._files.write(file)

    def admit(
        self,
        input: str,
        owner: str,
        result: Result,
        again: Callable[[int], Result],
        *,
        is_same: bool = False,
    ) -> Result:
        """Return a result whose files belong to nobody else; its files get other names if they do.

        Files that the user has edited are the user's. A file that has the same content as that of another input stays the
        only one, which is reported.
        """
        self._claimant = (input, owner)
        assert self._state is not None
        is_same = is_same or self._is_same(input, result)
        messages: list[str] = []
        first = _files_of(result)
        for number in count(1):
            verdict = self._verdict(result, input, owner, is_same=is_same)
            messages += verdict.edited
            if not verdict.is_taken:
                break
            for each in result.events:
                if isinstance(each, Staged):
                    self.discard(each)
            if result.more or result.continues:
                message = f"{result.item}: its files exist and belong to another source: sync it alone"
                failure = Failure(message, FileConflictError.exit_code)
                return msgspec.structs.replace(result, status="failed", events=(message,), failure=failure)
            result = again(number)
        events = tuple(
            verdict.copies.get(each.output.path, each) if isinstance(each, Staged) else each
            for each in result.events
        )
        result = msgspec.structs.replace(result, events=(*events, *verdict.copied, *messages))
        for each in verdict.copies.values():  # before another input of this run leaves the file
            self._state.keep_copy(each, input, owner)
        for before, after in zip(first, _files_of(result), strict=False):
            if before.path != after.path:
                self._moved[before.path, before.sha256] = after.path
        return result

    def _is_same(self, input: str, result: Result) -> bool:
        assert self._state is not None
        formats = {each.format for each in _files_of(result)}
        records = [self._state.record_of(input, format) for format in formats]
        return any(record and record.sha256 == result.sha256 != "" for record in records)

    def _verdict(self, result: Result, input: str, owner: str, *, is_same: bool) -> _Verdict:
        assert self._state is not None
        found = _Verdict()
        for each in result.events:
            if not isinstance(each, Staged):
                continue
            path, sha256 = each.output.path, each.output.sha256
            known = self._moved.get((path, sha256), path)
            if (holder := self._state.holder(known)) is None:
                continue
            exists = os.path.lexists(path)
            if holder.input == EDITED and not exists:
                self._state.delete(path)
            elif not holder.is_of(input, owner):
                if exists:
                    is_other = digest_of(path) != sha256
                else:
                    is_other = holder.input == REPLACED or sha256 != (holder.next or holder.sha256)
                if known == path and (holder.input == EDITED or is_other):
                    found.is_taken = True
                    continue
                self.discard(each)
                found.copies[path] = msgspec.structs.replace(each.output, path=known, written=False)
                if not each.output.companion:
                    found.copied.append(f"{result.item}: is the same article as {known}: not written again")
            elif known == path and sha256 and digest_of(path) != sha256:
                if self._state.has_copies(path) and not is_same:
                    found.is_taken = True
                elif exists and not self._replaces and not holder.is_as_written():
                    self._state.leave_edited(path)
                    found.edited.append(
                        f"{path}: was edited, so it is kept; the new version has another name"
                    )
                    found.is_taken = True
        return found

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
            if (
                os.path.lexists(output.path)
                and not self._replaces
                and not self._state.is_ours(os.path.abspath(output.path))
            ):
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
        input, owner = self._claimant
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


def _files_of(result: Result) -> list[Output]:
    return [
        each.output if isinstance(each, Staged) else each
        for each in result.events
        if isinstance(each, Staged | Output)
    ]


def _has(path: str, data: bytes) -> bool:
    """Return True if a file exists with this content."""
    try:
        return Path(path).read_bytes() == data
    except OSError:
        return False
