"""The articles of the files that a command names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed2doc._cli._app import print_error
from feed2doc._formats import ReadOptions, reader
from feed2doc.batch.item import Item, find_items, load_item
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document
from feed2doc.readers.inputs import reader_of


def documents_of(
    names: Sequence[str],
    read_format: str,
    options: ReadOptions,
    env: Env,
    failures: list[ReadError] | None = None,
) -> Iterator[tuple[str, Document]]:
    """Yield the path and each article of the items, skipping other files in folders. Raise ReadError if there are none.

    With a list of `failures`, items that cannot be read are added to it, and the others are read.
    """
    count = 0
    for each in find_items(names):
        try:
            for document in _read(each, read_format, options, env):
                count += 1
                yield each.path, document
        except ReadError as error:
            if failures is None:
                raise
            failures.append(error)
    if not count and not failures:
        raise ReadError(f"{', '.join(names)}: no feed items found")


def _read(item: Item, read_format: str, options: ReadOptions, env: Env) -> Iterator[Document]:
    source = load_item(item)
    try:
        found = reader(read_format) if read_format else reader_of(source)
    except ReadError:
        if not item.found:
            raise
        print_error(f"{item.path}: skipped, not a feed item")
        return
    yield from found.read(source, options, env)
