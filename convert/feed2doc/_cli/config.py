"""`feed2doc config`: show the configuration, where it comes from and what is not obeyed, and allow a file."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path

import click
from click.core import ParameterSource

from feed2doc._cli._app import files, print_error
from feed2doc._cli._config import NAME, PREFIX, allow, load, nearest
from feed2doc._cli._config_file import COMMANDS, Config, key_of
from feed2doc._text.plain import printable
from feed2doc._text.secrets import masked
from feed2doc.errors import UsageError

PROFILE = f"{PREFIX}PROFILE"


@click.group("config", invoke_without_command=True, short_help="Show the configuration, or allow a file.")
@click.pass_context
def command(ctx: click.Context) -> int | None:
    """Show the configuration from feed2doc.toml, its profiles, and FEED2DOC_* variables, and what is not obeyed.

    A feed2doc.toml in the current folder or above may set how things look, until you allow it to do more.
    """
    return None if ctx.invoked_subcommand else ctx.invoke(show)


@command.command("allow", short_help="Obey a feed2doc.toml in everything.")
@click.argument("file", default="", metavar="[FILE]", shell_complete=files)
def permit(file: str) -> int:
    """Obey FILE, or the feed2doc.toml found from here, in everything, until its content changes.

    It may then run programs, use other folders and the network, and so may the files that it names: read them first.
    """
    path = Path.cwd() / file if file else nearest()
    if path is None:
        raise UsageError(f"no {NAME} in this folder or above: name one")
    allow(path)
    print_error(f"{path}: allowed until it changes")
    return 0


@command.command("show", short_help="Show each option that is set, and where.")
@click.option("--profile", default="", metavar="NAME", help="Include the options of this profile.")
def show(profile: str = "") -> int:
    """Show each option that is set, and where: in which file, profile or environment variable."""
    config = load(os.environ.get(f"{PREFIX}CONFIG", ""))
    shown: dict[str, list[str]] = {}
    variables = set()
    for name in COMMANDS:
        command: click.Command = importlib.import_module(f"feed2doc._cli.{name}").command
        above = click.Context(click.Group("feed2doc"), obj=config, default_map=config.default_map())
        ctx = command.make_context(name, ["--profile", profile] if profile else [], parent=above)
        chosen = profile or os.environ.get(PROFILE) or str(config.default_map()[name].get("device", ""))
        for parameter in command.params:
            variables.add(parameter.envvar)
            if not parameter.expose_value:  # --config and --verbose
                continue
            if where := _where(parameter, ctx, config, chosen):
                value = chosen if parameter.name == "device" else ctx.params[str(parameter.name)]
                line = f"{key_of(parameter)} = {json.dumps(value, ensure_ascii=False)}  # {where}"
                shown.setdefault(line, []).append(name)
    for line, commands in shown.items():
        print(printable(masked(line if len(commands) == len(COMMANDS) else f"{line}, for {commands[0]}")))
    if not shown:
        print("# nothing is set: see docs/configuration.md")
    for line in dict.fromkeys(
        f"# {each.file}: {each.key + ': ' if each.key else ''}not obeyed: {each.reason}"
        for each in config.refused
    ):
        print(printable(masked(line)))
    for warning in config.warnings():
        print_error(warning)
    for unknown in sorted(name for name in os.environ if name.startswith(PREFIX) and name not in variables):
        print_error(f"{unknown}: unknown option: see docs/configuration.md")
    return 0


def _where(parameter: click.Parameter, ctx: click.Context, config: Config, chosen: str) -> str:
    """Return where a parameter is set, or "" if it is not."""
    key, name = str(parameter.name), str(ctx.info_name)
    match ctx.get_parameter_source(key):
        case ParameterSource.COMMANDLINE:
            return "--profile"
        case ParameterSource.ENVIRONMENT:
            return str(parameter.envvar)
        case ParameterSource.DEFAULT_MAP if found := config.profiles.get(chosen, {}).get(name, {}).get(key):
            return f"{found.file} [profile.{chosen}]"
        case ParameterSource.DEFAULT_MAP:
            return str(config.options[name][key].file)
        case _:
            return ""
