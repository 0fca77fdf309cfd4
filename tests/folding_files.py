"""A file system that does not tell names apart by case or by the form of accents, as FAT and that of macOS, in this process."""

import builtins
import contextlib
import io
import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@contextlib.contextmanager
def folding(folder: Path) -> Iterator[None]:
    """Let the files in a folder be found under every spelling of their names. A file keeps the name that it was made with."""
    names = os.listdir

    def real(path: Any) -> Any:
        if isinstance(path, int) or not os.fspath(path) or os.fspath(path) == os.fspath(folder):
            return path
        parent, name = os.path.split(os.fspath(path))
        if not str(parent).startswith(str(folder)):
            return path
        parent = real(parent)
        with contextlib.suppress(OSError):
            for each in names(parent):
                if folded(each) == folded(name):
                    return os.path.join(parent, each)
        return os.path.join(parent, name)

    def found(function: Callable[..., Any], paths: int = 1) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            return function(*map(real, given[:paths]), *given[paths:], **named)

        return call

    with contextlib.ExitStack() as stack:
        for module, name, paths in (
            *(
                (os, each, 1)
                for each in ("stat", "lstat", "open", "unlink", "scandir", "mkdir", "rmdir", "utime")
            ),
            (os, "rename", 2),
            (os, "replace", 2),
            (io, "open", 1),
            (builtins, "open", 1),
        ):
            stack.enter_context(mock.patch.object(module, name, found(getattr(module, name), paths)))
        yield
