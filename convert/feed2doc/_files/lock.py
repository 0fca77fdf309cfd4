"""Locks on files, which the system releases however their process ends."""

from __future__ import annotations

from typing import BinaryIO


def try_lock(file: BinaryIO) -> bool:
    """Lock a file until it is closed, and return True; or return False if another process has locked it."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
