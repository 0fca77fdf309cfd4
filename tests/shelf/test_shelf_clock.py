"""A shelf whose clock jumps: what was planned while it was wrong does not wait for that day."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from feed2doc.env import Env
from feed2doc.shelf.codes import Codes
from feed2doc.shelf.library import editions
from feed2doc.shelf.library.database import Database, open_library
from feed2doc.shelf.library.editions import EditionSettings, configure, publish
from feed2doc.shelf.library.picture_rows import FetchedPictures, PictureRows
from feed2doc.shelf.library.questions import Library
from feed2doc.shelf.library.subscriptions import Fetched, Subscriptions
from feed2doc.shelf.processes.preparation import prepared
from feed2doc.shelf.serving.auth import Sessions

from tests.shelf_server import documents, fill, news

NOON = datetime(2025, 3, 4, 12).timestamp()
YEARS_AHEAD = datetime(2036, 1, 1, 12).timestamp()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Database]:
    found = open_library(tmp_path / "shelf")
    yield found
    found.close()


def at(monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    monkeypatch.setattr(time, "time", lambda: moment)


def test_feeds_do_not_wait_for_the_day_of_a_wrong_clock(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds = Subscriptions(library, 600)
    feeds.add("http://a.example/feed")
    at(monkeypatch, YEARS_AHEAD)
    feed = feeds.due([])
    assert feed
    feeds.record(feed, Fetched(feed.url))
    assert feeds.due([]) is None
    at(monkeypatch, NOON)
    assert feeds.due([]) and feeds.next_due() == 0
    feeds.record_failure(feed, "gone")
    assert feeds.due([]) is None and feeds.next_due() > 600


def test_editions_do_not_wait_for_the_day_of_a_wrong_clock(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Library(library)
    configure(library, EditionSettings(15, "18:00"), NOON)
    at(monkeypatch, YEARS_AHEAD)
    fill(library.folder, news(1))
    at(monkeypatch, NOON)
    fill(library.folder, news(2))
    assert editions.next_due(library, NOON) == 0
    publish(library, int(NOON))
    assert [each.id for each in shown.editions(1).entries] == ["d20360101"]
    assert editions.next_due(library, NOON) == 6 * 3600
    publish(library, int(NOON) + 6 * 3600)
    assert [each.id for each in shown.editions(1).entries] == ["d20250304", "d20360101"]


def test_articles_after_a_wrong_clock_stay_in_order_and_in_todays_edition(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Library(library)
    at(monkeypatch, YEARS_AHEAD)
    fill(library.folder, news(1))
    at(monkeypatch, NOON)
    fill(library.folder, news(2))
    newest = shown.newest(1).entries
    assert [each.title for each in newest] == ["Port 2 opens", "Port 1 opens"]
    assert newest[0].changed >= newest[1].changed  # as KOReader's sync needs it
    assert [each.id for each in shown.editions(1).entries] == ["d20250304", "d20360101"]


def test_a_clock_that_jumps_removes_no_articles(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds, shown = Subscriptions(library, 600), Library(library)
    at(monkeypatch, NOON)
    id = feeds.add("http://a.example/feed")
    feeds.configure(id, language="", look="", keep=7)

    def fetched_at(moment: float, *numbers: int) -> list[str]:
        """Return the headlines in the library after the feed was fetched with these articles."""
        at(monkeypatch, moment)
        feeds.fetch_now(id)
        feed = feeds.due([])
        assert feed
        found = documents(news(*numbers)) if numbers else []
        articles = tuple(prepared(each, Env(), library.folder) for each in found)
        feeds.record(feed, Fetched(feed.url, digest=str(moment), articles=articles))
        return sorted(each.title for each in shown.newest(1).entries)

    day = 24 * 3600
    assert fetched_at(NOON, 1) == ["Port 1 opens"]
    both = ["Port 1 opens", "Port 2 opens"]
    for moment in (YEARS_AHEAD, YEARS_AHEAD + 600, NOON + 3600, NOON - 9 * day, NOON + 2 * 3600):
        assert fetched_at(moment, 1, 2) == both
    # It goes on, and both are removed when they are old.
    for hours in range(3, 7 * 24, 12):
        assert fetched_at(NOON + hours * 3600) == both
    left = [fetched_at(NOON + 7 * day + hours * 3600) for hours in range(0, 30, 6)]
    assert left[0] == both and left[-1] == []


def test_pictures_do_not_wait_for_the_day_of_a_wrong_clock(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds, pictures = Subscriptions(library, 600), PictureRows(library)
    at(monkeypatch, YEARS_AHEAD)
    fill(library.folder, news(1), feed_id=feeds.add("http://a.example/feed"))
    due = pictures.next_due()
    assert due
    pictures.add(due, FetchedPictures(again=True, lost=1))
    assert pictures.next_due() is None
    at(monkeypatch, NOON)
    due = pictures.next_due()
    assert due
    pictures.add(due, FetchedPictures(again=True, lost=1))
    assert pictures.next_due() is None


def test_codes_and_sessions_end_although_the_clock_was_ahead(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes, sessions = Codes(library), Sessions(library, b"password")
    at(monkeypatch, YEARS_AHEAD)
    code, cookie = codes.new("1.epub"), sessions.begin()
    assert codes.name(code) == "1.epub" and sessions.is_open(cookie)
    at(monkeypatch, NOON)
    assert codes.name(code) == "" and sessions.is_open(cookie)
    assert codes.name(codes.new("2.epub")) == "2.epub"
    at(monkeypatch, NOON + 100 * 24 * 3600)
    assert not sessions.is_open(cookie)
