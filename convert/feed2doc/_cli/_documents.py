"""The articles of the files that a command names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feed2doc._api import reader_of
from feed2doc._cli._app import print_error
from feed2doc._formats import ReadOptions, reader
from feed2doc.batch.item import find_items, load_item
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Document


def documents_of(
    names: Sequence[str], read_format: str, options: ReadOptions, env: Env
) -> Iterator[tuple[str, Document]]:
    """Yield the path and each article of the items, skipping other files in folders. Raise ReadError if there are none."""
    count = 0
    for each in find_items(names):
        source = load_item(each)
        try:
            found = reader(read_format) if read_format else reader_of(source)
        except ReadError:
            if not each.found:
                raise
            print_error(f"{each.path}: skipped, not a feed item")
            continue
        for document in found.read(source, options, env):
            count += 1
            yield each.path, document
    if not count:
        raise ReadError(f"{', '.join(names)}: no feed items found")
