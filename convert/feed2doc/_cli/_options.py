"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from feed2doc._cli._pictures import MODES
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

_PICTURES = (
    click.option(
        "--images",
        type=click.Choice(MODES),
        help="Pictures inside the output, by their addresses, none, or the first alone [default: as the format has them].",
    ),
    click.option(
        "--image-dir", multiple=True, metavar="DIR", help="Folder with archived pictures; may be repeated."
    ),
    click.option(
        "--offline", is_flag=True, help="Fetch nothing; pictures that are not at hand become links."
    ),
    click.option(
        "--allow-host", multiple=True, metavar="HOST", help="Fetch from this host though it is no public one."
    ),
    click.option(
        "--profile", default="", metavar="NAME", help="Device: kobo, kindle, koreader, apple, tablet, print."
    ),
)


def picture_options(command: F) -> F:
    """Give a command the options about pictures."""
    for option in reversed(_PICTURES):
        command = option(command)
    return command


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
