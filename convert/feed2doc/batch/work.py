"""Works: the items or shards of a run, with the formats that are not up to date."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from feed2doc.batch.item import Item
from feed2doc.batch.result import Result


class Shard(msgspec.Struct, frozen=True):
    """Items that are written to one file at this path, except those that end workers: `skip` has their results by number.

    A `trial` is not saved: it shows whether a worker crashes over it.
    """

    path: str
    items: tuple[Item, ...]
    version_tag: str = ""
    skip: Mapping[int, Result] = {}
    trial: bool = False


class Work(msgspec.Struct, frozen=True):
    """An item or shard, and the formats to convert it to: all formats of the job if there are none.

    `version_tag` is the tag of the input before it is read, or "" if the file may still change without changing it.
    """

    item: Item | Shard
    formats: tuple[str, ...] = ()
    version_tag: str = ""

    @property
    def path(self) -> str:
        """The path of the item or shard."""
        return self.item.path
