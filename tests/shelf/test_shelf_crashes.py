"""Shelves that are killed in the middle of an import, a fetch or a book: nothing is lost, and nothing is there twice."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from feed2doc.shelf.library.questions import Library

from tests.command import run_process
from tests.feed_server import entry, feed
from tests.shelf_server import fill, item, news, opened, shelf

pytestmark = pytest.mark.slow


def count(folder: Path) -> int:
    library = opened(folder)
    total = Library(library).newest(1).total
    assert library.reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    library.close()
    return total


def test_a_killed_import_can_be_repeated(tmp_path: Path) -> None:
    folder, items = tmp_path / "shelf", tmp_path / "items"
    items.mkdir()
    for number in range(40):
        (items / f"{number}.txt").write_bytes(item(number))
    fill(folder, item(1))
    # It reads from this pipe last, and so waits until it is killed.
    os.mkfifo(items / "pipe.txt")
    command = [sys.executable, "-m", "feed2doc", "serve", "--library", str(folder), "--import"]
    process = subprocess.Popen([*command, str(items), str(items / "pipe.txt")], stderr=subprocess.DEVNULL)
    with (items / "pipe.txt").open("wb"):  # opens as soon as the import reads it
        process.kill()
        process.wait()
    (items / "pipe.txt").unlink()
    assert count(folder) == 1
    done = run_process("serve", "--library", folder, "--import", items)
    assert done.stdout == b"39 articles\n" and count(folder) == 40
    assert not list(folder.glob(".import-*"))


def test_a_killed_fetch_is_repeated(tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            answered.wait(500)
            body = feed(entry(1), entry(2)).encode()
            try:
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the shelf was killed

        def log_message(self, *_: Any) -> None:
            pass

    feeds = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=feeds.serve_forever, daemon=True).start()
    folder = tmp_path / "shelf"
    with shelf(folder) as server:
        url = f"http://127.0.0.1:{feeds.server_address[1]}/feed.xml"
        with suppress(httpx.ReadTimeout):  # the answer comes when it was fetched
            server.post("/add", "/add", {"url": url}, timeout=1)
        assert asked.wait(500)
        server.stop(signal.SIGKILL)
    answered.set()
    with shelf(folder) as server:
        while len(server.titles()) < 2:
            threading.Event().wait(0.05)
        assert sorted(server.titles()) == ["Port 1 opens", "Port 2 opens"]
    feeds.shutdown()
    feeds.server_close()
    assert count(folder) == 2


def test_a_book_that_was_being_made_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    fill(folder, news(1))
    with shelf(folder) as server:
        path = server.books("Port 1 opens")[2]
        errors: list[Exception] = []

        def ask() -> None:
            try:
                httpx.get(server.base + path, timeout=500)
            except httpx.HTTPError as error:
                errors.append(error)

        reader = threading.Thread(target=ask)
        reader.start()
        while not server.children():
            threading.Event().wait(0.01)
        server.stop(signal.SIGKILL)
        reader.join()
        assert errors
    with shelf(folder) as server:
        assert server.get(path).content.startswith(b"%PDF")
    assert [each.suffix for each in (folder / "books").iterdir()] == [".pdf"]


def test_a_server_that_is_told_to_stop_finishes_the_book(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    fill(folder, news(1))
    with shelf(folder) as server:
        path, got = server.books("Port 1 opens")[2], list[bytes]()
        reader = threading.Thread(
            target=lambda: got.append(httpx.get(server.base + path, timeout=500).content)
        )
        reader.start()
        while not server.children():
            threading.Event().wait(0.01)
        assert server.stop() == 0
        reader.join()
        assert got and got[0].startswith(b"%PDF")


def test_a_library_has_one_server_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    with shelf(folder) as server:
        second = run_process("serve", "--library", folder, "--port", "0")
        assert (second.returncode, second.stdout) == (2, b"") and second.stderr.count(b"\n") == 1
        assert b"another server has this library" in second.stderr
        assert run_process("serve", "--library", folder, "--import", "samples/23-feed.xml").returncode == 0
        server.stop(signal.SIGKILL)
    with shelf(folder) as server:  # a lock of the killed one is not left
        assert server.titles()
