"""A transport that fetches one file over HTTP, with redirects, retries and limits.

The response is either the file that was asked for, checked, or a refusal.
"""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from feed2doc.network.addresses import AddressRefusedError, PublicAddresses, UnknownHostError
from feed2doc.network.deadline import until
from feed2doc.network.decoding import DecodingError, decoded

MAX_BYTES = 25 * 1024 * 1024
MAX_HOPS = 5
TRIES = 3
CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 5.0, 15.0, 60.0
_FIRST_WAIT_SECONDS = 0.5  # before the second try, and twice that before the third
REASON = "x-feed2doc-reason"
NO_CONNECTION = "no connection"
_VALIDATORS = ("etag", "last-modified")  # RFC 9110 section 8.8: what a later conditional request can use
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})


class _RefusedError(Exception):
    """Why there is no file; `final` is true if another try is useless."""

    def __init__(self, reason: str, *, final: bool = True, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.final = final
        self.wait = wait


@dataclass(slots=True)
class Transport(httpx.BaseTransport):
    """Answers a request with status 200 and the file, with 304 if it has not changed, or with 502 and the reason.

    If the server asked for a later request, 502 has the seconds until then (Retry-After).

    It follows redirects itself, so that a cache around it stores the final file under the first address. `refusal`
    checks the bytes and returns what is wrong with them; only if that is "" are they returned with status 200.
    `seconds` is the time limit for one file, including retries and headers. A host that does not answer in time is asked
    again only if `retries_late` is true.
    """

    addresses: PublicAddresses
    refusal: Callable[[bytes], str]
    seconds: float = ALL_SECONDS
    sleep: Callable[[float], None] = time.sleep
    retries_late: bool = True
    _pool: httpcore.ConnectionPool = field(init=False)

    def __post_init__(self) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=6,
            max_keepalive_connections=6,
            keepalive_expiry=10,
            http1=True,
            http2=False,
            network_backend=self.addresses,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the file at this address."""
        end = time.monotonic() + self.seconds
        for number in range(1, TRIES + 1):
            try:
                with until(end):
                    return self._fetch(request, end)
            except _RefusedError as refusal:
                wait = refusal.wait or _FIRST_WAIT_SECONDS * 2 ** (number - 1)
                if refusal.final or number == TRIES or time.monotonic() + wait > end:
                    headers = {REASON: _ascii(str(refusal))}
                    if refusal.wait:
                        headers["retry-after"] = str(math.ceil(refusal.wait))
                    return httpx.Response(502, headers=headers)
                self.sleep(wait)
        raise AssertionError("every try returns or waits")

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _fetch(self, request: httpx.Request, end: float) -> httpx.Response:
        url = request.url
        for _ in range(MAX_HOPS + 1):
            if url.scheme not in ("http", "https") or not url.host:
                raise _RefusedError(f"not a web address: {url}")
            status, headers, body = self._answer(url, request, end)
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                try:
                    url = url.join(headers["location"])
                except (httpx.InvalidURL, ValueError) as error:
                    raise _RefusedError(f"redirected to an invalid address: {error}") from error
                continue
            if status == 304:
                return httpx.Response(304)
            if status != 200:
                raise _RefusedError(f"status {status}", final=status not in _RETRIED, wait=_wait(headers))
            if reason := self.refusal(body):
                raise _RefusedError(reason)
            # Only ASCII can be sent back.
            kept = {name: headers[name] for name in _VALIDATORS if headers.get(name, "\x80").isascii()}
            return httpx.Response(200, headers=kept, content=body)
        raise _RefusedError(f"more than {MAX_HOPS} redirects")

    def _answer(self, url: httpx.URL, request: httpx.Request, end: float) -> tuple[int, httpx.Headers, bytes]:
        """Return what `_hop` returns. Raise _RefusedError if there is no response."""
        try:
            return self._hop(url, request, end)
        except (
            AddressRefusedError,
            UnknownHostError,
            httpcore.UnsupportedProtocol,
            DecodingError,
        ) as error:
            raise _RefusedError(str(error)) from error
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            if problem := _tls_problem(error):
                raise _RefusedError(f"no secure connection to {url.host}: {problem}") from error
            is_late = isinstance(error, httpcore.ConnectTimeout)
            final = is_late and not self.retries_late
            raise _RefusedError(f"{NO_CONNECTION} to {url.host}", final=final) from error
        except httpcore.TimeoutException as error:
            raise _RefusedError("took too long", final=False) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _RefusedError(str(error) or type(error).__name__, final=False) from error

    def _hop(self, url: httpx.URL, request: httpx.Request, end: float) -> tuple[int, httpx.Headers, bytes]:
        """Send one request and return the response. The body is read only if it may be the file."""
        left = end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("took too long")
        # A user name and password are sent only to the server they were given for, not to the target of a redirect.
        private = set() if _origin(url) == _origin(request.url) else {b"authorization", b"cookie"}
        # An unencrypted request does not say which page it comes from if that was encrypted (RFC 9110 section 10.1.3).
        if url.scheme == "http" and request.headers.get("Referer", "").lower().startswith("https:"):
            private.add(b"referer")
        kept = [(k, v) for k, v in request.headers.raw if k.lower() not in {b"host", *private}]
        limits = {"connect": min(CONNECT_SECONDS, left), "read": min(READ_SECONDS, left)}
        core = httpcore.Request(
            b"GET",
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(b"Host", url.netloc), *kept],
            extensions={"timeout": {**limits, "write": limits["read"], "pool": left}},
        )
        answer = self._pool.handle_request(core)
        try:
            headers = httpx.Headers(answer.headers)
            if answer.status != 200:
                return answer.status, headers, b""
            body = decoded(answer.iter_stream(), headers.get("content-encoding", ""))
            return 200, headers, b"".join(_within(body, end))
        finally:
            answer.close()


def _tls_problem(error: BaseException) -> str:
    """Return what is wrong with the certificate or the protocol of a server, or "" if that is not why it was not reached."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return ""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {cause.verify_message}"
    return f"TLS failed: {(cause.reason or 'unknown error').lower().replace('_', ' ')}"


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _within(body: Iterator[bytes], end: float) -> Iterator[bytes]:
    """Yield the bytes of the body. Raise _RefusedError if they are too many or too slow, whatever the headers say."""
    size = 0
    for chunk in body:
        size += len(chunk)
        if size > MAX_BYTES:
            raise _RefusedError(f"larger than {MAX_BYTES // 2**20} MiB")
        if time.monotonic() > end:
            raise _RefusedError("took too long")
        yield chunk


def _wait(headers: httpx.Headers) -> float:
    """Return the seconds that Retry-After asks for (RFC 9110 section 10.2.3), or 0."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:6])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def _ascii(text: str) -> str:
    return " ".join(text.encode("ascii", "replace").decode().split())[:300]
