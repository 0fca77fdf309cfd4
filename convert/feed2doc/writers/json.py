"""The model as JSON, which feed2doc reads back to an equal document."""

from typing import ClassVar

import msgspec

from feed2doc._formats import Options, Writer
from feed2doc.env import Env
from feed2doc.errors import OptionError
from feed2doc.model import Book

_MOST_INDENT = 16  # spaces


class Json(Options, frozen=True, kw_only=True):
    """The options of JSON. `indent` is the number of spaces per level; 0 writes everything on one line. Raise OptionError for more than 16."""

    __module__ = "feed2doc"
    format: ClassVar[str] = "json"
    indent: int = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.indent <= _MOST_INDENT:
            raise OptionError(f"JSON indent {self.indent}: must be between 0 and {_MOST_INDENT}")


def write_json(book: Book, options: Json, env: Env) -> bytes:
    """Return the Document as JSON if the book consists of only that document, else the Book."""
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
