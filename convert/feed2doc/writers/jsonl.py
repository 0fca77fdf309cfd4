"""JSON Lines: one Document a line, for archives and search indexes."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from feed2doc._registry import Writer
from feed2doc.env import Env
from feed2doc.model import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonlOptions:
    """There is nothing to choose."""


def write_jsonl(book: Book, options: JsonlOptions, env: Env) -> bytes:
    """Every Document of the book as one line of JSON (https://jsonlines.org)."""
    return msgspec.json.Encoder().encode_lines(book.documents)


WRITER = Writer(
    name="jsonl",
    extension="jsonl",
    media_type="application/jsonl",
    options=JsonlOptions,
    write=write_jsonl,
    text=True,
    description="the model, one article a line",
)
