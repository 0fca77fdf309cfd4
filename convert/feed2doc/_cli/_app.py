"""The command group; `convert` is what `feed2doc ITEM` means."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import click
from click_default_group import DefaultGroup

from feed2doc._cli._config import COMMANDS as CONFIGURED
from feed2doc._cli._config import load
from feed2doc._text.xml import xml_safe
from feed2doc.errors import Feed2docError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = (
    "check",
    "completion",
    "config",
    "convert",
    "doctor",
    "explain",
    "formats",
    "sync",
    "templates",
)


class InterruptError(Feed2docError):
    """The user pressed Ctrl-C (128 + SIGINT, as shells count)."""

    exit_code = 130


class _Commands(DefaultGroup):
    """Finds each command in the module of its name, imported only when it runs."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:  # a first word is to be completed: it may be a command's name
            return click.Group.parse_args(self, ctx, args)
        rest: list[str] = super().parse_args(ctx, args)
        return rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and files, of which the first word may be one."""
        found: list[CompletionItem] = super().shell_complete(ctx, incomplete)
        return [*files(ctx, self.params[0], incomplete), *found]  # bash forgets what came before files

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:  # then it is an input, and the default command is meant
            ctx.arg0 = cmd_name  # type: ignore[attr-defined]  # DefaultGroup puts it back as the first argument
            cmd_name = "convert"
        if cmd_name in CONFIGURED and not ctx.resilient_parsing:
            ctx.obj = load()
            ctx.default_map = ctx.obj.default_map()
        command: click.Command = importlib.import_module(f"feed2doc._cli.{cmd_name}").command
        return command


def files(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Have the shell complete a file's name."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def folders(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Have the shell complete a folder's name."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def print_error(message: str) -> None:
    """Print a message to standard error, in one line."""
    print(f"feed2doc: {as_line(message)}", file=sys.stderr)


def as_line(message: str) -> str:
    """The message in one line, with nothing in it that a terminal obeys; names of files that are no UTF-8 do not stop it."""
    return xml_safe(" ".join(message.split()).encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from feed2doc import __version__

        print(f"feed2doc {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    default="convert",
    default_if_no_args=True,
    short_help="archived feed items to books and text",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)
def app() -> None:
    """Convert archived full-text feed items to EPUB, PDF, Markdown, text, HTML and JSON.

    The common case is `feed2doc item.txt --to epub`; its options: `feed2doc convert --help`.
    """
