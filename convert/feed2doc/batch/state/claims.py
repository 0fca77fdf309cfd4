"""The outputs of runs that need no state, such as that of a single item: they are noted for the next run that has one.

Opening the state takes longer than converting an item, and appending a line takes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from feed2doc._files.atomic import host
from feed2doc._files.processes import is_running
from feed2doc._files.user_dirs import private_file, private_folder, user_folder
from feed2doc.batch.item import ENDINGS
from feed2doc.batch.result import Output
from feed2doc.batch.storage import is_url


def state_path(destination: str, command: str = "convert") -> Path:
    """Return the path of the state of a destination (a folder or URL) for a command."""
    key = destination if is_url(destination) else os.path.realpath(destination)
    name = hashlib.sha256(os.fsencode(f"{command} {key}")).hexdigest()[:24]
    return user_folder("state") / f"{name}.sqlite"


def note(outputs: Iterable[Output]) -> None:
    """Note files, unless a run does not read them in a folder. It is not an error if they cannot be noted."""
    for output in outputs:
        if output.written and not is_url(output.path) and output.path.lower().endswith(ENDINGS):
            path = os.path.abspath(output.path)
            notes = _notes(state_path(os.path.dirname(path)))
            with contextlib.suppress(OSError):
                private_folder(notes.parent)
                private_file(notes)
                with open(notes, "ab") as file:
                    file.write(b"%d %b\0" % (output.size, os.fsencode(path)))


def taken(state: Path) -> Iterator[tuple[str, int]]:
    """Yield the paths and sizes of the files that were noted for a state, and forget them when all are taken.

    What a killed process of this machine had taken is taken again.
    """
    notes = _notes(state)
    ours = notes.with_name(f"{notes.name}-{host()}-{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        notes.rename(ours)
    for each in (ours, *_left(notes)):
        with contextlib.suppress(FileNotFoundError):
            for line in each.read_bytes().split(b"\0")[:-1]:
                size, _, path = line.partition(b" ")
                yield os.fsdecode(path), int(size)
            each.unlink()


def _left(notes: Path) -> Iterator[Path]:
    """Yield the notes that killed processes of this machine had taken."""
    for each in notes.parent.glob(f"{notes.name}-{host()}-*"):
        process = each.name.rpartition("-")[2]
        if process.isdecimal() and not is_running(int(process)):
            yield each


def _notes(state: Path) -> Path:
    return state.with_suffix(".outputs")
