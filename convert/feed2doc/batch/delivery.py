"""How a file gets to where it is to be: by being saved there, or with an eye on what else is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feed2doc.batch import storage
from feed2doc.errors import Feed2docError, WriteError

if TYPE_CHECKING:
    from feed2doc.batch.state.store import State


_states: dict[tuple[str, int], State] = {}


class ForeignFileError(Feed2docError):
    """A file is in the way that feed2doc did not write."""

    exit_code = 6


class Delivery(msgspec.Struct, frozen=True):
    """Saves files whatever was there before; `dry` only says which they would be.

    With a `state`, the path of its database, files that it does not know are left alone, unless it `replaces` them, and those that are the same
    already are not written again. `folder` must stay on the `device` that it was on, by the system's number for it: where
    a device was, there may be an empty folder once it is unplugged.
    """

    dry: bool = False
    replaces: bool = False
    state: str = ""
    folder: str = ""
    device: int = 0

    def save(self, path: str, data: bytes) -> bool:
        """Save a file; whether it had to be written. WriteError if it cannot be, ForeignFileError if another is there."""
        if self.state:
            self.check_device()
            before = _content(path)
            if before == data:
                return False
            if (
                before is not None
                and not self.replaces
                and not _state(self.state).is_ours(os.path.abspath(path))
            ):
                raise ForeignFileError(
                    f"{path}: is there already, and sync did not write it: move it away, or let --force replace it"
                )
            if before is None:
                _state(self.state).claim(path, len(data))
        storage.save(path, data)
        return True

    def close(self) -> None:
        """Close the state, if this process has opened it."""
        if (state := _states.pop((self.state, os.getpid()), None)) is not None:
            state.close()

    def check_device(self) -> None:
        """Raise WriteError if the folder is gone or on another device."""
        try:
            found = os.stat(self.folder).st_dev
        except OSError as error:
            raise WriteError(f"{self.folder}: is not there any more: {error.strerror}") from error
        if found != self.device:
            raise WriteError(f"{self.folder}: is no longer on the device that it was on: was that unplugged?")


def _state(path: str) -> State:
    """Return the state, opened once per process: SQLite's connections must not be used in one that is forked."""
    from feed2doc.batch.state.store import State

    key = path, os.getpid()
    if key not in _states:
        _states[key] = State(Path(path))
    return _states[key]


def _content(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None
