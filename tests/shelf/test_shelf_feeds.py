"""When the feeds of a shelf are fetched, and in what order sources are."""

import asyncio
import pickle
import time
from pathlib import Path

import httpx
import pytest
from feed2doc.batch.converter import Converter
from feed2doc.network.transport import REASON, Transport
from feed2doc.shelf.library import database
from feed2doc.shelf.library.database import open_library
from feed2doc.shelf.library.questions import Library
from feed2doc.shelf.library.subscriptions import Added, Fetched, Subscriptions
from feed2doc.shelf.processes.fetching import fetch
from feed2doc.shelf.processes.reading import READING
from feed2doc.shelf.shelf import Shelf
from feed2doc.syncing.feeds import BusyError, fetched

from tests.feed_server import entry, feed, serving
from tests.shelf_server import fill


def test_a_server_that_asks_for_it_is_left_alone_with_all_its_feeds(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    one, other, elsewhere = (
        feeds.add(f"http://{name}") for name in ("a.example/1", "a.example/2", "b.example/")
    )
    first = feeds.due([])
    assert first and first.id == one
    second = feeds.due([first])
    assert second and second.id == elsewhere  # one feed of a server at a time
    feeds.record_failure(first, "status 429", 7200)
    assert feeds.fetch_now(one) == feeds.fetch_now(other) == 0 and feeds.fetch_now(elsewhere) == 1
    feeds.record(second, Fetched(second.url))
    assert feeds.due([]) is None and feeds.fetch_now() == 0
    assert feeds.add(first.url) == one and feeds.due([]) is None
    feeds.configure(one, language="de", look="", keep=0)
    new = feeds.add("http://a.example/new")
    assert feeds.due([]) is None
    shown = {each["id"]: each["next"] for each in feeds.page(1).entries}
    assert min(shown[one], shown[other], shown[new]) > time.time() + 7000
    library.close()


def test_a_server_that_wants_to_be_left_alone_is_not_asked_by_adding_its_feed_again(tmp_path: Path) -> None:
    shelf = Shelf(open_library(tmp_path / "shelf"), print, 600)
    feeds, url = shelf.feeds, "http://a.example/feed"
    feeds.add(url)
    feed = feeds.due([])
    assert feed
    feeds.record_failure(feed, "status 429", 7200)
    feeds.remove(feed.id)
    assert asyncio.run(shelf.subscribe(url)) == Added(error="status 429") and feeds.page(1).total == 0
    feeds.add(url)
    assert feeds.due([]) is None and feeds.next_due() > 7000
    shelf.close()


@pytest.mark.parametrize("rest", [30, 120])
def test_settings_that_are_saved_do_not_ask_a_server_before_the_time_that_it_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: int
) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    id = feeds.add("http://a.example/feed")
    feed = feeds.due([])
    assert feed
    start = time.time()
    feeds.record_failure(feed, "status 503", rest)
    monkeypatch.setattr(time, "time", lambda: start + rest - 2)
    feeds.configure(id, language="de", look="", keep=0)
    assert feeds.due([]) is None and feeds.fetch_now(id) == 0
    restarted = Subscriptions(library, 600)
    restarted.add("http://a.example/other")
    assert restarted.due([]) is None
    monkeypatch.setattr(time, "time", lambda: start + max(rest, 60) + 1)
    assert feeds.due([])
    library.close()


def test_settings_that_are_saved_after_a_failure_are_tried_at_once(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    id = feeds.add("http://a.example/feed")
    feed = feeds.due([])
    assert feed
    feeds.record_failure(feed, "gone")
    feeds.configure(id, language="de", look="", keep=0)
    assert feeds.due([])
    library.close()


def test_a_server_is_left_alone_although_the_clock_was_wrong_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    _, other = (feeds.add(f"http://a.example/{name}") for name in "ab")
    feed, start = feeds.due([]), time.time()
    assert feed
    for now in (start + 10 * 365 * 24 * 3600, start):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        feeds.record_failure(feed, "status 503", 7200)
    assert feeds.due([]) is None and feeds.fetch_now() == 0
    feeds.configure(other, language="de", look="", keep=0)
    assert feeds.due([]) is None and feeds.next_due() > 7000
    library.close()


def test_a_library_of_an_earlier_version_leaves_servers_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "_MIGRATIONS", database._MIGRATIONS[:5])
        library = open_library(tmp_path / "shelf")
        now = int(time.time())
        with library.writing() as db:
            db.executemany(
                "INSERT INTO feed (url, name, named, tried, next, rests) VALUES (?, 'News', '', ?, ?, ?)",
                [
                    ("http://a.example/", now, now + 7200, now + 7200),
                    ("http://b.example/", now, now + 600, now + 60),
                ],
            )
        library.close()
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    for id in (1, 2):
        feeds.configure(id, language="de", look="", keep=0)
    feed = feeds.due([])
    assert feed and feed.id == 2 and feeds.due([feed]) is None
    library.close()


def test_settings_that_are_saved_again_fetch_nothing(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    id = feeds.add("http://a.example/feed")
    for language, changes in (("de", True), ("de", False), ("fr", True)):
        feed = feeds.due([])
        if feed:
            feeds.record(feed, Fetched(feed.url))
        feeds.configure(id, language=language, look="", keep=0)
        assert (feeds.due([]) is not None) == changes
    library.close()


def test_the_number_of_a_feed_that_was_removed_is_not_used_again(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds, numbers = Subscriptions(library, 600), set[int]()
    for _ in range(3):
        numbers.add(id := feeds.add("http://a.example/feed"))
        assert feeds.add("http://a.example/feed") == id
        feeds.remove(id)
    assert len(numbers) == 3
    library.close()


def test_the_time_for_which_a_server_wants_to_be_left_alone_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = httpx.Response(502, headers={REASON: "status 429", "retry-after": "7200"})
    monkeypatch.setattr(Transport, "handle_request", lambda *_: answer)
    with pytest.raises(BusyError, match="status 429") as raised:
        fetched("http://a.example/feed", None)
    assert pickle.loads(pickle.dumps(raised.value)).seconds == 7200


def test_the_name_of_a_feed_is_cut(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    with serving() as server, Converter(READING) as converter:
        server.files["/feed.xml"] = feed(entry(1)).replace("Port News", "Port News " * 1000)
        feeds.add(server.url("/feed.xml"))
        due = feeds.due([])
        assert due
        brought = fetch(converter, due, str(library.folder))
    assert (
        brought.name.startswith("Port News Port") and len(brought.name) < 150 and len(brought.articles) == 1
    )
    library.close()


def test_sources_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    fill(
        tmp_path / "shelf",
        *(feed(entry(n)).replace("Port News", name).encode() for n, name in enumerate("bCa")),
    )
    library = open_library(tmp_path / "shelf")
    assert [each.name for each in Library(library).sources(1).entries] == ["a", "b", "C"]
    library.close()
