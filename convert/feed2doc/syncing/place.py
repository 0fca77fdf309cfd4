"""The place of a sync: which folder is at its path, for example a device or the empty folder where it is mounted.

Each place has a state of its own: what was written elsewhere was not written here. A place is known by the files that were
written there: the state that has the most of the files that are here is its state, because places have files in common. Of two
that have as many, that of the device is its state, whatever files are missing: the user has deleted them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from feed2doc.batch.result import Output
from feed2doc.batch.state.store import State
from feed2doc.batch.storage import size_of
from feed2doc.errors import WriteError

# How many states of other places are kept.
_MOST_PLACES = 4
_BY_UUID = Path("/dev/disk/by-uuid")
_NO_MATCH = (-1, False, 0)


def settle(folder: str, state: State, *, force: bool) -> None:
    """Find out which place a folder is, and make the state that of this place.

    If the files of the state are gone and those of no other place are here, it depends on the device: on the same one, the
    user has deleted the files, and they are known in the state as such; another one has nothing yet. Raise WriteError if
    the folder is the mount point of a device that is not plugged in, unless `force` is true.
    """
    visit = state.visit()
    device, mount = volume_of(os.stat(folder).st_dev), _mount_point(folder)
    files = state.files()
    others = _others(state) if files else []
    best, here = _match(state, device), None
    for path in others:
        with contextlib.closing(State(path)) as other:
            if (match := _match(other, device)) > best and _may_be_taken(*match):
                best, here = match, path
    if here is not None:
        _keep(state, [each for each in others if each != here])
        state.load(here)
        here.unlink()
    elif files and best == _NO_MATCH:
        if visit.mount and not force and not os.path.ismount(visit.mount):
            raise WriteError(f"{folder}: {visit.mount} is not mounted: plug the device in, or add --force")
        if visit.mount and visit.device != device:
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


def _may_be_taken(here: int, is_its_own: bool, minus_missing: int) -> bool:
    """Return True unless a state is of another device and most of its files are missing: a few may be copies."""
    return is_its_own or here + minus_missing > 0


def _match(state: State, device: int) -> tuple[int, bool, int]:
    """Return how many files of a state are here, whether it is of this device, and minus how many files are missing.

    At least one has to be as it was written. Folders that are synced with the same feeds have files in common.
    """
    files = [output for output in state.files() if not output.companion]
    if not any(map(partial(_is_as_written, state), files)):
        return _NO_MATCH
    here = [
        size_of(each.path) == each.size if each.size >= 0 else _is_as_written(state, each) for each in files
    ]
    known = [each.size >= 0 and each.format != "" for each in files]  # or it is still being written
    missing = sum(is_known and not is_here for is_known, is_here in zip(known, here, strict=True))
    return sum(here), state.visit().device == device, -missing


def _is_as_written(state: State, output: Output) -> bool:
    holder = state.holder(output.path)
    return holder is not None and holder.is_as_written()


def _mount_point(folder: str) -> str:
    path = Path(os.path.realpath(folder))
    return str(next(each for each in (path, *path.parents) if os.path.ismount(each)))
