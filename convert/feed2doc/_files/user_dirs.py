"""The user's folders for feed2doc: configuration, cache, and state kept between runs."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Literal

_XDG = {"config": ".config", "cache": ".cache", "state": ".local/state"}


def private_folder(folder: Path) -> None:
    """Create a folder of feed2doc that only the user can look into, with those above it. One that exists is closed to others."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(0o700, exist_ok=True)
    if not missing and folder.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # it belongs to another user, who shares it with this one
            folder.chmod(0o700)


def private_file(path: Path) -> None:
    """Create an empty file that only the user can read. One that exists keeps its content, and is closed to others."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if hasattr(os, "fchmod") and os.fstat(descriptor).st_mode & 0o077:
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only the user can read, in a folder that only the user can look into. Raise OSError if that fails."""
    private_folder(path.parent)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    private_file(part)
    part.write_bytes(data)
    part.replace(path)


def user_folder(kind: Literal["config", "cache", "state"]) -> Path:
    """Return feed2doc's folder of this kind. It need not exist.

    On Linux these are the XDG base directories, where platformdirs, which takes 7 ms to import, would find them too.
    Source: https://specifications.freedesktop.org/basedir-spec/latest/
    """
    if sys.platform == "linux":
        base = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        return Path(base if os.path.isabs(base) else os.path.join(_home(), _XDG[kind]), "feed2doc")
    import platformdirs

    of = platformdirs.PlatformDirs("feed2doc", appauthor=False)
    return {"config": of.user_config_path, "cache": of.user_cache_path, "state": of.user_state_path}[kind]


def _home() -> str:
    """Return the user's home folder on Linux: HOME, else what the system knows, else one in which nothing can be written."""
    import pwd

    if os.path.isabs(home := os.environ.get("HOME", "")):
        return home
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:  # as in a container that is run for any number
        return "/"
