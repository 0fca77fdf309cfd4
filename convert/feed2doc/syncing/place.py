"""The place of a sync: which folder is at its path, for example a device or the empty folder where it is mounted.

Each place has a state of its own: what was written elsewhere was not written here. A place is known by the files that were
written there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from feed2doc.batch.state.store import State
from feed2doc.errors import WriteError

# How many states of other places are kept.
_MOST_PLACES = 4
_BY_UUID = Path("/dev/disk/by-uuid")


def settle(folder: str, state: State, *, force: bool) -> None:
    """Find out which place a folder is, and make the state that of this place.

    If the files of the state are gone and those of no other place are here, it depends on the device: on the same one, the
    user has deleted the files, and they are known in the state as such; another one has nothing yet. Raise WriteError if
    the folder is the mount point of a device that is not plugged in, unless `force` is true.
    """
    visit = state.visit()
    device, mount = volume_of(os.stat(folder).st_dev), _mount_point(folder)
    files = state.files()
    if files and not _is_here(state):
        others = _others(state)
        here = next((path for path in others if _is_of_here(path)), None)
        if here is None and visit.mount and not force and not os.path.ismount(visit.mount):
            raise WriteError(f"{folder}: {visit.mount} is not mounted: plug the device in, or add --force")
        if here is not None:
            _keep(state, [each for each in others if each != here])
            state.load(here)
            here.unlink()
        elif visit.mount and visit.device != device:
            _keep(state, others)
            state.load(state.path.with_suffix(".none"))
        elif any(output.size >= 0 for output in files):
            _keep(state, others)
            state.lose_files()
    state.keep_visit(replace(visit, device=device, mount=mount))


def volume_of(device: int, names: Path = _BY_UUID) -> int:
    """Return a number of a file system that stays the same when it is plugged in again, or that of its device if it has none.

    Linux numbers devices in the order in which they are plugged in; udev names file systems by their UUID.
    """
    try:
        for name in os.listdir(names):
            if os.stat(names / name).st_rdev == device:
                return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")
    except OSError:
        pass
    return device


def _keep(state: State, others: Sequence[Path]) -> None:
    """Keep the state for the time when its place is here again."""
    number = 1 + max(map(_number, _others(state)), default=0)
    state.save_as(state.path.with_suffix(f".{number}.sqlite"))
    for path in others[_MOST_PLACES:]:
        path.unlink(missing_ok=True)


def _others(state: State) -> list[Path]:
    """Return the states of other places, the newest first."""
    found = state.path.parent.glob(f"{state.path.stem}.*.sqlite")
    return sorted((path for path in found if path.suffixes[-2][1:].isdecimal()), key=_number, reverse=True)


def _number(path: Path) -> int:
    return int(path.suffixes[-2][1:])


def _is_of_here(path: Path) -> bool:
    with contextlib.closing(State(path)) as other:
        return _is_here(other)


def _is_here(state: State) -> bool:
    """Return True if one of the files is as it was written."""
    holders = (state.holder(output.path) for output in state.files() if not output.companion)
    return any(holder is not None and holder.is_as_written() for holder in holders)


def _mount_point(folder: str) -> str:
    path = Path(os.path.realpath(folder))
    return str(next(each for each in (path, *path.parents) if os.path.ismount(each)))
