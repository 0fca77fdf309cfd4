"""Files at URLs, by fsspec (https://filesystem-spec.readthedocs.io), which knows each storage by its scheme.

Who one is and where a storage is, its package takes from the environment: AWS_*, GOOGLE_APPLICATION_CREDENTIALS, FSSPEC_*.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, BinaryIO

from feed2doc._files.atomic import part_name
from feed2doc.errors import (
    Feed2docError,
    MissingDependencyError,
    ReadError,
    UsageError,
    WriteError,
    pip_install,
)

# Storages where an object appears complete with the single request that uploads it, or not at all.
_OBJECT_STORES = frozenset(
    ["s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "obs", "tos", "memory"]
)
# The keys under which storages report the version of a file and the time of its last change.
_VERSIONS = ("ETag", "etag", "md5Hash", "content_md5")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")


def find(url: str, endings: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the file at a URL, the files that match a glob, or the files in a folder with one of these endings.

    Each comes with its version tag, if it is in a listing, and with True if it was found in a folder rather than named. Folders are read recursively, sorted by name.
    """
    if url.startswith(("http://", "https://")):
        raise UsageError(
            f"{url}: is not fetched: for a feed, use `feed2doc sync URL --to epub --dest news`; for a page, `curl -L URL |"
            " feed2doc - --base-url URL --to epub`"
        )
    if close := difflib.get_close_matches(_scheme(url), ("https", "http"), n=1, cutoff=0.7):
        raise UsageError(f"{url}: unknown kind of URL: did you mean {close[0]}://?")
    files, path = _opened(url)
    before = url.rstrip("/").removesuffix(path)
    with _told(url, ReadError, "cannot be listed"):
        is_glob = any(sign in path for sign in "*?[") and not files.exists(path)
        named = sorted(files.glob(path)) if is_glob else [path]
        is_folder = [files.isdir(name) for name in named]
    for name, is_one in zip(named or [path], is_folder or [False], strict=True):
        if is_one:
            for entry in _downwards(files, name, url):
                if entry["name"].lower().endswith(tuple(endings)):
                    yield before + entry["name"], _version_tag(entry), True
        else:
            yield before + name, "", False


def check(url: str) -> None:
    """Raise UsageError for an unknown scheme, and MissingDependencyError if the package for a scheme is not installed."""
    _opened(url)


def load(url: str) -> bytes:
    """Return the content of a file. Raise ReadError, which names the URL, if it cannot be read."""
    files, path = _opened(url)
    with _told(url, ReadError, "cannot be read"):
        data: bytes = files.cat_file(path)
    return data


def save(url: str, data: bytes | BinaryIO) -> None:
    """Save a file atomically. Raise WriteError, which names the URL, if that fails.

    On storages that do not upload a file with a single request, it is written to a temporary file next to it, then
    moved.
    """
    files, path = _opened(url)
    with _told(url, WriteError, "cannot be written"):
        if _scheme(url) in _OBJECT_STORES:
            _put(files, path, data)
            return
        folder = path.rpartition("/")[0]
        files.makedirs(folder, exist_ok=True)
        part = f"{folder}/{part_name()}"
        try:
            _put(files, part, data)
            files.mv(part, path)
        except BaseException:
            if files.exists(part):
                files.rm_file(part)
            raise


def remove(url: str) -> None:
    """Remove a file, unless it is gone already. Raise WriteError if that fails."""
    files, path = _opened(url)
    with _told(url, WriteError, "cannot be removed"), suppress(FileNotFoundError):
        files.rm_file(path)


def version_tag(url: str) -> str:
    """Return the version of a file as its storage reports it, else its size and time; "" if there is neither, or no file."""
    files, path = _opened(url)
    with _told(url, ReadError, "cannot be read"):
        try:
            return _version_tag(files.info(path))
        except FileNotFoundError:
            return ""


def sizes_in(url: str) -> dict[str, int]:
    """Return the sizes of the files in a folder, by URL.

    A listing takes one request per thousand files, while asking for each size takes one request per file.
    """
    files, path = _opened(url)
    before = url.rstrip("/").removesuffix(path)
    with _told(url, ReadError, "cannot be listed"):
        try:
            return {
                before + entry["name"]: entry["size"]
                for entry in files.ls(path, detail=True)
                if entry["type"] == "file"
            }
        except FileNotFoundError:
            return {}


def digest_of(url: str) -> str:
    """Return the SHA-256 of a file in hex, or "" if there is none."""
    import hashlib

    try:
        return hashlib.sha256(load(url)).hexdigest()
    except ReadError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return ""
        raise


def _put(files: Any, path: str, data: bytes | BinaryIO) -> None:
    if isinstance(data, bytes):
        files.pipe_file(path, data)
    else:
        files.put_file(data.name, path)


def _version_tag(info: Mapping[str, Any]) -> str:
    size = info.get("size")
    for key in _VERSIONS:
        if info.get(key):
            return f"{size} {str(info[key]).strip(chr(34))}"
    for key in _TIMES:
        if info.get(key):
            seconds = info[key].timestamp() if isinstance(info[key], datetime) else float(info[key])
            return f"{size}:{int(seconds * 1e9)}"
    return ""


def _downwards(files: Any, folder: str, url: str) -> Iterator[Mapping[str, Any]]:
    """Yield the files in a folder, then those in its subfolders, by name. Only one listing is in memory at a time."""
    with _told(url, ReadError, "cannot be listed"):
        entries = sorted(files.ls(folder, detail=True), key=lambda entry: entry["name"])
    inside = [e for e in entries if e["name"].rstrip("/") != folder.rstrip("/")]  # object stores list it too
    seen = [e for e in inside if not e["name"].rstrip("/").rpartition("/")[2].startswith(".")]
    folders = [entry["name"].rstrip("/") for entry in seen if entry["type"] == "directory"]
    yield from (entry for entry in seen if entry["type"] == "file")
    del entries, inside, seen
    for name in folders:
        yield from _downwards(files, name, url)


def _opened(url: str) -> tuple[Any, str]:
    """Return the storage of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingDependencyError(
            f"{url}: URLs need fsspec: {pip_install('feed2doc[cluster]')}"
        ) from error
    # Other processes write there at the same time, so earlier listings may be out of date.
    options: dict[str, Any] = {"use_listings_cache": False} if _scheme(url) in _OBJECT_STORES else {}
    if _scheme(url) in ("s3", "s3a"):
        options["max_concurrency"] = (
            1  # otherwise it asks for the size of each file before reading it: twice the requests
        )
    try:
        files, path = url_to_fs(url, **options)
    except ImportError as error:
        package = getattr(error.__cause__, "name", None) or _scheme(url)
        raise MissingDependencyError(
            f"{url}: {_scheme(url)}:// needs {package}: {pip_install(package)}"
        ) from error
    except Exception as error:
        raise UsageError(f"{url}: cannot be opened: {_reason(error)}") from error
    return files, path


def _scheme(url: str) -> str:
    return url.partition("://")[0]


@contextmanager
def _told(url: str, kind: type[Feed2docError], what: str) -> Iterator[None]:
    """Convert the errors of any storage package to `kind`, with the URL and `what` in the message."""
    try:
        yield
    except Feed2docError:
        raise
    except Exception as error:
        raise kind(f"{url}: {what}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError) and " " not in str(error):
        return "no such file"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
