"""`feed2doc config`: show the configuration and where it comes from."""

from __future__ import annotations

import importlib
import json
import os

import click
from click.core import ParameterSource

from feed2doc._cli._app import print_error
from feed2doc._cli._config import COMMANDS, PREFIX, Config, key_of, load

PROFILE = f"{PREFIX}PROFILE"


@click.group("config", short_help="Show the configuration.")
def command() -> None:
    """Show the configuration from feed2doc.toml, its profiles, and FEED2DOC_* variables."""


@command.command("show", short_help="Show each option that is set, and where.")
@click.option("--profile", default="", metavar="NAME", help="Include the options of this profile.")
def show(profile: str) -> int:
    """Show each option that is set, and where: in which file, profile or environment variable."""
    config = load()
    shown: dict[str, list[str]] = {}
    variables = set()
    for name in COMMANDS:
        command: click.Command = importlib.import_module(f"feed2doc._cli.{name}").command
        above = click.Context(click.Group("feed2doc"), obj=config, default_map=config.default_map())
        ctx = command.make_context(name, ["--profile", profile] if profile else [], parent=above)
        chosen = profile or os.environ.get(PROFILE) or str(config.default_map()[name].get("device", ""))
        for parameter in command.params:
            variables.add(parameter.envvar)
            if where := _where(parameter, ctx, config, chosen):
                value = chosen if parameter.name == "device" else ctx.params[str(parameter.name)]
                line = f"{key_of(parameter)} = {json.dumps(value, ensure_ascii=False)}  # {where}"
                shown.setdefault(line, []).append(name)
    for line, commands in shown.items():
        print(line if len(commands) == len(COMMANDS) else f"{line}, for {commands[0]}")
    if not shown:
        print("# nothing is set: see docs/configuration.md")
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
