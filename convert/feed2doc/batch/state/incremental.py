"""Incremental runs: converts only inputs whose content, options or other dependencies have changed."""

from __future__ import annotations

import functools
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping

from feed2doc._text.secrets import public_name
from feed2doc.batch.item import Item, load_item
from feed2doc.batch.limits import Limits
from feed2doc.batch.result import Output, Result, failed
from feed2doc.batch.shards import FORMAT, missing_of, unchanged
from feed2doc.batch.state.ended import Rest
from feed2doc.batch.state.store import Entry, Known, Record, State, is_several
from feed2doc.batch.storage import digest_of, is_fresh, is_url, remote, size_of, version_tag
from feed2doc.batch.work import Shard, Work
from feed2doc.errors import Feed2docError, LimitError

# A picture that was not available is tried again after a day.
_RETRY_SECONDS = 24 * 3600
# How many inputs are looked up at a time, which takes half as long as one by one.
_AT_A_TIME = 100


class Incremental:
    """Skips inputs whose outputs are up to date, and records what was produced.

    `fingerprints` are those of the formats (`fingerprints.of_formats`), `folder` is the output folder. With `force`,
    everything is converted. With `deleted_stay`, files that the user deleted are not written again unless their input
    changes. An input that one of the `limits` has ended is not tried again for a day. A `dry` run records nothing.
    """

    def __init__(
        self,
        state: State,
        fingerprints: Mapping[str, bytes],
        *,
        force: bool = False,
        folder: str = "",
        deleted_stay: bool = False,
        dry: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self._state, self._fingerprints = state, fingerprints
        self._force, self._deleted_stay, self._dry = force, deleted_stay, dry
        self._limits = limits
        self._folder = os.path.join(os.path.abspath(folder), "") if folder and not is_url(folder) else ""
        self._sizes_in = functools.cache(remote.sizes_in)  # each folder of a storage is listed once
        # The files that a dry run would write, and those that they would replace.
        self._planned: set[str] = set()
        self._left: list[Output] = []

    def plan(self, items: Iterable[Item | Shard | Result]) -> Iterator[Work | Result]:
        """Yield the works, each with the formats that are not up to date, and the results of what is up to date.

        Files that were found in a folder and are recorded as outputs of this destination are left out.
        """
        # A sync gives files from one input to another while it runs.
        for some in _chunks(items, 1 if self._deleted_stay else _AT_A_TIME):
            keys = ["" if isinstance(each, Result) else key_of(each) for each in some]
            known = {} if self._force else self._state.known(keys)
            for each, key in zip(some, keys, strict=True):
                if isinstance(each, Result):
                    yield each
                elif not (isinstance(each, Item) and each.found and self._is_own(key)):
                    yield self._work_of(each, key, known)

    def _work_of(self, each: Item | Shard, key: str, known: Mapping[tuple[str, str], Known]) -> Work | Result:
        tag = _version_tag(each)
        formats: list[str] = []
        current: list[Output] = []
        for name in self._fingerprints:
            outputs = self._current(each, key, name, tag, known.get((key, name)))
            formats += [name] if outputs is None else []
            current += outputs or []
        if formats and (rest := self._rest(each, key, formats)):
            return failed(each.path, rest.message(each.path), LimitError.exit_code)
        if formats:
            return Work(each, tuple(formats), "" if is_fresh(tag) else tag)
        return self._unchanged(each, tuple(current))

    def _is_own(self, key: str) -> bool:
        return bool(self._folder) and key.startswith(self._folder) and self._state.is_ours(key)

    def record(self, results: Iterable[tuple[Work | None, Result]]) -> None:
        """Record results in one transaction, but those that a limit has ended each in its own."""
        results = list(results)
        entries = [
            entry
            for work, result in results
            if work is not None and (result.status == "converted" or result.outputs)
            for entry in self._entries(work, result)
        ]
        if self._dry:
            self._plan_to_replace(entries)
        else:
            self._state.record(entries)
            for work, result in results:
                if self._limits and work is not None and result.failure and result.failure.is_ended:
                    self._keep_ended(work, result.failure.message)

    def _keep_ended(self, work: Work, message: str) -> None:
        sha256 = _sha256(work.item) if isinstance(work.item, Item) else ""
        for name in work.formats:
            self._state.keep_ended(key_of(work.item), name, self._limited(name), sha256, message)

    def _rest(self, item: Item | Shard, key: str, formats: list[str]) -> Rest | None:
        """Return how long an input rests, or None if it may be converted to these formats."""
        if self._force or not self._limits or isinstance(item, Shard):
            return None
        found = ((name, self._state.rest(key, name)) for name in formats)
        return next(
            (rest for name, rest in found if rest and rest.lasts(self._limited(name), _sha256(item))), None
        )

    def _limited(self, name: str) -> bytes:
        """Return the fingerprint of a format and of the limits, because more time may be enough."""
        return self._fingerprints[name] + repr(self._limits).encode()

    def replaced(self) -> list[Output]:
        """Return the files that were replaced by files of other names, for example because a headline has changed."""
        if not self._dry:
            return self._state.replaced()
        # An output that another item would write is not a leftover.
        return [output for output in self._left if output.path not in self._planned]

    def forget(self, results: Iterable[tuple[Work | None, Result]]) -> None:
        """Record that works have to be converted again."""
        works = [work for work, _ in results if work is not None]
        if works and not self._dry:
            self._state.forget([(key_of(work.item), name) for work in works for name in work.formats])

    @property
    def was_reset(self) -> str:
        """The path of the state if it was corrupt and has been reset, else ""."""
        return str(self._state.path) if self._state.was_reset else ""

    def files(self) -> list[Output]:
        """Return all files that were written here."""
        return self._state.files()

    def delete(self, path: str) -> None:
        """Record that a file no longer exists."""
        self._state.delete(path)

    def is_superseded(self, work: Work | None, result: Result) -> bool:
        """Return True if an earlier work for the same article finished after this one and overwrote its file.

        Workers put files at URLs, and those of a cluster, in place out of order, but the last item in order has to win.
        """
        if work is None:
            return False
        ours = key_of(work.item)
        return any(
            self._state.owner(output.path) not in (None, ours) and digest_of(output.path) != output.sha256
            for output in result.outputs
        )

    def close(self) -> None:
        """Close the state."""
        self._state.close()

    def _entries(self, work: Work, result: Result) -> Iterator[Entry]:
        retry = time.time() + _RETRY_SECONDS if result.lacks_pictures else None
        pictures = {path: version_tag(path) for path in result.pictures}
        missing = missing_of(result)
        outputs = result.outputs
        for name in work.formats:
            record = None
            if result.status == "converted" and not result.more:
                fingerprint = self._fingerprints[name]
                record = Record(fingerprint, work.version_tag, result.sha256, pictures, retry, missing)
            of_format = tuple(output for output in outputs if output.format == name)
            item = work.item if isinstance(work.item, Item) else Item("")
            yield Entry(
                key_of(work.item), name, record, of_format, result.continues, item.owner, item.article
            )

    def _plan_to_replace(self, entries: list[Entry]) -> None:
        for entry in entries:
            known = self._state.outputs(entry.input, entry.format)
            self._planned |= {output.path for output in entry.outputs}
            if entry.record and not entry.continues and not is_several(known):
                # Companion files are removed with their file, and are not reported.
                self._left += [each for each in known if not each.companion]

    def _is_same(self, item: Item | Shard, record: Record, tag: str) -> bool:
        """Return True if an input has not changed since it was converted."""
        if (tag and record.version_tag == tag) or (isinstance(item, Item) and item.is_same):
            return True
        return isinstance(item, Item) and _sha256(item) == record.sha256

    def _was_removed(self, key: str, name: str, outputs: list[Output]) -> bool:
        """Return True if the outputs of an input are gone, which means that the user has deleted them."""
        paths = [o.path for o in outputs if not o.companion] + self._state.copied(key, name)
        return not paths or any(self._size_of(path) < 0 for path in paths)

    def _was_edited(self, outputs: list[Output]) -> bool:
        """Return True if the user has edited an output of an input."""
        holders = (self._state.holder(each.path) for each in outputs if not each.companion)
        return any(holder and not holder.is_as_written() for holder in holders)

    def _size_of(self, path: str) -> int:
        return self._sizes_in(path.rpartition("/")[0]).get(path, -1) if is_url(path) else size_of(path)

    def _unchanged(self, item: Item | Shard, outputs: tuple[Output, ...]) -> Result:
        if isinstance(item, Shard):
            record = self._state.record_of(key_of(item), FORMAT)
            return unchanged(item, outputs, record.missing if record else {})
        return Result(item.path, "unchanged", outputs)

    def _current(
        self, item: Item | Shard, key: str, name: str, tag: str, known: Known | None
    ) -> list[Output] | None:
        """Return the outputs of an input in a format if they are up to date, or as the user wants them, else None."""
        if known is None:
            return None
        record, written = known
        if self._deleted_stay and self._was_removed(key, name, written) and self._is_same(item, record, tag):
            return []
        is_current = self._is_up_to_date(item, key, name, tag, known) or (
            self._deleted_stay and self._was_edited(written) and self._is_same(item, record, tag)
        )
        return written if is_current else None

    def _is_up_to_date(self, item: Item | Shard, key: str, name: str, tag: str, known: Known) -> bool:
        record, outputs = known
        if record.fingerprint != self._fingerprints[name]:
            return False
        # A time that is too far ahead was set by a wrong clock.
        if record.retry and not time.time() <= record.retry <= time.time() + _RETRY_SECONDS:
            return False
        if record.version_tag != tag or not tag:
            if isinstance(item, Shard) or _sha256(item) != record.sha256:
                return False
            if not self._dry and tag:
                self._state.touch(key, name, "" if is_fresh(tag) else tag)
        if any(version_tag(path) != tag_before for path, tag_before in record.pictures.items()):
            return False
        return self._deleted_stay or all(self._size_of(output.path) == output.size for output in outputs)


def _chunks(items: Iterable[Item | Shard | Result], size: int) -> Iterator[list[Item | Shard | Result]]:
    """Yield the items that were found in a folder `size` at a time, and the others, which may be large, at once."""
    some: list[Item | Shard | Result] = []
    for each in items:
        some.append(each)
        if len(some) == size or not (isinstance(each, Item) and each.found and each.data is None):
            yield some
            some = []
    if some:
        yield some


def key_of(item: Item | Shard) -> str:
    """Return the key of an input in the state: the absolute path of a file, a URL without secrets, the name of an entry of a feed."""
    if isinstance(item, Item) and item.data is not None:
        return item.path
    return public_name(item.path) if is_url(item.path) else os.path.abspath(item.path)


def _version_tag(item: Item | Shard) -> str:
    if item.version_tag or (isinstance(item, Item) and item.data is not None):
        return item.version_tag
    return version_tag(item.path)


def _sha256(item: Item) -> str:
    """Return the digest of the content of an item, decompressed, or "" if it cannot be read."""
    try:
        return hashlib.sha256(load_item(item).data).hexdigest()
    except Feed2docError:  # the conversion will report it
        return ""
