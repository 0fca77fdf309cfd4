"""OPML: lists of feeds, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.errors import ReadError
from feed2doc.shelf.library.subscriptions import is_address

MEDIA_TYPE = "text/x-opml"
_MOST = 2000
_LONGEST_NAME = 200
_ROOT = pattern(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?(?:<!DOCTYPE[^>]{0,300}>\s*)?<opml[\s>]"
)


def is_opml(data: bytes) -> bool:
    """Return True if these bytes are OPML."""
    return _ROOT.match(data) is not None


def outlines(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the feeds in an OPML file. Raise ReadError if it cannot be parsed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"not an OPML file: {error}") from error
    count = 0
    for outline in () if root is None else root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if is_address(url) and count < _MOST:
            count += 1
            yield " ".join((outline.get("title") or outline.get("text") or "").split())[:_LONGEST_NAME], url


def write_opml(feeds: Iterable[tuple[str, str]]) -> str:
    """Return an OPML file with these names and addresses."""
    rows = "".join(
        f'<outline type="rss" text={quoteattr(xml_safe(name))} xmlUrl={quoteattr(xml_safe(url))}/>\n'
        for name, url in feeds
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head><title>feed2doc</title></head>\n'
        f"<body>\n{rows}</body>\n</opml>\n"
    )
