"""Fetching the pictures of articles: in parallel, politely, each address once, with a cache."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from feed2doc._text.secrets import masked
from feed2doc._text.urls import host_of
from feed2doc.model import Image
from feed2doc.pictures.cache import PictureCache

MAX_AT_A_TIME, MAX_PER_HOST = 6, 2
# How long a host that could not be reached is not asked again. A server that runs for weeks asks again.
_UNREACHABLE_SECONDS = 60.0
MAX_BOOK_BYTES = 200 * 1024 * 1024


class Fetched(Struct, frozen=True):
    """The result of fetching a picture: its bytes, or the reason why there are none."""

    image: Image
    data: bytes | None
    reason: str = ""


class ByteBudget:
    """The number of bytes that may still be fetched, shared by threads."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Take this many bytes and return True. If fewer are left, take nothing and return False."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True


class Fetcher:
    """Fetches pictures over HTTP, but never from an address that is not public unless its host is in `allow_hosts`.

    `cache` is the file that keeps pictures between runs (SQLite; several processes may share it), or None. `seconds`
    per picture and the `backend` for connections default to those of `feed2doc.network`; other values are for tests,
    which have neither the time nor the Internet. Close it after use, or use it in a `with` statement.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        allow_hosts: Collection[str] = (),
        seconds: float | None = None,
        backend: Any = None,
    ) -> None:
        import httpx

        from feed2doc.network import transport as network
        from feed2doc.network.addresses import PublicAddresses
        from feed2doc.pictures.resize import refusal

        transport: httpx.BaseTransport = network.Transport(
            PublicAddresses(allow_hosts, backend),
            refusal,
            seconds=seconds or network.ALL_SECONDS,
            retries_late=False,  # a host that is down has many pictures
        )
        headers = {
            "User-Agent": "Mozilla/5.0 (compatible; feed2doc)",
            "Accept": "image/*",
            "Accept-Encoding": "identity",
        }
        self._client = httpx.Client(transport=transport, trust_env=False, headers=headers)
        self._cache: PictureCache | None = None
        if cache is not None:
            with contextlib.suppress(sqlite3.Error, OSError):  # pictures are fetched anyway
                self._cache = PictureCache(cache)
        self._reason, self._no_connection = network.REASON, network.NO_CONNECTION
        self._hosts: dict[str, threading.Semaphore] = {}
        self._unreachable: dict[str, tuple[float, str]] = {}  # until when, and why
        self._lock = threading.Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections and the cache."""
        self._client.close()
        self._close_cache()

    def fetch(self, image: Image, referer: str = "") -> Fetched:
        """Return a picture from its own address, else from the proxy through which the feed showed it."""
        reason = ""
        for url in (image.src, image.fallback_src):
            if url:
                data, why = self._get(url, referer)
                if data is not None:
                    return Fetched(image, data)
                reason = reason or why
        return Fetched(image, None, reason)

    def _get(self, url: str, referer: str) -> tuple[bytes | None, str]:
        import httpx

        host = host_of(url)
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Semaphore(MAX_PER_HOST))
        headers = {"Referer": shown} if (shown := _referer(referer)) else {}
        if (kept := self._kept(url)) is not None:
            return kept, ""
        with turn:
            # Asked only now: this picture may have waited for one that found that the host is down.
            until, why = self._unreachable.get(host, (0.0, ""))
            if time.monotonic() < until:
                return None, why
            try:
                response = self._client.get(url, headers=headers, follow_redirects=False)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                return None, str(error) or type(error).__name__
            if response.status_code == 200:
                self._keep(url, response.content)
                return response.content, ""
            reason = response.headers.get(self._reason, f"status {response.status_code}")
            if reason.startswith((f"could not resolve {host}", self._no_connection)):
                self._unreachable[host] = time.monotonic() + _UNREACHABLE_SECONDS, reason
            return None, reason

    def _kept(self, url: str) -> bytes | None:
        """Return a picture from the cache."""
        with self._using_cache() as cache:
            return cache.get(url) if cache else None
        return None

    def _keep(self, url: str, data: bytes) -> None:
        with self._using_cache() as cache:
            if cache:
                cache.keep(url, data)

    @contextlib.contextmanager
    def _using_cache(self) -> Iterator[PictureCache | None]:
        """Lend the cache, which is not used again once it fails (full disk, no database)."""
        cache = self._cache
        try:
            yield cache
        except (sqlite3.Error, OSError):
            self._close_cache()

    def _close_cache(self) -> None:
        cache, self._cache = self._cache, None
        if cache is not None:
            with contextlib.suppress(sqlite3.Error):
                cache.close()


def _referer(url: str) -> str:
    """Return the address of an article as a Referer, without user info and fragment (RFC 9110 section 10.1.3), or ""."""
    shown = masked(url).partition("#")[0]
    return (
        shown if shown.isascii() and host_of(shown) and shown.lower().startswith(("http:", "https:")) else ""
    )
