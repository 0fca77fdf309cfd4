"""The configuration: `feed2doc.toml` upward of the current folder and in the user's folder, its profiles, FEED2DOC_*."""

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

from feed2doc._files.user_dirs import user_folder
from feed2doc.errors import OptionError, UsageError

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile

NAME = "feed2doc.toml"
# The commands that a configuration is for; each may have a table of its own.
COMMANDS = ("convert", "sync")
PREFIX = "FEED2DOC_"
# What names a file or folder is relative to the configuration's own folder.
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
# What names a file or something else: a file's name has an ending or a slash.
_PATHS_OR_NAMES = frozenset(["cover", "font"])


class ConfigError(UsageError):
    """A configuration file is wrong; the message names the file and the key."""


class _Set(Struct, frozen=True):
    """A value, and the file that sets it."""

    value: Any
    file: Path


class Config(Struct):
    """What the files set: options by command and name, and the profiles' options and devices."""

    options: dict[str, dict[str, _Set]] = field(default_factory=lambda: {name: {} for name in COMMANDS})
    profiles: dict[str, dict[str, dict[str, _Set]]] = {}
    devices: dict[str, Profile] = {}

    def default_map(self) -> dict[str, dict[str, Any]]:
        """The options as click takes defaults."""
        return {
            name: {key: each.value for key, each in found.items()} for name, found in self.options.items()
        }


def configurable(command: click.Command) -> click.Command:
    """The command, its options taking their defaults from the environment too: `--output-dir` from FEED2DOC_OUTPUT_DIR.

    So do sources, which a configuration can name as well; inputs are named each time.
    """
    for parameter in command.params:
        if parameter.name != "inputs":
            parameter.envvar = PREFIX + key_of(parameter).upper().replace("-", "_")
    return command


def configured_in(ctx: click.Context) -> frozenset[str]:
    """The names of the parameters that a configuration or the environment sets, not the command line."""
    sources = (ParameterSource.DEFAULT_MAP, ParameterSource.ENVIRONMENT)
    return frozenset(name for name in ctx.params if ctx.get_parameter_source(name) in sources)


def key_of(parameter: click.Parameter) -> str:
    """What a parameter is called in a configuration: an option as on the command line, without the dashes."""
    return max(parameter.opts, key=len).lstrip("-")


def load() -> Config:
    """The configuration here and now. ConfigError if a file of it is wrong."""
    config = Config()
    for path in _files():
        _add(_table(path), path, config)
    return config


def choose_profile(ctx: click.Context, parameter: click.Parameter, name: str) -> Profile | None:
    """The device of the profile that `--profile` names, whose options become the defaults of the command's others.

    Raises OptionError for a profile that neither the configuration has nor feed2doc.
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
            raise OptionError(f"unknown profile {name!r}: there are {known}") from None
    own = config.profiles[name].get(str(ctx.command.name), {})
    ctx.default_map = {**(ctx.default_map or {}), **{key: each.value for key, each in own.items()}}
    return config.devices.get(name)


def profile_names() -> list[str]:
    """The profiles that there are, shipped and of the configuration."""
    from feed2doc.pictures.profiles import shipped

    return sorted({*shipped(), *load().profiles})


def _files() -> Iterable[Path]:
    """The files, the one that counts most first."""
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
        raise ConfigError(f"{path}: is no TOML: {error}") from error


def _add(table: dict[str, Any], path: Path, config: Config) -> None:
    """Add what a file sets and no file before it has set."""
    known = {name: _parameters(name) for name in COMMANDS}
    profiles = table.pop("profile", {})
    if not isinstance(profiles, dict) or not all(isinstance(each, dict) for each in profiles.values()):
        raise ConfigError(
            f"{path}: profile: is a table for each profile, [profile.NAME]; which one to use is set under"
            f" {' or '.join(f'[{name}]' for name in COMMANDS)}"
        )
    for name in COMMANDS:
        own = table.pop(name, {})
        if not isinstance(own, dict):
            raise ConfigError(f"{path}: {name}: is a table, [{name}]")
        _add_options(own, {name: known[name]}, path, {name: config.options[name]}, f"[{name}] ")
    _add_options(table, known, path, config.options, "")
    for name, profile in profiles.items():
        if name in config.profiles:
            continue
        device = profile.pop("device", None)
        if "profile" in profile:
            raise ConfigError(
                f'{path}: [profile.{name}] profile: there is none inside another: set device, such as device = "kobo"'
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
            every = sorted({*tables, *(each for own in known.values() for each in own)})
            import difflib

            close = difflib.get_close_matches(key, every, n=1, cutoff=0.5)
            hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(every)}"
            raise ConfigError(f"{path}: {where}{key}: there is no such key: {hint}")
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
        if wrong and not where:  # in a profile it is for the command that it suits
            raise ConfigError(
                f"{path}: {key}: means another thing to {next(iter(wrong))}: set it under [{right[0]}]"
            )


def _parameters(command: str) -> dict[str, click.Parameter]:
    """The command's options by the names that they have in a configuration, and what it is given beside them."""
    found: dict[str, click.Parameter] = {}
    for parameter in importlib.import_module(f"feed2doc._cli.{command}").command.params:
        if parameter.name != "inputs":
            found[key_of(parameter)] = parameter
    return found


def _checked(value: Any, parameter: click.Parameter, where: str, folder: Path) -> Any:
    """The value as click takes it; ConfigError if it is none for this option."""
    several = getattr(parameter, "multiple", False) or parameter.nargs == -1
    is_flag = getattr(parameter, "is_flag", False)
    if is_flag != isinstance(value, bool):
        raise ConfigError(f"{where}: {'is true or false' if is_flag else 'is no true or false, but a value'}")
    if is_flag:
        return value
    given = value if isinstance(value, list) else [value]
    if (isinstance(value, list) and not several) or not all(
        isinstance(each, str | int | float) for each in given
    ):
        raise ConfigError(f"{where}: is {'a list of values' if several else 'one value'}")
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
    """A path of the configuration, which is relative to its folder; a URL is one already."""
    return name if "://" in name or name == "-" else os.path.join(folder, os.path.expanduser(name))


def _device(given: Any, where: str) -> Profile:
    import msgspec

    from feed2doc.pictures.profiles import Profile, profile

    try:
        return profile(given) if isinstance(given, str) else msgspec.convert(given, Profile)
    except (OptionError, msgspec.ValidationError) as error:
        raise ConfigError(f"{where}: {error}") from error
