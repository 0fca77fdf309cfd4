"""What the command says: the paths of files to standard output, messages to standard error."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from feed2doc._cli._app import print_error


@dataclass(frozen=True, slots=True)
class Told:
    """A path that was written, or a message."""

    path: Path | None = None
    message: str = ""


@dataclass(slots=True)
class Telling:
    """Says things at once, or keeps them to be said later, in their turn."""

    keeps: bool = False
    kept: list[Told] = field(default_factory=list)

    def path(self, path: Path) -> None:
        """Name a file that was written."""
        self.say(Told(path=path))

    def message(self, message: str) -> None:
        """Say what is wrong or was noticed."""
        self.say(Told(message=message))

    def say(self, told: Told) -> None:
        """Say or keep it."""
        if self.keeps:
            self.kept.append(told)
        elif told.path is None:
            print_error(told.message)
        else:  # the name's own bytes: a script that reads them finds the file whatever the locale
            sys.stdout.buffer.write(os.fsencode(told.path) + b"\n")
            sys.stdout.buffer.flush()

    def taken(self) -> tuple[Told, ...]:
        """What was kept, which is then no longer."""
        told = tuple(self.kept)
        self.kept.clear()
        return told
