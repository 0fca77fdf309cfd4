"""Where inputs and outputs lie: a path of this machine, or a URL of any storage that fsspec knows (s3://, gs://, memory:// ...)."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from feed2doc._api import load as load_file
from feed2doc._files.atomic import save as save_file
from feed2doc._files.compression import decompressed
from feed2doc._formats import Source
from feed2doc.batch.storage import remote
from feed2doc.errors import WriteError

# A file that was changed this short a time ago may change again and keep its time, which some file systems count in
# steps of two seconds; so its time is not relied on.
_FRESH_NS = 3_000_000_000


def is_url(name: str) -> bool:
    """Whether this is a URL and no path; a letter and a colon are a drive of Windows."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name) is not None


def normalised(name: str) -> str:
    """The path that a file:// URL names (RFC 8089), another URL with its scheme in small letters, as packages want it, which
    may be written in any (RFC 3986 section 3.1); a path as it is."""
    if not is_url(name):
        return name
    scheme, _, rest = name.partition("://")
    if scheme.lower() not in ("file", "local"):
        return f"{scheme.lower()}://{rest}"
    from urllib.request import url2pathname

    return url2pathname(urlsplit(name).path)


def is_of_process(name: str) -> bool:
    """Whether this is a URL in the memory of this process, which no other has."""
    return name.startswith("memory://")


def check(name: str) -> None:
    """Raise UsageError or MissingDependencyError for a URL of a storage that cannot be had, before anything is written there."""
    if is_url(name):
        remote.check(name)


def joined(folder: str, name: str) -> str:
    """The path or URL of a file in a folder."""
    return f"{folder.rstrip('/')}/{name}" if is_url(folder) else str(Path(folder, name))


def load(path: str) -> Source:
    """The content of a file; ReadError, which names it, if it cannot be had. Pictures lie beside paths alone."""
    return Source(decompressed(remote.load(path), path), path) if is_url(path) else load_file(path)


def save(path: str, data: bytes | BinaryIO) -> None:
    """Save a file whole or not at all; WriteError, which names it, if it cannot be. What is no bytes is a file with a name."""
    if is_url(path):
        remote.save(path, data)
    else:
        save_file(Path(path), data)


def remove(path: str) -> None:
    """Remove a file; WriteError if it cannot be."""
    if is_url(path):
        remote.remove(path)
        return
    try:
        os.unlink(path)
    except OSError as error:
        raise WriteError(f"{path}: cannot be removed: {error.strerror}") from error


def version_tag(path: str) -> str:
    """What tells quickly that a file may have changed: its size and the time of its last change, or the version that a
    storage gives it. "" if it is not there."""
    if is_url(path):
        return remote.version_tag(path)
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}"


def size_of(path: str) -> int:
    """The size of the file at a path in bytes; -1 if it is not there."""
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return -1


def is_fresh(tag: str) -> bool:
    """Whether a version tag is of a file that may change again and keep it."""
    by_time = re.fullmatch(r"\d+:(\d+)", tag)
    return by_time is not None and time.time_ns() - int(by_time[1]) < _FRESH_NS


class Sizes:
    """Sizes of files, those at URLs by a listing of their folder, which is made once."""

    def __init__(self) -> None:
        self._listed: dict[str, dict[str, int]] = {}

    def of(self, path: str) -> int:
        """The size of a file in bytes; -1 if it is not there."""
        if not is_url(path):
            return size_of(path)
        folder = path.rpartition("/")[0]
        if folder not in self._listed:
            self._listed[folder] = remote.sizes_in(folder)
        return self._listed[folder].get(path, -1)


def digest_of(path: str) -> str:
    """The SHA-256 of a file in hex; "" if it is not there."""
    import hashlib

    if is_url(path):
        return remote.digest_of(path)
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
