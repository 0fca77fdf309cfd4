"""`feed2doc templates`: list and export the built-in templates."""

from __future__ import annotations

from pathlib import Path

import click

from feed2doc._cli._app import folders
from feed2doc._files.atomic import save
from feed2doc._templating import replaceable_templates, shipped_templates
from feed2doc.errors import UsageError


@click.group("templates", short_help="List or export the templates.")
def command() -> None:
    """List or export the built-in templates and styles, to be changed and used with --template-dir."""


@command.command("list", short_help="List the templates and styles.")
def show() -> None:
    """List the templates and styles. Your template replaces the built-in one with the same name."""
    for name in replaceable_templates():
        print(name)


@command.command("export", short_help="Write the templates to a folder.")
@click.argument("folder", metavar="DIR", shell_complete=folders)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
def export(folder: str, names: tuple[str, ...], force: bool) -> None:
    """Write all templates, or only those named (epub, epub/style.css), to DIR and print their paths.

    Keep the ones that you change, and pass DIR to --template-dir. A template that begins with
    {% extends "!shipped/epub/page.xhtml" %} needs only the blocks that you change.
    """
    there = replaceable_templates()
    chosen = [name for name in there if not names or name in names or name.partition("/")[0] in names]
    for name in names:
        if not any(each == name or each.startswith(f"{name}/") for each in there):
            raise UsageError(f"{name}: no such template: see `feed2doc templates list`")
    paths = {name: Path(folder, name) for name in chosen}
    if in_the_way := next((path for path in paths.values() if path.exists()), None) if not force else None:
        raise UsageError(f"{in_the_way}: already exists: choose another folder, or add --force")
    for name, path in paths.items():
        save(path, (shipped_templates() / name).read_bytes())
        print(path)
