"""One configuration file: what its keys and values mean, and which of them are obeyed."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct, field

from feed2doc._cli import _trust
from feed2doc._decoding import convert
from feed2doc._files.named_files import read_file
from feed2doc._text.toml import MAX_CHARACTERS, TomlError, parse_toml, value_error
from feed2doc.errors import OptionError, UsageError

if TYPE_CHECKING:
    from feed2doc.pictures.profiles import Profile

# The commands that can be configured; each may have its own table.
COMMANDS = ("convert", "sync", "edition")
# Parameters that no configuration file sets.
_NOT_KEYS = frozenset(["inputs", "config", "verbose"])
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
_PATHS_OR_NAMES = frozenset(["cover", "font", "look"])


class ConfigError(UsageError):
    """A configuration file is wrong; the message names the file and the key."""


class _Set(Struct, frozen=True):
    """A value and the file that sets it."""

    value: Any
    file: Path


class Refused(Struct, frozen=True):
    """A key, with its table, that a file sets but is not obeyed in, and why. Without a key, it is the whole file."""

    file: Path
    standing: _trust.Standing
    key: str = ""
    reason: str = "belongs to another user"
    commands: tuple[str, ...] = COMMANDS


class Config(Struct):
    """The settings of all files: options by command and name, the options and devices of profiles, and what is not obeyed."""

    options: dict[str, dict[str, _Set]] = field(default_factory=lambda: {name: {} for name in COMMANDS})
    profiles: dict[str, dict[str, dict[str, _Set]]] = {}
    devices: dict[str, Profile] = {}
    files: list[Path] = []
    refused: list[Refused] = []

    def default_map(self) -> dict[str, dict[str, Any]]:
        """Return the options as a click `default_map`."""
        return {
            name: {key: each.value for key, each in found.items()} for name, found in self.options.items()
        }

    def warnings(self, commands: Collection[str] = COMMANDS) -> Iterator[str]:
        """Yield a line for each file that is not obeyed in everything that it sets for these commands."""
        refused = [each for each in self.refused if not set(each.commands).isdisjoint(commands)]
        for file in dict.fromkeys(each.file for each in refused):
            mine = [each for each in refused if each.file == file]
            if not mine[0].key:
                yield f"{file}: not obeyed: {mine[0].reason}: copy it, or use --config"
                continue
            keys = ", ".join(dict.fromkeys(each.key for each in mine))
            since = "has changed since it was allowed: " if mine[0].standing == "changed" else ""
            yield f"{file}: {since}not obeyed: {keys}: read it, then: {allowing(file)}"


def key_of(parameter: click.Parameter) -> str:
    """Return the key of a parameter in a configuration file: the long option without its dashes."""
    return max(parameter.opts, key=len).lstrip("-")


def allowing(path: Path) -> str:
    """Return the command that allows a file."""
    import shlex

    return f"feed2doc config allow {shlex.quote(str(path))}"


def content_of(path: Path) -> bytes:
    """Return the content of a file. Raise ConfigError if it cannot be read."""
    try:
        return read_file(path, 4 * MAX_CHARACTERS)  # a character has up to four bytes
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def table_of(path: Path, content: bytes) -> dict[str, Any]:
    """Return the content of a file as a table. Raise ConfigError if it is not TOML."""
    try:
        return parse_toml(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    except TomlError as error:
        raise ConfigError(f"{path}: {error}") from error


def add(table: dict[str, Any], path: Path, config: Config, standing: _trust.Standing = "allowed") -> None:
    """Add the settings of a file, except those that an earlier file has set, or that its standing does not permit."""
    config.files.append(path)
    known = {name: _parameters(name) for name in COMMANDS}
    reader = _Reader(path, standing, config.refused)
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
        _add_options(own, {name: known[name]}, reader, {name: config.options[name]}, f"[{name}] ")
    _add_options(table, known, reader, config.options, "")
    for name, profile in profiles.items():
        if name in config.profiles:
            continue
        device = profile.pop("device", None)
        if "profile" in profile:
            raise ConfigError(
                f'{path}: [profile.{name}] profile: profiles cannot be nested: set device, such as device = "kobo"'
            )
        config.profiles[name] = {command: {} for command in COMMANDS}
        _add_options(profile, known, reader, config.profiles[name], f"[profile.{name}] ")
        if device is not None:
            config.devices[name] = _device(device, f"{path}: [profile.{name}] device")


class _Reader(Struct, frozen=True):
    """The file that is being read, its standing, and the list of what is not obeyed."""

    path: Path
    standing: _trust.Standing
    refused: list[Refused]

    def accepts(self, parameter: str, value: Any, key: str, command: str) -> bool:
        """Return True if the file may set a parameter to this value. Otherwise note that it is not obeyed."""
        if self.standing == "allowed":
            return True
        reason = _trust.refusal(parameter, value, self.path.parent)
        if reason:
            self.refused.append(Refused(self.path, self.standing, key, reason, (command,)))
        return not reason


def _add_options(
    table: Mapping[str, Any],
    known: Mapping[str, Mapping[str, click.Parameter]],
    reader: _Reader,
    options: Mapping[str, dict[str, _Set]],
    where: str,
) -> None:
    path = reader.path
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
                if parameter.name not in options[name] and reader.accepts(
                    parameter.name, checked, f"{where}{key}", name
                ):
                    options[name][parameter.name] = _Set(checked, path)
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
    """Return the command's parameters by their keys in a configuration file."""
    found: dict[str, click.Parameter] = {}
    for parameter in importlib.import_module(f"feed2doc._cli.{command}").command.params:
        if parameter.name not in _NOT_KEYS:
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
        problem, _, at = str(error).partition(" - at `$.")
        key = f"{at.rstrip('`')}: " if at else ""
        raise ConfigError(f"{where}: {key}{value_error(problem)}") from error
