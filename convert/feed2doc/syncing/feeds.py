"""Fetching feeds with conditional requests: the server does not send a feed again that has not changed."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feed2doc import __version__
from feed2doc._text.lazy_re import pattern
from feed2doc._text.secrets import masked, public_name, without_user
from feed2doc.batch.item import Item
from feed2doc.batch.result import Result, failure_of
from feed2doc.batch.state.sources import Feed
from feed2doc.batch.state.store import State
from feed2doc.errors import ReadError

if TYPE_CHECKING:
    import httpx

_PAGE = pattern(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.I)
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


class BusyError(ReadError):
    """The server asks to be left alone for so many seconds."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message, seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return str(self.args[0])


def is_feed_url(source: str) -> bool:
    """Return True if a source is the URL of a feed."""
    return re.match(r"https?://", source, re.I) is not None


def fetch_feed(
    url: str, state: State, *, keep: bool = True, allowed: Collection[str] = ()
) -> tuple[bytes, bool]:
    """Return the feed at this address, and whether it has changed since the last time.

    The request is conditional (RFC 9110 section 13.1: ETag, Last-Modified), and asks caches on the way to revalidate,
    so that a new entry is seen as soon as it is published. The host of the address may be in the local network, because
    the user named it, but it may not redirect there. The feed is recorded in the state if `keep` is true. Raise
    ReadError if it cannot be fetched.
    """
    name = public_name(url)
    known = state.feed(name)
    feed = fetched(url, known, allowed=allowed)
    if feed is None:
        assert known is not None
        return known.body, False
    if keep:
        state.keep_feed(name, feed)
    return feed.body, known is None or known.body != feed.body


def feed_item(url: str, allowed: Collection[str] = ()) -> Item | Result:
    """Return the feed at this address as an item, or a result that says why it cannot be fetched."""
    name = public_name(url)
    try:
        feed = fetched(url, None, allowed=allowed)
    except ReadError as error:
        return Result(name, "failed", (str(error),), failure_of(error))
    assert feed is not None  # only a known feed may be unchanged
    return Item(name, data=feed.body, base_url=masked(url))


def refusal_of(data: bytes) -> str:
    """Return why these bytes are not a feed, or "" if they are one."""
    from feed2doc.readers.feed import READER

    if READER.accepts(data):
        return ""
    if _PAGE.match(data):
        return "a web page, not a feed: use the address of its RSS, Atom or JSON feed"
    return "not a feed: use the address of an RSS, Atom or JSON feed"


def fetched(
    url: str,
    known: Feed | None,
    *,
    allowed: Collection[str] = (),
    own: tuple[str, int] | None = None,
    refusal: Callable[[bytes], str] = refusal_of,
) -> Feed | None:
    """Return what is at this address now, or None if it has not changed since it was `known`.

    `own` is the host and port that may be in the local network, because the user named them; by default those of the
    address. `refusal` checks the bytes. Raise ReadError if they cannot be fetched, BusyError if the server says for how long.
    """
    from feed2doc.network.addresses import PublicAddresses
    from feed2doc.network.transport import REASON, Transport

    request = _request(url, known)
    # The request does not go through a client of httpx, which would log its URL.
    own = own or (request.url.host, _port(request.url))
    transport = Transport(PublicAddresses(allowed, own=own), refusal)
    try:
        answer = transport.handle_request(request)
    finally:
        transport.close()
    if answer.status_code == 304 and known:
        return None
    if answer.status_code != 200:
        reason = answer.headers.get(REASON, f"status {answer.status_code}")
        message = f"{masked(url)}: cannot be fetched: {reason}"
        if seconds := int(answer.headers.get("retry-after", "0")):
            raise BusyError(message, seconds)
        raise ReadError(message)
    etag, modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
    return Feed(answer.content, etag, modified)


def _request(url: str, known: Feed | None) -> httpx.Request:
    """Return the request for a feed, with its user name and password in a header (RFC 7617) instead of the URL."""
    import httpx

    from feed2doc.network.decoding import ACCEPTED

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
        user = httpx.URL(url).userinfo
        if user:
            headers["Authorization"] = f"Basic {base64.b64encode(unquote(user).encode()).decode()}"
        return httpx.Request("GET", without_user(url), headers=headers)
    except (httpx.InvalidURL, ValueError):  # their messages quote a part of the URL, which may be a password
        raise ReadError(f"{masked(url)}: cannot be fetched: not a valid URL") from None


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
