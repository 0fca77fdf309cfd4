"""Shards: many inputs in one compressed file of JSON Lines each, for archives where a file an input would be too many."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import BinaryIO

import msgspec

from feed2doc._files.compression import compressing, zstandard
from feed2doc._text.lazy_re import pattern
from feed2doc.batch import storage
from feed2doc.batch.conversion import convert_input
from feed2doc.batch.delivery import Delivery
from feed2doc.batch.inputs import Input, read_ahead
from feed2doc.batch.outcomes import Failure, Missing, Outcome, Output, as_utf8, ended, failure_of
from feed2doc.batch.recipe import Run
from feed2doc.errors import Feed2docError, UsageError, WriteError

FORMAT = "jsonl"
_NAME = pattern(r"part-(\d{5,})\.jsonl\.zst")


class Shard(Input, frozen=True):
    """Inputs that go into one file, whose path this is, but for those with the numbers that are `deadly`: workers end over
    them. One that `is_trial` is not saved: it is to see whether a worker ends over it."""

    members: tuple[Input, ...] = ()
    deadly: frozenset[int] = frozenset()
    is_trial: bool = False


class Shards:
    """Inputs as shards of so many each, in their order; `count` is how many there are when `complete`."""

    def __init__(self, inputs: Iterable[Input], size: int, folder: str) -> None:
        self._inputs, self._size, self._folder = iter(inputs), size, folder
        self.count: int = 0
        self.complete: bool = False

    def __iter__(self) -> Iterator[Shard]:
        for self.count in count():
            if not (members := tuple(islice(self._inputs, self._size))):
                self.complete = True
                return
            path = storage.joined(self._folder, f"part-{self.count:05}.jsonl.zst")
            yield Shard(path, stamp=_stamp(members), members=members)

    def is_beyond(self, path: str) -> bool:
        """Whether a file is a shard of an earlier run that had more of them."""
        folder, _, name = path.rpartition("/" if storage.is_url(path) else os.sep)
        found = _NAME.fullmatch(name)
        same = folder == (self._folder.rstrip("/") if storage.is_url(path) else os.path.abspath(self._folder))
        return self.complete and found is not None and same and int(found[1]) >= self.count


def check(formats: Sequence[str], output: str) -> None:
    """Raise UsageError for what has no shards, MissingDependencyError without what compresses them."""
    if list(formats) != [FORMAT]:
        raise UsageError(f"--shard is for --to jsonl alone, not for {', '.join(formats)}")
    if output:
        raise UsageError("-o names one file, but shards are several: use --output-dir")
    zstandard("--shard")


def outcome_of(each: Input, run: Run) -> Outcome:
    """What comes of an input, or of a shard."""
    return _write(each, run) if isinstance(each, Shard) else convert_input(each, run)


def unchanged(shard: Shard, outputs: tuple[Output, ...], missing: Mapping[int, Missing]) -> Outcome:
    """The outcome of a shard that is there already; what there was to say of inputs that are not in it is said again."""
    members = []
    for number, each in enumerate(shard.members):
        if (why := missing.get(number)) is None:
            members.append(Outcome(each.path, "unchanged", outputs))
        else:
            failure = Failure(why.message, why.exit_code) if why.status == "failed" else None
            members.append(Outcome(each.path, why.status, (why.message,) if why.message else (), failure))
    return Outcome(shard.path, "unchanged", outputs, members=tuple(members))


def missing_of(outcome: Outcome) -> dict[int, Missing]:
    """Why inputs are not in their shard, by number."""
    return {
        number: Missing(each.status, as_utf8("; ".join(each.messages)), getattr(each.failure, "exit_code", 0))
        for number, each in enumerate(outcome.members)
        if each.status != "converted"
    }


def deadly(numbers: Sequence[int], ends: Callable[[Sequence[int]], bool]) -> list[int]:
    """Those of the inputs with these numbers over which a worker ends, found by halving; it is known to end over them all."""
    if len(numbers) == 1:
        return list(numbers)
    half = len(numbers) // 2
    return [n for part in (numbers[:half], numbers[half:]) if ends(part) for n in deadly(part, ends)]


def unwritten(shard: Shard, outcome: Outcome, done: Sequence[Outcome] = ()) -> Outcome:
    """The outcome of a shard that failed, with its inputs: they failed by the same, but for those that are `done` otherwise."""
    members = [*done, *(Outcome(each.path, "converted") for each in shard.members[len(done) :])]
    failed = (
        msgspec.structs.replace(each, status="failed", failure=outcome.failure)
        if each.status == "converted"
        else each
        for each in members
    )
    return msgspec.structs.replace(outcome, members=tuple(failed))


class _Lines(Delivery, frozen=True):
    """Takes the lines of an input in place of saving them."""

    lines: list[bytes] = []  # noqa: RUF012 - msgspec gives each its own

    def save(self, path: str, data: bytes) -> bool:
        """Take the file's content."""
        self.lines.append(data)
        return False


def _write(shard: Shard, run: Run) -> Outcome:
    """Write a shard, of which inputs that fail are no part: spooled to disk, then saved whole."""
    import tempfile

    start = time.perf_counter()
    members: list[Outcome] = []
    try:
        with tempfile.TemporaryDirectory(prefix="feed2doc-") as folder:
            spool = os.path.join(folder, "shard")
            with open(spool, "wb") as file, compressing(file) as out:
                for number, each in enumerate(read_ahead(shard.members)):
                    members.append(ended(each.path) if number in shard.deadly else _member(each, run, out))
            output = Output(shard.path, FORMAT, storage.size_of(spool), storage.digest_of(spool))
            if not shard.is_trial:
                with open(spool, "rb") as whole:
                    storage.save(shard.path, whole)
    except (Feed2docError, OSError) as error:
        why = (
            WriteError(f"{shard.path}: cannot be spooled to {tempfile.gettempdir()}: {error.strerror}")
            if isinstance(error, OSError)
            else error
        )
        return unwritten(shard, Outcome(shard.path, "failed", (str(why),), failure_of(why)), members)
    inside = msgspec.structs.replace(output, written=False)  # which the shard itself names once
    named = [
        msgspec.structs.replace(each, told=(*each.told, inside)) if each.status == "converted" else each
        for each in members
    ]
    seconds = time.perf_counter() - start
    return Outcome(shard.path, "converted", told=(output,), seconds=seconds, members=tuple(named))


def _member(each: Input, run: Run, out: BinaryIO) -> Outcome:
    """Convert an input of a shard, and write its lines if all of it could be converted."""
    taken = _Lines()
    writing = msgspec.structs.replace(run.writing, delivery=taken)
    outcome = convert_input(each, msgspec.structs.replace(run, writing=writing))
    if outcome.status == "converted":
        for line in taken.lines:
            out.write(line)
    return msgspec.structs.replace(outcome, told=outcome.messages, pictures=())


def _stamp(members: Iterable[Input]) -> str:
    """What tells quickly that one of the inputs may have changed; "" if that cannot be relied on."""
    found = [(each.path, each.stamp or storage.stamp(each.path)) for each in members]
    if any(not stamp or storage.is_fresh(stamp) for _, stamp in found):
        return ""
    return hashlib.sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()
