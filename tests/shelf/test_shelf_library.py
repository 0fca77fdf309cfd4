"""The library of a shelf: search, identity, order, books and backups, without a server."""

import asyncio
import hashlib
import os
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import feed2doc
import msgspec
import pytest
import uvicorn
from feed2doc.batch.state.sources import KnownEntry
from feed2doc.env import Env
from feed2doc.errors import WriteError
from feed2doc.shelf.catalog.atom import write_atom
from feed2doc.shelf.catalog.feeds import MOST_BYTES, Catalog, within_limit
from feed2doc.shelf.catalog.negotiation import wants_json
from feed2doc.shelf.catalog.opds_json import write_json
from feed2doc.shelf.formats import FORMATS, disposition, file_stem, parsed
from feed2doc.shelf.library.arrivals import put, remove
from feed2doc.shelf.library.backup import _copy
from feed2doc.shelf.library.books import Books
from feed2doc.shelf.library.database import FILE, open_library, setting
from feed2doc.shelf.library.editions import MOST_ARTICLES
from feed2doc.shelf.library.picture_rows import PictureRows
from feed2doc.shelf.library.questions import Article, Library, Page
from feed2doc.shelf.library.subscriptions import Fetched, Subscriptions
from feed2doc.shelf.library.words import match, tokens
from feed2doc.shelf.opml import is_opml, outlines, write_opml
from feed2doc.shelf.processes.preparation import prepared
from feed2doc.shelf.serving.protocol import PunctualProtocol
from feed2doc.shelf.serving.site import is_loopback, site_of
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from tests.command import run
from tests.feed_server import entry, feed
from tests.shelf_server import documents, fill, item, news, opened


def titles(folder: Path, query: str = "") -> list[str]:
    library = opened(folder)
    page = Library(library).search(query, 1) if query else Library(library).newest(1)
    library.close()
    return [each.title for each in page.entries]


def test_words_are_folded_and_characters_become_bigrams() -> None:
    assert tokens("Café au Lait, R&D") == "cafe au lait r d"
    assert tokens("他们在灯塔下。") == "他们 们在 在灯 灯塔 塔下 下"
    assert tokens("ﾃｽﾄ がぎ") == tokens("テスト がぎ")
    assert match('"a" OR 灯塔下 灯 -*') == '"a" AND "or" AND "灯塔 塔下" AND "灯" *'
    assert match('"*()') == ""
    assert match("low tid") == '"low" AND "tid" *' and match("ti") == '"ti"'


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("灯塔", True),
        ("塔灯", False),
        ("灯", True),
        ("雾", True),
        ("燈塔", True),
        ("creme FACADE", True),
        ("creme nowhere", False),
        ("title:creme", False),
        ('"', False),
        ("NEAR(", False),
    ],
)
def test_search(tmp_path: Path, query: str, found: bool) -> None:
    fill(tmp_path / "shelf", item(1, "<p>他们在灯塔下等待，直到散了雾</p><p>Crème à la façade.</p>"))
    assert titles(tmp_path / "shelf", query) == (["Item 1"] if found else [])


def test_search_finds_titles_and_authors_and_only_the_newest_version(tmp_path: Path) -> None:
    body = '<meta itemProp="author" content="Ada Example"/><p>Words of {}.</p>'
    fill(tmp_path / "shelf", item(1, body.format("gulls")))
    assert titles(tmp_path / "shelf", "ada item") == ["Item 1"]
    fill(tmp_path / "shelf", item(1, body.format("terns")))
    assert titles(tmp_path / "shelf", "terns") == ["Item 1"] and titles(tmp_path / "shelf", "gulls") == []


def test_what_is_there_is_left_alone_and_what_changes_comes_on_top(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    assert fill(folder, news(1, 2, 3)) == 3
    assert fill(folder, news(1, 2, 3)) == 0
    assert titles(folder)[0] == "Port 3 opens"
    assert fill(folder, news(1, state="closed"), item(5)) == 2
    assert set(titles(folder)[:2]) == {"Port 1 opens", "Item 5"} and len(titles(folder)) == 4
    library = opened(folder)
    changed = [each.changed for each in Library(library).newest(1).entries]
    assert changed == sorted(changed, reverse=True)
    library.close()


def test_the_articles_of_one_import_are_in_the_order_of_publication(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", item(9), item(2), item(5))
    assert titles(tmp_path / "shelf") == ["Item 9", "Item 5", "Item 2"]


def test_the_same_article_in_two_feeds_is_there_once(tmp_path: Path) -> None:
    other = news(1).replace(b"Port News", b"Harbour Weekly")
    assert fill(tmp_path / "shelf", news(1), other) == 1


def test_entries_with_one_id_are_different_articles(tmp_path: Path) -> None:
    same = news(1, 2).replace(b"port-2", b"port-1")
    assert fill(tmp_path / "shelf", same) == 2 and fill(tmp_path / "shelf", same) == 0


def test_articles_that_were_removed_do_not_come_in_again(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    fill(folder, news(1, 2))
    library = opened(folder)
    (id,) = [each.id for each in Library(library).search("pier 1", 1).entries]
    with library.writing() as db:
        remove(db, [id])
    assert (
        Library(library).search("pier 1", 1).total == 0
        and Library(library).sources(1).entries[0].articles == 1
    )
    library.close()
    assert fill(folder, news(1, 2)) == 0 and titles(folder) == ["Port 2 opens"]


def test_what_is_removed_while_its_book_is_asked_for_is_an_error_with_a_message(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", news(1))
    database = opened(tmp_path / "shelf")
    library = Library(database)
    (article,), (edition,) = library.newest(1).entries, library.editions(1).entries
    with database.writing() as db:
        remove(db, [article.id])
    with pytest.raises(feed2doc.ReadError, match="was removed"):
        library.ingredients(article.id)
    with pytest.raises(feed2doc.ReadError, match="was removed"):
        library.ingredients_of_edition(edition)
    database.close()


def test_a_feed_that_has_one_entry_at_a_time_goes_on_after_its_articles_are_removed(tmp_path: Path) -> None:
    def day(number: int, title: str = "") -> bytes:
        said = entry(1, date=f"Mon, {number:02} Mar 2025 08:00:00 +0100")
        at_once = said.replace("https://port.example/1", "https://port.example/")
        return feed(at_once.replace("Port 1 opens", title or f"Tides of day {number}")).encode()

    folder = tmp_path / "shelf"
    for number in (3, 10, 17):
        assert fill(folder, day(number)) == 1 and titles(folder) == [f"Tides of day {number}"]
        library = opened(folder)
        (article,) = Library(library).newest(1).entries
        with library.writing() as db:
            remove(db, [article.id])
        library.close()
        assert fill(folder, day(number, "Corrected tides")) == 0  # of the same time


@pytest.mark.parametrize("state", ["open", "closed"])
def test_articles_that_an_earlier_version_removed_do_not_come_in_again(tmp_path: Path, state: str) -> None:
    folder = tmp_path / "shelf"
    fill(folder, news(1, 2))
    library = opened(folder)
    (id,) = [each.id for each in Library(library).search("pier 1", 1).entries]
    with library.writing() as db:
        facts, data = db.execute("SELECT facts, said FROM article WHERE id = ?", (id,)).fetchone()
        said = msgspec.json.decode(data, type=KnownEntry)
        remove(db, [id])
        db.execute("DELETE FROM removed")
        name = hashlib.sha256(msgspec.json.encode(("Port News", said.id, said.url))).hexdigest()
        db.executemany("INSERT INTO removed VALUES (?)", [(facts,), (name,)])
    library.close()
    assert fill(folder, news(1, 2, state=state)) == (state == "closed")  # the other one has changed
    assert fill(folder, news(1, state="open again")) == 0 and titles(folder) == ["Port 2 opens"]
    # The next article of a feed that gives all of them one id and one address.
    other = entry(1, date="Mon, 10 Mar 2025 08:00:00 +0100").replace("Port 1 opens", "Port 3 opens")
    assert fill(folder, feed(other).encode()) == 1


def test_the_number_of_an_article_that_was_removed_is_not_used_again(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    fill(folder, news(1, 2))
    library = opened(folder)
    before = {each.id for each in Library(library).newest(1).entries}
    with library.writing() as db:
        remove(db, sorted(before))
    library.close()
    fill(folder, news(3))
    library = opened(folder)
    assert not before & {each.id for each in Library(library).newest(1).entries}
    library.close()


def test_feeds_are_fetched_again_after_a_while_and_later_after_failures(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    feeds.add("http://reader:secret@a.example/feed", "A")
    feed = feeds.due([])
    assert feed and feed.named == "a.example 80" and feeds.due([feed]) is None
    feeds.record(feed, Fetched(feed.url, "Port News", digest="1"))
    assert feeds.due([]) is None and 500 < feeds.next_due() < 700
    for failures in range(3):
        feeds.record_failure(
            msgspec.structs.replace(feed, failures=failures), "http://reader:secret@a.example: gone"
        )
    assert 8 * 600 * 0.8 < feeds.next_due() < 8 * 600 * 1.2
    (shown,) = feeds.page(1).entries
    assert "secret" not in str(shown) and shown["name"] == "Port News" and shown["error"].endswith("gone")
    assert feeds.addresses() == [("Port News", "http://reader:secret@a.example/feed")]
    feeds.remove(feed.id)
    assert feeds.record(feed, Fetched(feed.url)) == 0 and feeds.next_due() == float("inf")
    library.close()


def test_old_articles_of_a_feed_are_removed(tmp_path: Path) -> None:
    library = open_library(tmp_path / "shelf")
    feeds = Subscriptions(library, 600)
    feeds.add("http://a.example/feed")
    feed = feeds.due([])
    assert feed
    articles = tuple(prepared(each, Env(), tmp_path / "shelf") for each in documents(news(1, 2)))
    assert feeds.record(feed, Fetched(feed.url, articles=articles)) == 2
    assert PictureRows(library).next_due()
    with library.writing() as db:
        db.execute("UPDATE article SET arrived = arrived - 8 * 24 * 3600 WHERE id = 1")
    feeds.configure(feed.id, language="", look="", keep=7)
    again = feeds.due([])
    assert again
    feeds.record(again, Fetched(feed.url))
    assert [each.id for each in Library(library).newest(1).entries] == [2]
    library.close()


def test_pictures_of_a_few_articles_are_fetched_and_of_an_import_when_a_book_is_made(tmp_path: Path) -> None:
    database = open_library(tmp_path / "shelf")
    for number, few in ((1, False), (2, True)):
        articles = [prepared(each, Env(), database.folder) for each in documents(item(number))]
        with database.writing() as db:
            put(db, articles, fetch_pictures=few)
        due = PictureRows(database).next_due()
        assert (due.id if due else None) == (number if few else None)
    database.close()


def test_outlines_of_opml() -> None:
    opml = (
        b'<?xml version="1.0"?><!-- exported --><opml><body><outline text="Group"><outline title="A &amp; B"'
        b' xmlUrl="https://a.example/feed"/></outline><outline text="C" xmlUrl="file:///etc/passwd"/></body></opml>'
    )
    assert is_opml(opml) and list(outlines(opml)) == [("A & B", "https://a.example/feed")]
    assert list(outlines(write_opml([("A & B", "https://a.example/feed")]).encode())) == list(outlines(opml))


def test_a_day_of_many_articles_has_several_editions(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", news(*range(1, MOST_ARTICLES + 4)))
    database = opened(tmp_path / "shelf")
    library = Library(database)
    newest, first = library.editions(1).entries
    assert (newest.articles, first.articles) == (3, MOST_ARTICLES) and newest.id == f"{first.id}_2"
    assert library.edition(newest.id) == newest and library.edition("d20200101") is None
    before = first.hash
    database.close()
    fill(tmp_path / "shelf", news(MOST_ARTICLES + 5))
    database = opened(tmp_path / "shelf")
    newest, first = Library(database).editions(1).entries
    assert newest.articles == 4 and first.hash == before
    database.close()


def article(number: int, text: str) -> Article:
    return Article(
        number, "0" * 12, 1, text, "zh", "2025-03-04T10:00:00+00:00", text, (text,), (text,) * 9, f"https://a.example/{text}", "", 1, text
    )  # fmt: skip


def test_a_page_of_the_catalog_is_never_too_large() -> None:
    for text in ("港" * 600, "&<>\"'" * 120, "\u0646" * 300):
        page = Page(tuple(article(n, text) for n in range(1, 26)), 25)
        feed = Catalog("0" * 32).articles("New", "/opds/new", page, 1)
        for write in (write_atom, write_json):
            data = within_limit(feed, write)
            assert len(data) <= MOST_BYTES and data.count(b"/read/") == 25


def test_names_of_books() -> None:
    assert file_stem("港口 & Café") == "gang-kou-cafe" and file_stem("🪁") == "article"
    assert parsed("12-0123456789ab", "port.kepub.epub") and not parsed("12-0123456789ab", "port.exe")
    assert not parsed("12", "port.epub") and not parsed("12-0123456789ab", ".epub")
    named = disposition('a/b "c" 港' * 40, FORMATS[0])
    assert named.isascii() and '"' not in named.partition("filename*=")[2] and len(named) < 900


def test_negotiation() -> None:
    both = "application/opds+json, application/atom+xml;profile=opds-catalog, */*"
    assert wants_json("application/opds+json") and wants_json(both)
    for accept in (
        "",
        "*/*",
        "rubbish",
        "application/opds+json;q=0, */*",
        "application/opds+json;q=0.5, */*",
    ):
        assert not wants_json(accept)


def test_a_book_is_made_once_and_the_oldest_make_room(tmp_path: Path) -> None:
    books = Books(tmp_path, most_bytes=250)
    begun: list[Future[bytes]] = []

    def start() -> Future[bytes]:
        begun.append(Future())
        return begun[-1]

    first, second = books.make("a.epub", start), books.make("a.epub", start)
    begun[0].set_result(b"x" * 100)
    assert len(begun) == 1 and first.result() == second.result() == books.get("a.epub")
    failed = books.make("b.epub", start)
    begun[1].set_exception(feed2doc.ReadError("no"))
    with pytest.raises(feed2doc.ReadError):
        failed.result()
    for name in ("c.epub", "d.epub"):
        made = books.make(name, start)
        begun[-1].set_result(b"y" * 100)
        assert made.result().size == 100
    assert books.get("d.epub") and sum(path.stat().st_size for path in (tmp_path / "books").iterdir()) <= 225


def test_hosts_and_origins() -> None:
    site = site_of("127.0.0.1")
    for host in ("127.0.0.1:8080", "LOCALHOST", "[::1]:80"):
        assert site.knows(host, "127.0.0.1")
    for host in (
        "",
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "127.0.0.1:x",
        "10.0.0.1",
    ):
        assert not site.knows(host, "127.0.0.1")
    assert site.knows("10.0.0.1:8080", "10.0.0.1")
    assert site.is_own_origin({"host": "localhost:80", "origin": "http://localhost:80"})
    assert site.is_own_origin({"host": "localhost:80", "referer": "http://localhost:80/add"})
    for origin in ("null", "https://localhost:80", "http://localhost:81", ""):
        assert not site.is_own_origin({"host": "localhost:80", "origin": origin})
    assert not site.is_own_origin({"host": "localhost:80", "referer": "http://[localhost:80/add"})
    public = site_of("127.0.0.1", "https://shelf.example/news/")
    assert (
        public.prefix == "/news"
        and public.is_secure({"host": "shelf.example"})
        and public.knows("shelf.example", "127.0.0.1")
    )
    assert public.is_own_origin({"host": "127.0.0.1:8080", "origin": "https://shelf.example"})
    assert not public.is_own_origin({"host": "shelf.example", "origin": "http://shelf.example"})
    with pytest.raises(feed2doc.UsageError):
        site_of("127.0.0.1", "ftp://shelf.example")
    assert is_loopback("127.0.0.1") and is_loopback("::1") and not is_loopback("0.0.0.0")


def test_the_address_for_other_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc.network.addresses.own_address", lambda: "192.168.7.20")
    for host, named, address in (
        ("127.0.0.1", "127.0.0.1:8080", ""),
        ("0.0.0.0", "localhost:8080", "http://192.168.7.20:8080"),
        ("0.0.0.0", "192.168.7.9:8080", "http://192.168.7.9:8080"),
        ("192.168.7.9", "192.168.7.9", "http://192.168.7.9"),
    ):
        assert site_of(host).address_for_others(named) == address
    public = site_of("127.0.0.1", "https://shelf.example/news")
    assert public.address_for_others("127.0.0.1:8080") == "https://shelf.example/news"
    for host, announced in (
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80 (other devices: http://192.168.7.20:80)"),
        ("::", "http://[::1]:80 (other devices: http://192.168.7.20:80)"),
        ("192.168.7.9", "http://192.168.7.9:80"),
    ):
        assert site_of(host).announcement(80) == announced
    assert public.announcement(80) == "http://127.0.0.1:80 (other devices: https://shelf.example/news)"
    monkeypatch.setattr("feed2doc.network.addresses.own_address", lambda: "")
    assert not site_of("0.0.0.0").address_for_others("localhost:8080")


def test_a_connection_on_which_nothing_comes_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feed2doc.shelf.serving.protocol._SECONDS", 0.05)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("here")(scope, receive, send)

    async def ask(sent: bytes) -> bytes:
        config = uvicorn.Config(app, http=PunctualProtocol, lifespan="off", log_config=None)
        config.load()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: PunctualProtocol(config=config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(sent)
            answer = await reader.read()  # until it is closed
            writer.close()
        return answer

    assert asyncio.run(ask(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow")) == b""
    answer = asyncio.run(ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT"))
    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"here")


def test_an_export_that_cannot_copy_the_database_says_where(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", news(1))
    message = f"{tmp_path}/none: the library cannot be copied: .*: make room"
    with closing(open_library(tmp_path / "shelf")) as library, pytest.raises(WriteError, match=message):
        _copy(library.reader, tmp_path / "none" / FILE)


def test_export_and_import_restore_the_library(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", news(1, 2))
    file, restored = tmp_path / "shelf.zip", tmp_path / "restored"
    done = run("library", "export", file, "--library", tmp_path / "shelf")
    assert file.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert done.returncode == 0 and done.stdout.decode().strip() == str(file)
    assert run("library", "import", file, "--library", restored).returncode == 0
    assert titles(restored) == titles(tmp_path / "shelf") and titles(restored, "pier") == titles(restored)
    again = run("library", "import", file, "--library", restored)
    assert again.returncode == 6 and b"has a library already" in again.stderr
    assert run("library", "export", file, "--library", tmp_path / "none").returncode == 3
    assert run("library", "import", tmp_path / "shelf" / FILE, "--library", tmp_path / "c").returncode == 3
    assert run("library", "export", file).returncode == 2
    for name in (FILE, "backup.zip"):
        done = run("library", "export", tmp_path / "shelf" / name, "--library", tmp_path / "shelf")
        assert done.returncode == 2 and b"is in the library: name a file elsewhere" in done.stderr
    assert titles(restored) == titles(tmp_path / "shelf")
    missing = run("library", "import", tmp_path / "nope.zip", "--library", tmp_path / "new")
    assert missing.returncode == 3 and missing.stderr.decode().rstrip().endswith(
        "nope.zip: there is no such file"
    )


def test_a_library_of_a_later_version_is_refused(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", news(1))
    library = opened(tmp_path / "shelf")
    assert len(setting(library.reader, "library")) == 32
    with library.writing() as db:
        db.execute("INSERT INTO setting VALUES ('x', 'y')")
    library._writer.execute("PRAGMA user_version = 999")
    library.close()
    with pytest.raises(feed2doc.WriteError, match="later feed2doc"):
        opened(tmp_path / "shelf")


def test_usage(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("no library")
    for words, code, said in (
        (["serve"], 2, "--library"),
        (["serve", "--library", str(file), "--port", "0"], 6, "a-file"),
        (["serve", "--library", str(tmp_path / "s"), "--host", "0.0.0.0"], 2, "--password-file"),
        (["serve", "--library", str(tmp_path / "s"), "x.txt"], 2, "--import"),
        (["serve", "--library", str(tmp_path / "s"), "--import"], 2, "nothing to import"),
        (
            ["serve", "--library", str(tmp_path / "s"), "--password-file", str(tmp_path / "p")],
            3,
            "cannot be read",
        ),
        (["serve", "--library", str(tmp_path / "s"), "--public-url", "shelf"], 2, "--public-url"),
    ):
        done = run(*words)
        assert done.returncode == code and said in done.stderr.decode() and not done.stdout, words


def test_without_the_extra_the_message_has_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feed2doc._cli.serve.find_spec", lambda name: None)
    done = run("serve", "--library", tmp_path / "shelf")
    assert done.returncode == 4 and b"feed2doc[serve]" in done.stderr
