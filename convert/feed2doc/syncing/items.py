"""The items of the sources of a sync: files, the files in folders, and the entries of feeds."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import msgspec

from feed2doc import _formats
from feed2doc._formats import ReadOptions, Source
from feed2doc._own_process import ALL_ENTRIES, letting_rest, messages_of_ended, step
from feed2doc._text.secrets import masked, public_name
from feed2doc.batch.converter import Converter
from feed2doc.batch.item import STDIN, Item, find_items, load_item, loaded, outside
from feed2doc.batch.job import Job
from feed2doc.batch.rendering import Rendering
from feed2doc.batch.result import Result, failed, failure_of
from feed2doc.batch.state.ended import Rest
from feed2doc.batch.state.sources import Feed, KnownEntry
from feed2doc.batch.state.store import State
from feed2doc.batch.storage import is_url
from feed2doc.batch.workers.calls import Calls
from feed2doc.errors import EmptyFeedError, Feed2docError, LimitError, ReadError
from feed2doc.model import images_of
from feed2doc.readers.inputs import reader_of
from feed2doc.syncing.feeds import fetch_feed, is_feed_url
from feed2doc.syncing.identity import article_of, earlier_keys, facts_of, identified


class Items:
    """The items of the sources of one sync.

    `identity` says which entries of feeds are those of earlier syncs. What has changed in them is recorded by
    `keep_changes`, after they have been written: until then, they differ from what the state knows.
    """

    def __init__(self, names: Sequence[str], job: Job, state: State) -> None:
        self._names, self._job, self._state = names, job, state
        self._changed: list[tuple[str, KnownEntry]] = []
        self._urls: dict[str, str] = {}  # of feeds by their public names, without secrets
        self._calls = Calls(job)
        self._fingerprint: bytes | None = None

    def let_rest(self, fingerprints: Mapping[str, bytes], *, force: bool) -> None:
        """Leave out entries that a limit has ended not long ago, while they and these fingerprints are the same, unless `force`."""
        if self._job.limits and not force:
            self._fingerprint = b"".join(sorted(fingerprints.values())) + repr(self._job.limits).encode()

    def __iter__(self) -> Iterator[Item | Result]:
        """Yield the items that the sources have now, in order, and results for sources that failed and feeds with messages."""
        try:
            yield from self._of_sources()
        finally:
            self._calls.close()

    def _of_sources(self) -> Iterator[Item | Result]:
        for name in self._names:
            try:
                if is_feed_url(name):
                    public = public_name(name)
                    if public != name and not self._job.dry:
                        self._state.rename_source(name, public)
                    self._urls[public] = masked(name)
                    before = self._state.feed(public)
                    data, is_new = fetch_feed(
                        name, self._state, keep=not self._job.dry, allowed=self._job.pictures.allow_hosts
                    )
                    yield from self._entries(Source(data, public), is_new=is_new, before=before)
                else:
                    yield from self._in_files(name)
            except Feed2docError as error:
                yield Result(public_name(name), "failed", (str(error),), failure_of(error))

    def keep_changes(self, done: Collection[str]) -> None:
        """Record those of the entries that are `done`, by key, as they are now."""
        for source, group in groupby(self._changed, key=itemgetter(0)):
            self._state.keep_entries(source, [entry for _, entry in group if entry.key in done])

    def _in_files(self, name: str) -> Iterator[Item | Result]:
        owner = public_name(name) if name == STDIN or is_url(name) else os.path.abspath(name)
        for each in outside(find_items([name]), [name], self._job.folder):
            each = loaded(each)
            source = None if each.found or self._job.reading.format or each.path == STDIN else load_item(each)
            if source is not None and _is_feed(source):
                yield from self._entries(source, is_new=True)
            else:
                yield msgspec.structs.replace(each, owner=owner)

    def _entries(
        self, source: Source, *, is_new: bool, before: Feed | None = None
    ) -> Iterator[Item | Result]:
        """Yield an item for each entry of a feed, as the model's JSON.

        If the feed `is_new`, the messages about reading it are yielded as a result.
        """
        name = source.name if is_feed_url(source.name) else os.path.abspath(source.name)
        items, messages, ended = self._read(source, name)
        known = self._known(name, before)
        entries = [facts for facts, _ in items]
        inputs = self._state.inputs_of(name)
        for each in known:
            inputs.pop(each.key, None)
        digests = [hashlib.sha256(item.data or b"").hexdigest() for _, item in items]
        keyed = identified(name, entries, known, earlier_keys(name, entries, digests, inputs))
        facts = {each.key: each for each in known}
        if not self._job.dry:
            self._state.keep_entries(name, [each for each in keyed if each.key not in facts])
        self._changed += [(name, each) for each in keyed if facts.get(each.key) not in (None, each)]
        done = set[str]()
        for each, (_, item) in zip(keyed, items, strict=True):
            if each.key not in done:  # the same entry twice
                done.add(each.key)
                is_same = facts.get(each.key) == each
                yield msgspec.structs.replace(
                    item, path=each.key, owner=each.key, is_same=is_same, article=article_of(each)
                )
        if messages and is_new:
            yield Result(source.name, "feed", messages)
        yield from (failed(source.name, message, LimitError.exit_code) for message in ended)

    def _read(self, source: Source, name: str) -> _Read:
        """Return the entries of a feed, without those that a limit has ended not long ago. Record those that it ends now.

        If it was ended where no entry is known, all of the feed is left out. Raise LimitError then.
        """
        fingerprint = self._fingerprint
        rests = self._state.resting_entries(name) if fingerprint else {}
        rests = {mark: rest for mark, rest in rests.items() if rest.lasts(fingerprint or b"", mark)}
        whole = hashlib.sha256(source.data).hexdigest()
        if whole in rests:
            raise LimitError(rests[whole].message(source.name))
        try:
            return self._calls(_entries_in, source, self._urls.get(source.name, ""), rests)
        finally:
            for each in self._calls.left_out():
                if fingerprint and not self._job.dry:
                    self._state.keep_ended_entry(name, each.mark or whole, fingerprint, each.message)

    def _known(self, name: str, before: Feed | None) -> list[KnownEntry]:
        """Return the known entries of a feed. Those that an earlier version recorded are found in its copy of the feed."""
        known = self._state.entries(name)
        inputs = self._state.inputs_of(name)
        if known or not inputs or before is None:
            return known
        times: Counter[str] = Counter()
        old: list[tuple[KnownEntry, Item]] = []
        with contextlib.suppress(Feed2docError):
            old, _, _ = self._calls(_entries_in, Source(before.body, name), self._urls.get(name, ""))
        for facts, _ in old:
            times[facts.id] += 1
            again = f" ({times[facts.id]})" if times[facts.id] > 1 else ""
            if (key := f"{name}#{facts.id}{again}") in inputs and facts not in [_unkeyed(e) for e in known]:
                known.append(msgspec.structs.replace(facts, key=key))
        if not self._job.dry:
            self._state.keep_entries(name, known)
        return known


def _unkeyed(entry: KnownEntry) -> KnownEntry:
    return msgspec.structs.replace(entry, key="")


def _is_feed(source: Source) -> bool:
    try:
        return reader_of(source).name == "feed"
    except ReadError:  # the conversion will report it
        return False


# Entries of a feed, each with an item that has it as the model's JSON, the messages about reading them, and those about
# entries that a limit has ended.
_Read = tuple[list[tuple[KnownEntry, Item]], tuple[str, ...], tuple[str, ...]]


def _entries_in(converter: Converter, source: Source, url: str, rests: Mapping[str, Rest] = {}) -> _Read:
    """Return the entries of a feed, without those that rest, by what identifies them. `url` is its address, if it has one."""
    job, env = converter.job, converter.env()
    options = job.reading.options
    options = ReadOptions(base_url=options.base_url or url, timezone=options.timezone)
    found: list[tuple[KnownEntry, Item]] = []
    step("reading it", source.name)
    with (
        letting_rest(rests) as rested,
        contextlib.suppress(EmptyFeedError),  # the feed has no entries at the moment
    ):
        for document in _formats.reader("feed").read(source, options, env):
            near = {image.src: env.assets.places(image.src) for image in images_of(document)}
            item = Item(
                source.name,
                data=msgspec.json.encode(document),
                read_format="json",
                pictures={src: tuple(map(str, paths)) for src, paths in near.items() if paths},
            )
            found.append((facts_of(document), item))
            step("reading it", source.name)  # each entry has the whole time
    notes = Rendering(job, source.name)
    notes.note(env)
    left_out = [
        rests[mark].message(f"{source.name}, entry {number}")
        for number, mark in rested
        if number != ALL_ENTRIES
    ]
    return found, notes.messages(), (*messages_of_ended(), *left_out)
