"""Man pages, generated from the help of the commands. `make golden` writes them to docs/man, and the wheel includes them."""

from __future__ import annotations

import click
from click_man.core import generate_man_page
from feed2doc import __version__
from feed2doc._cli._app import app

DATE = "feed2doc"  # instead of a date, so that the pages do not depend on when they are generated


def pages() -> dict[str, str]:
    """Return all man pages by file name: of the main command, its commands, and their subcommands."""
    found: dict[str, str] = {}
    above = click.Context(app, info_name="feed2doc", **app.context_settings)
    _add(app, above, found)
    return found


def _add(command: click.Command, ctx: click.Context, found: dict[str, str]) -> None:
    text = generate_man_page(ctx, version=__version__, date=DATE)
    if isinstance(command, click.Group):
        text = text.rstrip("\n") + "\n.SH COMMANDS\n"
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None
            text += f".TP\n\\fB{name}\\fP\n{inner.get_short_help_str(limit=90)}\n"
            _add(inner, click.Context(inner, info_name=name, parent=ctx), found)
    found[f"{ctx.command_path.replace(' ', '-')}.1"] = text.rstrip("\n") + "\n"
