"""Invented articles for shelves, and servers of `feed2doc serve` in processes of their own."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import lxml.html
from feed2doc.env import Env
from feed2doc.model import Document
from feed2doc.shelf.library.arrivals import put
from feed2doc.shelf.library.database import Database, open_library
from feed2doc.shelf.processes.preparation import prepared

from tests.feed_server import entry, feed


def documents(data: bytes) -> list[Document]:
    """Return the articles of an input."""
    import feed2doc

    return list(feed2doc.read_all(data))


def fill(folder: Path, *inputs: bytes, feed_id: int | None = None) -> int:
    """Put the articles of inputs into a library, without worker processes, and return how many are new or have changed."""
    library = open_library(folder)
    try:
        articles = [prepared(each, Env(), folder) for data in inputs for each in documents(data)]
        with library.writing() as db:
            return put(db, articles, feed_id)
    finally:
        library.close()


def news(*numbers: int, state: str = "open") -> bytes:
    """Return a feed with one entry per number."""
    return feed(*(entry(n, state) for n in numbers)).encode()


def item(number: int, body: str = "<p>The tide is low.</p>", title: str = "") -> bytes:
    """Return an archived item."""
    head = f"[{title or f'Item {number}'}](https://items.example/{number})"
    return f"<!--{1740454621000 + number * 60000}-->\n{head}\n------\n\n{body}\n".encode()


def found(page: str, path: str) -> list[str]:
    """Return the strings that an XPath finds in a page."""
    values = lxml.html.document_fromstring(page).xpath(path)
    assert isinstance(values, list)
    return list(map(str, values))


@dataclass
class Server:
    """A running server: its address, process and messages, and a client without a password."""

    base: str
    process: subprocess.Popen[str]
    log: Path
    http: httpx.Client

    def get(self, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.get(path, headers={"Accept": accept, **named})

    def post(self, path: str, form_page: str, data: dict[str, str], **more: object) -> httpx.Response:
        """Send the form on a page, with its token and from its origin."""
        token = found(
            self.http.get(form_page).text, f"//form[@action='{path}']//input[@name='token']/@value"
        )[0]
        headers = {"Origin": self.base}
        return self.http.post(path, data={"token": token, **data}, headers=headers, **more)  # type: ignore[arg-type]

    def titles(self, path: str = "/opds/new") -> list[str]:
        """Return the titles of the entries of a feed of the catalog."""
        feed = self.get(path, "application/opds+json").json()
        return [each["metadata"]["title"] for each in feed.get("publications", [])]

    def books(self, title: str) -> list[str]:
        """Return the addresses of the books of an article."""
        feed = self.get("/opds/new", "application/opds+json").json()
        entry = next(each for each in feed["publications"] if each["metadata"]["title"] == title)
        return [link["href"] for link in entry["links"] if link["rel"].endswith("acquisition")]

    def children(self) -> list[int]:
        """Return the processes that the server has started."""
        processes: list[int] = []
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            with suppress(OSError):
                processes += map(int, path.read_text().split())
        return processes

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End the server and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.http.close()
        return self.process.wait(500)


@contextmanager
def shelf(folder: Path, *options: str | Path) -> Iterator[Server]:
    """Start a server of a library. It is stopped at the end, if it still runs."""
    log = folder.parent / f"{folder.name}.log"
    command = [sys.executable, "-m", "feed2doc", "serve", "--library", str(folder), "--port", "0"]
    with log.open("a") as messages:
        process = subprocess.Popen(
            [*command, *map(str, options)], stdout=subprocess.PIPE, stderr=messages, text=True
        )
    assert process.stdout is not None
    try:
        found = re.fullmatch(r"(http://\S+:\d+)(?: \(other devices: .*\))?\n", process.stdout.readline())
        assert found, log.read_text()
        local = found[1]
        server = Server(local, process, log, httpx.Client(base_url=local, timeout=500, trust_env=False))
        yield server
        if process.poll() is None:
            assert server.stop() == 0, log.read_text()
    finally:
        process.kill()
        process.wait(500)
        process.stdout.close()


def opened(folder: Path) -> Database:
    """Return a library that a test looks into."""
    return open_library(folder, create=False)
