"""JSON Lines: one Document a line with its plain text, for archives, search indexes and corpora."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from feed2doc._formats import Writer
from feed2doc.env import Env
from feed2doc.model import Book, Document, plain_article


class Jsonl(Struct, frozen=True, kw_only=True):
    """`text` puts the article's words, a paragraph a line, beside the model; what reads the model passes it by."""

    text: bool = True


def write_jsonl(book: Book, options: Jsonl, env: Env) -> bytes:
    """Every Document of the book as one line of JSON (https://jsonlines.org)."""
    return b"".join(lines_of(book.documents, options))


def lines_of(documents: Iterable[Document], options: Jsonl) -> Iterator[bytes]:
    """The line of each Document as it comes, so that an archive never is in memory as a whole."""
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
    description="the model with its plain text, one article a line",
)
