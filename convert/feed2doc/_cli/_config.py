"""The configuration: `feed2doc.toml` in the current folder or above and in the user's folder, profiles, and FEED2DOC_*."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from msgspec import Struct, field

from feed2doc._decoding import convert
from feed2doc._files.user_dirs import user_folder
from feed2doc.errors import OptionError, UsageError

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile

NAME = "feed2doc.toml"
# The commands that can be configured; each may have its own table.
COMMANDS = ("convert", "sync")
PREFIX = "FEED2DOC_"
# Parameters whose values are paths, which are relative to the folder of the configuration file.
_PATHS = frozenset(
    [
        "sources",
        "output",
        "output_dir",
        "dest",
        "css",
        "template_dir",
        "site_rules",
        "image_dir",
        "reference_doc",
        "report",
    ]
)
# Parameters whose values are either paths or names. A value with an extension or a slash is a path.
_PATHS_OR_NAMES = frozenset(["cover", "font"])


class ConfigError(UsageError):
    """A configuration file is wrong; the message names the file and the key."""


class _Set(Struct, frozen=True):
    """A value and the file that sets it."""

    value: Any
    file: Path


class Config(Struct):
    """The settings of all files: options by command and name, and the options and devices of profiles."""

    options: dict[str, dict[str, _Set]] = field(default_factory=lambda: {name: {} for name in COMMANDS})
    profiles: dict[str, dict[str, dict[str, _Set]]] = {}
    devices: dict[str, Profile] = {}

    def default_map(self) -> dict[str, dict[str, Any]]:
        """Return the options as a click `default_map`."""
        return {
            name: {key: each.value for key, each in found.items()} for name, found in self.options.items()
        }


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


def key_of(parameter: click.Parameter) -> str:
    """Return the key of a parameter in a configuration file: the long option without its dashes."""
    return max(parameter.opts, key=len).lstrip("-")


def load() -> Config:
    """Read the configuration. Raise ConfigError if one of its files is wrong."""
    config = Config()
    for path in _files():
        _add(_table(path), path, config)
    return config


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
    own = config.profiles[name].get(str(ctx.command.name), {})
    ctx.default_map = {**(ctx.default_map or {}), **{key: each.value for key, each in own.items()}}
    return config.devices.get(name)


def profile_names() -> list[str]:
    """Return the names of all profiles, built-in and configured."""
    from feed2doc.pictures.profiles import shipped

    return sorted({*shipped(), *load().profiles})


def _files() -> Iterable[Path]:
    """Return the configuration files, the one with the highest precedence first."""
    here = Path.cwd()
    near = next((path for folder in (here, *here.parents) if (path := folder / NAME).is_file()), None)
    own = user_folder("config") / NAME
    return [path for path in (near, own if own != near and own.is_file() else None) if path]


def _table(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def _add(table: dict[str, Any], path: Path, config: Config) -> None:
    """Add the settings of a file, except those that an earlier file has set."""
    known = {name: _parameters(name) for name in COMMANDS}
    profiles = table.pop("profile", {})
    if not isinstance(profiles, dict) or not all(isinstance(each, dict) for each in profiles.values()):
        raise ConfigError(
            f"{path}: profile: expects one table per profile, [profile.NAME]; choose the profile to use under"
            f" {' or '.join(f'[{name}]' for name in COMMANDS)}"
        )
    for name in COMMANDS:
        own = table.pop(name, {})
        if not isinstance(own, dict):
            raise ConfigError(f"{path}: {name}: expects a table, [{name}]")
        _add_options(own, {name: known[name]}, path, {name: config.options[name]}, f"[{name}] ")
    _add_options(table, known, path, config.options, "")
    for name, profile in profiles.items():
        if name in config.profiles:
            continue
        device = profile.pop("device", None)
        if "profile" in profile:
            raise ConfigError(
                f'{path}: [profile.{name}] profile: profiles cannot be nested: set device, such as device = "kobo"'
            )
        config.profiles[name] = {command: {} for command in COMMANDS}
        _add_options(profile, known, path, config.profiles[name], f"[profile.{name}] ")
        if device is not None:
            config.devices[name] = _device(device, f"{path}: [profile.{name}] device")


def _add_options(
    table: Mapping[str, Any],
    known: Mapping[str, Mapping[str, click.Parameter]],
    path: Path,
    options: Mapping[str, dict[str, _Set]],
    where: str,
) -> None:
    for key, value in table.items():
        having = [name for name in known if key in known[name]]
        if not having:
            tables = set() if where else {*COMMANDS, "profile"}
            every = {*tables, *(each for own in known.values() for each in own)}
            other = [f"set it under [{name}]" for name in COMMANDS if key in _parameters(name)]
            raise ConfigError(f"{path}: {where}{key}: unknown key: {_hint(key, every, *other)}")
        wrong: dict[str, ConfigError] = {}
        for name in having:
            parameter = known[name][key]
            assert parameter.name
            try:
                checked = _checked(value, parameter, f"{path}: {where}{key}", path.parent)
            except ConfigError as error:
                wrong[name] = error
            else:
                options[name].setdefault(parameter.name, _Set(checked, path))
        right = [name for name in having if name not in wrong]
        if wrong and not right:
            raise wrong[having[0]]
        if wrong and not where:  # a profile sets the option only for the command that accepts the value
            raise ConfigError(
                f"{path}: {key}: has another meaning in {next(iter(wrong))}: set it under [{right[0]}]"
            )


def _hint(key: str, known: Iterable[str], *others: str) -> str:
    """Return the known key that is meant, or the first of other hints, or where keys are documented."""
    import difflib

    close = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.5)
    return (*(f"did you mean {each}?" for each in close), *others, "see docs/reference.md")[0]


def _parameters(command: str) -> dict[str, click.Parameter]:
    """Return the command's parameters, except its inputs, by their keys in a configuration file."""
    found: dict[str, click.Parameter] = {}
    for parameter in importlib.import_module(f"feed2doc._cli.{command}").command.params:
        if parameter.name != "inputs":
            found[key_of(parameter)] = parameter
    return found


def _checked(value: Any, parameter: click.Parameter, where: str, folder: Path) -> Any:
    """Return the value as click expects it. Raise ConfigError if the option does not accept it."""
    several = getattr(parameter, "multiple", False) or parameter.nargs == -1
    is_flag = getattr(parameter, "is_flag", False)
    if is_flag != isinstance(value, bool):
        raise ConfigError(
            f"{where}: {'expects true or false' if is_flag else 'expects a value, not true or false'}"
        )
    if is_flag:
        return value
    given = value if isinstance(value, list) else [value]
    if (isinstance(value, list) and not several) or not all(
        isinstance(each, str | int | float) for each in given
    ):
        raise ConfigError(f"{where}: expects {'a list of values' if several else 'one value'}")
    is_path = parameter.name in _PATHS
    if is_path or (parameter.name in _PATHS_OR_NAMES and re.search(r"[/\\]|\.[A-Za-z]\w{1,4}$", str(value))):
        given = [_from(folder, str(each)) for each in given]
    try:
        found = [
            parameter.type.convert(each if isinstance(each, int) else str(each), parameter, None)
            for each in given
        ]
    except click.BadParameter as error:
        raise ConfigError(f"{where}: {error.message}") from error
    return found if several else found[0]


def _from(folder: Path, name: str) -> str:
    """Return a path of a configuration file relative to its folder. Return a URL unchanged."""
    return name if "://" in name or name == "-" else os.path.join(folder, os.path.expanduser(name))


def _device(given: Any, where: str) -> Profile:
    import msgspec

    from feed2doc.pictures.profiles import Profile, profile

    try:
        return profile(given) if isinstance(given, str) else convert(given, Profile)
    except (OptionError, msgspec.ValidationError) as error:
        if unknown := re.search(r"unknown field `([^`]+)`", str(error)):
            keys = msgspec.structs.fields(Profile)
            hint = _hint(unknown[1], [each.encode_name for each in keys])
            raise ConfigError(f"{where}: {unknown[1]}: unknown key: {hint}") from error
        raise ConfigError(f"{where}: {error}") from error
