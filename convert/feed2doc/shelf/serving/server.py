"""Running the server until it is stopped."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.routing import Router

from feed2doc.errors import UsageError
from feed2doc.shelf.catalog.routes import OpdsRoutes
from feed2doc.shelf.library.database import open_library, the_only_server
from feed2doc.shelf.pages.add_routes import AddRoutes
from feed2doc.shelf.pages.form_routes import FormRoutes
from feed2doc.shelf.pages.routes import PageRoutes
from feed2doc.shelf.schedule import Schedule
from feed2doc.shelf.serving.auth import Passwords, Sessions, salt_of
from feed2doc.shelf.serving.gate import Door, Gate
from feed2doc.shelf.serving.protocol import PunctualProtocol
from feed2doc.shelf.serving.site import Site, is_loopback, site_of
from feed2doc.shelf.shelf import Shelf

_FINISH_SECONDS = 150
_IDLE_SECONDS = 30


def serve(
    folder: Path,
    host: str,
    port: int,
    *,
    password: str | None,
    public_url: str,
    seconds: float,
    allow_hosts: tuple[str, ...] = (),
    ready: Callable[[str], None],
    log: Callable[[str], None],
) -> None:
    """Serve the library in a folder until SIGTERM or Ctrl-C. `ready` is called with the addresses as one line, `log` with
    messages.

    Raise UsageError if the address cannot be used or the library has a server, and WriteError if the folder cannot be used.
    """
    if password is None and not is_loopback(host):
        raise UsageError(f"--host {host}: others can reach it: add --password-file FILE, or use 127.0.0.1")
    site = site_of(host, public_url)
    with _bound(host, port) as listener, the_only_server(folder):
        shelf = Shelf(open_library(folder), log, seconds, allow_hosts)
        try:
            gate = _gate(shelf, site, password)
            announcement = site.announcement(listener.getsockname()[1])
            asyncio.run(_run(shelf, gate, listener, lambda: ready(announcement)))
        finally:
            shelf.close()


def _gate(shelf: Shelf, site: Site, password: str | None) -> Gate:
    door = None
    if password is not None:
        passwords = Passwords(password, salt_of(shelf.database))
        door = Door(passwords, Sessions(shelf.database, passwords.digest))
    router = Router(redirect_slashes=False)
    gate = Gate(router, shelf, site, door)
    router.routes += OpdsRoutes(shelf, site.prefix).routes
    router.routes += PageRoutes(shelf).routes
    router.routes += AddRoutes(shelf).routes
    router.routes += FormRoutes(shelf, gate).routes
    return gate


async def _run(shelf: Shelf, gate: Gate, listener: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        gate,
        http=PunctualProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_FINISH_SECONDS,
        backlog=256,
    )
    server = _Server(config, ready)
    schedule = asyncio.create_task(Schedule(shelf).run())
    try:
        await server.serve(sockets=[listener])
    finally:
        schedule.cancel()
        with suppress(asyncio.CancelledError):
            await schedule


class _Server(uvicorn.Server):
    """A server that ends with status 0 when it is stopped, and says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal. uvicorn raises it again at the end, so that the process would not end with status 0."""
        heeded = [signal.SIGINT, signal.SIGTERM]
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # by nohup
            heeded.append(signal.SIGHUP)
        before = {each: signal.signal(each, self._stop) for each in heeded}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.should_exit = True


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address. Raise UsageError if it cannot be used.

    The protocol is named, because asyncio sends answers without delay only on such sockets (TCP_NODELAY).
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, socket.IPPROTO_TCP)
        try:
            if sys.platform != "win32":  # there, it lets several servers have one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: cannot be used: {error.strerror or error}: choose another --port"
        ) from error
    return listener
