"""YAML front matter, in the keys that pandoc knows too."""

from __future__ import annotations

from typing import Any

from feed2doc.model import Book, Document
from feed2doc.writers._plain import clean


def front_matter(book: Book) -> str:
    """The front matter between its `---` lines; empty values are left out."""
    import yaml

    documents = book.documents
    values = _of_document(documents[0]) if len(documents) == 1 else _of_book(book)
    body = yaml.dump(
        {key: value for key, value in values.items() if value},
        Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
        allow_unicode=True,
        sort_keys=False,
        width=2**31 - 1,
    )
    return f"---\n{body}---\n"


def _of_book(book: Book) -> dict[str, Any]:
    return {"title": clean(book.title), "subtitle": clean(book.subtitle), "lang": book.language}


def _of_document(document: Document) -> dict[str, Any]:
    published = document.published
    date = ""
    if published is not None:
        date = published.isoformat() if document.published_has_time else published.strftime("%Y-%m-%d")
    return {
        "title": clean(document.headline),
        "author": [clean(person.name) for person in document.byline],
        "date": date,
        "lang": document.language,
        "publication": clean(document.publication),
        "source": clean(document.url),
        "original_url": clean(document.original_url),
        "translator": [clean(c.person) for c in document.credits if c.role == "translator" and c.person],
        "tags": [clean(tag) for tag in document.tags],
        "summary": clean(document.summary),
    }
