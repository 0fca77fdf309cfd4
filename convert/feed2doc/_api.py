"""The four calls of the library: read, read_all, write, convert."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, overload

from feed2doc import _formats
from feed2doc._files.atomic import save
from feed2doc._files.compression import decompressed
from feed2doc._files.names import file_name
from feed2doc._formats import ReadOptions, Source
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import Book, Document

Input = str | os.PathLike[str] | bytes | bytearray | BinaryIO | TextIO
TextFormat = Literal["html", "htm", "json", "jsonl", "markdown", "md", "text", "txt", "typ", "typst"]
BinaryFormat = Literal["epub", "kepub", "pdf"]


def read(
    source: Input, *, format: str | None = None, options: ReadOptions | None = None, env: Env | None = None
) -> Document:
    """The one article in this input. A str or path is always a file; bytes and file objects are content.

    The format is told by the content unless `format` names a reader. Raises ReadError unless there is exactly
    one article, LimitError beyond the limits, UnknownFormatError for a format there is not.
    """
    documents = list(read_all(source, format=format, options=options, env=env))
    if len(documents) != 1:
        raise ReadError(
            f"{_name(source)}: holds {len(documents)} items where one was asked for: use read_all"
        )
    return documents[0]


def read_all(
    source: Input, *, format: str | None = None, options: ReadOptions | None = None, env: Env | None = None
) -> Iterator[Document]:
    """The articles in this input, in order; arguments and errors as in `read`."""
    given = load(source)
    reader = _formats.reader(format) if format else reader_of(given)
    yield from reader.read(given, options or ReadOptions(), env or Env())


@overload
def write(
    book: Document | Book, to: TextFormat, *, options: object | None = None, env: Env | None = None
) -> str: ...
@overload
def write(
    book: Document | Book, to: BinaryFormat, *, options: object | None = None, env: Env | None = None
) -> bytes: ...
@overload
def write(
    book: Document | Book, to: str, *, options: object | None = None, env: Env | None = None
) -> str | bytes: ...
def write(
    book: Document | Book, to: str, *, options: object | None = None, env: Env | None = None
) -> str | bytes:
    """The article or book in the format `to`: str for the text formats, bytes for the others.

    `options` is the options class of that format. Raises UnknownFormatError, OptionError, and
    MissingDependencyError if the format needs something that is not installed.
    """
    writer = _formats.writer(to)
    data = render(book, writer, options, env or Env())
    return data.decode("utf-8") if writer.text else data


def convert(
    source: Input,
    *,
    to: str,
    output: str | os.PathLike[str] | None = None,
    read_options: ReadOptions | None = None,
    options: object | None = None,
    env: Env | None = None,
) -> Path:
    """Read one article and save it in the format `to`; the path of the file.

    Without `output` the name is made from the article (see the command line) and the folder is the current
    one. The file appears whole or not at all. Raises what `read` and `write` raise, and WriteError.
    """
    env = env or Env()
    writer = _formats.writer(to)
    document = read(source, options=read_options, env=env)
    path = Path(output) if output is not None else Path(file_name(document, writer.extension))
    save(path, render(document, writer, options, env))
    return path


def render(book: Document | Book, writer: _formats.Writer[object], options: object, env: Env) -> bytes:
    """The bytes of a book in this writer's format."""
    return writer.write(Book.of(book) if isinstance(book, Document) else book, writer.check(options), env)


def load(source: Input) -> Source:
    """The bytes of an input, decompressed if they are Zstandard; ReadError, which names it, if they cannot be had."""
    if isinstance(source, bytes | bytearray):
        return Source(decompressed(bytes(source), "input"))
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        try:
            return Source(decompressed(path.read_bytes(), str(path)), str(path), path.parent)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ReadError(f"{path}: cannot be read: {reason}") from error
    data = source.read()
    name = _name(source)
    return Source(
        data.encode("utf-8", "surrogatepass") if isinstance(data, str) else decompressed(data, name), name
    )


def reader_of(source: Source) -> _formats.Reader:
    """The reader whose format this content is; ReadError if it is none's."""
    if not source.data.strip():
        raise ReadError(f"{source.name}: is empty")
    start = _utf8(source.data)
    for reader in _formats.readers():
        if reader.accepts(start):
            return reader
    raise ReadError(
        f"{source.name}: is no feed item: no `[headline](url)` line over a rule of dashes, HTML or JSON of"
        " feed2doc in it"
    )


def _utf8(data: bytes) -> bytes:
    """The content in UTF-8 if its byte order mark says that it is UTF-16, else as it is."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode()
    return data


def _name(source: Input) -> str:
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    return str(getattr(source, "name", "input"))
