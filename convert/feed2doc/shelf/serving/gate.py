"""Checks and headers of every request: names of the server, the password, the origin and size of forms, and headers of answers."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feed2doc.errors import Feed2docError
from feed2doc.shelf.catalog import opds_json
from feed2doc.shelf.pages import pages
from feed2doc.shelf.pages.form_pages import Addresses
from feed2doc.shelf.pages.frame import Visit
from feed2doc.shelf.pages.interface import done_message, language_for
from feed2doc.shelf.serving.auth import Client, Passwords, RefusedError, Sessions, basic_password
from feed2doc.shelf.serving.site import Site
from feed2doc.shelf.shelf import Shelf

MOST_BYTES = 32 * 2**20
REALM = "Article shelf"
# For how long nothing of a form may come. It would keep the server from stopping.
_SILENT_SECONDS = 30.0
_CONTENT_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)
# The addresses that programs ask for: they get a 401, not the page to log in.
_OF_PROGRAMS = ("/opds", "/get/", "/cover/", "/picture/", "/latest.epub")
_OPEN = ("/login", "/style.css", "/favicon.ico")


class Door(msgspec.Struct, frozen=True):
    """How the password is checked."""

    passwords: Passwords
    sessions: Sessions


class Gate:
    """Lets requests through to the pages. `door` is None if there is no password."""

    def __init__(self, app: ASGIApp, shelf: Shelf, site: Site, door: Door | None) -> None:
        self._app, self._shelf, self._site = app, shelf, site
        self.door: Door | None = door
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            return
        scope["app"] = self  # without an application, Starlette answers to an unknown address by itself
        request = Request(scope, receive)
        sending = _Sending(send, self._set_cookie(request))
        try:
            response = await self._refusal(request)
            if response is None:
                scope["state"]["visit"] = self.visit(request)
                await self._app(scope, _limited(receive), sending)
                return
        except Exception as error:
            response = self._failure(request, error)
        if not sending.has_begun:
            await response(scope, receive, sending)

    def visit(self, request: Request) -> Visit:
        """Return what the pages need to know of a request."""
        cookie = request.state.session or request.state.browser
        language = language_for(request.headers.get("accept-language", ""))
        done, number = (request.query_params.get(name, "") for name in ("done", "n"))
        return Visit(
            language=language,
            prefix=self._site.prefix,
            token=self.token(cookie),
            logged_in=bool(request.state.session),
            done=done_message(language, done, number),
        )

    def addresses(self, request: Request) -> Addresses:
        """Return the addresses of the server, for the pages that show them."""
        host = request.headers.get("host", "")
        others = self._site.address_for_others(host)
        return Addresses(self._site.address(host), others, self.door is not None)

    def token(self, cookie: str) -> str:
        """Return the token of the forms that a browser with this cookie gets."""
        return hmac.new(self._secret, cookie.encode(), "sha256").hexdigest()[:40]

    def error(self, request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
        """Return the page of an error."""
        visit = self.visit(request)
        return HTMLResponse(pages.message_page(visit, status), status, headers)

    async def _refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that is not let through, or None."""
        scope, headers = request.scope, request.headers
        state = request.scope.setdefault("state", {})
        state |= {"session": "", "browser": request.cookies.get("shelf-browser", "")[:100], "new_cookies": {}}
        server = scope.get("server") or ("", 0)
        if not self._site.knows(headers.get("host", ""), str(server[0])):
            use, wanted = self._site.suggestion(headers.get("host", ""), int(server[1] or 0))
            return HTMLResponse(pages.unknown_address_page(self.visit(request), use, wanted), 421)
        if self._site.prefix and scope["path"].startswith(f"{self._site.prefix}/"):
            scope["path"] = scope["path"][len(self._site.prefix) :]
        if not state["browser"]:
            state["browser"] = state["new_cookies"]["shelf-browser"] = secrets.token_urlsafe(24)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > MOST_BYTES:
            return self.error(request, 413, {"Connection": "close"})
        if (refusal := await self._identified(request)) is not None:
            return refusal
        if request.method == "POST" and not self._site.is_own_origin(headers):
            # A missing form is reported before a foreign origin: POST to an address that only takes GET is 405.
            state["foreign"] = True
        return None

    async def _identified(self, request: Request) -> Response | None:
        """Return None if there is no password or the request has it, else the answer."""
        if self.door is None:
            return None
        path, state = request.scope["path"], request.scope["state"]
        cookie = request.cookies.get("shelf-session", "")[:100]
        is_open: bool = await self._shelf.run(self.door.sessions.is_open, cookie)
        if is_open:
            state["session"] = cookie
            return None
        password = basic_password(request.headers.get("authorization", ""))
        if password:
            who = client_of(request)
            try:
                if not self.door.passwords.is_remembered(who, password):
                    await self._shelf.run(self.door.passwords.check, who, password)
                return None
            except RefusedError as refused:
                return self.unauthorised(request, refused.wait)
        if path in _OPEN:
            return None
        is_program = path.startswith(_OF_PROGRAMS) or request.method not in ("GET", "HEAD")
        if is_program or "authorization" in request.headers:
            return self.unauthorised(request)
        query = request.scope["query_string"].decode("latin-1")
        target = quote(f"{path}?{query}" if query else path, safe="/")
        return RedirectResponse(f"{self._site.prefix}/login?next={target}", 303)

    def unauthorised(self, request: Request, wait: int = 0) -> Response:
        """Return the answer to a request without the password, or after too many wrong ones."""
        if wait:
            return self.error(request, 429, {"Retry-After": str(wait)})
        headers = {"WWW-Authenticate": f'Basic realm="{REALM}", charset="UTF-8"'}
        if opds_json.MEDIA_TYPE in request.headers.get("accept", ""):
            id = self._shelf.catalog.start(0).id
            data = opds_json.write_authentication(REALM, id, self._site.prefix)
            return Response(data, 401, headers, opds_json.AUTHENTICATION_TYPE)
        return self.error(request, 401, headers)

    def _failure(self, request: Request, error: Exception) -> Response:
        """Return the page of an error that no page has handled, and log it."""
        if isinstance(error, HTTPException):
            return self.error(request, error.status_code, dict(error.headers or {}))
        self._shelf.log(f"{request.method} {request.scope['path']}: {type(error).__name__}: {error}")
        is_busy = isinstance(error, Feed2docError | sqlite3.OperationalError)
        return self.error(request, 503 if is_busy else 500)

    def _set_cookie(self, request: Request) -> Callable[[], list[str]]:
        secure = "; Secure" if self._site.is_secure(request.headers) else ""

        def cookies() -> list[str]:
            new = request.scope.get("state", {}).get("new_cookies", {})
            return [
                f"{name}={value}; HttpOnly; SameSite=Strict; Path=/{secure}"
                + (f"; Max-Age={90 * 24 * 3600}" if value else "; Max-Age=0")
                for name, value in new.items()
            ]

        return cookies


class _Sending:
    """Sends an answer, with the headers that all answers have."""

    def __init__(self, send: Send, cookies: Callable[[], list[str]]) -> None:
        self._send, self._cookies = send, cookies
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            headers["X-Content-Type-Options"] = "nosniff"
            headers.setdefault("Cache-Control", "private, no-cache")
            if headers.get("content-type", "").startswith("text/html") or message["status"] == 303:
                headers["Content-Security-Policy"] = _CONTENT_POLICY
                headers["Referrer-Policy"] = "same-origin"
                for cookie in self._cookies():
                    headers.append("Set-Cookie", cookie)
        await self._send(message)


def visit_of(request: Request) -> Visit:
    """Return what the pages need to know of a request that was let through."""
    found: Visit = request.state.visit
    return found


def client_of(request: Request) -> Client:
    """Return who sends a request."""
    address = request.client.host if request.client else ""
    return Client(address, request.headers.get("user-agent", "")[:200])


def check_form(request: Request, given: Any, expected: str) -> None:
    """Raise HTTPException unless a form comes from a page of this server that this browser got."""
    if getattr(request.state, "foreign", False) or not isinstance(given, str):
        raise HTTPException(403)
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise HTTPException(403)


def _limited(receive: Receive) -> Receive:
    """Return a function that receives a request, and raises HTTPException when it is too large or nothing more comes."""
    size, is_whole = 0, False

    async def limited() -> Message:
        nonlocal size, is_whole
        try:
            message = await asyncio.wait_for(receive(), None if is_whole else _SILENT_SECONDS)
        except TimeoutError as error:
            raise HTTPException(408, headers={"Connection": "close"}) from error
        size += len(message.get("body", b""))
        if size > MOST_BYTES:
            raise HTTPException(413, headers={"Connection": "close"})
        is_whole = not message.get("more_body", False)
        return message

    return limited
