"""The metadata of a document or book in pandoc's tree."""

from __future__ import annotations

from collections.abc import Mapping

from feed2doc import model as m
from feed2doc._locale.dates import published_text
from feed2doc._locale.tags import language_tag
from feed2doc._text.plain import clean
from feed2doc.writers._shared.facts import title_of
from feed2doc.writers.pandoc.formats import PandocFormat
from feed2doc.writers.pandoc.inert import inert_field, inert_keyword
from feed2doc.writers.pandoc.nodes import Node, pandoc_node, words_of


def values_of_document(document: m.Document, asked: PandocFormat) -> Mapping[str, str | list[str]]:
    """Return the metadata of an article as plain text, by pandoc's variable, with empty values."""
    return {
        "title": clean(title_of(document)),
        "author": [clean(person.name) for person in document.byline],
        "date": published_text(document),
        "lang": language_tag(document.language),
        "keywords": [inert_keyword(clean(tag), asked.extension) for tag in document.tags],
        "description": clean(document.summary),
        "publisher": clean(document.publication),
        "source": clean(document.url),
        "identifier": clean(document.id),
    }


def values_of_book(book: m.Book) -> Mapping[str, str]:
    """Return the metadata of a book as plain text, by pandoc's variable, with empty values."""
    date = book.date.date().isoformat() if book.date else ""
    return {
        "title": clean(book.title),
        "subtitle": clean(book.subtitle),
        "date": date,
        "lang": language_tag(book.language),
    }


def meta_of(asked: PandocFormat, **values: str | list[str]) -> Node:
    """Return the values as pandoc's metadata (https://pandoc.org/MANUAL.html#metadata-variables), without empty ones."""
    return {
        key: pandoc_node("MetaList", [pandoc_node("MetaInlines", words_of(one, asked.name)) for one in value])
        if isinstance(value, list)
        else pandoc_node("MetaInlines", words_of(value, asked.name))
        for key, value in values.items()
        if value
    }


def reference_of(document: m.Document, name: str) -> Node:
    """Return the article as a reference (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables)."""
    date = document.published.date().isoformat() if document.published else ""
    values = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.headline,
        "issued": date,
        "container-title": document.publication,
        "language": language_tag(document.language),
        "URL": document.url,
    }
    fields = {key: _field(value, name) for key, value in values.items() if value}
    names = [pandoc_node("MetaMap", {"literal": _field(p.name, name)}) for p in document.byline]
    return pandoc_node("MetaMap", {**fields, **({"author": pandoc_node("MetaList", names)} if names else {})})


def _field(value: str, name: str) -> Node:
    return pandoc_node("MetaString", inert_field(clean(value), name))
