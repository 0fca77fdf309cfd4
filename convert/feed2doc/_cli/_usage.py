"""The messages for wrong usage, which name the option, the problem and the next step."""

from __future__ import annotations

import click


def described(error: click.UsageError) -> str:
    """Return the message for an error that click found, in the words of our own errors."""
    command = error.ctx.command_path if error.ctx else "feed2doc"
    hint = f"see `{command} --help`"
    match error:
        case click.NoSuchOption(possibilities=[nearest, *_]):
            return f"{error.option_name}: unknown option: did you mean {nearest}?"
        case click.NoSuchOption():
            return f"{error.option_name}: unknown option: {hint}"
        case click.NoSuchCommand(possibilities=[nearest, *_]):
            return f"{error.command_name}: unknown command: did you mean {nearest}?"
        case click.BadOptionUsage():
            return f"{error.option_name}: {_misuse(error)}: {hint}"
        case click.MissingParameter():
            return f"{_name(error)} is missing: {hint}"
        case click.BadParameter(param=click.Parameter()):
            return f"{_name(error)}: {error.message.rstrip('.')}"
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}: {hint}"


def _misuse(error: click.BadOptionUsage) -> str:
    """Return that the value is missing, by the name that the help gives it, or that there must not be one."""
    for option in error.ctx.command.params if error.ctx else ():
        if error.ctx and error.option_name in option.opts:
            takes_value = not getattr(option, "is_flag", False)
            return f"needs a value, {option.make_metavar(error.ctx)}" if takes_value else "takes no value"
    return error.message.rstrip(".")


def _name(error: click.BadParameter) -> str:
    """Return the name of the option as it is written, or of the argument as the help shows it."""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return str(error.param.human_readable_name) if error.param else "an argument"
