"""The reader of feed2doc's JSON, as written by `--to json` and `--to jsonl`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from feed2doc._decoding import decode
from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc._own_process import step
from feed2doc.env import Env
from feed2doc.errors import LimitError, ReadError
from feed2doc.model import MAX_NESTING, SCHEMA_VERSION, Book, Document

# A note is nested as deeply as its place, and its content may be so again.
MAX_DEPTH = 2 * MAX_NESTING
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"


def _accepts(data: bytes) -> bool:
    start = data.removeprefix(b"\xef\xbb\xbf")[:200]
    return re.match(rb'\s*\{\s*"type"\s*:\s*"(?:Document|Book)"', start) is not None


def read_json(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the articles of a JSON text (all parts of a Book) or of JSON Lines (one article or book per line).

    Raise ReadError, which names the position, if the input is not a valid document.
    """
    data = source.data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        yield from _numbered(_documents(data))
    except LimitError as error:
        raise LimitError(f"{source.name}: {error}") from error
    except msgspec.ValidationError as error:
        raise ReadError(f"{source.name}: not a feed2doc document: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if b"\n" not in data:
            raise ReadError(f"{source.name}: not valid JSON: {error}") from error
        yield from _numbered(_lines(data, source))


def _numbered(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the articles without those that a limit has ended before. A single article has no number."""
    if isinstance(documents, tuple) and len(documents) == 1:
        yield from documents
        return
    for number, document in enumerate(documents, 1):
        if step("reading it", entry=number):
            yield document


def _lines(data: bytes, source: Source) -> Iterator[Document]:
    for number, line in enumerate(data.splitlines(), 1):
        try:
            yield from _documents(line) if line.strip() else ()
        except LimitError as error:
            raise LimitError(f"{source.name}: line {number}: {error}") from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ReadError(f"{source.name}: line {number} is not a feed2doc document: {error}") from error


def _documents(data: bytes) -> tuple[Document, ...]:
    try:
        value: Document | Book = decode(data, Document | Book)
    except RecursionError as error:
        raise LimitError(_TOO_DEEP) from error
    documents = value.documents if isinstance(value, Book) else (value,)
    for document in documents:
        _check_depth(document)
        if document.schema_version > SCHEMA_VERSION:
            raise msgspec.ValidationError(
                f"schema_version {document.schema_version} is newer than {SCHEMA_VERSION}: upgrade feed2doc"
            )
    return documents


def _check_depth(document: Document) -> None:
    """Raise LimitError if more parts of the model are inside each other than writers, which use recursion, can write."""
    depth = 0
    row: list[object] = [document]
    while row:
        depth += 1
        if depth > MAX_DEPTH + 2:  # the document and its sections do not count
            raise LimitError(_TOO_DEEP)
        row = [part for node in row for part in _parts(node)]


def _parts(node: object) -> Iterator[object]:
    """Yield the nodes directly inside a node, which may be inside tuples."""
    values = [getattr(node, name) for name in type(node).__struct_fields__]  # type: ignore[attr-defined]
    while values:
        value = values.pop()
        if isinstance(value, tuple):
            values += value
        elif isinstance(value, msgspec.Struct):
            yield value


READER = Reader(name="json", accepts=_accepts, read=read_json, description="feed2doc JSON or JSON Lines")
