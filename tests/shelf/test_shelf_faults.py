"""What a shelf does when something fails or changes in the meantime."""

import asyncio
import base64
import contextlib
import os
import sqlite3
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path

import httpx
import pytest
from feed2doc.batch.converter import Converter
from feed2doc.batch.job import Job, PictureSettings
from feed2doc.env import Env
from feed2doc.errors import ReadError
from feed2doc.shelf.library.arrivals import put, remove
from feed2doc.shelf.library.backup import export_library
from feed2doc.shelf.library.database import FILE, Database, open_library
from feed2doc.shelf.library.picture_rows import FetchedPictures, PictureRows
from feed2doc.shelf.library.questions import Library
from feed2doc.shelf.library.subscriptions import Added, Fetched, Subscription, Subscriptions
from feed2doc.shelf.library.unused import remove_unused
from feed2doc.shelf.processes.fetching import fetch_pictures
from feed2doc.shelf.processes.preparation import (
    kept_picture,
    picture_files,
    picture_path,
    prepared,
    saved_pictures,
)
from feed2doc.shelf.schedule import Schedule
from feed2doc.shelf.serving.auth import Sessions
from feed2doc.shelf.serving.server import _gate, serve
from feed2doc.shelf.serving.site import Site
from feed2doc.shelf.shelf import Shelf, _with_fallback

from tests import picture_server
from tests.command import COMMAND, run, run_process
from tests.shelf_server import documents, fill, item, news


def followed(library: Database) -> tuple[Subscriptions, Subscription]:
    """Return the feeds of a library, and one that was added to it."""
    feeds = Subscriptions(library, 600)
    feeds.add("http://a.example/feed")
    feed = feeds.due([])
    assert feed
    return feeds, feed


def test_settings_that_are_saved_during_a_fetch_apply(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds, feed = followed(library)
    articles = tuple(prepared(each, Env(), tmp_path / "shelf") for each in documents(news(1)))
    feeds.configure(feed.id, language="de", look="", keep=0)
    brought = Fetched(feed.url, etag="e", modified="m", digest="d", articles=articles)
    assert feeds.record(feed, brought) == 0 and Library(library).newest(1).total == 0
    again = feeds.due([])
    assert again and (again.language, again.etag, again.modified, again.digest) == ("de", "", "", "")
    assert feeds.record(again, brought) == 1
    library.close()


def put_news(library: Database, feed: Subscription, data: bytes) -> int:
    """Put the articles of a feed into its library."""
    with library.writing() as db:
        return put(db, [prepared(each, Env(), library.folder) for each in documents(data)], feed.id)


@pytest.mark.parametrize("error", [zlib.error("rubbish"), OSError("no process")])
def test_an_unexpected_error_does_not_end_the_fetching_of_pictures(tmp_path: Path, error: Exception) -> None:
    messages: list[str] = []

    async def run_schedule(shelf: Shelf) -> list[bytes]:
        asked: list[bytes] = []
        both = asyncio.Event()
        loop = asyncio.get_running_loop()

        def submit(function: object, document: bytes, folder: str) -> Future[FetchedPictures]:
            asked.append(document)
            if len(asked) == 1:
                raise error
            loop.call_soon_threadsafe(both.set)
            done: Future[FetchedPictures] = Future()
            done.set_result(FetchedPictures())
            return done

        shelf.readers.submit = submit  # type: ignore[method-assign,assignment]
        schedule = asyncio.create_task(Schedule(shelf).run())
        waiting = asyncio.create_task(both.wait())
        await asyncio.wait([schedule, waiting], return_when=asyncio.FIRST_COMPLETED)
        assert not schedule.done()
        schedule.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await schedule
        return asked

    shelf = Shelf(open_library(tmp_path / "shelf"), messages.append, 600)
    _, feed = followed(shelf.database)
    shelf.feeds.record(feed, Fetched(feed.url))
    put_news(shelf.database, feed, news(1, 2))
    assert len(set(asyncio.run(run_schedule(shelf)))) == 2
    (message,) = messages
    assert str(error) in message
    shelf.close()


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk is full"), KeyError("full")])
def test_a_feed_that_cannot_be_recorded_is_not_fetched_again_at_once(
    tmp_path: Path, error: Exception
) -> None:
    messages: list[str] = []
    shelf = Shelf(open_library(tmp_path / "shelf"), messages.append, 600)

    def fail(*_: object) -> None:
        raise error

    async def run_schedule() -> None:
        waiting = asyncio.create_task(shelf.subscribe("http://a.example/feed"))
        schedule = Schedule(shelf)
        running = asyncio.create_task(schedule.run())
        assert "full" in (await waiting).error
        assert schedule._busy and "full" in messages[-1] and "OperationalError" not in messages[-1]
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    done: Future[Fetched] = Future()
    done.set_result(Fetched("http://a.example/feed"))
    shelf.readers.submit = lambda *_: done  # type: ignore[method-assign,assignment]
    shelf.feeds.record = shelf.feeds.record_failure = fail  # type: ignore[method-assign,assignment]
    asyncio.run(run_schedule())
    shelf.close()


async def scheduled(shelf: Shelf, until: Callable[[], Awaitable[object]]) -> object:
    """Return what a coroutine returns while the schedule of a shelf runs, which is stopped then."""
    running = asyncio.create_task(Schedule(shelf).run())
    try:
        return await until()
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def test_who_adds_a_feed_again_that_could_not_be_recorded_hears_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feed2doc.shelf.schedule._LONGEST_SLEEP", 0.0)
    monkeypatch.setattr("feed2doc.shelf.schedule._SHORTEST_SLEEP", 0.0)
    shelf = Shelf(open_library(tmp_path / "shelf"), lambda _: None, 600)
    url = "http://a.example/feed"
    told: list[Added] = []

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk is full")

    def tell(feed: Subscription, found: Added) -> None:
        told.append(found)
        if len(told) == 2:
            both.set()

    async def fetch_once() -> None:
        await shelf.write(shelf.feeds.add, url)
        await both.wait()

    done: Future[Fetched] = Future()
    done.set_result(Fetched(url))
    both = asyncio.Event()
    shelf.readers.submit = lambda *_: done  # type: ignore[method-assign,assignment]
    shelf.feeds.record = fail  # type: ignore[method-assign,assignment]
    shelf.has_tried = tell  # type: ignore[method-assign]
    asyncio.run(scheduled(shelf, fetch_once))
    assert [each.error for each in told] == ["disk is full"] * 2
    shelf.close()


def test_a_feed_that_the_database_refuses_is_not_fetched_again_at_once(tmp_path: Path) -> None:
    messages: list[str] = []
    shelf = Shelf(open_library(tmp_path / "shelf"), messages.append, 600)

    def refuse(*_: object) -> None:
        raise sqlite3.IntegrityError("UNIQUE constraint failed")

    done: Future[Fetched] = Future()
    done.set_result(Fetched("http://a.example/feed"))
    shelf.readers.submit = lambda *_: done  # type: ignore[method-assign,assignment]
    shelf.feeds.record = refuse  # type: ignore[method-assign,assignment]
    found = asyncio.run(scheduled(shelf, lambda: shelf.subscribe("http://a.example/feed", is_sure=True)))
    assert isinstance(found, Added) and found.id and "UNIQUE" in messages[-1]
    assert "internal error" in shelf.feeds.page(1).entries[0]["error"] and shelf.feeds.next_due() > 600
    shelf.close()


@pytest.mark.parametrize("error", [BrokenPipeError("closed"), ValueError("I/O operation on closed file")])
def test_a_log_that_nothing_reads_any_more_changes_nothing(tmp_path: Path, error: Exception) -> None:
    def fail(_: str) -> None:
        raise error

    shelf = Shelf(open_library(tmp_path / "shelf"), fail, 600)
    gone: Future[Fetched] = Future()
    gone.set_exception(ReadError("gone"))
    shelf.readers.submit = lambda *_: gone  # type: ignore[method-assign,assignment]
    asyncio.run(scheduled(shelf, lambda: shelf.subscribe("http://a.example/feed", is_sure=True)))
    assert shelf.feeds.page(1).entries[0]["error"] == "gone" and shelf.feeds.next_due() > 600
    shelf.close()


def test_a_transaction_that_cannot_be_completed_does_not_keep_out_the_next(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    with pytest.raises(sqlite3.IntegrityError), library.writing() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("INSERT INTO document VALUES (7, x'')")  # of no article
    with library.writing() as db:
        assert db.execute("SELECT count(*) FROM document").fetchone() == (0,)
    library.close()


def test_a_session_stays_open_while_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = open_library(tmp_path / "shelf")
    sessions = Sessions(library, b"password")
    cookie, now = sessions.begin(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 3600)
    library._writer.execute("PRAGMA query_only = ON")  # so that it cannot be written, either
    assert sessions.is_open(cookie)
    library._writer.execute("PRAGMA query_only = OFF")
    assert sessions.is_open(cookie)
    library.close()


def test_pictures_of_an_article_that_has_changed_are_fetched_again(tmp_path: Path) -> None:
    database = open_library(tmp_path / "shelf")
    library, (_, feed) = Library(database), followed(database)
    put_news(database, feed, news(1))
    before = PictureRows(database).next_due()
    assert before
    put_news(database, feed, news(1, state="closed"))
    PictureRows(database).add(before, FetchedPictures({"http://a.example/a.jpg": "a.jpg"}))
    assert library.pictures(before.id) == {}
    after = PictureRows(database).next_due()
    assert after and after.hash != before.hash
    PictureRows(database).add(after, FetchedPictures({"http://a.example/a.jpg": "a.jpg"}))
    assert library.pictures(before.id) and PictureRows(database).next_due() is None
    database.close()


def test_pictures_that_come_late_make_new_books(tmp_path: Path) -> None:
    with picture_server.serving() as pictures:
        address = pictures.url("/a.jpg")
        data = news(1).replace(b"<p>Pier", f'<img src="{address}"><p>Pier'.encode())
    database = open_library(tmp_path / "shelf")
    library, (_, feed) = Library(database), followed(database)
    put_news(database, feed, data)
    job = Job(targets=(), pictures=PictureSettings(allow_hosts=("127.0.0.1",)))
    first = PictureRows(database).next_due()
    assert first
    with Converter(job) as converter:  # nothing listens there any more
        fetched = fetch_pictures(converter, first.document, str(tmp_path / "shelf"))
    assert not fetched.names and fetched.again and fetched.lost == 1 and "connection" in fetched.error
    PictureRows(database).add(first, fetched)
    article, edition = library.article(first.id), library.editions(1).entries[0]
    assert PictureRows(database).next_due() is None and article and article.hash == first.hash
    with database.writing() as db:
        assert db.execute("UPDATE article SET pictures_due = 2 WHERE pictures_due").rowcount == 1
    later = PictureRows(database).next_due()
    assert later
    PictureRows(database).add(later, FetchedPictures({address: "a.jpg"}))
    now = library.article(first.id)
    assert (
        now and now.hash != first.hash and now.picture == "a.jpg" and PictureRows(database).next_due() is None
    )
    assert library.editions(1).entries[0].hash != edition.hash
    assert put_news(database, feed, data) == 0 and library.article(first.id) == now
    database.close()


def test_files_of_pictures_that_no_article_has_are_removed(tmp_path: Path) -> None:
    database = open_library(tmp_path / "shelf")
    library, (_, feed) = Library(database), followed(database)
    put_news(database, feed, news(1))
    kept, new, old = (f"{digit * 32}.jpg" for digit in "abc")
    for name in (kept, new, old):
        path = picture_path(database.folder, name)
        path.parent.mkdir(parents=True)
        path.write_bytes(b"picture")
        if name != new:
            os.utime(path, (0, 0))
    due = PictureRows(database).next_due()
    assert due
    PictureRows(database).add(due, FetchedPictures({"http://a.example/a.jpg": kept}))
    remove_unused(library)
    assert sorted(path.name for path in picture_files(database.folder)) == [kept, new]
    database.close()


def test_books_of_articles_that_are_gone_are_removed(tmp_path: Path) -> None:
    database = open_library(tmp_path / "shelf")
    library, (_, feed), books = Library(database), followed(database), database.folder / "books"
    put_news(database, feed, news(1, 2))
    edition = library.editions(1).entries[0].id
    names = [
        "1-aaaaaaaaaaaa.epub",
        "2-aaaaaaaaaaaa.epub",
        "2-aaaaaaaaaaaa0000.kepub.epub",
        f"{edition}-bbbbbbbbbbbb.pdf",
    ]
    books.mkdir()
    for name in names:
        (books / name).write_bytes(b"book")
    for id, left in ((1, names[1:]), (2, [])):
        with database.writing() as db:
            remove(db, [id])
        remove_unused(library)
        assert sorted(path.name for path in books.iterdir()) == left
    database.close()


def test_a_picture_that_is_saved_again_is_new(tmp_path: Path) -> None:
    data = b"data:image/jpeg;base64," + base64.b64encode(picture_server.JPEG)
    (document,) = documents(item(1, f'<p>Here.</p><img src="{data.decode()}">'))
    (name,) = saved_pictures(document, Env(), tmp_path).values()
    os.utime(picture_path(tmp_path, name), (0, 0))
    saved_pictures(document, Env(), tmp_path)
    assert picture_path(tmp_path, name).stat().st_mtime > 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_the_library_is_fitted_once_unless_it_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    data = b"data:image/png;base64," + base64.b64encode(picture_server.picture(kind))
    (document,) = documents(item(1, f'<p>Here.</p><img src="{data.decode()}">'))
    (name,) = saved_pictures(document, Env(), tmp_path).values()
    path = picture_path(tmp_path, name)
    monkeypatch.setattr("feed2doc.shelf.processes.preparation.fit", lambda *_: None)
    kept = kept_picture(tmp_path, name)
    assert kept and kept.data == path.read_bytes() and name == f"{kept.digest[:32]}.{kept.extension}"
    path.write_bytes(kept.data[:-9])
    assert kept_picture(tmp_path, name) is None
    path.write_bytes(b"rubbish")
    assert kept_picture(tmp_path, name) is None


@pytest.mark.parametrize("kind", ["compressed", "cut", "text", "empty", "other", "nothing"])
def test_what_is_not_a_library_is_not_restored(tmp_path: Path, kind: str) -> None:
    fill(tmp_path / "shelf", news(1))
    file, inside, folder = tmp_path / "shelf.zip", tmp_path / "inside", tmp_path / "restored"
    export_library(tmp_path / "shelf", file)
    data = bytearray(file.read_bytes())
    if kind == "compressed":
        data[200:300] = b"\xff" * 100
    file.write_bytes(data[:-40] if kind == "cut" else data)
    inside.write_bytes(b"no database" * 500 if kind == "text" else b"")
    if kind == "other":
        with contextlib.closing(sqlite3.connect(inside)) as db:
            db.execute("CREATE TABLE article (id)")
            db.execute("PRAGMA user_version = 1")
    if kind in ("text", "empty", "other", "nothing"):
        with zipfile.ZipFile(file, "w") as packed:
            packed.write(inside, "other" if kind == "nothing" else FILE)
    done = run("library", "import", file, "--library", folder)
    assert done.returncode == 3 and done.stderr.count(b"\n") == 1 and not done.stdout, done.stderr
    assert not (folder / FILE).exists()


def test_an_error_of_the_run_is_not_blamed_on_the_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ConnectionError("elsewhere")

    monkeypatch.setattr("feed2doc.shelf.serving.server.open_library", fail)
    with pytest.raises(ConnectionError, match="elsewhere"):
        serve(tmp_path, "127.0.0.1", 0, password=None, public_url="", seconds=60, ready=print, log=print)


@pytest.mark.parametrize(
    ("names", "code", "printed"),
    [(["none.txt"], 3, b"0 articles\n"), (["empty.html", "one.txt"], 1, b"1 article\n")],
)
def test_an_import_that_fails_says_so(tmp_path: Path, names: list[str], code: int, printed: bytes) -> None:
    (tmp_path / "one.txt").write_bytes(item(1))
    (tmp_path / "empty.html").write_bytes(b"<p></p>")
    done = run_process("serve", "--library", tmp_path / "shelf", "--import", *(tmp_path / n for n in names))
    assert (done.returncode, done.stdout) == (code, printed) and names[0].encode() in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit of size")
@pytest.mark.parametrize("full", ["pictures", "database"])
def test_an_import_into_a_full_library_ends_at_once(tmp_path: Path, full: str) -> None:
    import resource

    from PIL import Image

    folder, items = tmp_path / "shelf", tmp_path / "items"
    items.mkdir()
    for n in range(3 if full == "pictures" else 200):
        (items / f"{n}.txt").write_bytes(item(n) + b'<p><img src="a.jpg"></p>')
    Image.effect_noise((800, 800), 200).save(items / "a.jpg", quality=95 if full == "pictures" else 1)
    done = subprocess.run(
        [*COMMAND, "serve", "--library", folder, "--import", items],
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
    )
    assert done.returncode == 6 and not done.stdout and done.stderr.count(b"\n") == 1, done.stderr
    assert f"{folder / (full if full == 'pictures' else FILE)}".encode() in done.stderr


def test_an_import_skips_what_is_not_an_article_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_bytes(item(1))
    (tmp_path / "in" / "readme.md").write_text("# Notes")
    done = run_process("serve", "--library", tmp_path / "shelf", "--import", tmp_path / "in")
    assert (done.returncode, done.stdout) == (0, b"1 article\n")
    assert done.stderr.endswith(b"readme.md: skipped, not a feed item\n") and done.stderr.count(b"\n") == 1


def test_a_book_that_is_not_made_before_the_end_is_cancelled() -> None:
    first: Future[bytes] = Future()
    result = _with_fallback(first, Future)
    first.cancel()
    with pytest.raises(CancelledError):
        result.result(0)


def test_a_form_that_does_not_end_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc.shelf.serving.gate._SILENT_SECONDS", 0.05)

    async def unfinished() -> AsyncIterator[bytes]:
        yield b"url="
        await asyncio.Event().wait()

    async def send(shelf: Shelf) -> httpx.Response:
        base = "http://127.0.0.1"
        transport = httpx.ASGITransport(_gate(shelf, Site("127.0.0.1"), None))
        headers = {"Origin": base, "Content-Type": "application/x-www-form-urlencoded"}
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.post("/add", content=unfinished(), headers=headers)

    shelf = Shelf(open_library(tmp_path / "shelf"), print, 60)
    answer = asyncio.run(send(shelf))
    shelf.close()
    assert answer.status_code == 408 and answer.headers["connection"] == "close"
    assert "half a minute" in answer.text


def test_who_adds_a_feed_waits_for_the_first_try(tmp_path: Path) -> None:
    shelf = Shelf(open_library(tmp_path / "shelf"), print, 60)

    async def add(*, is_sure: bool) -> Added:
        shelf.wake.clear()
        adding = asyncio.create_task(shelf.subscribe("http://a.example/feed", is_sure=is_sure))
        await shelf.wake.wait()
        feed = shelf.feeds.due([])
        assert feed and not adding.done()
        shelf.feeds.record_failure(feed, "gone")
        shelf.has_tried(feed, Added(error="gone"))
        return await adding

    async def add_twice() -> None:
        assert await add(is_sure=False) == Added(error="gone") and not shelf.feeds.page(1).entries
        assert (await add(is_sure=True)).id and shelf.feeds.page(1).entries[0]["error"] == "gone"

    asyncio.run(add_twice())
    shelf.close()


def test_a_feed_that_cannot_be_taken_back_is_not_taken_back_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async def add() -> Added:
        shelf.wake.clear()
        adding = asyncio.create_task(shelf.subscribe("http://a.example/feed"))
        await shelf.wake.wait()
        feed = shelf.feeds.due([])
        assert feed
        shelf.has_tried(feed, Added(error="gone"))
        return await adding

    async def add_twice() -> None:
        with monkeypatch.context() as full, pytest.raises(sqlite3.OperationalError):
            full.setattr(shelf.feeds, "remove", fail)
            await add()
        assert (await add()).id and shelf.feeds.page(1).total == 1

    shelf = Shelf(open_library(tmp_path / "shelf"), print, 60)
    asyncio.run(add_twice())
    shelf.close()


def test_who_adds_a_slow_feed_does_not_wait_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc.shelf.shelf._PATIENCE", 0.05)
    shelf = Shelf(open_library(tmp_path / "shelf"), print, 60)
    first = asyncio.run(shelf.subscribe("http://a.example/feed"))
    assert shelf.feeds.page_of(first.id) == 1 and shelf.feeds.page_of(first.id + 1) is None
    shelf.close()
