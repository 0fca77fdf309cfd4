"""The command group. `feed2doc ITEM` is short for `feed2doc convert ITEM`."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from feed2doc._text.plain import printable
from feed2doc._text.secrets import masked
from feed2doc.errors import Feed2docError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = (
    "check",
    "completion",
    "config",
    "convert",
    "doctor",
    "edition",
    "explain",
    "formats",
    "help",
    "learn",
    "library",
    "pair",
    "serve",
    "stories",
    "sync",
    "templates",
)

_DEFAULT = "convert"


class InterruptError(Feed2docError):
    """The user pressed Ctrl-C. Shells use 128 + SIGINT as the exit code."""

    exit_code = 130


class _Commands(click.Group):
    """Commands that are each imported, from the module of the same name, only when they run. `convert` is the default."""

    ignore_unknown_options = True  # they are options of the default command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Without a word, the default command says what is missing, unless the first word is being completed.
        return super().parse_args(ctx, args if args or ctx.resilient_parsing else [_DEFAULT])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. An interrupt is reported in one line; click would print an empty one before it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise InterruptError("interrupted") from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the first word, which may be a command or a file."""
        found = super().shell_complete(ctx, incomplete)
        # bash ignores what precedes an item of type file
        return [*files(ctx, self.params[0], incomplete), *found]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"feed2doc._cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        if not ctx.resilient_parsing:
            _check_input(args[0], ctx)
        return _DEFAULT, self.get_command(ctx, _DEFAULT), args


def _check_input(name: str, ctx: click.Context) -> None:
    """Raise UsageError if the first word is not an input, but nearly a command."""
    if not name.isalpha() or os.path.lexists(name):
        return
    from difflib import get_close_matches

    if close := get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.7):
        raise UsageError(f"{name}: no such file or command: did you mean {close[0]}?")


def commands(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a command."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]


def files(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete a file name."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def folders(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete a folder name."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def print_error(message: str) -> None:
    """Print a message to stderr, on one line."""
    print(f"feed2doc: {as_line(message)}", file=sys.stderr)


def as_line(message: str) -> str:
    """Return the message on one line, without control characters and secrets. File names need not be UTF-8."""
    return printable(
        " ".join(masked(message).split()).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    )


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from feed2doc._cli._versions import versions

        print("\n".join(versions()))
        ctx.exit()


@click.group(
    cls=_Commands,
    short_help="archived feed items to books and text",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of feed2doc, Python and the engines.",
)
def app() -> None:
    """Convert archived full-text articles, RSS, Atom and JSON feeds, and HTML pages to EPUB, PDF, Markdown, text and more.

    The usual call is `feed2doc item.txt --to epub`, which is short for `feed2doc convert item.txt --to epub`. See
    `feed2doc help convert` for its options.
    """
