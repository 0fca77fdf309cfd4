"""The inputs of the library and its commands: their bytes, and the reader that accepts them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, TextIO

from feed2doc._files.compression import decompressed
from feed2doc._files.named_files import read_file
from feed2doc._formats import Reader, Source, readers
from feed2doc._text.lazy_re import pattern
from feed2doc._text.utf import in_utf8
from feed2doc.errors import ReadError, UsageError

PathName = str | os.PathLike[str]
Input = PathName | bytes | bytearray | BinaryIO | TextIO

_SHOWN = 40
_OPML = pattern(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<opml[\s>]", re.I)
# What is often named as an input, by its first bytes, and what to do with it.
_OTHERS = (
    (
        pattern(rb"PK\x03\x04|%PDF-"),
        "EPUB, PDF and office files cannot be read: convert them to HTML first",
    ),
    (
        pattern(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF.{4}WEBP", re.S),
        "is a picture: name the article that it belongs to",
    ),
    (
        pattern(
            rb"(?:From [^\n]{1,200}\n)?(?:[A-Z][A-Za-z-]{1,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,50}){0,50}?"
            rb"(?:MIME-Version|Message-ID|Received):",
            re.I,
        ),
        "e-mails cannot be read: save the message as HTML first",
    ),
)
# The beginning of a path that may be that of a URL.
_HOST = pattern(r"(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9]{2,63}(?::\d{1,5})?/")


def load(source: Input) -> Source:
    """Return the bytes of an input, decompressed. Raise ReadError if the input cannot be read."""
    if isinstance(source, bytes | bytearray):
        return Source(decompressed(bytes(source), "input"))
    if isinstance(source, str | os.PathLike):
        return _load_file(os.fspath(source))
    if not hasattr(source, "read"):
        kind = type(source).__name__
        raise UsageError(f"input: expected a path, bytes or a file object, not {kind}")
    data = source.read()
    name = name_of(source)
    return Source(
        data.encode("utf-8", "surrogatepass") if isinstance(data, str) else decompressed(data, name), name
    )


def _load_file(name: str) -> Source:
    if name.lstrip()[:1] in ("<", "[", "{") and not os.path.exists(name):
        shown = " ".join(name[:_SHOWN].split())
        raise ReadError(f"{shown}...: not a file name: pass content as bytes, not as str")
    if "://" in name:
        raise ReadError(f"{name}: the library does not fetch URLs: download it and pass the bytes")
    if not name:  # which Path takes for the current folder
        raise ReadError("the name of a file is empty: is a variable not set?")
    path = Path(name)
    try:
        return Source(decompressed(read_file(path, waits=True), str(path)), str(path), path.parent)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if isinstance(error, IsADirectoryError):
            reason = "it is a folder: name a file in it, such as *.txt"
        elif isinstance(error, FileNotFoundError) and set(name) & set("*?["):
            reason = "no file matches this pattern"
        elif isinstance(error, FileNotFoundError) and not path.is_absolute():
            reason = f"there is no such file in {Path.cwd()}"
            if _HOST.match(name) and not os.path.exists(name.partition("/")[0]):
                reason += "; a URL begins with https://"
        raise ReadError(f"{path}: cannot be read: {reason}") from error


def reader_of(source: Source) -> Reader:
    """Return the reader that accepts this content. Raise ReadError if none does."""
    if not source.data.strip():
        raise ReadError(f"{source.name}: is empty")
    start = in_utf8(source.data)
    if _OPML.match(start):
        raise ReadError(
            f"{source.name}: OPML lists feeds: pass the URL of each one to `feed2doc sync`, or all to `feed2doc serve"
            " --library DIR --import FILE`"
        )
    for reader in readers():
        if reader.accepts(start):
            return reader
    for beginning, problem in _OTHERS:
        if beginning.match(start):
            raise ReadError(f"{source.name}: {problem}")
    raise ReadError(
        f"{source.name}: not a feed item: expected `[headline](url)` above a line of dashes, a feed, HTML"
        " or feed2doc JSON"
    )


def name_of(source: Input) -> str:
    """Return the name of an input for messages."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    return str(getattr(source, "name", "input"))
