"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from feed2doc.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

_READING = (
    click.option(
        "--from", "read_format", default="", metavar="FORMAT", help="Input format; else the content tells."
    ),
    click.option("--base-url", default="", metavar="URL", help="What relative addresses are relative to."),
    click.option(
        "--timezone", default="", metavar="ZONE", help="Zone of times that state none, as Asia/Shanghai."
    ),
    click.option(
        "--site-rules", multiple=True, metavar="DIR", help="Folder with site rules of yours; may be repeated."
    ),
)


def reading_options(command: F) -> F:
    """Give a command the options of how to read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def site_dirs(named: Sequence[str]) -> tuple[Path, ...]:
    """The folders of site rules: those named, then `sites` in the user's own configuration, if it is there."""
    from platformdirs import user_config_path

    folders = [Path(name) for name in named]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"--site-rules {folder}: is no folder")
    own = user_config_path("feed2doc", appauthor=False) / "sites"
    return (*folders, *((own,) if own.is_dir() else ()))
