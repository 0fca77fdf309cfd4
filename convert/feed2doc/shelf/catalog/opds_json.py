"""The catalog in JSON (OPDS 2.0)."""

from __future__ import annotations

from typing import Any

import msgspec

from feed2doc.shelf.catalog.feeds import BookEntry, Feed, Section, time_of
from feed2doc.shelf.library.questions import PAGE

MEDIA_TYPE = "application/opds+json"
AUTHENTICATION_TYPE = "application/opds-authentication+json"
_ACQUISITION = "http://opds-spec.org/acquisition"


def write_json(feed: Feed, prefix: str = "") -> bytes:
    """Return the feed. The path `prefix` goes before all addresses."""
    written: dict[str, Any] = {
        "metadata": {
            "title": feed.title,
            "identifier": feed.id,
            "modified": time_of(feed.updated),
            "numberOfItems": feed.total,
            "itemsPerPage": PAGE,
            "currentPage": feed.number,
        },
        "links": [
            *(_link(rel, MEDIA_TYPE, prefix + path) for rel, path in feed.links()),
            _link("start", MEDIA_TYPE, f"{prefix}/opds"),
            _link("search", MEDIA_TYPE, f"{prefix}/opds/search{{?query}}") | {"templated": True},
        ],
    }
    sections = [each for each in feed.entries if isinstance(each, Section)]
    books = [each for each in feed.entries if isinstance(each, BookEntry)]
    if books:
        written["publications"] = [_book(each, prefix) for each in books]
    else:
        written["navigation"] = [_section(each, prefix) for each in sections] or [
            {"title": "Article shelf", "href": f"{prefix}/opds", "type": MEDIA_TYPE, "rel": "start"}
        ]
    return msgspec.json.encode(written)


def write_authentication(title: str, id: str, prefix: str) -> bytes:
    """Return the document that says how to log in (https://drafts.opds.io/authentication-for-opds-1.0)."""
    return msgspec.json.encode(
        {
            "id": id,
            "title": title,
            "authentication": [
                {
                    "type": "http://opds-spec.org/auth/basic",
                    "labels": {"login": "User name (any)", "password": "Password"},
                }
            ],
            "links": [{"rel": "start", "href": f"{prefix}/opds", "type": MEDIA_TYPE}],
        }
    )


def _section(entry: Section, prefix: str) -> dict[str, Any]:
    written: dict[str, Any] = {"title": entry.title, "href": prefix + entry.path, "type": MEDIA_TYPE}
    if entry.count is not None:
        written["properties"] = {"numberOfItems": entry.count}
    return written


def _book(entry: BookEntry, prefix: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "@type": "http://schema.org/Article",
        "title": entry.title,
        "identifier": entry.id,
        "modified": time_of(entry.updated),
        "language": entry.language,
        "author": list(entry.authors),
    }
    if entry.published:
        metadata["published"] = entry.published
    if entry.summary:
        metadata["description"] = entry.summary
    if entry.tags:
        metadata["subject"] = list(entry.tags)
    links = [_link(_ACQUISITION, each.type, prefix + each.path) for each in entry.books]
    if entry.page:
        links.append(_link("alternate", "text/html", prefix + entry.page))
    if entry.via:
        links.append(_link("via", "text/html", entry.via))
    return {
        "metadata": metadata,
        "links": links,
        "images": [{"href": prefix + entry.cover, "type": "image/jpeg"}],
    }


def _link(rel: str, type: str, href: str) -> dict[str, Any]:
    return {"rel": rel, "type": type, "href": href}
