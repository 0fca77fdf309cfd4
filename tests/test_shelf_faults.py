"""What a shelf does when something fails or changes in the meantime."""

from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest
from feed2doc.env import Env
from feed2doc.shelf.database import Database, open_library
from feed2doc.shelf.library import Library
from feed2doc.shelf.preparation import prepared
from feed2doc.shelf.server import serve
from feed2doc.shelf.shelf import _with_fallback
from feed2doc.shelf.subscriptions import Fetched, Subscription, Subscriptions

from tests.command import run_process
from tests.shelf_server import documents, item, news


def followed(library: Database) -> tuple[Subscriptions, Subscription]:
    """Return the feeds of a library, and one that was added to it."""
    feeds = Subscriptions(library, 600)
    feeds.add("http://a.example/feed")
    feed = feeds.due(set())
    assert feed
    return feeds, feed


def test_settings_that_are_saved_during_a_fetch_apply(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds, feed = followed(library)
    articles = tuple(prepared(each, Env(), tmp_path / "shelf") for each in documents(news(1)))
    feeds.configure(feed.id, language="de", look="", keep=0)
    brought = Fetched(feed.url, etag="e", modified="m", digest="d", articles=articles)
    assert feeds.record(feed, brought) == 0 and Library(library).newest(1).total == 0
    again = feeds.due(set())
    assert again and (again.language, again.etag, again.modified, again.digest) == ("de", "", "", "")
    assert feeds.record(again, brought) == 1
    library.close()


def test_an_error_of_the_run_is_not_blamed_on_the_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ConnectionError("elsewhere")

    monkeypatch.setattr("feed2doc.shelf.server.open_library", fail)
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


def test_a_book_that_is_not_made_before_the_end_is_cancelled() -> None:
    first: Future[bytes] = Future()
    result = _with_fallback(first, Future)
    first.cancel()
    with pytest.raises(CancelledError):
        result.result(0)
