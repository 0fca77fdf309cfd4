"""Going through a document: every node of it, its words, and the same document with some nodes changed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from feed2doc.model import Code, CodeBlock, Document, Ruby, Text


def walk(node: object) -> Iterator[msgspec.Struct]:
    """Every node in this part of the model, itself the first, in reading order."""
    if isinstance(node, tuple):
        for each in node:
            yield from walk(each)
    elif isinstance(node, msgspec.Struct):
        yield node
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if isinstance(value, tuple | msgspec.Struct):
                yield from walk(value)


def words_in(document: Document) -> str:
    """All that the article's body says, its pieces parted by spaces; headline, byline and credits are left out."""
    pieces = []
    for node in walk((document.standfirst, document.lead, document.sections)):
        match node:
            case Text(value) | Code(value) | CodeBlock(value):
                pieces.append(value)
            case Ruby(_, text):
                pieces.append(text)
    return " ".join(pieces)
