"""Storage of inputs and outputs: local paths, and URLs of any storage that fsspec supports (s3://, gs://, memory:// ...)."""

from __future__ import annotations

import functools
import os
import re
import stat
import time
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from feed2doc._files.atomic import save as save_file
from feed2doc._files.compression import decompressed
from feed2doc._formats import Source
from feed2doc.batch.storage import remote
from feed2doc.errors import WriteError
from feed2doc.readers.inputs import load as load_file

# The time of a file that changed less than this long ago is not relied on: it may change again and keep its time, which
# some file systems count in steps of two seconds.
_FRESH_NS = 3_000_000_000


def is_url(name: str) -> bool:
    """Return True for a URL and False for a path. A letter and a colon are a Windows drive."""
    return "://" in name and re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name) is not None


def normalised(name: str) -> str:
    """Return the path of a file:// URL (RFC 8089), any other URL with its scheme in lower case, and a path unchanged.

    Packages expect the scheme in lower case, although it is case-insensitive (RFC 3986 section 3.1).
    """
    if not is_url(name):
        return name
    scheme, _, rest = name.partition("://")
    if scheme.lower() not in ("file", "local"):
        return f"{scheme.lower()}://{rest}"
    from urllib.request import url2pathname

    return url2pathname(urlsplit(name).path)


def is_of_process(name: str) -> bool:
    """Return True for a URL in the memory of this process, which no other process can read."""
    return name.startswith("memory://")


def on_network(names: Iterable[str]) -> str:
    """Return the first of the names that is a URL outside this process and not of a local file, or ""."""
    urls = (name for name in map(normalised, names) if is_url(name) and not is_of_process(name))
    return next(urls, "")


def check(name: str) -> None:
    """Raise UsageError or MissingDependencyError if the storage of a URL is not available, before anything is written there."""
    if is_url(name):
        remote.check(name)


def joined(folder: str, name: str) -> str:
    """Return the path or URL of a file in a folder."""
    return _prefix(folder) + name


@functools.lru_cache(64)
def _prefix(folder: str) -> str:
    return f"{folder.rstrip('/')}/" if is_url(folder) else str(Path(folder, "-"))[:-1]


def load(path: str) -> Source:
    """Return the content of a file. Raise ReadError, which names it, if it cannot be read.

    Pictures next to the file are only found for paths.
    """
    return Source(decompressed(remote.load(path), path), path) if is_url(path) else load_file(path)


def save(path: str, data: bytes | BinaryIO, *, named: bool = True) -> None:
    """Save a file atomically. `data` is bytes or a file with a name. Raise WriteError, which names the path, if that fails.

    A symbolic link at a path that the user `named` is followed, at any other path it is replaced.
    """
    if is_url(path):
        remote.save(path, data)
    else:
        save_file(Path(path), data, named=named)


def remove(path: str) -> None:
    """Remove a file, unless it is gone already. Raise WriteError if that fails."""
    if is_url(path):
        remote.remove(path)
        return
    try:
        Path(path).unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(f"{path}: cannot be removed: {error.strerror}") from error


def version_tag(path: str) -> str:
    """Return a tag that changes when the file may have changed, or "" if there is no regular file.

    It is the size and modification time of a local file, or the version that the storage reports.
    """
    if is_url(path):
        return remote.version_tag(path)
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}" if stat.S_ISREG(found.st_mode) else ""


def size_of(path: str) -> int:
    """Return the size of the file in bytes, or -1 if there is none."""
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return -1


def is_fresh(tag: str) -> bool:
    """Return True if the file with this version tag may still change without changing the tag."""
    by_time = re.fullmatch(r"\d+:(\d+)", tag)
    return by_time is not None and time.time_ns() - int(by_time[1]) < _FRESH_NS


def digest_of(path: str) -> str:
    """Return the SHA-256 of a regular file in hex, or "" if there is none."""
    import hashlib

    if is_url(path):
        return remote.digest_of(path)
    if not version_tag(path):  # a pipe, for example, may be in the place of the file
        return ""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
