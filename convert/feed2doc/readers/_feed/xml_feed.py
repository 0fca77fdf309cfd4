"""Entries of RSS 0.9x, 1.0, 2.0 and Atom feeds, parsed with feedparser."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from time import strftime
from typing import Any

from feed2doc._formats import Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import LimitError, ReadError
from feed2doc.readers._article.times import parse_time
from feed2doc.readers._feed.entry import FeedEntry, Media, paragraphs, plain
from feed2doc.readers._html.decode import decode

MAX_BYTES = 64 * 1024 * 1024
_BEGINS = pattern(r"(?=<(?:\w+:)?(?:item|entry)[\s>])")
_ENDS = pattern(r"</(?:\w+:)?(?:item|entry)\s*>")
_ROOT = pattern(r"<((?:\w+:)?(?:rss|feed|RDF))[\s>]")


def xml_entries(source: Source, env: Env) -> Iterator[FeedEntry]:
    """Yield the entries of an XML feed. If the XML is malformed, entries are parsed one by one, to isolate the damage.

    Raise ReadError if the input is not a feed, LimitError if it is larger than 64 MiB.
    """
    if len(source.data) > MAX_BYTES:
        raise LimitError(f"{source.name}: the feed is larger than {MAX_BYTES // 2**20} MiB")
    # feedparser guesses the encoding if a single byte is invalid, so it is given valid UTF-8.
    text = re.sub(r"<\?xml[^>]*\?>", "", xml_safe(decode(source, env)), count=1)
    parsed = _parse(text)
    if not parsed.get("bozo") or not _is_broken(parsed):
        yield from (_entry(entry, parsed) for entry in parsed["entries"])
        return
    head, *parts = _BEGINS.split(text)
    if not parts:
        raise ReadError(f"{source.name}: not a feed: {parsed['bozo_exception']}")
    root = _ROOT.search(head)
    closing = ("</channel>" if "<channel" in head else "") + (f"</{root[1]}>" if root else "")
    for number, part in enumerate(parts, 1):
        end = _ENDS.search(part)
        alone = _parse(head + (part[: end.end()] if end else part) + closing)
        if alone.get("bozo") and _is_broken(alone):
            env.note(
                "loss",
                f"entry {number} is not valid XML and may be incomplete",
                rule="feed",
                text=part[:200],
            )
        for entry in alone["entries"]:
            yield _entry(entry, alone)


def _parse(text: str) -> Any:
    """Return the result of feedparser. It is given a file object, because it may treat a str as a URL and open it."""
    import feedparser

    try:
        return feedparser.parse(io.BytesIO(text.encode()), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser may raise anything on malformed XML
        return {"bozo": True, "bozo_exception": error, "entries": [], "feed": {}}


def _is_broken(parsed: Any) -> bool:
    """Return True if the XML is malformed. A wrong encoding declaration or media type alone does no harm."""
    import feedparser

    return not isinstance(
        parsed["bozo_exception"], feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )


def _entry(entry: Any, parsed: Any) -> FeedEntry:
    feed = parsed["feed"]
    summary = entry.get("summary") or ""
    bodies = [(str(c.get("value") or ""), c) for c in entry.get("content") or ()]
    bodies.append((summary, entry.get("summary_detail") or {}))
    body, detail = max(bodies, key=lambda pair: len(pair[0]))
    people = entry.get("authors") or feed.get("authors") or ()
    names = [str(person.get("name") or person.get("email") or "") for person in people]
    title = entry.get("title_detail") or {}
    return FeedEntry(
        title=html.escape(entry.get("title") or "", quote=False)
        if title.get("type") == "text/plain"
        else entry.get("title") or "",
        body=paragraphs(body) if detail.get("type") == "text/plain" and "<" not in body else body,
        summary=summary,
        url=entry.get("link") or "",
        guid=entry.get("id") or "",
        base=entry.get("link") or detail.get("base") or feed.get("link") or "",
        authors=tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip())),
        published=_time(entry, "published"),
        updated=_time(entry, "updated"),
        tags=tuple(dict.fromkeys(t for tag in entry.get("tags") or () if (t := _tag(tag)))),
        language=detail.get("language") or feed.get("language") or "",
        publication=feed.get("title") or "",
        media=tuple(_media(entry)),
    )


def _tag(tag: Any) -> str:
    return " ".join(str(tag.get("label") or tag.get("term") or "").split())


def _time(entry: Any, key: str) -> str:
    """Return the time as written, or as parsed by feedparser if its format is not known here."""
    written = str(dict.get(entry, key) or "")  # feedparser's own `get` substitutes one time for the other
    parsed = dict.get(entry, f"{key}_parsed")
    if written and parse_time(written) is None and parsed:
        return strftime("%Y-%m-%dT%H:%M:%SZ", parsed)
    return written


def _media(entry: Any) -> Iterator[Media]:
    """Yield enclosures and media:content (https://www.rssboard.org/media-rss), or thumbnails if there are neither."""
    credits_ = [str(c.get("content") or "") for c in entry.get("media_credit") or ()]
    # feedparser has no key for media:description: it overwrites the details of the summary.
    detail = (entry.get("summary_detail") or {}).get("value") or ""
    described = plain(detail) if detail != (entry.get("summary") or "") else ""
    contents = entry.get("media_content") or ()
    for content in contents:
        kind = content.get("type") or f"{content.get('medium') or 'image'}/*"
        alone = len(contents) == 1
        credit = credits_[0] if alone and credits_ else ""
        yield Media(content.get("url") or "", kind, described if alone else "", credit)
    found = bool(contents)
    for link in entry.get("links") or ():
        if link.get("rel") == "enclosure":
            found = True
            yield Media(link.get("href") or "", link.get("type") or "", link.get("title") or "")
    if not found:
        for thumbnail in entry.get("media_thumbnail") or ():
            yield Media(thumbnail.get("url") or "", "image/*")
