"""What the words on the command line name: files, folders, globs, standard input."""

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
from feed2doc._formats import Source
from feed2doc.batch.storage import is_url, load, normalised, remote

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

STDIN = "-"
# How many inputs at URLs a process reads at a time.
_READERS = 16
# What an item may be called in a folder; whether it is one, its content tells.
ENDINGS = (".txt", ".md", ".html", ".htm", ".xml", ".json", ".jsonl")


class Input(msgspec.Struct, frozen=True):
    """One file to read; `found` if a folder led to it rather than its name.

    Only the `formats` named are made of it; without any, all that the run makes. Where there are `data`, they are its
    content, and the path is what it is called. A listing may have told its `stamp` (`storage.stamp`). What is known to be
    of a format has that as its `read_format`. Its `pictures` are files where that of an address may be, beside those that
    its folder has.
    """

    path: str
    found: bool = False
    formats: tuple[str, ...] = ()
    data: bytes | None = None
    stamp: str = ""
    read_format: str = ""
    pictures: Mapping[str, tuple[str, ...]] = {}


def find_inputs(names: Sequence[str]) -> Iterator[Input]:
    """The files that these paths and URLs mean, in order, folders read downwards by name; nothing is opened."""
    for name in map(normalised, names):
        if name == STDIN:
            yield Input(STDIN)
        elif is_url(name):
            yield from (Input(f.url, f.in_folder, stamp=f.stamp) for f in remote.find(name, ENDINGS))
        elif os.path.isdir(name):
            yield from _in_folder(Path(name))
        elif not os.path.exists(name):
            import glob

            for match in sorted(glob.glob(name, recursive=True)) or [name]:
                yield from _in_folder(Path(match)) if os.path.isdir(match) else (Input(match),)
        else:
            yield Input(name)


def load_input(each: Input) -> Source:
    """The content of an input, which is a file, a URL or standard input; ReadError, which names it, if it cannot be had."""
    if each.data is not None:
        return Source(each.data, each.path)
    if each.path == STDIN:
        return Source(decompressed(sys.stdin.buffer.read(), "standard input"), "standard input")
    return load(each.path)


def read_ahead(inputs: Iterable[Input]) -> Iterator[Input]:
    """The inputs in their order, those at URLs with their data: several are read at a time, for a storage is far away.

    One that cannot be read comes as it is: who loads it will say why.
    """
    line: deque[tuple[Input, Future[Source] | None]] = deque()
    for each in inputs:
        is_far = is_url(each.path) and each.data is None
        line.append((each, _readers(os.getpid()).submit(load_input, each) if is_far else None))
        if len(line) > _READERS:
            yield _read(*line.popleft())
    while line:
        yield _read(*line.popleft())


def _read(each: Input, reading: Future[Source] | None) -> Input:
    if reading is None or reading.exception():
        return each
    return msgspec.structs.replace(each, data=reading.result().data)


@functools.lru_cache(1)
def _readers(process: int) -> ThreadPoolExecutor:
    """The threads of a process, which keep their connections; it has none that it is forked from."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_READERS, "feed2doc-read")


def _in_folder(folder: Path) -> Iterator[Input]:
    """The files of a folder; a folder in it that cannot be listed comes itself, and who loads it will say why."""
    unlisted: list[Input] = []
    for parent, folders, files in os.walk(folder, onerror=lambda e: unlisted.append(Input(str(e.filename)))):
        yield from unlisted
        unlisted.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)
            # Of what is no regular file, such as a pipe, a read may never end.
            if name.lower().endswith(ENDINGS) and not name.startswith(".") and os.path.isfile(path):
                yield Input(path, found=True)
    yield from unlisted
