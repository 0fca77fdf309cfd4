"""Temporary folders. One that a killed process has left is removed by the next process."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
from collections.abc import Iterator

from feed2doc._files.atomic import host
from feed2doc._files.processes import is_running
from feed2doc._text.lazy_re import pattern
from feed2doc.errors import WriteError

# The name has the owner, as in the names of `feed2doc._files.atomic`.
_NAME = pattern(r"(?P<process>\d+)-\w+")
_VARIABLES = ("TMPDIR", "TEMP", "TMP")
_FULL = (errno.ENOSPC, errno.EDQUOT)


def new_folder() -> str:
    """Create a temporary folder, and return its path. Only this process may use it, and should remove it.

    Raise WriteError if that fails.
    """
    import tempfile

    with temporary_space():
        _remove_leftovers_once(tempfile.gettempdir())
        return tempfile.mkdtemp(prefix=f"{_begin()}{os.getpid()}-")


@contextlib.contextmanager
def temporary_folder() -> Iterator[str]:
    """Create a temporary folder, and remove it at the end. Raise WriteError if that fails, or there is no space left."""
    import shutil

    folder = new_folder()
    try:
        with temporary_space(only_full=True):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def temporary_space(*, only_full: bool = False) -> Iterator[None]:
    """Turn an error of a temporary file into a WriteError that says what to do; with `only_full`, only if a disk is full."""
    try:
        yield
    except OSError as error:
        if only_full and error.errno not in _FULL:
            raise
        import tempfile

        folder = tempfile.tempdir or os.environ.get("TMPDIR") or "the temporary folder"
        raise WriteError(
            f"{folder}: temporary files cannot be written: {error.strerror or error}:"
            " make room, or set TMPDIR to another folder"
        ) from error


def remove_temporary_leftovers() -> None:
    """Remove the temporary folders of killed processes. Unlike the tempfile module, this takes no time to import."""
    for parent in {*filter(None, map(os.environ.get, _VARIABLES)), *(["/tmp"] if os.name == "posix" else [])}:
        _remove_leftovers(parent)


@functools.cache
def _remove_leftovers_once(parent: str) -> None:
    _remove_leftovers(parent)


def _remove_leftovers(parent: str) -> None:
    found = []
    with contextlib.suppress(OSError), os.scandir(parent) as entries:
        found = [entry for entry in entries if entry.name.startswith(_begin())]
    for entry in found:
        owner = _NAME.fullmatch(entry.name, len(_begin()))
        if owner and not is_running(int(owner["process"])) and _is_ours(entry):
            import shutil

            shutil.rmtree(entry.path, ignore_errors=True)


def _begin() -> str:
    """Return how the names of this machine's temporary folders begin."""
    return f"feed2doc-{host()}-"


def _is_ours(entry: os.DirEntry[str]) -> bool:
    if not hasattr(os, "geteuid"):
        return True
    try:
        return entry.stat(follow_symlinks=False).st_uid == os.geteuid()
    except OSError:
        return False
