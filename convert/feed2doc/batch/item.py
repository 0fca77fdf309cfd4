"""The inputs of a run: files, folders, globs, URLs and standard input."""

from __future__ import annotations

import functools
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from feed2doc._files.compression import decompressed
from feed2doc._files.named_files import is_pipe, read_stream
from feed2doc._formats import Source
from feed2doc.batch.storage import is_url, load, normalised, remote
from feed2doc.errors import ReadError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

STDIN = "-"
# How many items at URLs a process reads in parallel.
_READERS = 16
# Extensions of the files that are read in a folder. Their content decides whether they are items.
ENDINGS = (".txt", ".md", ".html", ".htm", ".xml", ".rss", ".atom", ".json", ".jsonl")


class Item(msgspec.Struct, frozen=True):
    """One input.

    `found` is true if it was found in a folder rather than named. `data` is its content if it is not in a file; `path`
    is then only its name. `version_tag` changes when the file does, and is set if a listing provided it
    (`storage.version_tag`). `read_format` is the input format if it is known. `pictures` maps the addresses of pictures
    to files that are tried in addition to those next to the item. `base_url` is the address that it was fetched from. The
    `owner` may change the files of the item (see `state.files.Files`); with a `name_key`, they are named after it instead of the ids of the articles. `is_same` is true if
    the content is known to be that of the last run, even if it is read in another way. `article` is a digest of what makes
    it the same article in another source. `ended` are the entries that a limit has ended before, by number, with the
    messages: they are left out.
    """

    path: str
    found: bool = False
    data: bytes | None = None
    version_tag: str = ""
    read_format: str = ""
    pictures: Mapping[str, tuple[str, ...]] = {}
    base_url: str = ""
    owner: str = ""
    name_key: str = ""
    is_same: bool = False
    article: str = ""
    ended: Mapping[int, str] = {}


def find_items(names: Sequence[str]) -> Iterator[Item]:
    """Yield the items that these paths, globs and URLs name, in order, without opening them.

    Folders are read recursively, sorted by name.
    """
    for name in map(normalised, names):
        if name == STDIN:
            yield Item(STDIN)
        elif is_url(name):
            yield from (
                Item(url, in_folder, version_tag=tag) for url, tag, in_folder in remote.find(name, ENDINGS)
            )
        else:
            for path in named_by(name):
                yield from _in_folder(Path(path)) if os.path.isdir(path) else (Item(path),)


def named_by(name: str) -> list[str]:
    """Return the path, or those that match it if it is a glob and not the path of a file."""
    if os.path.exists(name):
        return [name]
    import glob

    return sorted(glob.glob(name, recursive=True)) or [name]


def outside(items: Iterable[Item], names: Sequence[str], output_dir: str, output: str = "") -> Iterator[Item]:
    """Yield the items without feed2doc's own outputs: files found in the output folder, and the output file.

    If a named input folder is the output folder or inside it, only the state knows which files are outputs
    (`Incremental.plan`).
    """
    own = "" if output or is_url(output_dir) else os.path.join(os.path.realpath(output_dir), "")
    folders = [os.path.join(os.path.realpath(name), "") for name in names if os.path.isdir(name)]
    if any(folder.startswith(own) for folder in folders):
        own = ""
    file = os.path.realpath(output) if output and output != STDIN and not is_url(output) else ""
    for each in items:
        if each.found and (own or file) and not is_url(each.path):
            folder = _real_folder(os.path.dirname(each.path))
            if own and folder.startswith(own):
                continue
            if file and os.path.join(folder, os.path.basename(each.path)) == file:
                continue
        yield each


@functools.lru_cache(64)
def _real_folder(path: str) -> str:
    return os.path.join(os.path.realpath(path), "")


def load_item(item: Item) -> Source:
    """Return the content of an item. Raise ReadError, which names the item, if it cannot be read."""
    if item.data is not None:
        return Source(item.data, "standard input" if item.path == STDIN else item.path)
    if item.path == STDIN:
        try:
            data = read_stream(sys.stdin.buffer)
        except OSError as error:
            raise ReadError(f"standard input: cannot be read: {error.strerror}") from error
        return Source(decompressed(data, "standard input"), "standard input")
    return load(item.path)


def loaded(item: Item) -> Item:
    """Return standard input or a pipe as an item with its content, because they can be read only once and by this process.

    Other items are returned as they are. Raise ReadError if it cannot be read.
    """
    if item.found or item.data is not None or not (item.path == STDIN or is_pipe(item.path)):
        return item
    return msgspec.structs.replace(item, data=load_item(item).data)


def read_ahead(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items in order, those at URLs with their content. Several are read at a time.

    An item that cannot be read is yielded unchanged; loading it again raises the error.
    """
    line: deque[tuple[Item, Future[Source] | None]] = deque()
    for each in items:
        is_far = is_url(each.path) and each.data is None
        line.append((each, _submitted(each) if is_far else None))
        if len(line) > _READERS:
            yield _read(*line.popleft())
    while line:
        yield _read(*line.popleft())


def _read(item: Item, reading: Future[Source] | None) -> Item:
    if reading is None or reading.exception():
        return item
    return msgspec.structs.replace(item, data=reading.result().data)


def _submitted(item: Item) -> Future[Source]:
    from feed2doc._files.threads import submitted

    return submitted(_readers(os.getpid()), load_item, item)


@functools.lru_cache(1)
def _readers(process: int) -> ThreadPoolExecutor:
    """Return the reader threads of a process, which keep their connections open. A forked process creates its own."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_READERS, "feed2doc-read")


def _in_folder(top: Path) -> Iterator[Item]:
    """Yield the files of a folder, and its subfolders that cannot be listed: loading those raises the error."""
    waiting = [str(top)]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                names, folders = _names_in(entries)
        except OSError:
            yield Item(folder)
            continue
        folders.sort(reverse=True)
        waiting += [os.path.join(folder, name) for name in folders]
        names.sort(reverse=True)
        while names:  # a folder may have very many files, so their names are kept only until they are needed
            yield Item(os.path.join(folder, names.pop()), found=True)


def _names_in(entries: Iterable[os.DirEntry[str]]) -> tuple[list[str], list[str]]:
    """Return the names of the files that may be items, and of the folders. Links to folders are not followed."""
    names: list[str] = []
    folders: list[str] = []
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            folders.append(name)
        elif name.lower().endswith(ENDINGS) and _is_regular(entry):
            names.append(name)
    return names, folders


def _is_regular(entry: os.DirEntry[str]) -> bool:
    """Return True for a regular file or a link to one. Reading another, such as a pipe, may block forever."""
    return os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file(follow_symlinks=False)
