"""From what the user named to inputs: folders, files, and feeds, of which each entry is an input."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from feed2doc import _formats
from feed2doc._api import reader_of
from feed2doc._formats import ReadOptions, Source
from feed2doc.batch.inputs import STDIN, Input, find_inputs, load_input
from feed2doc.batch.outcomes import Outcome, failure_of
from feed2doc.batch.recipe import Run
from feed2doc.batch.state.store import State
from feed2doc.errors import EmptyFeedError, Feed2docError, ReadError
from feed2doc.model import images_of
from feed2doc.syncing.feeds import fetch_feed, is_feed_url


def inputs_of(names: Sequence[str], run: Run, state: State) -> Iterator[Input | Outcome]:
    """The inputs that these sources have now, in order; the outcome of a source that cannot be had or is a feed with
    something to be told of."""
    for name in names:
        try:
            if is_feed_url(name):
                data, is_new = fetch_feed(name, state, keep=not run.writing.delivery.dry)
                yield from _entries(Source(data, name), run, is_new=is_new)
            else:
                yield from _in_files(name, run)
        except Feed2docError as error:
            yield Outcome(name, "failed", (str(error),), failure_of(error))


def _in_files(name: str, run: Run) -> Iterator[Input | Outcome]:
    for each in find_inputs([name]):
        source = None if each.found or run.read_format or each.path == STDIN else load_input(each)
        if source is not None and _is_feed(source):
            yield from _entries(source, run, is_new=True)
        else:
            yield each


def _is_feed(source: Source) -> bool:
    try:
        return reader_of(source).name == "feed"
    except ReadError:  # which the conversion will say
        return False


def _entries(source: Source, run: Run, *, is_new: bool) -> Iterator[Input | Outcome]:
    """An input for each entry of a feed, as the model's JSON; what was noticed in reading it, if it `is_new`."""
    env = run.env()
    base_url = run.options.base_url or (source.name if is_feed_url(source.name) else "")
    options = ReadOptions(base_url=base_url, timezone=run.options.timezone)
    reader = _formats.reader("feed")
    name = source.name if is_feed_url(source.name) else os.path.abspath(source.name)
    times: Counter[str] = Counter()
    with contextlib.suppress(EmptyFeedError):  # nothing is published there now
        for document in reader.read(source, options, env):
            times[document.id] += 1
            again = f" ({times[document.id]})" if times[document.id] > 1 else ""
            near = {image.src: env.assets.places(image.src) for image in images_of(document)}
            yield Input(
                f"{name}#{document.id}{again}",
                data=msgspec.json.encode(document),
                read_format="json",
                pictures={src: tuple(map(str, paths)) for src, paths in near.items() if paths},
            )
    run.writing.report(env, source.name)
    if (told := run.writing.taken()) and is_new:
        yield Outcome(source.name, "feed", told)
