"""What a person meets who uses a shelf for the first time."""

import re
import socket
import time
from pathlib import Path

import pytest
from feed2doc.shelf.library.database import open_library

from tests import picture_server
from tests.feed_server import entry, feed, serving
from tests.shelf_server import Server, fill, found, item, opened, shelf

KOBO = "Mozilla/5.0 (Linux; U; Android 2.0; en-us;) AppleWebKit/538.1 (Kobo Touch 0377/4.20.14601)"


def code_for(server: Server, form_page: str) -> str:
    """Return a new code of the book on a page."""
    path = found(server.get(form_page).text, "//form[@action='/go']//input[@name='path']/@value")[0]
    return found(server.post("/go", form_page, {"path": path}).text, "//p[@class='code']/text()")[0]


def test_a_code_leads_to_the_current_version(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", item(1, title="Ferry"))
    with shelf(tmp_path / "shelf") as server:
        old = server.books("Ferry")[0]
        data = server.get(old).content
        code, of_edition = code_for(server, "/read/1"), code_for(server, "/editions")
        fill(tmp_path / "shelf", item(1, "<p>The tide is high.</p>", title="Ferry"))
        new = server.books("Ferry")[0]
        assert new != old and server.get(old).content == data  # while it is kept
        assert server.get(old.replace(".epub", ".pdf")).status_code == 404
        assert server.get(f"/go?code={code}").headers["location"] == new
        assert server.get(f"/go?code={code[:2].lower()}+{code[2:]}").headers["location"] == new
        assert server.get(f"/go?code={code}", User_Agent=KOBO).headers["location"].endswith(".kepub.epub")
        edition = server.get(f"/go?code={of_edition}").headers["location"]
        assert server.get(edition).status_code == 200
        remove(tmp_path / "shelf", 1)
        gone = server.get(f"/go?code={code}")
        assert gone.status_code == 404 and "no longer on the shelf" in gone.text


def remove(folder: Path, id: int) -> None:
    from feed2doc.shelf.library.arrivals import remove as removed

    library = opened(folder)
    with library.writing() as db:
        removed(db, [id])
    library.close()


def test_a_server_for_all_knows_the_names_of_its_machine(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("Quay 9")
    bare = socket.gethostname().lower().partition(".")[0]
    options = (
        "--host",
        "0.0.0.0",
        "--password-file",
        tmp_path / "password",
        "--public-url",
        "https://tide.example",
    )
    with shelf(tmp_path / "shelf", *options) as server:
        for host in (socket.gethostname(), f"{bare}.local:8080", "10.1.2.3:80", "[fd00::7]", "tide.example"):
            assert server.get("/login", Host=host).status_code == 200, host
        for host, mark in (("tide.example", True), ("10.1.2.3", False)):  # which goes past the proxy, by http
            server.http.cookies.clear()
            assert ("; Secure" in server.get("/login", Host=host).headers["set-cookie"]) == mark
        for host in ("evil.example", "local", f"{bare}.evil.example", "10.1.2.3.evil.example"):
            assert server.get("/login", Host=host).status_code == 421, host


def test_an_address_that_is_not_known_leads_to_one_that_is(tmp_path: Path) -> None:
    with shelf(tmp_path / "shelf") as server:
        answer = server.get("/feeds", Host="Tide.example:81")
        assert answer.status_code == 421 and "--public-url http://tide.example:81" in answer.text
        assert found(answer.text, "//main//a/@href") == [server.base]
        assert server.get("/", Host="10.1.2.3").status_code == 421  # it listens on one address


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_all_addresses_are_those_of_either_version(host: str) -> None:
    from feed2doc.shelf.serving.site import site_of

    site = site_of(host)
    assert site.knows("192.0.2.8", "::ffff:192.0.2.8") and site.knows("[fd00::7]:8080", "fd00::7")
    assert not site.knows("evil.example", "192.0.2.8") and not site.knows("", "")


def until(server: Server, path: str, text: str) -> str:
    """Return a page as soon as it has this text. The limit of the test is that of the wait."""
    while text not in (page := server.get(path).text):
        time.sleep(0.05)
    return page


@pytest.mark.slow
def test_pictures_of_the_own_network_are_named_and_can_be_allowed(tmp_path: Path) -> None:
    with picture_server.serving() as pictures, serving() as feeds:
        shown = f'<img src="{pictures.url("/a.jpg")}"><p>Pier'
        feeds.files["/feed.xml"] = feed(entry(1)).replace("<p>Pier", shown)
        with shelf(tmp_path / "shelf") as server:
            server.post("/add", "/add", {"url": feeds.url("/feed.xml")})
            page = until(server, "/feeds", "1 picture was not fetched:")
            assert "127.0.0.1 is not a public address" in page
            before = server.books("Port 1 opens")
        with shelf(tmp_path / "shelf", "--allow-host", "127.0.0.1") as server:
            assert "/picture/" in until(server, "/read/1", "<img")
            assert "not fetched" not in server.get("/feeds").text and server.books("Port 1 opens") != before


def refused(server: Server, data: dict[str, str]) -> str:
    """Return the page after an address of no feed. If the first try took long, the feed is there: it is removed again."""
    while (answer := server.post("/add", "/add", data)).status_code == 303:
        until(server, "/feeds", "The last try failed")
        server.post("/feeds/remove", "/feeds", {"feed": answer.headers["location"].rpartition("-")[2]})
    assert answer.status_code == 400 and not server.get("/feeds").text.count("<h2")
    return answer.text


@pytest.mark.slow
def test_an_address_without_a_feed_is_not_added_unasked(tmp_path: Path) -> None:
    with serving() as feeds, shelf(tmp_path / "shelf") as server:
        feeds.files["/page"] = "<html><p>No feed here."
        for path in ("/gone.xml", "/page"):
            page = refused(server, {"url": feeds.url(path)})
            assert found(page, "//input[@id='url']/@value") == [feeds.url(path)]
            assert "No feed was found at" in page and found(page, "//button[@name='anyway']/text()")
        assert "404" in refused(server, {"url": feeds.url("/gone.xml")})
        for written, address in (
            ("tide.invalid", "https://tide.invalid"),
            ("localhost:1/a", "https://localhost:1/a"),
        ):
            assert found(refused(server, {"url": written}), "//input[@id='url']/@value") == [address]
        for written in ("tide", "mailto:a@tide.invalid", "javascript:alert(1)"):
            assert server.post("/add", "/add", {"url": written}).status_code == 422
        done = server.post("/add", "/add", {"url": feeds.url("/gone.xml"), "anyway": "1"})
        assert done.status_code == 303 and feeds.url("/gone.xml") in server.get("/feeds").text


@pytest.mark.slow
def test_the_feeds_of_a_page_are_a_choice(tmp_path: Path) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'
    with serving() as feeds, shelf(tmp_path / "shelf") as server:
        links = "".join(
            link.format(*each)
            for each in (("http://[", "Broken"), ("/a.xml", "Port &amp; pier"), ("/b.xml", "Talk"))
        )
        feeds.files |= {
            "/page": f"<html>{links}<p>Page</p></html>",
            "/a.xml": feed(entry(1)),
            "/b.xml": feed(entry(2)),
        }
        while (answer := server.post("/add", "/add", {"url": feeds.url("/page")})).status_code == 303:
            until(server, "/feeds", "/a.xml")  # the first try took long
            server.post("/feeds/remove", "/feeds", {"feed": answer.headers["location"].rpartition("-")[2]})
        assert "several feeds" in answer.text and "Port &amp; pier" in answer.text
        chosen = found(answer.text, "//input[@type='radio']/@value")[1]
        assert chosen == feeds.url("/b.xml")
        done = server.post("/add", "/add", {"url": chosen, "page": feeds.url("/page")})
        assert done.status_code == 303
        until(server, "/", "Port 2 opens")
        assert "/a.xml" not in server.get("/feeds").text


@pytest.mark.slow
def test_what_was_done_is_said(tmp_path: Path) -> None:
    def said(path: str) -> str:
        return "".join(found(server.get(path).text, "//main//p[@role='status']/text()"))

    with shelf(tmp_path / "shelf") as server:
        noise = ("files", ("rubbish.bin", bytes(range(256)) * 9))
        files = [("files", (f"{n}.txt", item(n))) for n in (1, 2)]
        mixed = server.post("/add", "/add", {}, files=[*files, noise])
        assert mixed.status_code == 422 and "2 files were added. Not added: rubbish.bin (" in mixed.text
        added = server.post("/add", "/add", {}, files=files[:1])
        assert said(added.headers["location"]) == "1 file was added."
        saved = server.post("/editions/settings", "/editions", {"minutes": "5", "time": ""})
        assert said(saved.headers["location"]) == "The settings were saved."
        for path in ("/", "/?done=nothing", "/?done=files&n=x", "/?done=files", "/?done=%3Cb%3E"):
            assert said(path) == ""


@pytest.mark.slow
def test_settings_of_a_feed(tmp_path: Path) -> None:
    with serving() as feeds, shelf(tmp_path / "shelf") as server:
        feeds.files["/feed.xml"] = feed(entry(1))
        server.post("/add", "/add", {"url": feeds.url("/feed.xml")})
        until(server, "/", "Port 1 opens")
        fill(tmp_path / "shelf", item(1))
        before = server.titles()
        wrong = server.post("/feeds/settings", "/feeds", {"feed": "1", "language": "english", "keep": "x"})
        assert wrong.status_code == 422 and "“english” is not a language code" in wrong.text
        fields = found(wrong.text, "//details[@open]//input[@aria-invalid]/@value")
        assert fields == ["english", "x"] and len(found(wrong.text, "//p[@role='alert']/@id")) == 2
        book = server.books("Port 1 opens")
        assert server.post("/feeds/settings", "/feeds", {"feed": "1", "language": "de"}).status_code == 303
        until(server, "/read/1", 'lang="de" dir="ltr"')
        assert server.titles() == before and server.books("Port 1 opens") != book  # it is no news
        feeds.files["/feed.xml"] = feed(entry(1, "closed"))
        assert server.post("/feeds/settings", "/feeds", {"feed": "1", "language": "fr"}).status_code == 303
        until(server, "/read/1", "Pier 1 is closed")
        assert server.titles() == before[::-1] and "Port 1 opens" in server.get("/search?q=closed").text


def test_wrong_settings_of_editions_are_named_at_their_fields(tmp_path: Path) -> None:
    with shelf(tmp_path / "shelf") as server:
        wrong = server.post("/editions/settings", "/editions", {"minutes": "9999", "time": "6 am"})
        assert wrong.status_code == 422 and "Write the time like 06:00." in wrong.text
        assert found(wrong.text, "//details[@open]//input[@aria-invalid]/@value") == ["9999", "6 am"]


@pytest.mark.slow
def test_a_chosen_feed_is_not_fetched_from_the_own_network(tmp_path: Path) -> None:
    with serving() as feeds, serving() as inner, shelf(tmp_path / "shelf") as server:
        inner.files["/secret.xml"] = feed(entry(1))
        feeds.files["/page"] = "<html><p>Page</p></html>"
        data = {"url": inner.url("/secret.xml"), "page": feeds.url("/page")}
        page = refused(server, data)
        assert "not a public address" in page
        assert found(page, "//input[@id='url']/@value") == [feeds.url("/page")]


@pytest.mark.slow
def test_an_address_as_browsers_show_it_may_be_one_without_encryption(tmp_path: Path) -> None:
    with serving() as feeds, shelf(tmp_path / "shelf") as server:
        feeds.files["/feed.xml"] = feed(entry(1))
        data = {"url": feeds.url("/feed.xml").removeprefix("http://")}
        while "https://" in server.get((added := server.post("/add", "/add", data)).headers["location"]).text:
            until(server, "/feeds", "The last try failed")  # the first try took long
            id = added.headers["location"].rpartition("-")[2]
            server.post("/feeds/remove", "/feeds", {"feed": id})
        until(server, "/", "Port 1 opens")
        page = until(server, "/feeds", "1 article")
        assert found(page, "//main//a[starts-with(@href, '/sources/')]/@href") == ["/sources/1"]
        assert feeds.url("/feed.xml") in page and "https://" not in page


def test_forms_of_a_feed_lead_back_to_its_page_of_the_list(tmp_path: Path) -> None:
    open_library(tmp_path / "shelf").close()
    library = opened(tmp_path / "shelf")
    later = int(time.time()) + 3600  # so that nothing is fetched
    rows = [(f"http://127.0.0.1:9/{n}", f"Feed {n:02}", later, later) for n in range(1, 27)]
    with library.writing() as db:
        db.executemany(
            "INSERT INTO feed (url, name, named, next, rests) VALUES (?, ?, '127.0.0.1 9', ?, ?)", rows
        )
    library.close()
    with shelf(tmp_path / "shelf") as server:
        for path, data in (("/feeds/fetch", {}), ("/feeds/settings", {"keep": "7"})):
            answer = server.post(path, "/feeds?page=2", {"feed": "26", **data})
            assert re.fullmatch(r"/feeds\?page=2&done=\w+#feed-26", answer.headers["location"])
        for page, id in ((2, "26"), (1, "25")):
            answer = server.post("/feeds/remove", f"/feeds?page={page}", {"feed": id})
            assert answer.headers["location"] == "/feeds?page=1&done=removed"


@pytest.mark.slow
def test_feeds_are_fetched_when_that_is_wanted_and_what_was_removed_does_not_come_back(
    tmp_path: Path,
) -> None:
    with serving() as feeds, shelf(tmp_path / "shelf") as server:
        feeds.files["/feed.xml"] = feed(entry(1), entry(2))
        server.post("/add", "/add", {"url": feeds.url("/feed.xml")})
        until(server, "/", "Port 2 opens")
        for data, what in (({"feed": "1"}, "its server was"), ({}, "all servers were")):
            early = server.post("/feeds/fetch", "/feeds", data).headers["location"]
            assert f"Not yet: {what} asked a moment ago." in server.get(early).text
        (path,) = found(server.get("/").text, "//h2/a[.='Port 1 opens']/@href")
        (question,) = found(server.get(path).text, "//a[contains(@href, '/remove')]/@href")
        asked = server.get(question)
        assert asked.status_code == 200 and "Port 1 opens" in asked.text and len(server.titles()) == 2
        (id,) = found(asked.text, "//input[@name='article']/@value")
        done = server.post("/read/remove", question, {"article": id})
        assert "The article was removed." in server.get(done.headers["location"]).text
        assert server.get(path).status_code == server.get(question).status_code == 404
        library = opened(tmp_path / "shelf")
        for number, data in ((3, {"feed": "1"}), (4, {})):
            with library.writing() as db:  # as if some time had passed
                db.execute("UPDATE feed SET rests = 0")
            feeds.files["/feed.xml"] = feed(entry(1, "closed"), entry(2), entry(number))
            answer = server.post("/feeds/fetch", "/feeds", data).headers["location"]
            assert "on their way" in server.get(answer).text or "on its way" in server.get(answer).text
            until(server, "/", f"Port {number} opens")
        library.close()
        assert sorted(server.titles()) == ["Port 2 opens", "Port 3 opens", "Port 4 opens"]
        for state in ("open", "closed"):  # who adds it as a file wants it
            server.post("/add", "/add", {}, files=[("files", ("port.xml", feed(entry(1, state)).encode()))])
            (path,) = found(server.get("/").text, "//h2/a[.='Port 1 opens']/@href")
            server.post("/read/remove", f"{path}/remove", {"article": path.rpartition("/")[2]})
