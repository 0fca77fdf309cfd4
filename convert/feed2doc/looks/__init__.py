"""Looks: tables of tokens from which the style sheets of all page formats and the Typst template are rendered.

A look is a TOML file of tokens (`tokens.Look`). The shipped ones are in `templates/looks`; `classic` has all tokens, the others
and the user's extend a shipped one. Tables such as `[epub.headline]` replace tokens in one medium only, and `[small.headline]`
on small pages.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from feed2doc._compiled_data import compiled, look_files
from feed2doc._decoding import convert, decode
from feed2doc._files.named_files import read_text
from feed2doc._templating import source_of
from feed2doc._text.toml import TomlError, parse_toml
from feed2doc.errors import OptionError, TemplateError
from feed2doc.looks.tokens import Look

# EPUB is read on small pages; "small-pdf" is a PDF for an e-reader.
Medium = Literal["epub", "html", "pdf", "small-pdf"]
MEDIA: tuple[Medium, ...] = get_args(Medium)
# The groups of tables of a look that replace tokens in each medium, in order.
_GROUPS: Mapping[Medium, tuple[str, ...]] = {
    "epub": ("small", "epub"),
    "html": ("html",),
    "pdf": ("pdf",),
    "small-pdf": ("pdf", "small"),
}
_ALL_GROUPS = tuple(dict.fromkeys(group for groups in _GROUPS.values() for group in groups))
DEFAULT = "classic"
_FOLDER = "looks"
_EXTENDS = "extends"

# Tokens by section and key.
_Table = dict[str, dict[str, Any]]


@functools.cache
def shipped_looks() -> tuple[str, ...]:
    """Return the names of the shipped looks."""
    return tuple(path.stem for path in look_files())


def check_look(name: str) -> None:
    """Raise OptionError, which names the file and the key, if this is neither a shipped look nor a file with a valid one."""
    look_of(name, "html")


def look_of(name: str, medium: Medium, template_dirs: tuple[Path, ...] = ()) -> Look:
    """Return the tokens of a shipped look, or of the file `name`, in a medium. The user's template folders come first.

    Raise OptionError, which names the file and the key, if it is not a valid look.
    """
    read = _read if template_dirs or is_file(name) else _kept
    return read(name, medium, template_dirs)


def _read(name: str, medium: Medium, template_dirs: tuple[Path, ...]) -> Look:
    files = [(name, _text_of(name, template_dirs))]
    while base := _parsed(*files[-1])[0]:
        files.append((base, _text_of(base, template_dirs)))
    return _look(tuple(reversed(files)), medium)


@functools.lru_cache(16)
def _kept(name: str, medium: Medium, template_dirs: tuple[Path, ...]) -> Look:
    """Return a shipped look, whose files would be read again for each item. Reading and checking them takes 3 ms."""
    made = compiled().get(_value_of(name, medium))
    return _read(name, medium, template_dirs) if made is None else decode(made, Look)


def _value_of(name: str, medium: Medium) -> str:
    return f"{_FOLDER}/{name}/{medium}"


def compiled_looks() -> dict[str, bytes]:
    """Return the shipped looks for each medium, as stored in `compiled.json`."""
    return {
        _value_of(name, medium): msgspec.json.encode(_read(name, medium, ()))
        for name in shipped_looks()
        for medium in MEDIA
    }


def is_file(name: str) -> bool:
    """Return True if the name of a look is a path."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def _text_of(name: str, template_dirs: tuple[Path, ...]) -> str:
    """Return the text of a look."""
    if is_file(name):
        try:
            return read_text(Path(name))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise OptionError(f"look {name}: cannot be read: {reason}") from error
    known = shipped_looks()
    if name not in known:
        raise OptionError(f"look {name!r}: {_hint(name, known)}; your own is the path of a .toml file")
    try:
        return source_of(f"{_FOLDER}/{name}.toml", template_dirs)
    except TemplateError as error:
        raise OptionError(str(error)) from error


@functools.lru_cache(64)
def _look(files: tuple[tuple[str, str], ...], medium: Medium) -> Look:
    """Return the tokens of these files, named with their texts, in a medium. Each file adds to those before it."""
    found: _Table = {}
    for name, text in files:
        _, own, groups = _parsed(name, text)
        for table in (own, *(groups[group] for group in _GROUPS[medium])):
            found |= {section: found.get(section, {}) | values for section, values in table.items()}
    look: Look = convert(found, Look)
    return look


@functools.lru_cache(16)
def _parsed(name: str, text: str) -> tuple[str, _Table, Mapping[str, _Table]]:
    """Return the look that a look extends ("" for none), its tokens, and those of each group, after checking them."""
    where = f"look {name}" if is_file(name) else f"{_FOLDER}/{name}.toml"
    try:
        table = parse_toml(text)
    except TomlError as error:
        raise OptionError(f"{where}: {error}") from error
    base = table.pop(_EXTENDS, "" if name == DEFAULT else None)
    if base is None:
        raise OptionError(
            f'{where}: {_EXTENDS}: must name the look that this one changes, such as {_EXTENDS} = "{DEFAULT}"'
        )
    # Shipped looks, which a template folder may replace, extend only the default, so no look extends itself.
    known = shipped_looks() if is_file(name) else (DEFAULT,)
    if base and (base not in known or name == DEFAULT):
        raise OptionError(f"{where}: {_EXTENDS}: {_hint(str(base), known)}")
    groups: dict[str, _Table] = {group: table.pop(group, {}) for group in _ALL_GROUPS}
    _check(table, where, "", (*_ALL_GROUPS, _EXTENDS))
    for group, own in groups.items():
        if not isinstance(own, dict):
            raise OptionError(f"{where}: {group}: expected tables such as [{group}.headline]")
        _check(own, where, f"{group}.", ())
    if not base:
        try:
            convert(table, Look)
        except msgspec.ValidationError as error:
            raise OptionError(f"{where}: {error}") from error
    return base, table, groups


def _check(table: Mapping[str, Any], where: str, prefix: str, others: tuple[str, ...]) -> None:
    """Raise OptionError for the first section, key or value that a look does not have."""
    sections = _fields(Look)
    for section, values in table.items():
        if section not in sections:
            raise OptionError(f"{where}: {prefix}{section}: {_hint(section, (*sections, *others))}")
        if not isinstance(values, dict):
            raise OptionError(f"{where}: {prefix}{section}: expected a table, [{prefix}{section}]")
        keys = _fields(sections[section])
        for key, value in values.items():
            if key not in keys:
                raise OptionError(f"{where}: {prefix}{section}.{key}: {_hint(key, keys)}")
            try:
                msgspec.convert(value, keys[key])
                is_valid = not isinstance(value, float) or math.isfinite(value)
            except msgspec.ValidationError:
                is_valid = False
            if not is_valid:
                expected = _expected(keys[key])
                raise OptionError(f"{where}: {prefix}{section}.{key}: expected {expected}, not {value!r}")


def _hint(name: str, known: Iterable[str]) -> str:
    """Return what to do about a name that is not known."""
    from difflib import get_close_matches

    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"unknown: did you mean {close[0]}?" if close else f"unknown: choose from {', '.join(names)}"


def _fields(struct: type[Struct]) -> dict[str, Any]:
    return {each.name: each.type for each in msgspec.structs.fields(struct)}


def _expected(type: Any) -> str:
    """Return a description of the values of a token."""
    if choices := get_args(type) if not hasattr(type, "__metadata__") else ():
        if choices[-1] is not ...:
            return ", ".join(choices[:-1]) + f" or {choices[-1]}"
        type = choices[0]
    return str(type.__metadata__[0].description)
