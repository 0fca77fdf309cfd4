"""The catalog in Atom (OPDS 1.2), written for simple parsers: no prefixes but dc, no CDATA, no comments, text only."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from feed2doc._text.xml import xml_safe
from feed2doc.shelf.catalog.feeds import BookEntry, Feed, Section, time_of

MEDIA_TYPE = "application/atom+xml"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"
_PROFILE = f"{MEDIA_TYPE};profile=opds-catalog"
_ACQUISITION = "http://opds-spec.org/acquisition"
_IMAGE = "http://opds-spec.org/image"


def content_type(feed: Feed) -> str:
    """Return the media type of a feed."""
    return f"{_PROFILE};kind={feed.kind}"


def write_atom(feed: Feed, prefix: str = "") -> bytes:
    """Return the feed. The path `prefix` goes before all addresses."""
    return xml_safe("\n".join(_lines(feed, prefix)) + "\n").encode("utf-8", "replace")


def write_opensearch(prefix: str = "") -> bytes:
    """Return the description of the search (OpenSearch 1.1)."""
    template = escape(f"{prefix}/opds/search?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>Article shelf</ShortName>\n<Description>Articles with all of these words</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n"
        f'<Url type="{_PROFILE};kind=acquisition" template="{template}"/>\n</OpenSearchDescription>\n'
    ).encode()


def _lines(feed: Feed, prefix: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/">'
    yield f"<id>{feed.id}</id>"
    yield f"<title>{escape(feed.title)}</title>"
    yield f"<updated>{time_of(feed.updated)}</updated>"
    yield "<author><name>feed2doc</name></author>"
    mine = content_type(feed)
    for rel, path in feed.links():
        yield _link(rel, mine, prefix + path)
    yield _link("start", f"{_PROFILE};kind=navigation", f"{prefix}/opds")
    yield _link("search", OPENSEARCH_TYPE, f"{prefix}/opds/search.xml")
    yield _link("search", f"{_PROFILE};kind=acquisition", f"{prefix}/opds/search?q={{searchTerms}}")
    for entry in feed.entries:
        yield "<entry>"
        yield from _section(entry, prefix) if isinstance(entry, Section) else _book(entry, prefix)
        yield "</entry>"
    yield "</feed>"


def _section(entry: Section, prefix: str) -> Iterator[str]:
    yield f"<id>{entry.id}</id><title>{escape(entry.title)}</title><updated>{time_of(entry.updated)}</updated>"
    yield f'<content type="text">{escape(entry.about)}</content>'
    rel = "http://opds-spec.org/sort/new" if entry.path == "/opds/new" else "subsection"
    yield _link(rel, f"{_PROFILE};kind={entry.kind}", prefix + entry.path)


def _book(entry: BookEntry, prefix: str) -> Iterator[str]:
    yield f"<id>{entry.id}</id><title>{escape(entry.title)}</title><updated>{time_of(entry.updated)}</updated>"
    for name in entry.authors:
        yield f"<author><name>{escape(name)}</name></author>"
    if entry.summary:
        yield f'<summary type="text">{escape(entry.summary)}</summary>'
    for tag in entry.tags:
        yield f'<category term="{escape(tag)}" label="{escape(tag)}"/>'
    yield f"<dc:language>{entry.language}</dc:language>"
    if entry.published:
        yield f"<dc:issued>{entry.published}</dc:issued>"
    for each in entry.books:
        yield _link(_ACQUISITION, each.type, prefix + each.path, each.title)
    yield _link(_IMAGE, "image/jpeg", prefix + entry.cover)
    yield _link(f"{_IMAGE}/thumbnail", "image/jpeg", prefix + entry.cover)
    if entry.page:
        yield _link("alternate", "text/html", prefix + entry.page)
    if entry.via:
        yield _link("via", "text/html", entry.via)


def _link(rel: str, type: str, href: str, title: str = "") -> str:
    named = f' title="{escape(title)}"' if title else ""
    return f'<link rel="{rel}" type="{type}" href="{escape(href)}"{named}/>'
