"""Temporary folders. One that a killed process has left is removed by the next process that needs one."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from feed2doc._files.atomic import host, is_running
from feed2doc._text.lazy_re import pattern

# The name has the owner, as in the names of `feed2doc._files.atomic`.
_NAME = pattern(r"feed2doc-(?P<host>[0-9a-f]+)-(?P<process>\d+)-\w+")


def new_folder() -> str:
    """Create a temporary folder, and return its path. Only this process may use it, and should remove it."""
    import tempfile

    _remove_leftovers(tempfile.gettempdir())
    return tempfile.mkdtemp(prefix=f"feed2doc-{host()}-{os.getpid()}-")


@contextlib.contextmanager
def temporary_folder() -> Iterator[str]:
    """Create a temporary folder, and remove it at the end."""
    folder = new_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@functools.cache
def _remove_leftovers(parent: str) -> None:
    found = []
    with contextlib.suppress(OSError), os.scandir(parent) as entries:
        found = [name for entry in entries if (name := _NAME.fullmatch(entry.name))]
    for name in found:
        if name["host"] == host() and not is_running(int(name["process"])):
            shutil.rmtree(Path(parent, name[0]), ignore_errors=True)
