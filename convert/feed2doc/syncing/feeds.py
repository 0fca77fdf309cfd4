"""Fetching feeds with conditional requests: the server does not send a feed again that has not changed."""

from __future__ import annotations

import re

from feed2doc import __version__
from feed2doc._text.urls import host_of
from feed2doc.batch.state.sources import Feed
from feed2doc.batch.state.store import State
from feed2doc.errors import ReadError

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


def is_feed_url(source: str) -> bool:
    """Return True if a source is the URL of a feed."""
    return re.match(r"https?://", source, re.I) is not None


def fetch_feed(url: str, state: State, *, keep: bool = True) -> tuple[bytes, bool]:
    """Return the feed at this address, and whether it has changed since the last time.

    The request is conditional (RFC 9110 section 13.1: ETag, Last-Modified), and asks caches on the way to revalidate,
    so that a new entry is seen as soon as it is published. The host of the address may be in the local network, because
    the user named it, but it may not redirect there. The feed is recorded in the state if `keep` is true. Raise
    ReadError if it cannot be fetched.
    """
    import httpx

    from feed2doc.network.addresses import PublicAddresses
    from feed2doc.network.decoding import ACCEPTED
    from feed2doc.network.transport import REASON, Transport

    known = state.feed(url)
    shown = re.sub(r"//[^/@]*@", "//", url)  # without a user name and password
    headers = {
        "User-Agent": f"feed2doc/{__version__}",
        "Accept": _ACCEPT,
        "Accept-Encoding": ACCEPTED,
        "Cache-Control": "no-cache",
    }
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.modified:
        headers["If-Modified-Since"] = known.modified
    try:
        with httpx.Client(
            transport=Transport(PublicAddresses({host_of(url)}), _refusal), trust_env=False
        ) as client:
            answer = client.get(url, headers=headers, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ReadError(f"{shown}: cannot be fetched: {str(error) or type(error).__name__}") from error
    if answer.status_code == 304 and known:
        return known.body, False
    if answer.status_code != 200:
        raise ReadError(
            f"{shown}: cannot be fetched: {answer.headers.get(REASON, f'status {answer.status_code}')}"
        )
    etag, modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
    feed = Feed(answer.content, etag if etag.isascii() else "", modified if modified.isascii() else "")
    if keep:
        state.keep_feed(url, feed)
    return feed.body, known is None or known.body != feed.body


def _refusal(data: bytes) -> str:
    from feed2doc.readers.feed import READER

    return "" if READER.accepts(data) else "not a feed: use the address of an RSS, Atom or JSON feed"
