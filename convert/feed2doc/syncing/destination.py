"""The folder that is kept in step: there or not, used by one sync at a time, and rid of what is old."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from feed2doc.batch import storage
from feed2doc.batch.result import Output
from feed2doc.batch.state.store import State
from feed2doc.batch.store import DryRun, Store
from feed2doc.errors import WriteError
from feed2doc.syncing.store import SyncStore


def prepare(folder: str, state: State, *, dry: bool, force: bool) -> Store:
    """Return the store of this folder, which is made if it is new. Raise WriteError if the device that had it is not there."""
    path = Path(folder)
    if not path.is_dir():
        if any(state.files()):
            raise WriteError(
                f"{folder}: is not there: is the device plugged in? If it is gone for good, make the folder and add --force"
            )
        if not path.parent.is_dir():
            raise WriteError(
                f"{folder}: cannot be made, for {path.parent} is not there: is the device plugged in?"
            )
        if dry:
            return DryRun()
        try:
            path.mkdir()
        except OSError as error:
            raise WriteError(f"{folder}: cannot be made: {error.strerror}") from error
    return DryRun() if dry else SyncStore(folder, path.stat().st_dev, replaces=force, state=state)


@contextlib.contextmanager
def only_one(folder: str, state: State) -> Iterator[None]:
    """Have the folder for oneself. WriteError if another sync has it.

    The lock is a transaction on a database of its own: the system takes it away with the process, however that ends.
    """
    lock = sqlite3.connect(state.path.with_suffix(".lock"), timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise WriteError(f"{folder}: another sync is writing there: let it end first") from error
    else:
        yield
    finally:
        lock.close()


def all_gone(state: State) -> int:
    """How many files were written, if not one of them is there any more; else 0."""
    ours = [output.path for output in state.files()]
    return 0 if any(map(os.path.exists, ours)) else len(ours)


def remove(outputs: Iterable[Output], state: State, store: Store) -> Iterator[str]:
    """Remove these files if they are still as they were written, and yield the paths of those that are gone for it."""
    for output in outputs:
        if not isinstance(store, SyncStore):
            if _is_as_written(output):
                yield output.path
            continue
        store.check_device()
        if _is_as_written(output):
            storage.remove(output.path)
            yield output.path
            with contextlib.suppress(OSError):  # a folder of pictures that is empty now; any other is not
                if output.companion:
                    os.rmdir(os.path.dirname(output.path))
        state.delete(output.path)


def _is_as_written(output: Output) -> bool:
    """Whether nobody has changed a file; of one whose writing was cut off, only its size is known."""
    same_size = storage.size_of(output.path) == output.size
    return same_size and output.sha256 in ("", storage.digest_of(output.path))


def older_than(seconds: float, state: State) -> Iterator[Output]:
    """The files that were written longer ago than this."""
    before = time.time() - seconds
    for output in state.files():
        with contextlib.suppress(OSError):  # somebody was quicker
            if os.stat(output.path).st_mtime < before:
                yield output
