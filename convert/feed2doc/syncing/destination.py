"""The destination folder of a sync: checks that it exists, locks it, and removes old files."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from feed2doc._files.user_dirs import private_file
from feed2doc.batch import storage
from feed2doc.batch.result import Output
from feed2doc.batch.state.database import discard, is_damage
from feed2doc.batch.state.store import State
from feed2doc.batch.store import DryRun, Store
from feed2doc.errors import WriteError
from feed2doc.syncing.place import settle
from feed2doc.syncing.store import SyncStore


def prepare(folder: str, state: State, *, dry: bool, force: bool) -> Store:
    """Return the store of this folder, and create the folder if it is new.

    Raise WriteError if the folder is missing, for example because its device is not plugged in.
    """
    path = Path(folder)
    if not path.is_dir():
        if any(state.files()):
            raise WriteError(f"{folder}: not found: plug the device in, or create the folder and add --force")
        if not path.parent.is_dir():
            raise WriteError(
                f"{folder}: {path.parent} does not exist: plug the device in, or create it: mkdir -p {path.parent}"
            )
        if dry:
            return DryRun()
        try:
            path.mkdir()
        except OSError as error:
            raise WriteError(f"{folder}: cannot be created: {error.strerror}") from error
    if dry:
        return DryRun()
    settle(folder, state, force=force)
    return SyncStore(folder, path.stat().st_dev, replaces=force, state=state)


@contextlib.contextmanager
def only_one(folder: str, state: State) -> Iterator[None]:
    """Lock the folder for this sync. Raise WriteError if another sync is using it.

    The lock is a transaction on a separate database: the system releases it when the process ends, however that
    happens.
    """
    path = state.path.with_suffix(".lock")
    with contextlib.suppress(OSError):  # locking it fails too
        private_file(path)
    try:
        try:
            lock = _locked(path)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            discard(path)  # it holds nothing, and a file that is not a database cannot be locked
            lock = _locked(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise WriteError(
                f"{folder}: another sync is writing there: wait until it has finished"
            ) from error
        raise WriteError(
            f"{path}: cannot be locked: {error}: remove this file, which holds no data"
        ) from error
    try:
        yield
    finally:
        lock.close()


def _locked(path: Path) -> sqlite3.Connection:
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except BaseException:
        lock.close()
        raise
    return lock


def all_gone(state: State) -> int:
    """Return how many files were written if none of them exists any more, else 0."""
    ours = [output.path for output in state.files()]
    return 0 if any(map(os.path.exists, ours)) else len(ours)


def remove(outputs: Iterable[Output], state: State, store: Store) -> Iterator[str]:
    """Remove the files that have not been changed since they were written, and yield their paths.

    Files that the user has edited are the user's.
    """
    for output in outputs:
        holder = state.holder(output.path)
        is_linked = output.companion and os.path.islink(os.path.dirname(output.path))
        is_as_written = holder is not None and holder.is_as_written() and not is_linked
        if not isinstance(store, SyncStore):
            if is_as_written:
                yield output.path
            continue
        store.check_device()
        if is_as_written:
            storage.remove(output.path)
            yield output.path
            with contextlib.suppress(OSError):  # a folder of pictures that is empty now; any other is not
                if output.companion:
                    os.rmdir(os.path.dirname(output.path))
        elif os.path.lexists(output.path):
            state.leave_edited(output.path)
            continue
        state.delete(output.path)


def older_than(seconds: float, now: float, state: State) -> Iterator[Output]:
    """Yield the files that were written longer ago than this."""
    for output in state.files():
        with contextlib.suppress(OSError):  # the file has been removed in the meantime
            if os.stat(output.path).st_mtime < now - seconds:
                yield output
