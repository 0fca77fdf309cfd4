"""Files at URLs, by fsspec (https://filesystem-spec.readthedocs.io), which knows each storage by its scheme.

Who one is and where a storage is, its package takes from the environment: AWS_*, GOOGLE_APPLICATION_CREDENTIALS, FSSPEC_*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from feed2doc._files.atomic import part_name
from feed2doc.errors import (
    Feed2docError,
    MissingDependencyError,
    ReadError,
    UsageError,
    WriteError,
    pip_install,
)

# Storages where an object appears whole, by the one request that puts it there, or not at all.
_OBJECT_STORES = frozenset(
    ["s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "obs", "tos", "memory"]
)
# What storages call the version of a file, and the time of its last change, in what they tell about it.
_VERSIONS = ("ETag", "etag", "md5Hash", "content_md5")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")


class Found(NamedTuple):
    """A file in a listing: its URL, its version tag, and whether a folder led to it rather than its name."""

    url: str
    version_tag: str
    in_folder: bool


def find(url: str, endings: Sequence[str]) -> Iterator[Found]:
    """The files that a URL means: those of a folder downwards by name, which end so, those of a glob, or the one."""
    if url.startswith(("http://", "https://")):
        raise UsageError(
            f"{url}: pages of the web are not converted: a feed's articles are by `feed2doc sync {url} --to epub --dest DIR`"
        )
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
                    yield Found(before + entry["name"], _version_tag(entry), True)
        else:
            yield Found(before + name, "", False)


def check(url: str) -> None:
    """Raise UsageError for a scheme that there is not, MissingDependencyError for one whose package is not installed."""
    _opened(url)


def load(url: str) -> bytes:
    """The content of a file; ReadError, which names it, if it cannot be had."""
    files, path = _opened(url)
    with _told(url, ReadError, "cannot be read"):
        data: bytes = files.cat_file(path)
    return data


def save(url: str, data: bytes | BinaryIO) -> None:
    """Save a file whole or not at all; WriteError, which names it, if it cannot be.

    Where a file is not put in its place by one request, it is written beside it and moved.
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
    """Remove a file; WriteError if it cannot be."""
    files, path = _opened(url)
    with _told(url, WriteError, "cannot be removed"):
        files.rm_file(path)


def version_tag(url: str) -> str:
    """The version of a file as its storage tells it, else its size and time; "" if it is not there or neither is told."""
    files, path = _opened(url)
    with _told(url, ReadError, "cannot be read"):
        try:
            return _version_tag(files.info(path))
        except FileNotFoundError:
            return ""


def sizes_in(url: str) -> dict[str, int]:
    """The sizes of the files in a folder, by URL: one request a thousand, where each by itself is one request each."""
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
    """The SHA-256 of a file in hex; "" if it is not there."""
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
    """The files in a folder, then those in its folders, each by name: only one folder's listing is held at a time."""
    with _told(url, ReadError, "cannot be listed"):
        entries = sorted(files.ls(folder, detail=True), key=lambda entry: entry["name"])
    inside = [e for e in entries if e["name"].rstrip("/") != folder.rstrip("/")]  # object stores list itself
    seen = [e for e in inside if not e["name"].rstrip("/").rpartition("/")[2].startswith(".")]
    folders = [entry["name"].rstrip("/") for entry in seen if entry["type"] == "directory"]
    yield from (entry for entry in seen if entry["type"] == "file")
    del entries, inside, seen
    for name in folders:
        yield from _downwards(files, name, url)


def _opened(url: str) -> tuple[Any, str]:
    """The storage of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingDependencyError(
            f"{url}: URLs need fsspec: {pip_install('feed2doc[cluster]')}"
        ) from error
    # Others write there at the same time: what was listed earlier may no longer be so.
    options: dict[str, Any] = {"use_listings_cache": False} if _scheme(url) in _OBJECT_STORES else {}
    if _scheme(url) in ("s3", "s3a"):
        options["max_concurrency"] = (
            1  # else it asks for each file's size before it gets it: twice the requests
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
    """Each storage's package has errors of its own: all of them are told as this one."""
    try:
        yield
    except Feed2docError:
        raise
    except Exception as error:
        raise kind(f"{url}: {what}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError) and " " not in str(error):
        return "it is not there"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
