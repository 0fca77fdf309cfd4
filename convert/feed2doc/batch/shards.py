"""Shards: compressed files of JSON Lines with many items each, for archives that are too large for one file per item."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import BinaryIO

import msgspec

from feed2doc._files import atomic
from feed2doc._files.compression import compressing, zstandard
from feed2doc._files.temporary import temporary_folder
from feed2doc._text.lazy_re import pattern
from feed2doc.batch import storage
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import Item, read_ahead
from feed2doc.batch.result import (
    Failure,
    File,
    Missing,
    Output,
    Result,
    Staged,
    as_utf8,
    failure_of,
    joined,
)
from feed2doc.batch.work import Shard
from feed2doc.errors import Feed2docError, UsageError, WriteError

FORMAT = "jsonl"
_NAME = pattern(r"part-(\d{5,})\.jsonl\.zst")


class Shards:
    """Groups items in order into shards of `size` items. `count` is the number of shards once they are `complete`."""

    def __init__(self, items: Iterable[Item], size: int, folder: str) -> None:
        self._items, self._size, self._folder = iter(items), size, folder
        self.count: int = 0
        self.complete: bool = False

    def __iter__(self) -> Iterator[Shard]:
        for self.count in count():
            if not (items := tuple(islice(self._items, self._size))):
                self.complete = True
                return
            path = storage.joined(self._folder, f"part-{self.count:05}.jsonl.zst")
            yield Shard(path, items, _version_tag(items))

    def is_beyond(self, path: str) -> bool:
        """Return True if a file is a shard of an earlier run that had more shards."""
        folder, _, name = path.rpartition("/" if storage.is_url(path) else os.sep)
        found = _NAME.fullmatch(name)
        same = folder == (self._folder.rstrip("/") if storage.is_url(path) else os.path.abspath(self._folder))
        return self.complete and found is not None and same and int(found[1]) >= self.count


def check(formats: Sequence[str], output: str) -> None:
    """Raise UsageError if this cannot be sharded, and MissingDependencyError if the compression package is not installed."""
    if list(formats) != [FORMAT]:
        raise UsageError(f"--shard only applies to --to jsonl, not to {', '.join(formats)}")
    if output:
        raise UsageError("-o names one file, but there may be several shards: use --output-dir")
    zstandard("--shard")


def unchanged(shard: Shard, outputs: tuple[Output, ...], missing: Mapping[int, Missing]) -> Result:
    """Return the result of a shard that is up to date, with the messages about items that are not in it."""
    members = []
    for number, each in enumerate(shard.items):
        if (why := missing.get(number)) is None:
            members.append(Result(each.path, "unchanged", outputs))
        else:
            failure = Failure(why.message, why.exit_code) if why.status == "failed" else None
            members.append(Result(each.path, why.status, (why.message,) if why.message else (), failure))
    return Result(shard.path, "unchanged", outputs, members=tuple(members))


def missing_of(result: Result) -> dict[int, Missing]:
    """Return why items are not in their shard, by number."""
    return {
        number: Missing(each.status, as_utf8("; ".join(each.messages)), getattr(each.failure, "exit_code", 0))
        for number, each in enumerate(result.members)
        if each.status != "converted"
    }


def crashing(numbers: Sequence[int], crashes: Callable[[Sequence[int]], bool]) -> list[int]:
    """Return those of the items with these numbers that crash a worker, found by bisection. Together they do crash one."""
    if len(numbers) == 1:
        return list(numbers)
    half = len(numbers) // 2
    return [n for part in (numbers[:half], numbers[half:]) if crashes(part) for n in crashing(part, crashes)]


def unwritten(shard: Shard, result: Result, done: Sequence[Result] = ()) -> Result:
    """Return the result of a shard that failed, with the results of its items.

    The `done` items that failed before keep their results; all others fail for the same reason as the shard.
    """
    members = [*done, *(Result(each.path, "converted") for each in shard.items[len(done) :])]
    failed = (
        msgspec.structs.replace(each, status="failed", failure=result.failure)
        if each.status == "converted"
        else each
        for each in members
    )
    return msgspec.structs.replace(result, members=tuple(failed))


def stage_shard(shard: Shard, converter: Converter) -> Result:
    """Write a shard without the items that fail, and return its result. The file is staged, not published."""
    start = time.perf_counter()
    members: list[Result] = []
    try:
        staged = _spooled(shard, converter, members)
    except (Feed2docError, OSError) as error:
        if isinstance(error, OSError):
            import tempfile

            reason = f"cannot write temporary files to {tempfile.gettempdir()}: {error.strerror}"
            error = WriteError(f"{shard.path}: {reason}")
        return unwritten(shard, Result(shard.path, "failed", (str(error),), failure_of(error)), members)
    inside = msgspec.structs.replace(staged.output, written=False)  # the shard itself is reported once
    named = [
        msgspec.structs.replace(each, events=(*each.events, inside)) if each.status == "converted" else each
        for each in members
    ]
    seconds = time.perf_counter() - start
    return Result(shard.path, "converted", (staged,), seconds=seconds, members=tuple(named))


def _spooled(shard: Shard, converter: Converter, members: list[Result]) -> Staged:
    """Convert the items, add their results to `members`, and return the staged file."""
    with temporary_folder() as folder:
        spool = os.path.join(folder, "shard")
        with open(spool, "wb") as file, compressing(file) as out:
            for number, each in enumerate(read_ahead(shard.items)):
                members.append(shard.skip.get(number) or _member(each, converter, out))
        output = Output(shard.path, FORMAT, storage.size_of(spool), storage.digest_of(spool))
        if shard.trial:
            return Staged(output)
        with open(spool, "rb") as whole:
            if storage.is_url(shard.path):
                storage.save(shard.path, whole)
                return Staged(output)
            temporary = atomic.stage(shard.path, whole, named=False)
            return Staged(output, temporary) if temporary else Staged(output, data=whole.read())


def _member(item: Item, converter: Converter, out: BinaryIO) -> Result:
    """Convert an item of a shard, and write its lines if all of it was converted."""
    result = joined(list(converter.convert(item)))
    if result.status == "converted":
        for event in result.events:
            if isinstance(event, File):
                out.write(event.data)
    return msgspec.structs.replace(result, events=result.messages, pictures=())


def _version_tag(items: Iterable[Item]) -> str:
    """Return a tag that changes if one of the items may have changed, or "" if it is not reliable."""
    found = [(each.path, each.version_tag or storage.version_tag(each.path)) for each in items]
    if any(not tag or storage.is_fresh(tag) for _, tag in found):
        return ""
    return hashlib.sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()
