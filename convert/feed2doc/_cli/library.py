"""`feed2doc library`: write the library of a shelf to one file, and restore it."""

from __future__ import annotations

from pathlib import Path

import click

from feed2doc._cli._app import files, folders
from feed2doc.errors import UsageError


@click.group("library", short_help="Back up and restore the library of a shelf.")
def command() -> None:
    """Back up and restore the library of `feed2doc serve`."""


@command.command("export", short_help="Write a library to one file.")
@click.argument("file", shell_complete=files)
@click.option(
    "--library", default="", metavar="DIR", shell_complete=folders, help="Export this library; required."
)
def export_command(file: str, library: str) -> int:
    """Write a library to one FILE: articles, feeds and pictures. A server may be running."""
    from feed2doc.shelf.library.backup import export_library

    export_library(_folder(library), Path(file))
    print(file)
    return 0


@command.command("import", short_help="Restore a library from a file.")
@click.argument("file", shell_complete=files)
@click.option(
    "--library", default="", metavar="DIR", shell_complete=folders, help="Restore into this folder; required."
)
def import_command(file: str, library: str) -> int:
    """Restore a library from a FILE into a folder that has none."""
    from feed2doc.shelf.library.backup import import_library

    import_library(Path(file), _folder(library))
    print(library)
    return 0


def _folder(library: str) -> Path:
    if not library:
        raise UsageError("no library: add --library DIR")
    return Path(library)
