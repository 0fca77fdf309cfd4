"""The configuration: `feed2doc.toml` in the current folder or above and in the user's folder, profiles, and FEED2DOC_*."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from feed2doc._cli import _trust
from feed2doc._cli._config_file import Config, ConfigError, Refused, add, content_of, key_of, table_of
from feed2doc._files.user_dirs import user_folder
from feed2doc.errors import OptionError, WriteError

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile

NAME = "feed2doc.toml"
PREFIX = "FEED2DOC_"
_BY_PROFILE = f"{__name__}.by_profile"  # in a context, the options that its profile sets


def configurable(command: click.Command) -> click.Command:
    """Let the environment set the command's options, such as FEED2DOC_OUTPUT_DIR for `--output-dir`. Return the command.

    Sources can be set too, but inputs cannot: they are named in each call.
    """
    for parameter in command.params:
        if parameter.name != "inputs":
            parameter.envvar = PREFIX + key_of(parameter).upper().replace("-", "_")
    return command


def configured_in(ctx: click.Context) -> frozenset[str]:
    """Return the names of the parameters that are set by a configuration file or the environment."""
    sources = (ParameterSource.DEFAULT_MAP, ParameterSource.ENVIRONMENT)
    return frozenset(name for name in ctx.params if ctx.get_parameter_source(name) in sources)


def load(named: str = "") -> Config:
    """Read the configuration, with a `named` file instead of one in the current folder or above.

    Raise ConfigError if one of the files is wrong.
    """
    config = Config()
    own = user_folder("config") / NAME
    if named:
        add(table_of(Path(named), content_of(Path(named))), Path(named), config)
    elif (near := nearest()) and near != own:
        _add_found(near, config)
    if own.is_file():
        add(table_of(own, content_of(own)), own, config)
    return config


def nearest() -> Path | None:
    """Return the file in the current folder or the nearest one above, or None."""
    here = Path.cwd()
    return next((path for folder in (here, *here.parents) if (path := folder / NAME).is_file()), None)


def allow(path: Path) -> None:
    """Let a file set everything, as long as it keeps its content. Raise ConfigError if it is not the user's, or wrong."""
    content = content_of(path)
    if _trust.is_foreign(path):
        raise ConfigError(f"{path}: belongs to another user: copy it, or use --config")
    add(table_of(path, content), path, Config())
    try:
        _trust.allow(path, content)
    except OSError as error:
        reason = error.strerror or error
        raise WriteError(f"{path}: cannot be allowed: {reason}: make the state folder writable") from error


def choose_profile(ctx: click.Context, parameter: click.Parameter, name: str) -> Profile | None:
    """Return the device of the profile that `--profile` names, and use the profile's options as defaults of the command.

    Raise OptionError if neither the configuration nor feed2doc has this profile.
    """
    if not name or ctx.resilient_parsing:
        return None
    from feed2doc.pictures.profiles import profile, shipped

    config = ctx.find_object(Config) or Config()
    if name not in config.profiles:
        try:
            return profile(name)
        except OptionError:
            known = ", ".join(sorted({*shipped(), *config.profiles}))
            raise OptionError(f"unknown profile {name!r}: choose from {known}") from None
    own = {key: each.value for key, each in config.profiles[name].get(str(ctx.command.name), {}).items()}
    ctx.meta[_BY_PROFILE] = own
    ctx.default_map = {**(ctx.default_map or {}), **own}
    return config.devices.get(name)


def use_table(name: str) -> Callable[[click.Context, click.Parameter, bool], bool]:
    """Return the callback of a flag that lets the table of another command set options of this one, but not those of a profile."""

    def use(ctx: click.Context, parameter: click.Parameter, asked: bool) -> bool:
        if asked:
            tables = (ctx.find_object(Config) or Config()).default_map()
            by_profile = ctx.meta.get(_BY_PROFILE, {})
            ctx.default_map = {**(ctx.default_map or {}), **tables[name], **by_profile}
        return asked

    return use


def profile_names() -> list[str]:
    """Return the names of all profiles, built-in and configured."""
    from feed2doc.pictures.profiles import shipped

    return sorted({*shipped(), *load().profiles})


def _add_found(path: Path, config: Config) -> None:
    """Add the settings of a file that was found, as far as it is trusted."""
    if _trust.is_foreign(path):
        config.refused.append(Refused(path, "foreign"))
        return
    content = content_of(path)
    add(table_of(path, content), path, config, _trust.standing(path, content))
