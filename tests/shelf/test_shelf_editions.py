"""The editions of a shelf: newspapers of one day, made at once or at a time of day."""

import io
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from feed2doc.assets import picture_of
from feed2doc.batch.converter import Converter
from feed2doc.shelf.library import database, editions
from feed2doc.shelf.library.arrivals import remove
from feed2doc.shelf.library.database import Database, open_library
from feed2doc.shelf.library.editions import EditionSettings, configure, period, publish, settings
from feed2doc.shelf.library.questions import Library
from feed2doc.shelf.processes.making import MAKING, make_cover
from feed2doc.shelf.processes.preparation import picture_path

from tests import paths
from tests.feed_server import entry, feed
from tests.shelf_server import fill, found, item, news, opened, shelf

SAMPLES = paths.ROOT / "samples" / "images"
NOON = datetime(2025, 3, 4, 12).timestamp()
STORY = (
    "<p>The harbour of Port Lunt was closed on Monday after the ferry Marigold struck the north pier at 6.40 in the morning. "
    "Captain Elsa Brandt said that all 212 passengers were brought ashore.</p><p>The repair of the pier will cost "
    "4.5 million crowns, said the harbour master, Jonas Ek, and will last until June.</p>"
)
SENTENCES = (
    "Kiln number {n} at the tile works of Orrby was lit again.",
    "Its tiles are blue in the {n}th year.",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Database]:
    found = open_library(tmp_path / "shelf")
    yield found
    found.close()


def put_news(library: Database, *numbers: int) -> None:
    fill(library.folder, news(*numbers))


def days(library: Database) -> list[tuple[str, int, int, int]]:
    """Return day, volume, number of articles and minutes of each edition, and whether it has appeared."""
    return library.reader.execute(
        "SELECT day, volume, articles, minutes FROM edition ORDER BY day, volume"
    ).fetchall()


def at(monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    monkeypatch.setattr(time, "time", lambda: moment)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set on Windows")
def test_the_period_of_an_edition_ends_at_its_time_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        saturday = datetime(2025, 3, 29, 7).timestamp()  # the clock changes in the night
        assert period("", saturday) == ("2025-03-29", 0)
        assert period("06:00", saturday) == ("2025-03-30", int(saturday) + 22 * 3600)
        assert period("06:00", saturday - 3601)[0] == "2025-03-29"
        assert period("06:00", saturday - 3600)[0] == "2025-03-30"  # what comes at the moment is late
        assert period("00:00", saturday)[0] == "2025-03-30"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_edition_with_a_time_appears_then(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Library(library)
    configure(library, EditionSettings(15, "18:00"), NOON)
    at(monkeypatch, NOON)
    put_news(library, 1, 2)
    put_news(library, 3)
    due = int(NOON) + 6 * 3600
    next = shown.next_edition()
    assert next and (next.due, next.articles) == (due, 3) and editions.next_due(library, NOON) == 6 * 3600
    assert shown.editions(1).total == 0 and shown.edition("d20250304") is None
    publish(library, due - 1)
    assert shown.editions(1).total == 0
    publish(library, due)
    at(monkeypatch, due + 1)
    put_news(library, 4)
    (edition,) = shown.editions(1).entries
    assert (edition.id, edition.articles, edition.minutes, edition.changed) == ("d20250304", 3, 15, due)
    assert days(library) == [("2025-03-04", 1, 3, 15), ("2025-03-05", 1, 1, 15)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("", ""), 0, [("2025-03-04", 1, 3, 9)]),
        (("", "18:00"), 1, [("2025-03-04", 1, 2, 9), ("2025-03-04", 2, 1, 9)]),
        (("18:00", "19:00"), 3, [("2025-03-04", 1, 3, 9)]),
        (("18:00", "06:00"), 3, [("2025-03-05", 1, 3, 9)]),
        (("06:00", "18:00"), 3, [("2025-03-04", 1, 3, 9)]),
        (("06:00", ""), 0, [("2025-03-04", 1, 3, 9)]),
    ],
)
def test_settings_apply_to_the_edition_that_is_not_finished(
    library: Database,
    monkeypatch: pytest.MonkeyPatch,
    before: tuple[str, str],
    after: int,
    expected: list[tuple[str, int, int, int]],
) -> None:
    at(monkeypatch, NOON)
    old, new = before
    configure(library, EditionSettings(5, old), NOON)
    put_news(library, 1, 2)
    configure(library, EditionSettings(9, new), NOON)
    assert settings(library.reader) == EditionSettings(9, new)
    put_news(library, 3)
    assert days(library) == expected
    waiting = Library(library).next_edition()
    assert (waiting.articles if waiting else 0) == after


def test_settings_leave_earlier_editions_alone(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOON)
    put_news(library, 1)
    before = Library(library).editions(1).entries
    tomorrow = NOON + 24 * 3600
    configure(library, EditionSettings(0), tomorrow)
    assert Library(library).editions(1).entries == before
    at(monkeypatch, tomorrow)
    put_news(library, 2)
    assert days(library) == [("2025-03-04", 1, 1, 30), ("2025-03-05", 1, 1, 0)]
    hashes = {each.hash for each in Library(library).editions(1).entries}
    configure(library, EditionSettings(7), tomorrow)
    assert len(hashes & {each.hash for each in Library(library).editions(1).entries}) == 1


def test_an_edition_is_as_new_as_its_last_change(library: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed() -> int:
        return int(Library(library).editions(1).entries[0].changed - NOON)

    at(monkeypatch, NOON)
    put_news(library, 1, 2)
    assert changed() == 0
    at(monkeypatch, NOON + 60)
    put_news(library, 1, 2)
    assert changed() == 0
    with library.writing() as db:
        remove(db, [1])
    assert changed() == 60
    configure(library, EditionSettings(7), NOON)
    at(monkeypatch, NOON + 90)
    configure(library, EditionSettings(7), NOON)
    assert changed() == 60
    configure(library, EditionSettings(8), NOON)
    assert changed() == 90


def test_articles_without_an_address_do_not_lead_to_one_with_an_invalid_address(library: Database) -> None:
    fill(library.folder, item(1), item(2).replace(b"https://items.example/2", b"http://items.example:port/"))
    of = Library(library)
    pages = of.ingredients_of_edition(of.editions(1).entries[0]).pages
    assert pages == {"https://items.example/1": "../read/1"}


def test_an_earlier_library_gets_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "_MIGRATIONS", database._MIGRATIONS[:1])
        library = open_library(tmp_path / "shelf")
        with library.writing() as db:
            db.execute("INSERT INTO edition VALUES (1, '2025-03-04', 1, 9, 'abcdefghijkl', 5, 'en')")
        library.close()
    library = open_library(tmp_path / "shelf")
    (edition,) = Library(library).editions(1).entries
    assert (edition.hash, edition.minutes) == ("abcdefghijkl", 0)
    assert settings(library.reader) == EditionSettings(30)
    library.close()


def test_a_volume_that_prints_everything_does_not_become_too_large(
    library: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOON)
    monkeypatch.setattr("feed2doc.shelf.library.editions.MOST_IN_FULL", 2)
    configure(library, EditionSettings(5), NOON)
    put_news(library, 1, 2, 3)
    configure(library, EditionSettings(0), NOON)
    assert [row[2:] for row in days(library)] == [(3, 5)]  # it keeps its minutes
    with library.writing() as db:  # as the editions of an earlier version
        db.execute("UPDATE edition SET minutes = 0")
    configure(library, EditionSettings(0), NOON)
    put_news(library, 4)
    assert sorted(row[2:] for row in days(library)) == [(1, 0), (3, 0)]


def _waited(of: Callable[[], bool]) -> bool:
    """Return True as soon as something is so, or False after a minute."""
    end = time.monotonic() + 500
    while not (done := of()) and time.monotonic() < end:
        time.sleep(0.05)
    return done


def texts(book: bytes) -> dict[str, str]:
    """Return the texts of the pages of an EPUB by their headings."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    headed = ((re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL), page) for page in pages)
    return {_plain(heading[1]): _plain(page) for heading, page in headed if heading}


def _plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_the_shelf_makes_its_newspaper_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    long = "".join(f"<p>{' '.join(SENTENCES).format(n=n)}</p>" for n in range(150))
    other = feed(entry(7)).replace("Port 7 opens", "Ferry hits pier").replace("<p>Pier 7 is open. ", STORY)
    library = opened_with(folder, EditionSettings(4, "06:00"))
    fill(folder, item(1, STORY, "Ferry strikes the pier"), item(2, long, "Tiles of Orrby"), other.encode())
    with library.writing() as db:
        assert db.execute("UPDATE edition SET due = 1").rowcount == 1
    library.close()
    with shelf(folder) as server:
        assert _waited(lambda: any((folder / "books").glob("d*.epub")))
        feed_page = server.get("/opds/editions", "application/opds+json").json()["publications"]
        assert len(feed_page) == 1
        book = server.get("/latest.epub").content
        assert book == server.get(feed_page[0]["links"][0]["href"]).content
        read = texts(book)
        assert {"In brief", "Left out"} <= set(read)
        assert any("Front page" in text for text in read.values())
        told = [title for title in read if title in ("Ferry strikes the pier", "Ferry hits pier")]
        assert len(told) == 1 and "Also told by" in read[told[0]] and "Tiles of Orrby" not in read
        assert "Tiles of Orrby" in read["Left out"] and "Tiles of Orrby" in read["In brief"]

        form = "//form[@action='/editions/settings']"
        page = server.get("/editions").text
        assert found(page, f"{form}//input[@type='number' or @type='time']/@value") == ["4", "06:00"]
        fill(folder, item(3))
        assert (
            "Next edition" in server.get("/editions").text
            and "1 article so far" in server.get("/editions").text
        )
        path = "/editions/settings"
        for minutes, at in (("601", ""), ("-1", ""), ("5", "24:00"), ("5", "noon"), ("x", "06:00")):
            refused = server.post(path, "/editions", {"minutes": minutes, "time": at})
            assert refused.status_code == 422, (minutes, at)
        done = server.post(path, "/editions", {"minutes": "", "time": ""})
        assert (done.status_code, done.headers["location"]) == (303, "/editions?done=saved")
        assert found(
            server.get("/editions").text, f"{form}//input[@type='number' or @type='time']/@value"
        ) == ["", ""]
        assert (
            len(server.titles("/opds/editions")) == 2 and "Next edition" not in server.get("/editions").text
        )
        server.post(path, "/editions", {"minutes": "20", "time": "7:05:00"})
        assert found(server.get("/editions").text, f"{form}//input[@type='time']/@value") == ["07:05"]


def test_the_cover_of_an_edition_has_a_picture_of_it(library: Database) -> None:
    source, name = "https://a.example/harbour.jpg", f"{'a' * 32}.jpg"
    fill(library.folder, item(1, f'<p>Boats.</p><img src="{source}">'), item(2))
    path = picture_path(library.folder, name)
    path.parent.mkdir(parents=True)
    shutil.copy(SAMPLES / "harbour.jpg", path)
    shown = Library(library)
    of = shown.ingredients_of_edition(shown.editions(1).entries[0])
    without = msgspec.structs.replace(of, pictures=({}, {}))
    having = msgspec.structs.replace(of, pictures=({source: name}, {}))
    with Converter(MAKING) as converter:
        bare, pictured = (make_cover(converter, each, "", str(library.folder)) for each in (without, having))
    assert picture_of(bare) and picture_of(pictured) and bare != pictured


def test_an_edition_that_is_awaited_is_announced(tmp_path: Path) -> None:
    opened_with(tmp_path / "shelf", EditionSettings(4, "06:00")).close()
    fill(tmp_path / "shelf", news(1))
    with shelf(tmp_path / "shelf") as server:
        answer = server.get("/latest.epub")
        assert answer.status_code == 404 and "Next edition" in answer.text
        assert "Next edition" in server.get("/editions").text


def opened_with(folder: Path, chosen: EditionSettings) -> Database:
    """Return a new library with these settings."""
    open_library(folder).close()
    library = opened(folder)
    configure(library, chosen, time.time())
    return library
