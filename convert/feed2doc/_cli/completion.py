"""`feed2doc completion`: completion scripts for shells."""

from __future__ import annotations

import click

from feed2doc._cli._app import app


@click.command("completion", short_help="Print a shell completion script.")
@click.argument("shell", type=click.Choice(["bash", "fish", "zsh"]))
def command(shell: str) -> None:
    """Print a script that completes commands, options, formats and files in a shell. Save it where the shell finds it:

    \b
    bash: ~/.local/share/bash-completion/completions/feed2doc
    zsh:  _feed2doc in a folder of your $fpath
    fish: ~/.config/fish/completions/feed2doc.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    print(kind(app, {}, "feed2doc", "_FEED2DOC_COMPLETE").source())
