"""The model as JSON, to be read back equal."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from feed2doc._formats import Writer
from feed2doc.env import Env
from feed2doc.model import Book


class Json(Struct, frozen=True, kw_only=True):
    """`indent` is the spaces a level is set in by; 0 puts all on one line."""

    indent: int = 2


def write_json(book: Book, options: Json, env: Env) -> bytes:
    """The Document if the book is just that one, else the Book."""
    documents = book.documents
    alone = documents[0] if len(documents) == 1 and book == Book.of(documents[0]) else book
    data = msgspec.json.encode(alone)
    return (msgspec.json.format(data, indent=options.indent) if options.indent else data) + b"\n"


WRITER = Writer(
    name="json",
    extension="json",
    media_type="application/json",
    options=Json,
    write=write_json,
    text=True,
    description="the model itself; feed2doc reads it back",
)
