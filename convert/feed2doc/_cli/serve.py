"""`feed2doc serve`: keep articles on a shelf, and serve them as pages and books."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from feed2doc._cli._app import files, folders, print_error
from feed2doc._cli._options import allow_host
from feed2doc._files.named_files import read_text
from feed2doc.errors import MissingDependencyError, ReadError, UsageError, pip_install

_PACKAGES = ("starlette", "uvicorn", "python_multipart")


@click.command("serve", short_help="Serve articles as pages and books.")
@click.argument("sources", nargs=-1, metavar="[FILE]...", shell_complete=files)
@click.option(
    "--library",
    default="",
    metavar="DIR",
    shell_complete=folders,
    help="Keep everything in this folder; required.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Listen on this port, or on any free one with 0.",
)
@click.option(
    "--password-file",
    default="",
    metavar="FILE",
    shell_complete=files,
    help="Ask for the password in the first line of this file. Addresses that others can reach need one.",
)
@click.option(
    "--public-url", default="", metavar="URL", help="Name the address that readers use, behind a proxy."
)
@click.option(
    "--every",
    type=click.IntRange(1, 1440),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="Fetch each feed this often.",
)
@allow_host
@click.option(
    "--import",
    "importing",
    is_flag=True,
    help="Put FILEs and folders into the library, print how many, and end.",
)
def command(
    sources: tuple[str, ...],
    library: str,
    host: str,
    port: int,
    password_file: str,
    public_url: str,
    every: int,
    allow_host: tuple[str, ...],
    importing: bool,
) -> int:
    """Serve a library of articles: as pages for browsers, and as books in an OPDS catalog for e-readers.

    Prints the address when it is ready. Open it, add feeds and files, and enter ADDRESS/opds as a catalog on the e-reader.
    With --import, puts items, feed files, OPML and HTML pages into the library instead; a server may be running.
    """
    if not library:
        raise UsageError("no library: add --library DIR, such as --library shelf")
    if importing:
        return _import(Path(library), sources)
    if sources:
        raise UsageError(f"{sources[0]}: add --import to put files into the library")
    if missing := [name for name in _PACKAGES if find_spec(name) is None]:
        raise MissingDependencyError(f"serve needs {', '.join(missing)}: {pip_install('feed2doc[serve]')}")
    from feed2doc.shelf.serving.server import serve

    serve(
        Path(library),
        host,
        port,
        password=_password(password_file) if password_file else None,
        public_url=public_url,
        seconds=60.0 * every,
        allow_hosts=allow_host,
        ready=_print_line,
        log=print_error,
    )
    return 0


def _print_line(text: str) -> None:
    print(text)
    sys.stdout.flush()


def _import(folder: Path, sources: tuple[str, ...]) -> int:
    from feed2doc.shelf.library.database import open_library, usable
    from feed2doc.shelf.processes.importing import import_all

    if not sources:
        raise UsageError("nothing to import: name files or folders after --import")
    library = open_library(folder)
    try:
        with usable(folder):
            done = import_all(library, sources, print_error)
    finally:
        library.close()
    articles = "1 article" if done.articles == 1 else f"{done.articles} articles"
    print(f"{articles}, {done.feeds} feed{'s' if done.feeds > 1 else ''}" if done.feeds else articles)
    if not done.failures:
        return 0
    return 1 if done.inputs > 1 else ReadError.exit_code


def _password(file: str) -> str:
    """Return the first line of the password file. Raise ReadError if there is none."""
    try:
        found = read_text(Path(file)).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            f"{file}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}"
        ) from error
    if not found or not found[0].strip():
        raise ReadError(f"{file}: the first line is empty: write the password there")
    return found[0].rstrip()
