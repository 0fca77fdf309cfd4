"""JSON Lines: one Document per line with its plain text, for archives, search indexes and corpora."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import msgspec

from feed2doc._formats import Options, Writer
from feed2doc.env import Env
from feed2doc.model import Book, Document, plain_article


class Jsonl(Options, frozen=True, kw_only=True):
    """The options of JSON Lines. `text` adds the words of the article to the model, one paragraph per line."""

    __module__ = "feed2doc"
    format: ClassVar[str] = "jsonl"
    text: bool = True


def write_jsonl(book: Book, options: Jsonl, env: Env) -> bytes:
    """Return every Document of the book as a line of JSON (https://jsonlines.org)."""
    return b"".join(lines_of(book.documents, options))


def lines_of(documents: Iterable[Document], options: Jsonl) -> Iterator[bytes]:
    """Yield the line of each Document as it arrives, so that an archive is never held in memory as a whole."""
    encode = msgspec.json.Encoder().encode
    for document in documents:
        line = encode(document)
        if options.text:
            line = line[:-1] + b',"text":' + encode(plain_article(document)) + b"}"
        yield line + b"\n"


WRITER = Writer(
    name="jsonl",
    extension="jsonl",
    media_type="application/jsonl",
    options=Jsonl,
    write=write_jsonl,
    text=True,
    description="the model with its plain text, one article per line",
)
