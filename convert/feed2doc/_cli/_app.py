"""The command group. `feed2doc ITEM` is short for `feed2doc convert ITEM`."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

import click
from click_default_group import DefaultGroup

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
    "explain",
    "formats",
    "help",
    "learn",
    "sync",
    "templates",
)


class InterruptError(Feed2docError):
    """The user pressed Ctrl-C. Shells use 128 + SIGINT as the exit code."""

    exit_code = 130


class _Commands(DefaultGroup):
    """Commands that are each imported, from the module of the same name, only when they run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:  # the first word is being completed: it may be a command
            return click.Group.parse_args(self, ctx, args)
        rest: list[str] = super().parse_args(ctx, args)
        return rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the first word, which may be a command or a file."""
        found: list[CompletionItem] = super().shell_complete(ctx, incomplete)
        return [
            *files(ctx, self.params[0], incomplete),
            *found,
        ]  # bash ignores what precedes an item of type file

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_commands(self, ctx, formatter)  # without an asterisk at the default command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:  # it is an input for the default command
            if not ctx.resilient_parsing:
                _check_input(cmd_name, ctx)
            ctx.arg0 = cmd_name  # type: ignore[attr-defined]  # DefaultGroup puts it back as the first argument
            cmd_name = "convert"
        command: click.Command = importlib.import_module(f"feed2doc._cli.{cmd_name}").command
        return command


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
    default="convert",
    default_if_no_args=True,
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
