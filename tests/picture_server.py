"""A real HTTP server on loopback that does what picture servers do, and what attackers do."""

from __future__ import annotations

import functools
import gzip
import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

from tests.feed_server import trying_again_soon


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), colour: object = (200, 60, 30), **options: object
) -> bytes:
    """Return a picture in one colour and in this format."""
    mode = {3: "RGB", 4: "RGBA"}[len(colour)] if isinstance(colour, tuple) else "L"
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


@functools.cache
def huge_png() -> bytes:
    """Return a picture of 20,000 x 20,000 pixels, each of one bit, in some 50 kilobytes."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(b"\0" * 2501) for _ in range(20_000)) + packer.flush()
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


JPEG = picture()


@dataclass
class Server:
    """The address of the server, and the requests that it received."""

    port: int
    requests: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    most_at_once: int = 0
    now: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the URL of this path."""
        return f"http://{host}:{self.port}{path}"


def _handler(
    server: Server, routes: dict[str, Callable[[BaseHTTPRequestHandler, Server], None]]
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            with server.lock:
                server.requests.append((self.path, self.headers.get("Referer", "")))
                server.counts[path] = server.counts.get(path, 0) + 1
                server.now += 1
                server.most_at_once = max(server.most_at_once, server.now)
            try:
                routes.get(path, _ok)(self, server)
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                with server.lock:
                    server.now -= 1

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    return Handler


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Send a complete response; `_` in a header's name becomes a hyphen."""
    handler.send_response(status)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"Content-Length": str(len(body)), **named}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def _ok(handler: BaseHTTPRequestHandler, _: Server) -> None:
    number = sum(map(ord, handler.path))
    send(
        handler,
        picture(size=(40 + number % 60, 48), colour=(number % 255, 90, 30)),
        Content_Type="image/jpeg",
    )


def _drip(handler: BaseHTTPRequestHandler, _: Server) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(JPEG) + 600))
    handler.end_headers()
    for byte in JPEG:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def _drip_header(handler: BaseHTTPRequestHandler, _: Server) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def _endless_header(handler: BaseHTTPRequestHandler, _: Server) -> None:
    while True:  # an endless series of informational responses
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.05)


def _endless(handler: BaseHTTPRequestHandler, _: Server) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while True:
        handler.wfile.write(JPEG * 200)


def _gone(handler: BaseHTTPRequestHandler, _: Server) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(JPEG)))
    handler.end_headers()
    handler.wfile.write(JPEG[: len(JPEG) // 2])
    handler.close_connection = True


def _busy_then_ok(handler: BaseHTTPRequestHandler, server: Server) -> None:
    if server.counts["/busy"] == 1:
        send(handler, b"later", 429, Retry_After="1")
    else:
        send(handler, JPEG)


def _hot_link(handler: BaseHTTPRequestHandler, _: Server) -> None:
    send(
        handler,
        JPEG if handler.headers.get("Referer") else b"no",
        200 if handler.headers.get("Referer") else 403,
    )


def redirect(to: str) -> Callable[[BaseHTTPRequestHandler, Server], None]:
    """Return a route that redirects to another address."""
    return lambda handler, _: send(handler, b"", 302, Location=to)


def body(data: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler, Server], None]:
    """Return a route with this body."""
    return lambda handler, _: send(handler, data, status, **headers)


ROUTES: dict[str, Callable[[BaseHTTPRequestHandler, Server], None]] = {
    "/404": body(b"gone", 404),
    "/500": body(b"broken", 500),
    "/referer": _hot_link,
    "/loop": redirect("/loop"),
    "/moved": redirect("/ok.jpg"),
    "/file": redirect("file:///etc/passwd"),
    "/drip": _drip,
    "/drip-header": _drip_header,
    "/endless-header": _endless_header,
    "/endless": _endless,
    "/gone": _gone,
    "/bomb": body(gzip.compress(b"\0" * 60_000_000), Content_Encoding="gzip"),
    "/tag": body(JPEG, ETag='"h\u00e4fen"'),
    "/gzip-twice": body(gzip.compress(gzip.compress(JPEG)), Content_Encoding="gzip, gzip"),
    "/gzip": body(gzip.compress(JPEG), Content_Encoding="gzip"),
    "/cut-gzip": body(gzip.compress(JPEG)[:-20], Content_Encoding="gzip"),
    "/not-gzip": body(JPEG, Content_Encoding="gzip"),
    "/brotli": body(b"a kilobyte of it may be a gigabyte", Content_Encoding="br"),
    "/html.jpg": body(b"<html>not found</html>", Content_Type="image/jpeg"),
    "/svg": body(
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        Content_Type="image/svg+xml",
    ),
    "/truncated": body(picture(size=(400, 300), colour=(1, 2, 3))[:500]),
    "/huge": body(huge_png()),
    "/webp": body(picture("WEBP"), Content_Type="image/jpeg"),
    "/avif": body(picture("AVIF")),
    "/busy": _busy_then_ok,
    "/empty": body(b""),
    "/short": body(JPEG, Content_Length=str(len(JPEG) // 2), Connection="close"),
}


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Ignore clients that disconnect, as they should here."""


@contextmanager
def serving(
    host: str = "127.0.0.1", more: dict[str, Callable[[BaseHTTPRequestHandler, Server], None]] | None = None
) -> Iterator[Server]:
    """Yield a server that listens until the end of the `with` block."""
    server = Server(0)
    listening = _Quiet((host, 0), _handler(server, ROUTES | (more or {})))
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with trying_again_soon():
            yield server
    finally:
        listening.shutdown()
        listening.server_close()


# Addresses whose pictures are left out, except one.
BAD = (
    "/404",
    "/500",
    "/loop",
    "/file",
    "/gone",
    "/html.jpg",
    "/svg",
    "/truncated",
    "/huge",
    "/empty",
    "/referer",
)


def item(server: Server, *paths: str) -> str:
    """Return an item with a figure of each of these pictures."""
    pictures = "".join(
        f'<figure><img src="{server.url(path)}"><figcaption>说明{path} <cite>林海{n}</cite></figcaption></figure>'
        for n, path in enumerate(paths)
    )
    # The address of the article is not encrypted, like that of the server: some pictures are sent only if it is named.
    return f"[h](http://harbour.example/a)\n------\n<p>渡轮回来了。</p>{pictures}<p>完。</p>"


@functools.cache
def noise(size: tuple[int, int], kind: str = "JPEG", **options: object) -> bytes:
    """Return a picture that compresses badly."""
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, kind, **options)
    return out.getvalue()
