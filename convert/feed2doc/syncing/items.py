"""The items of the sources of a sync: files, the files in folders, and the entries of feeds."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from feed2doc import _formats
from feed2doc._api import reader_of
from feed2doc._formats import ReadOptions, Source
from feed2doc.batch.item import STDIN, Item, find_items, load_item, outside
from feed2doc.batch.job import Job
from feed2doc.batch.rendering import Rendering
from feed2doc.batch.result import Result, failure_of
from feed2doc.batch.state.store import State
from feed2doc.env import Env
from feed2doc.errors import EmptyFeedError, Feed2docError, ReadError
from feed2doc.model import images_of
from feed2doc.syncing.feeds import fetch_feed, is_feed_url


def items_of(names: Sequence[str], job: Job, state: State) -> Iterator[Item | Result]:
    """Yield the items that these sources have now, in order, and results for sources that failed and feeds with messages."""
    for name in names:
        try:
            if is_feed_url(name):
                data, is_new = fetch_feed(name, state, keep=not job.dry)
                yield from _entries(Source(data, name), job, is_new=is_new)
            else:
                yield from _in_files(name, job)
        except Feed2docError as error:
            yield Result(name, "failed", (str(error),), failure_of(error))


def _in_files(name: str, job: Job) -> Iterator[Item | Result]:
    for each in outside(find_items([name]), [name], job.folder):
        source = None if each.found or job.reading.format or each.path == STDIN else load_item(each)
        if source is not None and _is_feed(source):
            yield from _entries(source, job, is_new=True)
        else:
            yield each


def _is_feed(source: Source) -> bool:
    try:
        return reader_of(source).name == "feed"
    except ReadError:  # the conversion will report it
        return False


def _entries(source: Source, job: Job, *, is_new: bool) -> Iterator[Item | Result]:
    """Yield an item for each entry of a feed, as the model's JSON.

    If the feed `is_new`, the messages about reading it are yielded as a result.
    """
    env = Env(site_dirs=job.reading.site_dirs, audit=job.audits)
    options = job.reading.options
    base_url = options.base_url or (source.name if is_feed_url(source.name) else "")
    options = ReadOptions(base_url=base_url, timezone=options.timezone)
    reader = _formats.reader("feed")
    name = source.name if is_feed_url(source.name) else os.path.abspath(source.name)
    times: Counter[str] = Counter()
    with contextlib.suppress(EmptyFeedError):  # the feed has no entries at the moment
        for document in reader.read(source, options, env):
            times[document.id] += 1
            again = f" ({times[document.id]})" if times[document.id] > 1 else ""
            near = {image.src: env.assets.places(image.src) for image in images_of(document)}
            yield Item(
                f"{name}#{document.id}{again}",
                data=msgspec.json.encode(document),
                read_format="json",
                pictures={src: tuple(map(str, paths)) for src, paths in near.items() if paths},
            )
    notes = Rendering(job, source.name)
    notes.note(env)
    if (messages := notes.messages()) and is_new:
        yield Result(source.name, "feed", messages)
