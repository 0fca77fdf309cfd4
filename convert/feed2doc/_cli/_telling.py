"""What a command says: the paths of files to standard output, messages to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from feed2doc._cli._app import print_error
from feed2doc.batch.outcomes import Output


def say(told: Iterable[Output | str]) -> None:
    """Name the files that were written, and print the messages."""
    for each in told:
        if isinstance(each, str):
            print_error(each)
        elif (
            not each.beside
        ):  # the name's own bytes: a script that reads them finds the file whatever the locale
            sys.stdout.buffer.write(os.fsencode(each.path) + b"\n")
            sys.stdout.buffer.flush()
