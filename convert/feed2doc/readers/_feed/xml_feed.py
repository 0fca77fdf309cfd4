"""Entries of RSS 0.9x, 1.0, 2.0 and Atom feeds, parsed with feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from feed2doc._formats import Source
from feed2doc._text.lazy_re import pattern
from feed2doc._text.xml import xml_safe
from feed2doc.env import Env
from feed2doc.errors import LimitError, ReadError
from feed2doc.readers._feed.entry import FeedEntry, Media
from feed2doc.readers._feed.repair import ROOT, closed, is_whole, split_junk, well_formed
from feed2doc.readers._feed.text import body_of_html, body_of_text, title_of_html, title_of_text
from feed2doc.readers._html.decode import decode

MAX_BYTES = 64 * 1024 * 1024
_BEGINS = pattern(r"(?=<(?:\w+:)?(?:item|entry)[\s>])")
_ENDS = pattern(r"</(?:\w+:)?(?:item|entry)\s*>")
_BASED_DIV = pattern(r"(<(?:\w+:)?(?:content|summary)\b[^<>]*>\s{0,99})(?=<(?:\w+:)?div\s[^<>]*xml:base)")
# Hosts of services that count clicks on the links of a feed.
_REDIRECTS = pattern(
    r"https?://(?:feedproxy\.google\.com|feeds?\d?\.feedburner\.com|rss\.feedsportal\.com)/", re.I
)


def xml_entries(source: Source, env: Env) -> Iterator[FeedEntry]:
    """Yield the entries of an XML feed. If the XML is malformed, entries are parsed one by one, to isolate the damage.

    Raise ReadError if the input is not a feed, LimitError if it is larger than 64 MiB.
    """
    if len(source.data) > MAX_BYTES:
        raise LimitError(f"{source.name}: the feed is larger than {MAX_BYTES // 2**20} MiB")
    # feedparser guesses the encoding if a single byte is invalid, so it is given valid UTF-8.
    text, junk = split_junk(xml_safe(decode(source, env)))
    if junk:
        env.note("dropped", "text before the feed", rule="feed", text=junk[:500])
    # feedparser drops the outermost `div` of XHTML, together with its base, unless something comes before it.
    text = _BASED_DIV.sub(r'\1<wbr xmlns="http://www.w3.org/1999/xhtml"/>', text)
    parsed = _parse(text)
    if _is_broken(parsed):
        text = well_formed(text)
        parsed = _parse(text)
    if not _is_broken(parsed):
        yield from (_entry(entry, parsed) for entry in parsed["entries"])
        return
    head, *parts = _BEGINS.split(text)
    if not parts:
        raise ReadError(f"{source.name}: not a feed: {parsed['bozo_exception']}")
    root = ROOT.search(head)
    closing = ("</channel>" if "<channel" in head else "") + (f"</{root[1]}>" if root else "")
    for number, part in enumerate(parts, 1):
        end = _ENDS.search(part)
        alone = _parse(head + (part[: end.end()] if end else closed(part)) + closing)
        if not end or (_is_broken(alone) and not is_whole(part[: end.end()], alone)):
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

    return bool(parsed.get("bozo")) and not isinstance(
        parsed["bozo_exception"], feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )


def _entry(entry: Any, parsed: Any) -> FeedEntry:
    feed = parsed["feed"]
    is_atom = str(parsed.get("version") or "").startswith("atom")
    details = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    bodies = [_body(detail, is_atom=is_atom) for detail in details]
    body, detail = max(zip(bodies, details, strict=True), key=lambda pair: len(pair[0]))
    people = entry.get("authors") or feed.get("authors") or ()
    names = [str(person.get("name") or person.get("email") or "") for person in people]
    stated = detail.get("base") or ""
    return FeedEntry(
        title=_line(entry, "title", is_atom=is_atom),
        body=body,
        summary=_line(entry, "summary", is_atom=is_atom) if body != bodies[-1] else "",
        url=_link(entry),
        guid=entry.get("id") or "",
        base=stated or feed.get("link") or "",
        is_base_stated=bool(stated),
        authors=tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip())),
        published=str(dict.get(entry, "published") or ""),  # its own `get` substitutes one time for the other
        updated=str(dict.get(entry, "updated") or ""),
        tags=tuple(dict.fromkeys(t for tag in entry.get("tags") or () if (t := _tag(tag)))),
        language=detail.get("language") or feed.get("language") or "",
        publication=_line(feed, "title", is_atom=is_atom),
        media=tuple(_media(entry)),
    )


def _body(detail: Any, *, is_atom: bool) -> str:
    """Return a body as HTML. Atom says what it is; in RSS it is plain text or HTML."""
    text = str(detail.get("value") or "")
    if is_atom and detail.get("type") == "text/plain":
        return body_of_text(text)
    return body_of_html(text)


def _line(holder: Any, key: str, *, is_atom: bool) -> str:
    """Return a title or summary as plain text in one line."""
    text = str(holder.get(key) or "")
    if is_atom and (holder.get(f"{key}_detail") or {}).get("type") == "text/plain":
        return title_of_text(text)
    return title_of_html(text)


def _link(entry: Any) -> str:
    """Return the URL of an entry's page: the original of a redirect, else its first alternate link, else its permalink."""
    pages = [
        link.get("href") or ""
        for link in entry.get("links") or ()
        if link.get("rel") == "alternate" and "html" in (link.get("type") or "html")
    ]
    url = str(entry.get("feedburner_origlink") or next(filter(None, pages), "") or entry.get("link") or "")
    guid = str(entry.get("id") or "")
    return guid if _REDIRECTS.match(url) and guid.startswith(("http:", "https:")) else url


def _tag(tag: Any) -> str:
    return " ".join(str(tag.get("label") or tag.get("term") or "").split())


def _media(entry: Any) -> Iterator[Media]:
    """Yield enclosures and media:content (https://www.rssboard.org/media-rss), or thumbnails if there are neither."""
    credits_ = [str(c.get("content") or "") for c in entry.get("media_credit") or ()]
    # feedparser has no key for media:description: it overwrites the details of the summary.
    detail = (entry.get("summary_detail") or {}).get("value") or ""
    described = title_of_html(detail) if detail != (entry.get("summary") or "") else ""
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
