"""Limits of time and memory for converting one item, in a worker process that can be ended."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import msgspec

from feed2doc._text.lazy_re import pattern
from feed2doc.errors import LimitError, OptionError, UsageError

# The defaults of `sync`, which runs unattended on input from others.
SYNC_SECONDS = 600
SYNC_MEMORY = "0" if sys.platform == "win32" else "2G"
MOST_SECONDS = 1_000_000
# An item that exceeds a limit more often fails as a whole: each time takes as long as the limit allows.
_MOST_ENDED = 3
# A worker process itself takes about 100 MiB.
_LEAST_MEMORY = 256 * 2**20
_SIZE = pattern(r"(\d{1,12})([KMG]?)(?:I?B)?")
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


class EndedError(LimitError):
    """A limit of time or memory has ended the conversion of an item."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The seconds that an item may take, and the memory that its worker process may use, in bytes; 0 for no limit."""

    seconds: float = 0
    memory: int = 0

    def __bool__(self) -> bool:
        return bool(self.seconds or self.memory)

    def over_time(self, name: str, doing: str) -> str:
        """Return the message for an item that took too long."""
        return f"{name}: stopped after {self.seconds:g} s while {doing}: --item-timeout sets the limit"

    def over_memory(self, name: str, doing: str) -> str:
        """Return the message for an item that needs too much memory."""
        size = f"{self.memory / 2**30:.3g} GiB"
        return f"{name}: stopped at {size} of memory while {doing}: --item-memory sets the limit"


class Ended(msgspec.Struct, frozen=True):
    """Why a limit has ended an item, and at which of its entries, if it has numbered ones (`_own_process.step`).

    The `mark` identifies the entry in its feed, whatever its number is (`_own_process.rests`).
    """

    message: str
    entry: int | None = None
    mark: str = ""

    def without(self, ended: Mapping[int, str]) -> dict[int, str] | None:
        """Return the entries to leave out when the item is tried again, in addition to the entries that were `ended` before.

        Return None if it is not to be tried again.
        """
        if self.entry is None or self.entry in ended or len(ended) > _MOST_ENDED:
            return None
        return {**ended, self.entry: self.message}


def check(limits: Limits) -> None:
    """Raise UsageError if a limit is not possible, here or at all."""
    if not 0 <= limits.seconds <= MOST_SECONDS:
        raise OptionError(f"item timeout: {limits.seconds:g} s is not between 0 and {MOST_SECONDS}")
    if limits.memory and sys.platform == "win32":
        raise UsageError("item memory: cannot be limited on Windows")
    if limits.memory and limits.memory < _LEAST_MEMORY:
        raise OptionError(f"item memory: must be at least {_LEAST_MEMORY // 2**20}M, which any worker needs")


def size_in_bytes(size: str) -> int:
    """Return a size such as 2G, 512M or 0 in bytes. Raise OptionError if it is not one."""
    found = _SIZE.fullmatch(size.strip().upper())
    if not found:
        raise OptionError(f"--item-memory {size}: not a size such as 2G or 512M")
    return int(found[1]) * _UNITS[found[2]]
