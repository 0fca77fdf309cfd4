"""`feed2doc help`: show the help of feed2doc or of a command, as `--help` does."""

from __future__ import annotations

import click

from feed2doc._cli._app import commands
from feed2doc.errors import UsageError


@click.command("help", short_help="Show the help of a command.")
@click.argument("command", nargs=-1, metavar="[COMMAND]...", shell_complete=commands)
@click.pass_context
def command(ctx: click.Context, command: tuple[str, ...]) -> None:
    """Show the help of COMMAND, or of feed2doc itself."""
    above = ctx.find_root()
    for name in command:
        group = above.command
        if not isinstance(group, click.Group) or name not in (names := group.list_commands(above)):
            if not isinstance(group, click.Group):
                raise UsageError(f"{above.command_path}: has no subcommands")
            from difflib import get_close_matches

            close = get_close_matches(name, names, n=1, cutoff=0.5)
            hint = f"did you mean {close[0]}?" if close else f"choose from {', '.join(names)}"
            raise UsageError(f"{name}: no such command: {hint}")
        found = group.get_command(above, name)
        assert found is not None
        above = click.Context(found, info_name=name, parent=above)
    click.echo(above.get_help())
