"""The place of a sync: which folder is at its path, for example a device or the empty folder where it is mounted.

Places are numbered as they are found, and each file has the number of the place where it was written. A place is known by
the files in it. In a folder without any of them, a new place begins.
"""

from __future__ import annotations

import os
from itertools import takewhile
from pathlib import Path

from msgspec.structs import replace

from feed2doc.batch.state.store import State
from feed2doc.errors import WriteError


def settle(folder: str, state: State, *, dry: bool, force: bool) -> None:
    """Find out which place a folder is. Files that were written in a later place, so not here, will be written again.

    Raise WriteError if the folder is the mount point of a device that is not plugged in, unless `force` is true.
    """
    visit = state.visit()
    device, mount = os.stat(folder).st_dev, _mount_point(folder)
    files = state.places()
    place = next((place for path, place in files if os.path.lexists(path)), None)
    undelivered_after = place
    if place is None:
        place = visit.place + 1 if files else visit.place
        if files and visit.mount and not force and not os.path.ismount(visit.mount):
            raise WriteError(f"{folder}: {visit.mount} is not mounted: plug the device in, or add --force")
        if files and visit.mount and visit.device != device:  # another device, which has nothing yet
            undelivered_after = -1
    if not dry:
        if undelivered_after is not None:
            state.forget_files_after(undelivered_after)
        state.keep_visit(replace(visit, place=place, device=device, mount=mount))
    state.place = place


def _mount_point(folder: str) -> str:
    path = Path(os.path.realpath(folder))
    below = list(takewhile(lambda each: not os.path.ismount(each), [path, *path.parents]))
    return str(below[-1].parent if below else path)
