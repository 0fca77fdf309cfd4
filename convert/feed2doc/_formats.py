"""Formats: what a reader and a writer are, and how they are found by name.

Built-in ones are the modules of `feed2doc.readers` and `feed2doc.writers`, found by their file names and
imported when asked for; a module of `FAMILIES` is no format itself but has many, after those that are modules of
their own. Third-party ones come from the entry points `feed2doc.readers` and
`feed2doc.writers`, whose value is a `Reader` or `Writer`.
"""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import signature
from pathlib import Path
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from feed2doc._plugins import load, plugins
from feed2doc.env import Env
from feed2doc.errors import OptionError, UnknownFormatError
from feed2doc.model import Book, Document

OptionsT = TypeVar("OptionsT")

ALIASES = {"md": "markdown", "txt": "text", "htm": "html", "tex": "latex", "typ": "typst", "adoc": "asciidoc"}
FAMILIES: dict[str, tuple[str, ...]] = {"reader": (), "writer": ("pandoc",)}
"""Modules with several formats of a name each: they define `READERS` or `WRITERS`, by name."""

_DEFINED_AS = {"reader": "READER", "writer": "WRITER"}


class ReadOptions(Struct, frozen=True, kw_only=True):
    """How to read: `base_url` for relative addresses, `timezone` (IANA name) for times that state none."""

    base_url: str = ""
    timezone: str = ""


class Source(Struct, frozen=True):
    """The bytes of one input, what to call it in messages, and the folder beside which its pictures lie."""

    data: bytes
    name: str = "input"
    folder: Path | None = None


class Reader(Struct, frozen=True, kw_only=True):
    """An input format. `accepts` tells from the content alone, quickly, whether it is this format."""

    name: str
    accepts: Callable[[bytes], bool]
    read: Callable[[Source, ReadOptions, Env], Iterable[Document]]
    description: str = ""


class Options(Struct, frozen=True, kw_only=True):
    """The base of the options classes of the formats that feed2doc ships.

    A module that defines one has no `from __future__ import annotations`: the classes name `feed2doc` as their module,
    where the names in their annotations could not be found later.
    """

    format: ClassVar[str]
    """The name of the format that these are the options of."""

    def __post_init__(self) -> None:
        """Raise OptionError for a value that is not of the field's type."""
        for each in msgspec.structs.fields(type(self)):
            value = getattr(self, each.name)
            if value == each.default:
                continue
            if get_origin(each.type) is Literal and value not in (known := get_args(each.type)):
                words = each.name.replace("_", " ")
                raise OptionError(f"{words} {value!r}: must be one of {', '.join(known)}")
            try:
                checked = msgspec.convert(value, each.type)
            except msgspec.ValidationError as error:
                call = f"{type(self).__name__}({each.name}={value!r})"
                raise OptionError(f"{call}: {str(error)[0].lower()}{str(error)[1:]}") from error
            except TypeError:  # a path, which msgspec does not check
                continue
            msgspec.structs.force_setattr(self, each.name, checked)


class Writer(Struct, Generic[OptionsT], frozen=True, kw_only=True):
    """An output format. `write` gives the whole file; `text` says that it is UTF-8 text, `pictures` that
    pictures belong inside the file."""

    name: str
    extension: str
    media_type: str
    options: type[OptionsT]
    write: Callable[[Book, OptionsT, Env], bytes]
    text: bool = False
    pictures: bool = False
    description: str = ""

    @property
    def option_names(self) -> frozenset[str]:
        """The names of the fields of this format's options."""
        return frozenset(signature(self.options).parameters)

    def check(self, options: object) -> OptionsT:
        """These options, or the defaults for None; OptionError if they are another format's."""
        if options is None:
            return self.options()
        if not isinstance(options, self.options) or getattr(options, "format", "") not in ("", self.name):
            raise OptionError(
                f"format {self.name} takes {self.options.__name__}, not {type(options).__name__}"
            )
        return options

    def options_from(self, values: Mapping[str, Any]) -> OptionsT:
        """Return options with these values by their names. Raise OptionError for a name that the format does not have."""
        for name in values.keys() - self.option_names:
            from difflib import get_close_matches

            close = get_close_matches(name, self.option_names, n=1)
            hint = (
                f"did you mean {close[0]}?"
                if close
                else f"it has {', '.join(sorted(self.option_names)) or 'none'}"
            )
            raise OptionError(f"{self.name} has no option {name!r}: {hint}")
        return self.options(**values)


def format_of_file(path: Path) -> str:
    """Return the format that the ending of a file names, which may be unknown; "" if it has no ending."""
    endings = [suffix.lower() for suffix in path.suffixes]
    return "kepub" if endings[-2:] == [".kepub", ".epub"] else endings[-1].lstrip(".") if endings else ""


@functools.cache
def builtin_names(kind: str) -> tuple[str, ...]:
    """The names of the formats that are modules of feed2doc's own; `kind` is "reader" or "writer"."""
    folder = Path(__file__).parent / f"{kind}s"
    found = (name.removesuffix(".py") for name in os.listdir(folder) if not name.startswith("_"))
    return tuple(sorted(name for name in found if name.isidentifier() and name not in FAMILIES[kind]))


@functools.cache
def family_names(kind: str) -> tuple[str, ...]:
    """The names of the formats that the modules of `FAMILIES` add."""
    added = {name for family in FAMILIES[kind] for name in _family(kind, family)}
    return tuple(sorted(added - set(builtin_names(kind))))


def names(kind: str) -> list[str]:
    """The names of all formats, shipped and third-party."""
    return sorted({*builtin_names(kind), *family_names(kind), *plugins(f"{kind}s")})


def readers() -> Iterator[Reader]:
    """All readers in the order in which they are asked: items, what else is shipped, then third-party ones."""
    shipped = builtin_names("reader")
    yield from (reader(name) for name in sorted(shipped, key=lambda name: name != "item"))
    yield from (reader(name) for name in plugins("readers") if name not in shipped)


def reader(name: str) -> Reader:
    """The reader of this name; UnknownFormatError if there is none."""
    found: Reader = _load("reader", name)
    return found


def writer(name: str) -> Writer[Any]:
    """The writer of this name or alias; UnknownFormatError if there is none."""
    found: Writer[Any] = _load("writer", name)
    return found


def _family(kind: str, module: str) -> dict[str, Any]:
    found: dict[str, Any] = getattr(
        importlib.import_module(f"feed2doc.{kind}s.{module}"), f"{_DEFINED_AS[kind]}S"
    )
    return found


@functools.cache
def _load(kind: str, asked: str) -> Any:
    name = asked.lower()
    name = ALIASES.get(name, name)
    if name in builtin_names(kind):
        return getattr(importlib.import_module(f"feed2doc.{kind}s.{name}"), _DEFINED_AS[kind])
    for family in FAMILIES[kind]:
        if name in (formats := _family(kind, family)):
            return formats[name]
    if name not in plugins(f"{kind}s"):
        raise UnknownFormatError(asked, {*names(kind), *(ALIASES if kind == "writer" else ())})
    return load(f"{kind}s", name, Reader if kind == "reader" else Writer)
