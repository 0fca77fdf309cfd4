"""Fetching feeds: a feed that has not changed since is not sent again by its server."""

from __future__ import annotations

import re

from feed2doc import __version__
from feed2doc._text.urls import host_of
from feed2doc.batch.state.store import Feed, State
from feed2doc.errors import ReadError

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


def is_feed_url(source: str) -> bool:
    """Whether a source is a feed of the web."""
    return re.match(r"https?://", source, re.I) is not None


def fetch_feed(url: str, state: State, *, keep: bool = True) -> tuple[bytes, bool]:
    """The feed at this address, and whether it has changed since the last time; ReadError if it cannot be had.

    The server is asked whether it has changed (RFC 9110 section 13.1: ETag, Last-Modified), and caches on the way are asked
    to ask it, too, so that a new entry is there as soon as it is published. The host of the address may be one of the own
    network, for the user named it; what it redirects to may not. Unless told not to `keep` it, the state has the feed as it
    is now.
    """
    import httpx

    from feed2doc.network.addresses import PublicAddresses
    from feed2doc.network.transport import REASON, Transport

    known = state.feed(url)
    shown = re.sub(r"//[^/@]*@", "//", url)  # without a name and password
    headers = {"User-Agent": f"feed2doc/{__version__}", "Accept": _ACCEPT, "Cache-Control": "no-cache"}
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

    return (
        "" if READER.accepts(data) else "what came is no feed: name the address of its RSS, Atom or JSON Feed"
    )
