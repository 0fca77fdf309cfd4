"""Fetching the pictures of articles: in parallel, politely, each address once, kept in a cache."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any

from msgspec import Struct

from feed2doc._text.urls import host_of
from feed2doc.model import Image

MAX_AT_A_TIME, MAX_PER_HOST = 6, 2
MAX_BOOK_BYTES = 200 * 1024 * 1024
CACHE_BYTES = 2 * 1024**3
CACHE_SECONDS = 90 * 24 * 3600


class Fetched(Struct, frozen=True):
    """A picture that was asked for: its bytes, or why there are none."""

    image: Image
    data: bytes | None
    reason: str = ""


class ByteBudget:
    """How many bytes may still come; threads share it."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Take this many bytes of it; False, and nothing taken, if there are not so many left."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True


class Fetcher:
    """Fetches pictures over HTTP, never from an address that is not public unless its host is in `allow_hosts`.

    `cache` is the file that keeps them between runs (SQLite; several processes may share it), None for none.
    The `seconds` for a picture and the `backend` that connects are those of `feed2doc.network`: others are for tests, which
    have neither so much time nor the Internet. Close it after use, or use it in a `with`.
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
        from feed2doc.pictures.resize import is_picture

        transport: httpx.BaseTransport = network.Transport(
            PublicAddresses(allow_hosts, backend),
            lambda data: "" if is_picture(data) else "what came is no picture that can be shown",
            seconds=seconds or network.ALL_SECONDS,
        )
        headers = {
            "User-Agent": "Mozilla/5.0 (compatible; feed2doc)",
            "Accept": "image/*",
            "Accept-Encoding": "identity",
        }
        self._direct = self._client = httpx.Client(transport=transport, trust_env=False, headers=headers)
        self._clients = [self._direct]
        if cache is not None and (cached := _cached(transport, cache)) is not None:
            self._client = httpx.Client(transport=cached, trust_env=False, headers=headers)
            self._clients.insert(0, self._client)
        self._reason, self._no_connection = network.REASON, network.NO_CONNECTION
        self._hosts: dict[str, threading.Semaphore] = {}
        self._away: dict[str, str] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and cache."""
        for client in self._clients:
            with contextlib.suppress(sqlite3.Error):
                client.close()

    def fetch(self, image: Image, referer: str = "") -> Fetched:
        """One picture: from its own address, else through the proxy by which the feed showed it."""
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
        if host in self._away:
            return None, self._away[host]
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Semaphore(MAX_PER_HOST))
        try:
            headers = {"Referer": referer} if referer.isascii() and referer else {}
            with turn:
                response = self._answer(url, headers)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return None, str(error) or type(error).__name__
        if response.status_code == 200:
            return response.content, ""
        reason = response.headers.get(self._reason, f"status {response.status_code}")
        if reason.startswith((f"{host} is not known", self._no_connection)):
            self._away[host] = reason  # the other pictures there need not wait for the same answer
        return None, reason

    def _answer(self, url: str, headers: dict[str, str]) -> Any:
        """The answer from the cache or the web; from the web alone once the cache fails (full disk, no database)."""
        try:
            return self._client.get(url, headers=headers, follow_redirects=False)
        except (sqlite3.Error, OSError):
            self._client = self._direct
            return self._direct.get(url, headers=headers, follow_redirects=False)


def _cached(transport: Any, cache: Path) -> Any:
    """The transport behind a cache that keeps what it answers with 200, under the address that was asked for.

    None if its folder cannot be made: pictures come all the same.
    """
    from hishel import SqliteStorage
    from hishel.httpx import CacheTransport

    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    storage = SqliteStorage(database_path=cache, default_ttl=CACHE_SECONDS, max_size=CACHE_BYTES)
    return CacheTransport(transport, storage=storage, rfc=False)
