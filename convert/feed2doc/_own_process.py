"""Process-wide settings of the command line and its workers. A library must not change them in the host process."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager


def set_up() -> None:
    """Run the garbage collector less often, and hide warnings of other packages that are not meant for users."""
    # Loaded modules stay in memory, and a conversion creates few reference cycles. Collecting after every 700 objects
    # would take a sixth of a short run and a fifth of a large PDF.
    gc.set_threshold(10_000)
    # Pillow warns about damaged picture metadata, Dask about slightly different versions.
    for package in ("PIL", "dask", "distributed"):
        warnings.filterwarnings("ignore", module=rf"{package}\b")


on_step: Callable[[str, str, int | None], None] | None = None
"""Records the steps of this process. Only workers with limits set it."""
ended: Mapping[int, str] = {}
"""The entries of the current item that a limit has ended before, by number, with the messages. Only workers set it."""
on_mark: Callable[[str], None] | None = None
"""Records what identifies the entry that is read next. Only workers with limits set it."""
resting: Collection[str] = ()
"""What identifies the entries that a limit has ended not long ago, so that they are left out. Only workers set it."""
rested: list[tuple[int, str]] = []
"""The entries that were left out for that: their numbers, and what identifies them."""
ALL_ENTRIES = 0
"""The number of the step that reads all entries at a time, which can be done one by one."""


def step(what: str, item: str = "", *, entry: int | None = None) -> bool:
    """Record what this process does next, for the message in case that a limit ends it.

    The time of an item or of one of its entries starts with the step that names it, and ends with an empty step. Return
    False if a limit has ended this entry before, so that it must be left out.
    """
    if entry in ended:
        return False
    if on_step is not None:
        on_step(what, item, entry)
    return True


def rests(entry: int, mark: Callable[[], str]) -> bool:
    """Record what identifies an entry, and return True if it is to be left out, because a limit has ended it not long ago."""
    if on_mark is None:
        return False
    name = mark()
    if name in resting:
        rested.append((entry, name))
        return True
    on_mark(name)
    return False


@contextmanager
def letting_rest(marks: Collection[str]) -> Iterator[list[tuple[int, str]]]:
    """Leave out the entries that these identify meanwhile. Yield a list to which they are added, with their numbers."""
    global resting, rested
    resting, rested = marks, []
    try:
        yield rested
    finally:
        resting, rested = (), []


@contextmanager
def leaving_out(entries: Mapping[int, str]) -> Iterator[None]:
    """Leave out these entries meanwhile. Without entries, nothing process-wide is changed."""
    global ended
    if not entries:
        yield
        return
    ended = entries
    try:
        yield
    finally:
        ended = {}


def messages_of_ended() -> tuple[str, ...]:
    """Return the messages about the entries that are left out."""
    return tuple(message for entry, message in ended.items() if entry != ALL_ENTRIES)
