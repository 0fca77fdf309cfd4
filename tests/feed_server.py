"""RSS feeds, and a local server for them."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import mock

ENTRY = """<item><title>Port {n} opens</title><link>https://port.example/{n}</link><guid>port-{n}</guid>
<pubDate>{date}</pubDate><description><![CDATA[<p>Pier {n} is {state}. <a href="/map">Map</a></p>]]></description></item>"""
MONDAY, TUESDAY = "Mon, 03 Mar 2025 08:00:00 +0100", "Tue, 04 Mar 2025 08:00:00 +0100"


def feed(*entries: str) -> str:
    """Return an RSS feed."""
    return (
        '<rss version="2.0"><channel><title>Port News</title><link>https://port.example/</link>'
        + "".join(entries)
        + "</channel></rss>"
    )


def entry(n: int, state: str = "open", date: str = MONDAY) -> str:
    return ENTRY.format(n=n, state=state, date=date)


@dataclass
class FeedServer:
    """The content of the server by path, and its responses."""

    port: int
    files: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[str, int, str | None]] = field(default_factory=list)
    tag: str = ""  # of all files, instead of their own
    codings: set[str | None] = field(default_factory=set)  # that requests accept

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def trying_again_soon() -> AbstractContextManager[object]:
    """Let this process wait for no time that matters before it asks a server again, unless the server says when."""
    return mock.patch("feed2doc.network.transport._FIRST_WAIT_SECONDS", 0.01)


@contextmanager
def serving() -> Iterator[FeedServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, location = 200, served.files.get(self.path, "").encode(), ""
            tag = served.tag or f'"{hash(body):x}"'
            if self.path.startswith("/to-"):
                status, body, location = 302, b"", served.files[self.path]
            elif not body:
                status = 404
            elif self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            served.codings.add(self.headers.get("Accept-Encoding"))
            served.answers.append((self.path, status, self.headers.get("Cache-Control")))
            self.send_response(status)
            self.send_header("ETag", tag)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = FeedServer(listening.server_port)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    try:
        with trying_again_soon():
            yield served
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
