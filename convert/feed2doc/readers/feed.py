"""The reader of feeds: RSS, Atom and JSON Feed. Every entry is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from feed2doc._formats import Reader, ReadOptions, Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.utf import in_utf8
from feed2doc.env import Env
from feed2doc.errors import LimitError
from feed2doc.model import Document
from feed2doc.readers._feed.documents import documents_of
from feed2doc.readers._feed.json_feed import json_entries
from feed2doc.readers._feed.xml_feed import xml_entries

MAX_BYTES = 64 * 1024 * 1024
_XML = pattern(rb"<((?:\w+:)?(?:rss|feed|RDF))[\s>]")
# An XML declaration right before the root element, with only comments and style sheets between them.
_DECLARED = pattern(rb"<\?xml[^<>]*>\s*(?:<[?!][^<>]*>\s*){0,9}\Z")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_ANY_TAG = pattern(rb"<[A-Za-z]")
_PAGE = pattern(rb"<(?:!doctype\s+html|html|head|body|article|p|h1|pre)\b", re.I)
# The version comes first in a JSON Feed that has a program's messages before it.
_FAR = 1000
_JSON = pattern(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/1")
# A page with nothing but the source of a feed: what a browser saves that displays a feed as text. Behind it there may be empty
# boxes of the browser.
_SHOWN = pattern(
    rb"\s{0,9}(?:<!doctype[^<>]{0,200}>\s{0,9})?<html[^<>]{0,300}>\s{0,9}(?:<head\b[^\0]{0,1000}?</head>\s{0,9})?<body[^<>]{0,500}>"
    rb"\s{0,9}<pre[^<>]{0,300}>\s{0,9}(?=&lt;(?:\?xml|rss|feed|rdf:RDF)\b|\{)",
    re.I,
)
_BEHIND = pattern(rb"(?:\s|</?(?:body|html|div)\b[^<>]{0,200}>){0,99}", re.I)
_DECLARATION = pattern(rb"\s{0,9}<\?xml[^<>]{0,200}\?>")


def _source_shown(data: bytes) -> bytes:
    """Return the feed whose source is all that a page shows, or other content unchanged."""
    start = _SHOWN.match(data) if b"<pre" in data[:3000] else None
    if start is None:
        return data
    shown, _, behind = data[start.end() :].partition(b"</pre>")
    if _ANY_TAG.search(shown) or not _BEHIND.fullmatch(behind[:3000]):
        return data
    from html import unescape

    # The page is in UTF-8, whatever the feed says of itself.
    return _DECLARATION.sub(
        b"", unescape(shown.decode("utf-8", "replace")).encode("utf-8", "replace"), count=1
    )


def _accepts(data: bytes) -> bool:
    data = _source_shown(data)
    start = data[:65536].lstrip(_BLANK)
    if start[:1] == b"{":
        return _JSON.search(start) is not None
    found = _XML.search(start)
    if found is None:
        junk, _, feed = start.partition(b"{")
        return not _PAGE.search(junk) and _JSON.search(feed[:_FAR]) is not None
    return _is_root(start, found)


def _is_root(start: bytes, found: re.Match[bytes]) -> bool:
    """Return True if only the prologue comes before the element, or if a program's messages do, and it is closed."""
    before = start[: found.start()]
    if _DECLARED.search(before) or not _ANY_TAG.search(before):
        return True
    return not _PAGE.search(before) and b"</" + found[1] + b">" in start


def read_feed(source: Source, options: ReadOptions, env: Env) -> Iterator[Document]:
    """Yield the articles of a feed, in order. Raise ReadError or LimitError, which name the file."""
    if len(source.data) > MAX_BYTES:
        raise LimitError(f"{source.name}: the feed is larger than {MAX_BYTES // 2**20} MiB")
    source = msgspec.structs.replace(source, data=_source_shown(source.data))
    start = in_utf8(source.data[:65536]).lstrip(_BLANK)
    entries = xml_entries if _XML.search(start) and start[:1] != b"{" else json_entries
    yield from documents_of(entries(source, env), source, options, env)


READER = Reader(name="feed", accepts=_accepts, read=read_feed, description="RSS, Atom or JSON Feed")
