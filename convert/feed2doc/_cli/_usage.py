"""The messages for wrong usage, which name the option, the problem and the next step."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from itertools import takewhile

import click
from click.core import ParameterSource

from feed2doc._cli._app import COMMANDS
from feed2doc.errors import UsageError

# How alike a mistyped option and the one that is meant are, of 1: less would take `--author` for `--to`.
_ALIKE = 0.7
# Options by their names in other programs.
_ELSEWHERE = {"--format": "--to", "--output-format": "--to", "--out": "--output", "--input-format": "--from"}


def described(error: click.UsageError) -> str:
    """Return the message for an error that click found, in the words of our own errors."""
    command = error.ctx.command_path if error.ctx else "feed2doc"
    hint = f"see `{command} --help`"
    match error:
        case click.NoSuchOption():
            return f"{error.option_name}: unknown option: {_hint(error) or hint}"
        case click.NoSuchCommand(possibilities=[nearest, *_]):
            return f"{error.command_name}: unknown command: did you mean {nearest}?"
        case click.BadOptionUsage():
            return f"{error.option_name}: {_misuse(error)}: {hint}"
        case click.MissingParameter():
            return f"{_name(error)} is missing: {hint}"
        case click.BadParameter(param=click.Parameter()):
            return f"{_name(error)}: {error.message.rstrip('.')}"
        case click.exceptions.NoArgsIsHelpError(ctx=click.Context(command=click.Group() as group) as ctx):
            names = group.list_commands(ctx)
            return f"{ctx.info_name}: name one of its commands, such as `{command} {names[-1]}`"
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}: {hint}"


def check_dashes(command: click.Command, arguments: Sequence[str]) -> None:
    """Raise UsageError for a long option with one dash: click would read `-to` as `-t o`."""
    long = [name for name in _options(command) if len(name) > 3]
    for argument in takewhile("--".__ne__, arguments):
        if f"-{argument.partition('=')[0]}" in long:
            raise UsageError(f"{argument}: unknown option: did you mean -{argument}?")


def _hint(error: click.NoSuchOption) -> str:
    """Return the option of this command that is meant, or the command that has such an option, or ""."""
    from difflib import get_close_matches

    name, ctx = error.option_name, error.ctx
    if ctx is None or not name.startswith("--"):
        return ""
    long = [option[2:] for option in _options(ctx.command) if option.startswith("--")]
    close = get_close_matches(name[2:], long, n=1, cutoff=_ALIKE)
    if (
        nearest := [_ELSEWHERE[name]]
        if _ELSEWHERE.get(name, "")[2:] in long
        else [f"--{each}" for each in close]
    ):
        return f"did you mean {nearest[0]}?"
    for other in COMMANDS:
        if name in _options(importlib.import_module(f"feed2doc._cli.{other}").command):
            return f"it is an option of `feed2doc {other}`"
    return ""


def _options(command: click.Command) -> list[str]:
    return [name for option in command.params for name in option.opts]


def _misuse(error: click.BadOptionUsage) -> str:
    """Return that the value is missing, by the name that the help gives it, or that there must not be one."""
    for option in error.ctx.command.params if error.ctx else ():
        if error.ctx and error.option_name in option.opts:
            takes_value = not getattr(option, "is_flag", False)
            return f"needs a value, {option.make_metavar(error.ctx)}" if takes_value else "takes no value"
    return error.message.rstrip(".")


def _name(error: click.BadParameter) -> str:
    """Return the name of the option or of the variable that set it, or of the argument as the help shows it."""
    if isinstance(error.param, click.Option):
        source = error.ctx and error.ctx.get_parameter_source(str(error.param.name))
        is_variable = source is ParameterSource.ENVIRONMENT
        return str(error.param.envvar) if is_variable else max(error.param.opts, key=len)
    return str(error.param.human_readable_name) if error.param else "an argument"
