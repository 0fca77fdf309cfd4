"""What a run has to convert: items, or shards of many items, and the formats that are not up to date."""

from __future__ import annotations

import msgspec

from feed2doc.batch.item import Item


class Shard(msgspec.Struct, frozen=True):
    """Items that go into one file at this path, without those whose numbers are in `skip`: workers crash over them.

    A `trial` is not saved: it shows whether a worker crashes over it.
    """

    path: str
    items: tuple[Item, ...]
    version_tag: str = ""
    skip: frozenset[int] = frozenset()
    trial: bool = False


class Work(msgspec.Struct, frozen=True):
    """An item or shard, and the formats to convert it to: all of the job if there are none.

    `version_tag` is that of the input before it is read, "" if the file may still change and keep it.
    """

    item: Item | Shard
    formats: tuple[str, ...] = ()
    version_tag: str = ""

    @property
    def path(self) -> str:
        """The path of the item or shard."""
        return self.item.path
