"""Readers and writers, and how they are looked up by name.

Built-in formats are the modules of `feed2doc.readers` and `feed2doc.writers`. They are found by file name and imported on
first use. A module of `FAMILIES` defines several formats; a format with a module of its own takes precedence over them.
Third-party formats come from the entry points `feed2doc.readers` and `feed2doc.writers`, whose values are `Reader` or
`Writer` objects.
"""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from inspect import signature
from pathlib import Path
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from feed2doc._plugins import load, plugins
from feed2doc._text.secrets import masked
from feed2doc.env import Env
from feed2doc.errors import OptionError, UnknownFormatError, UsageError
from feed2doc.model import Book, Document

OptionsT = TypeVar("OptionsT")

ALIASES = {"md": "markdown", "txt": "text", "htm": "html", "tex": "latex", "typ": "typst", "adoc": "asciidoc"}
FAMILIES: dict[str, tuple[str, ...]] = {"reader": (), "writer": ("pandoc",)}
"""Modules that define several formats, as a dict `READERS` or `WRITERS` keyed by name."""

_DEFINED_AS = {"reader": "READER", "writer": "WRITER"}


class ReadOptions(Struct, frozen=True, kw_only=True):
    """Options for reading: `base_url` resolves relative URLs; `timezone` (IANA name) applies to times without one.

    Passwords and keys in the base URL are left out, because outputs contain it. Unless `compare_entries` is False, the first
    entries of a feed are compared with each other, and promotion that recurs at their ends is left out.
    """

    base_url: str = ""
    timezone: str = ""
    compare_entries: bool = True

    def __post_init__(self) -> None:
        """Leave the secrets of the base URL out."""
        if self.base_url:
            force_setattr(self, "base_url", masked(self.base_url))


class Source(Struct, frozen=True):
    """The bytes of one input, its name in messages, and the folder of its file, where pictures are looked for."""

    data: bytes
    name: str = "input"
    folder: Path | None = None


class Reader(Struct, frozen=True, kw_only=True):
    """An input format. `accepts` is a quick check that returns True if the content is in this format."""

    name: str
    accepts: Callable[[bytes], bool]
    read: Callable[[Source, ReadOptions, Env], Iterable[Document]]
    description: str = ""


class Options(Struct, frozen=True, kw_only=True):
    """The base class of the options classes of the built-in formats.

    A module that defines one must not use `from __future__ import annotations`: the classes set `__module__` to
    `feed2doc`, where the names in the annotations cannot be resolved.
    """

    format: ClassVar[str]
    """The name of the format that these options belong to."""

    def __post_init__(self) -> None:
        """Raise OptionError if a value does not have the type of its field."""
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
            except TypeError:  # msgspec cannot check paths
                continue
            msgspec.structs.force_setattr(self, each.name, checked)


class Writer(Struct, Generic[OptionsT], frozen=True, kw_only=True):
    """An output format.

    `write` returns the bytes of the whole file. `text` is True for UTF-8 text formats, `pictures` for formats that embed
    pictures in the file. `require` is called before a run. It returns the options with what depends on the machine decided, and
    raises MissingDependencyError if a package or program that `write` needs with them is not installed.
    """

    name: str
    extension: str
    media_type: str
    options: type[OptionsT]
    write: Callable[[Book, OptionsT, Env], bytes]
    text: bool = False
    pictures: bool = False
    description: str = ""
    require: Callable[[OptionsT, Env], OptionsT] | None = None

    @property
    def option_names(self) -> frozenset[str]:
        """The field names of this format's options class."""
        return frozenset(signature(self.options).parameters)

    def check(self, options: object) -> OptionsT:
        """Return the options, or the defaults for None. Raise OptionError if they belong to another format."""
        if options is None:
            return self.options()
        if not isinstance(options, self.options) or getattr(options, "format", "") not in ("", self.name):
            raise OptionError(
                f"format {self.name} takes {self.options.__name__}, not {type(options).__name__}"
            )
        return options

    def options_from(self, values: Mapping[str, Any]) -> OptionsT:
        """Return the options with these values by name. Raise OptionError if the format does not have an option."""
        for name in values.keys() - self.option_names:
            from difflib import get_close_matches

            close = get_close_matches(name, self.option_names, n=1)
            hint = (
                f"did you mean {close[0]}?"
                if close
                else f"its options: {', '.join(sorted(self.option_names)) or 'none'}"
            )
            raise OptionError(f"{self.name} has no option {name!r}: {hint}")
        return self.options(**values)


def format_of_file(path: Path) -> str:
    """Return the format named by the extension of a file, which may be unknown, or "" if there is no extension."""
    endings = [suffix.lower() for suffix in path.suffixes]
    return "kepub" if endings[-2:] == [".kepub", ".epub"] else endings[-1].lstrip(".") if endings else ""


# Modules next to those of the formats that are not formats.
_OTHERS = ("inputs", "inspection")


@functools.cache
def builtin_names(kind: str) -> tuple[str, ...]:
    """Return the names of the formats that have a module of their own; `kind` is "reader" or "writer"."""
    folder = Path(__file__).parent / f"{kind}s"
    found = (name.removesuffix(".py") for name in os.listdir(folder) if not name.startswith("_"))
    left = {*FAMILIES[kind], *_OTHERS}
    return tuple(sorted(name for name in found if name.isidentifier() and name not in left))


@functools.cache
def family_names(kind: str) -> tuple[str, ...]:
    """Return the names of the formats that the modules of `FAMILIES` add."""
    added = {name for family in FAMILIES[kind] for name in _family(kind, family)}
    return tuple(sorted(added - set(builtin_names(kind))))


def names(kind: str) -> list[str]:
    """Return the names of all formats, built-in and third-party."""
    return sorted({*builtin_names(kind), *family_names(kind), *plugins(f"{kind}s")})


def readers() -> Iterator[Reader]:
    """Yield all readers in the order in which they are tried: items, other built-in readers, third-party readers."""
    shipped = builtin_names("reader")
    yield from (reader(name) for name in sorted(shipped, key=lambda name: name != "item"))
    yield from (reader(name) for name in plugins("readers") if name not in shipped)


def reader(name: str) -> Reader:
    """Return the reader with this name. Raise UnknownFormatError if there is none."""
    found: Reader = _load("reader", name)
    return found


def writer(name: str) -> Writer[Any]:
    """Return the writer with this name or alias. Raise UnknownFormatError if there is none."""
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


def chosen(format: str | Struct, keywords: dict[str, Any]) -> tuple[Writer[Any], object]:
    """Return the writer and options for the arguments of `write`."""
    if isinstance(format, str):
        found = writer(format)
        return found, found.options_from(keywords) if keywords else None
    name = getattr(format, "format", None)
    if not isinstance(name, str) or isinstance(format, type):
        raise UsageError(
            f"format: expected a name such as 'epub' or options such as feed2doc.Epub(), not {_described(format)}"
        )
    if not name:
        raise OptionError(
            f'{type(format).__name__}: name the format first, as in {type(format).__name__}("docx")'
        )
    if keywords:
        raise OptionError(f"{', '.join(keywords)}: pass it to {type(format).__name__}() instead")
    return writer(name), format


def for_file(path: Path, format: str | Struct | None, keywords: Iterable[str]) -> tuple[Writer[Any], object]:
    """Return the writer and options for a file.

    Raise UsageError if its extension belongs to another format, or if there are other keywords.
    """
    ending = format_of_file(path)
    if format is None:
        if not ending:
            raise UsageError(f'{path}: has no extension: add format=, such as format="epub"')
        found = writer(ending)
        refuse(keywords, found)
        return found, None
    found, options = chosen(format, {})
    refuse(keywords, found)
    if ending and not path.name.lower().endswith(f".{found.extension}"):
        with suppress(UnknownFormatError):
            if writer(ending).name != found.name:
                hint = f"name it {path.stem}.{found.extension}"
                raise UsageError(f"{path}: the extension means {ending}, not {found.name}: {hint}")
    return found, options


def refuse(keywords: Iterable[str], writer: Writer[Any]) -> None:
    """Raise OptionError for keywords: without the format's name in the call, a type checker could not check them."""
    for name in keywords:
        if name not in writer.option_names:
            raise OptionError(f"{name}: unknown argument, and {writer.name} has no such option")
        first = f'"{writer.name}", ' if "format" in writer.option_names else ""
        call = f"format=feed2doc.{writer.options.__name__}({first}{name}=...)"
        raise OptionError(f"{name}: is an option of {writer.name}: pass {call}")


def _described(value: object) -> str:
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
