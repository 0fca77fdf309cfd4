"""Commands that read and write files, whose names are checked before anything is read or written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import Any

import click

from feed2doc._text.secrets import masked
from feed2doc.batch.item import STDIN, named_by
from feed2doc.batch.storage import is_url, normalised, on_network
from feed2doc.errors import UsageError


class FileCommand(click.Command):
    """A command that reads the files that are its arguments."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raise UsageError if it would fetch something offline, or overwrite one of its own files."""
        names = [str(each.name) for each in self.params if isinstance(each, click.Argument)]
        given = [
            [value] if isinstance(value, str) else value for value in map(ctx.params.get, names) if value
        ]
        inputs = [name for values in given for name in values]
        output, report, folder = (ctx.params.get(name) or "" for name in ("output", "report", "output_dir"))
        if ctx.params.get("offline") and (url := on_network([*inputs, output, folder])):
            raise UsageError(f"{masked(url)}: is on the network: download it, or leave out --offline")
        for option, file in (("-o", output), ("--report", report)):
            if _is_one_of(file, inputs):
                raise UsageError(f"{option} {file}: is an input, too: name another file")
        if output and _is_one_of(report, [output]):
            raise UsageError(f"--report {report}: is the output, too: name another file")
        return super().invoke(ctx)


def _is_one_of(name: str, others: Iterable[str]) -> bool:
    """Return True if this is the file, not a device or pipe, that one of these paths and globs names."""
    path = normalised(name)
    if not path or path == STDIN or is_url(path):
        return False
    others = (each for other in map(normalised, others) if not is_url(other) for each in named_by(other))
    found = _stat(path)
    if found is None:
        return os.path.abspath(path) in map(os.path.abspath, others)
    if not stat.S_ISREG(found.st_mode):
        return False
    return any(os.path.samestat(found, each) for each in map(_stat, others) if each)


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None
