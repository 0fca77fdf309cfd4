"""The JSON Schema of the model."""

from __future__ import annotations

import msgspec

from feed2doc.model._article import Book, Document
from feed2doc.model._fields import SCHEMA_VERSION


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of a `Document` or a `Book` as `--to json` writes it."""
    from inspect import cleandoc

    head: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    head |= {"title": "feed2doc model", "$id": f"urn:feed2doc:model:{SCHEMA_VERSION}"}
    schema = msgspec.json.schema(Document | Book)
    for node in schema["$defs"].values():
        if "description" in node:  # a docstring, which Python 3.13 indents differently
            node["description"] = cleandoc(node["description"])
    return head | schema
