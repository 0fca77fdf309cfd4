"""The reader of feed2doc's JSON, as written by `--to json` and `--to jsonl`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from feed2doc._decoding import decode
from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.model import SCHEMA_VERSION, Book, Document


def _accepts(data: bytes) -> bool:
    start = data.removeprefix(b"\xef\xbb\xbf")[:200]
    return re.match(rb'\s*\{\s*"type"\s*:\s*"(?:Document|Book)"', start) is not None


def read_json(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the articles of a JSON text (all parts of a Book) or of JSON Lines (one article or book per line).

    Raise ReadError, which names the position, if the input is not a valid document.
    """
    data = source.data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        yield from _documents(data)
    except msgspec.ValidationError as error:
        raise ReadError(f"{source.name}: not a feed2doc document: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if b"\n" not in data:
            raise ReadError(f"{source.name}: not valid JSON: {error}") from error
        yield from _lines(data, source)


def _lines(data: bytes, source: Source) -> Iterator[Document]:
    for number, line in enumerate(data.splitlines(), 1):
        try:
            yield from _documents(line) if line.strip() else ()
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ReadError(f"{source.name}: line {number} is not a feed2doc document: {error}") from error


def _documents(data: bytes) -> tuple[Document, ...]:
    value: Document | Book = decode(data, Document | Book)
    documents = value.documents if isinstance(value, Book) else (value,)
    for document in documents:
        if document.schema_version > SCHEMA_VERSION:
            raise msgspec.ValidationError(
                f"schema_version {document.schema_version} is newer than {SCHEMA_VERSION}: upgrade feed2doc"
            )
    return documents


READER = Reader(name="json", accepts=_accepts, read=read_json, description="feed2doc JSON or JSON Lines")
