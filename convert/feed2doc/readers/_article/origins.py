"""The origins of the fields of a Document, which `explain` shows."""

from __future__ import annotations

from feed2doc.env import Provenance
from feed2doc.model import Document
from feed2doc.readers._article.header.facts import Header
from feed2doc.readers._article.metadata import Metadata
from feed2doc.readers._facts.facts import Fact, Facts
from feed2doc.readers._facts.table import FACTS
from feed2doc.readers._rules.selectors import describe


def origins_of(
    document: Document, known: Metadata, facts: Facts, header: Header, byline: Fact | None
) -> dict[str, Provenance]:
    """Return the origins of the fields: those of the facts, and of the others."""
    origins = {name: found.origin for name in FACTS if (found := facts.best(name)) is not None}
    given = known.source_format
    guid = f"{given}: guid" if known.guid else "the URL" if document.url else "a hash of the text"
    origins["id"] = Provenance(guid)
    origins["archived"] = Provenance("the archive's timestamp")
    origins.setdefault("language", Provenance("the characters of the text"))
    origins["byline"] = byline.origin if byline else Provenance("a line of the credits")
    origins.setdefault("published", Provenance("the archive's timestamp"))
    origins.setdefault("original_url", Provenance("a line of the credits"))
    if header.standfirst:
        element, rule = next(iter(header.standfirst.items()))
        origins["standfirst"] = Provenance(rule, describe(element))
    else:
        origins["standfirst"] = Provenance("the rule `standfirst`")
    return origins
