"""Fetching feeds and pictures. This is done by worker processes."""

from __future__ import annotations

import hashlib
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

from msgspec.structs import replace

from feed2doc import _formats
from feed2doc._formats import ReadOptions, Source
from feed2doc._own_process import messages_of_ended, step
from feed2doc._text.html_attributes import has_too_many_attributes
from feed2doc._text.lazy_re import pattern
from feed2doc._text.secrets import masked, public_name
from feed2doc.batch.converter import Converter
from feed2doc.batch.state.sources import Feed
from feed2doc.env import Diagnostic
from feed2doc.errors import EmptyFeedError, ReadError
from feed2doc.model import Book, Document, without_pictures
from feed2doc.shelf.library.picture_rows import FetchedPictures
from feed2doc.shelf.library.subscriptions import TEXT_ONLY, Fetched, Subscription, is_address
from feed2doc.shelf.processes.preparation import document_of, line, prepared, saved_pictures
from feed2doc.syncing.feeds import fetched, refusal_of

_PAGE = pattern(rb"<(?:!doctype\s+html|html|head|link)\b")
# Why a picture is missing that may be had later.
_PASSING = pattern(r"no connection|could not resolve|took too long|status (?:408|425|429|5\d\d)")
_LONGEST_REASON = 200
_LONGEST_NAME, _MOST_FEEDS = 120, 20
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


def fetch(converter: Converter, feed: Subscription, folder: str) -> Fetched:
    """Return what is new at the address of a feed, or of a page that links to one. Raise ReadError if it fails."""
    step("fetching it", public_name(feed.url))
    choices, found = _found(feed, converter.job.pictures.allow_hosts)
    url = choices[0][1]
    if found is None:
        return Fetched(url)
    digest = hashlib.sha256(found.body).hexdigest()
    if digest == feed.digest:
        return Fetched(url, etag=found.etag, modified=found.modified)
    env = converter.env()
    with closing(env.assets):
        documents: list[Document] = []
        with suppress(EmptyFeedError):
            source = Source(found.body, masked(url))
            documents = [
                _by_settings(each, feed)
                for each in _formats.reader("feed").read(source, ReadOptions(base_url=masked(url)), env)
            ]
        look = "" if feed.look == TEXT_ONLY else feed.look
        articles = tuple(prepared(each, env, Path(folder), look=look) for each in documents)
    names = [each.publication for each in documents if each.publication]
    name = line(max(dict.fromkeys(names), key=names.count, default=""), _LONGEST_NAME)
    return Fetched(url, name, found.etag, found.modified, digest, articles, messages_of_ended(), choices)


def fetch_pictures(converter: Converter, document: bytes, folder: str) -> FetchedPictures:
    """Fetch the pictures of an article into the library."""
    shown = document_of(document)
    step("getting its pictures", shown.headline)
    env = converter.env()
    with closing(env.assets):
        converter.pictures.prepare(Book.of(shown), "embed", env)
        names = saved_pictures(shown, env, Path(folder))
        reasons = [masked(_reason(each)) for each in env.diagnostics if each.rule == "pictures"]
        error = max(dict.fromkeys(reasons), key=reasons.count)[:_LONGEST_REASON] if reasons else ""
        return FetchedPictures(names, any(map(_PASSING.match, reasons)), len(reasons), error)


def _reason(diagnostic: Diagnostic) -> str:
    return diagnostic.message.partition(f"{diagnostic.text}: ")[2]


def _found(feed: Subscription, allowed: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], Feed | None]:
    """Return the name and address of the feed and what is new there; of a page, those of its feeds and what the first one has."""
    host, _, port = feed.named.rpartition(" ")
    own = (host, int(port))
    known = Feed(b"", feed.etag, feed.modified) if feed.etag or feed.modified else None
    found = fetched(feed.url, known, own=own, allowed=allowed, refusal=_refusal)
    if found is None or not refusal_of(found.body):
        return ((feed.name, feed.url),), found
    choices = _linked_feeds(found.body, feed.url)
    if not choices:
        raise ReadError(f"{masked(feed.url)}: {refusal_of(found.body)}")
    return choices, fetched(choices[0][1], None, own=own, allowed=allowed)


def _refusal(data: bytes) -> str:
    """Return why these bytes are neither a feed nor a page, or "" if they are one."""
    return "" if _PAGE.search(data[:65536].lower()) else refusal_of(data)


def _linked_feeds(page: bytes, base: str) -> tuple[tuple[str, str], ...]:
    """Return the names and addresses of the feeds that a page links to."""
    from lxml import html

    if has_too_many_attributes(page):
        return ()
    try:
        tree = html.document_fromstring(page)
    except (html.etree.ParserError, ValueError):
        return ()
    names: dict[str, str] = {}
    for link in tree.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in rel and kind in _FEED_TYPES and (href := (link.get("href") or "").strip()):
            with suppress(ValueError):  # such as an unfinished IPv6 host
                if is_address(url := urljoin(base, href)):
                    names.setdefault(url, line(link.get("title") or "", _LONGEST_NAME))
    return tuple((name, url) for url, name in islice(names.items(), _MOST_FEEDS))


def _by_settings(document: Document, feed: Subscription) -> Document:
    if feed.look == TEXT_ONLY:
        document = without_pictures(document)
    return replace(document, language=feed.language) if feed.language else document
