"""The server of a shelf, in a process of its own: pages, catalog, books, forms, safety and the password."""

import contextlib
import io
import re
import signal
import socket
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import lxml.html
import pytest
from lxml import etree

from tests.command import run_process
from tests.feed_server import entry, feed, serving
from tests.picture_server import JPEG
from tests.shelf_server import Server, fill, found, item, news, shelf

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = item(
    50,
    '<p>Quarrel.</p><script>alert(1)</script><a href="javascript:alert(1)">press</a><img src="http://192.0.2.1/t.png">'
    '<p style="position:fixed">Fixed.</p>',
    title="A <b onmouseover=alert(1)>quarrel</b>",
)
ARABIC = item(
    51, "<p>" + "قال مدير الميناء إن العمل سيستمر حتى الربيع. " * 4 + "</p>", title="الميناء القديم"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("shelves") / "shelf"
    fill(folder, news(*range(1, 31)), HOSTILE, ARABIC)
    with shelf(folder) as running:
        yield running


def page(answer: httpx.Response) -> lxml.html.HtmlElement:
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    return lxml.html.document_fromstring(answer.text)


def test_pages(server: Server) -> None:
    seen = []
    paths = (
        "/",
        "/?page=2",
        "/sources",
        "/sources/1",
        "/read/1",
        "/search",
        "/search?q=pier",
        "/editions",
        "/add",
    )
    for path in (*paths, "/feeds", "/go", "/source"):
        answer = server.get(path)
        shown = page(answer)
        assert answer.text.startswith("<!doctype html>") and shown.get("lang") == "en"
        assert len(shown.xpath("//h1")) == len(shown.xpath("//main")) == 1 and shown.xpath("//nav")
        assert not shown.xpath("//script|//iframe|//@onclick") and shown.xpath("//footer//a[@href='/source']")
        assert "'none'" in answer.headers["content-security-policy"]
        seen.append(shown.findtext(".//title"))
    assert len(set(seen)) == len(seen)


def test_the_first_page_has_25_articles_and_leads_to_the_next(server: Server) -> None:
    first, second = page(server.get("/")), page(server.get("/?page=2"))
    links = first.xpath("//main//a[starts-with(@href, '/read/')]/@href")
    assert len(links) == 25 and first.xpath("//a[@rel='next']/@href") == ["/?page=2"]
    rest = second.xpath("//main//a[starts-with(@href, '/read/')]/@href")
    assert len(rest) == 7 and not set(rest) & set(links) and second.xpath("//a[@rel='prev']/@href") == ["/"]
    for number in ("3", "0", "-1", "two", "%00"):
        assert (
            server.get(f"/?page={number}").status_code
            == server.get(f"/opds/new?page={number}").status_code
            == 404
        )


def test_the_pages_speak_the_language_of_the_browser(server: Server) -> None:
    for accepted, language, direction in (
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "ltr"),
        ("ar", "ar", "rtl"),
        ("xx, en;q=0.5", "en", "ltr"),
    ):
        shown = page(server.get("/", Accept_Language=accepted))
        assert (shown.get("lang"), shown.get("dir")) == (language, direction)


def test_an_article_has_its_language_and_nothing_that_acts(server: Server) -> None:
    shown = page(server.get("/search?q=quarrel"))
    (path,) = shown.xpath("//main//a[starts-with(@href, '/read/')]/@href")
    (edition,) = page(server.get("/editions")).xpath("//h2/a/@href")
    for shown in (page(server.get(path)), page(server.get(edition))):
        assert "Quarrel." in shown.text_content() and "Fixed." in shown.text_content()
        attributes = [pair for each in shown.iter() for pair in each.attrib.items()]
        assert not [name for name, _ in attributes if name.startswith("on")]
        assert not shown.xpath("//main//script")
        assert not [value for _, value in attributes if re.search(r"javascript:|position:", value)]
        assert not [value for name, value in attributes if name == "src" and "192.0.2" in value]
    (path,) = page(server.get("/search?q=الميناء")).xpath("//main//a[starts-with(@href, '/read/')]/@href")
    (article,) = page(server.get(path)).xpath("//article")
    assert article.get("lang") == "ar" and article.get("dir") == "rtl"


def test_the_catalog_is_the_same_in_both_forms(server: Server) -> None:
    for path in ("/opds/new", "/opds/new?page=2", "/opds/search?q=pier", "/opds/editions"):
        tree = etree.fromstring(server.get(path).content)
        titles = [each.findtext(f"{ATOM}title") for each in tree.iter(f"{ATOM}entry")]
        assert titles and titles == server.titles(path)
    start = etree.fromstring(server.get("/opds").content)
    assert {link.get("href") for link in start.iterfind(f"{ATOM}entry/{ATOM}link")} == {
        "/opds/new",
        "/opds/sources",
        "/opds/editions",
    }
    assert server.get("/opds/search?query=pier").content == server.get("/opds/search?q=pier").content


def test_an_unchanged_feed_is_not_sent_again(server: Server) -> None:
    for accept in ("*/*", "application/opds+json"):
        first = server.get("/opds/new", accept)
        again = server.get("/opds/new", accept, If_None_Match=first.headers["etag"])
        assert (again.status_code, again.content) == (304, b"") and first.headers["vary"] == "Accept"


@pytest.mark.slow
def test_books_have_all_formats_and_their_headers(server: Server) -> None:
    books = server.books("Port 30 opens")
    assert [path.split(".", 1)[1] for path in books] == ["epub", "kepub.epub", "pdf", "md", "txt"]
    for path in books:
        answer = server.get(path)
        head = server.http.head(path)
        assert answer.status_code == head.status_code == 200 and not head.content
        for name in ("content-length", "etag", "last-modified", "content-disposition", "content-type"):
            assert answer.headers[name] == head.headers[name]
        assert answer.content == server.get(path).content
    assert b"Pier 30" in server.get(books[4]).content
    assert zipfile.ZipFile(io.BytesIO(server.get(books[0]).content)).testzip() is None
    assert server.get(books[0].replace(".epub", ".exe")).status_code == 404
    assert server.get(re.sub("-[0-9a-f]{12}", "-000000000000", books[0])).status_code == 404


def test_conditions_and_ranges(server: Server) -> None:
    path = server.books("Port 29 opens")[0]
    whole = server.get(path)
    size, tag, date = len(whole.content), whole.headers["etag"], whole.headers["last-modified"]
    for headers in ({"If_None_Match": f'"x", W/{tag}'}, {"If_None_Match": "*"}, {"If_Modified_Since": date}):
        assert server.get(path, **headers).status_code == 304
    assert server.get(path, If_None_Match='"x"', If_Modified_Since=date).status_code == 200
    for asked, first, last in (
        ("bytes=0-9", 0, 9),
        ("bytes=-5", size - 5, size - 1),
        ("bytes=7-", 7, size - 1),
    ):
        part = server.get(path, Range=asked)
        assert part.status_code == 206 and part.content == whole.content[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
    for asked, status in (
        (f"bytes={size}-", 416),
        ("bytes=-0", 416),
        ("bytes=5-2", 200),
        ("bytes=0-1,3-4", 200),
    ):
        assert server.get(path, Range=asked).status_code == status
    assert server.get(path, Range="bytes=0-9", If_Range='"x"').status_code == 200


def test_readers_that_ask_at_once_get_the_same_book(server: Server) -> None:
    path = server.books("Port 28 opens")[2]
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(httpx.get(server.base + path, timeout=500).content))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 5 and len(set(got)) == 1 and got[0].startswith(b"%PDF")


def test_covers_are_small(server: Server) -> None:
    feed = server.get("/opds/editions", "application/opds+json").json()
    for path in [each["images"][0]["href"] for each in feed["publications"]]:
        answer = server.get(path)
        assert answer.headers["content-type"] == "image/jpeg" and len(answer.content) <= 20 * 1024
    assert server.get("/cover/1-000000000000.jpg").status_code == 404


def test_the_latest_edition_is_the_first_of_the_list(server: Server) -> None:
    feed = server.get("/opds/editions", "application/opds+json").json()
    path = feed["publications"][0]["links"][0]["href"]
    assert server.get("/latest.epub").content == server.get(path).content


def test_only_own_names_are_answered(server: Server) -> None:
    port = server.base.rpartition(":")[2]
    assert server.get("/opds", Host=f"localhost:{port}").status_code == 200
    for method in ("GET", "POST", "PUT", "OPTIONS"):
        assert server.http.request(method, "/opds", headers={"Host": "evil.example"}).status_code == 421


def test_forms_need_an_origin_and_a_token(server: Server) -> None:
    data = {"url": "http://127.0.0.1:9/feed.xml"}
    token = page(server.get("/add")).xpath("//input[@name='token']/@value")[0]
    own = {"Origin": server.base}
    for headers, given in (
        ({}, {"token": token}),
        ({"Origin": "http://evil.example"}, {"token": token}),
        ({"Origin": "null"}, {"token": token}),
        (own, {"token": token[:-1] + "z"}),
        (own, {}),
    ):
        assert server.http.post("/add", data=data | given, headers=headers).status_code == 403
    with httpx.Client(base_url=server.base) as other:
        other.get("/add")
        assert other.post("/add", data=data | {"token": token}, headers=own).status_code == 403
    assert "127.0.0.1:9" not in server.get("/feeds").text
    assert server.get("/feeds/remove").status_code == 405


def test_wrong_requests_are_answered_with_small_pages(server: Server) -> None:
    for path in (
        "/nothing",
        "/read/0",
        "/read/x",
        "/read/" + "9" * 400,
        "/sources/999",
        "/get/x",
        "/picture/x.jpg",
    ):
        answer = server.get(path)
        assert answer.status_code == 404 and len(answer.content) < 6000 and "Traceback" not in answer.text
    put = server.http.put("/opds")
    assert put.status_code == 405 and "GET" in put.headers["allow"]
    for body in (b"--b\r\nrubbish", b"\xff" * 100):
        headers = {"Content-Type": "multipart/form-data; boundary=b", "Origin": server.base}
        assert 400 <= server.http.post("/add", content=body, headers=headers).status_code < 500
    with socket.create_connection(("127.0.0.1", int(server.base.rpartition(":")[2])), timeout=500) as client:
        client.sendall(f"POST /add HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {2**40}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


def test_an_upload_that_is_too_large_is_refused_before_its_end(server: Server) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(200):
            sent += 1
            yield b"x" * 1_000_000

    headers = {"Content-Type": "multipart/form-data; boundary=b", "Origin": server.base}
    # It may hang up while this is still being sent.
    with contextlib.suppress(httpx.WriteError, httpx.ReadError):
        assert server.http.post("/add", content=body(), headers=headers).status_code == 413
    assert sent < 150 and server.get("/opds").status_code == 200


def test_a_code_leads_to_a_book(server: Server) -> None:
    path = server.books("Port 30 opens")[0]
    answer = server.post("/go", "/read/30", {"path": path})
    (code,) = page(answer).xpath("//p[@class='code']/text()")
    assert re.fullmatch("[A-Z]{4}", code)
    found = server.get(f"/go?code={code.lower()}")
    assert found.status_code == 303 and found.headers["location"] == path
    assert server.get("/go?code=AAAA").status_code == 404
    for shown in (answer, server.get("/go")):  # only this machine can reach it
        assert "--host 0.0.0.0" in shown.text and "/go</strong>" not in shown.text
    assert server.post("/go", "/read/30", {"path": "//evil.example/"}).status_code == 422


def test_the_source_code_can_be_downloaded(server: Server) -> None:
    data = server.get("/source.tar.gz").content
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        names = archive.getnames()
    assert {"feed2doc-source/feed2doc/shelf/serving/server.py", "feed2doc-source/ebooklib/epub.py"} <= set(
        names
    )


def wait(server: Server, title: str) -> None:
    """Wait until an article is there. Each request waits for the server, and the test for its time limit."""
    while title not in server.titles():
        threading.Event().wait(0.05)


@pytest.mark.slow
def test_feeds_and_files_are_added_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    fill(folder, item(1))
    with serving() as feeds, shelf(folder) as server:
        feeds.files["/feed.xml"] = feed(entry(71))
        feeds.files["/page"] = (
            '<html><link rel="alternate" type="application/rss+xml" href="/feed.xml"><p>Page</p></html>'
        )
        feeds.files["/listed.xml"] = feed(entry(72))
        shown_at = server.post("/add", "/add", {"url": feeds.url("/page")}).headers["location"]
        assert re.fullmatch(r"/feeds\?page=1&done=feed#feed-\d+", shown_at)
        wait(server, "Port 71 opens")
        gone = server.post("/add", "/add", {"url": feeds.url("/gone.xml"), "anyway": "1"}).headers["location"]
        of_feed = "string(//li[h2[@id=$id]]//p[@class='error'])"
        while "404" not in page(server.get(gone)).xpath(of_feed, id=gone.partition("#")[2]):
            threading.Event().wait(0.05)
        for bad in ("file:///etc/passwd", "ftp://a.example", "http://", "no address", ""):
            assert server.post("/add", "/add", {"url": bad}).status_code == 422
        opml = (
            f'<opml version="2.0"><body><outline text="L" xmlUrl="{feeds.url("/listed.xml")}"/></body></opml>'
        )
        files = [("files", ("../../climber.txt", item(73))), ("files", ("feeds.opml", opml.encode()))]
        assert server.post("/add", "/add", {}, files=files).status_code == 303
        wait(server, "Port 72 opens")
        assert "Item 73" in server.titles() and not list(tmp_path.parent.rglob("*climber*"))
        noise = [("files", ("noise.bin", bytes(range(256)) * 9))]
        assert server.post("/add", "/add", {}, files=noise).status_code == 422
        shown = page(server.get("/feeds"))
        assert shown.xpath("//main//time") and feeds.url("/listed.xml") in server.get("/feeds.opml").text
        ids = shown.xpath("//form[@action='/feeds/remove']//input[@name='feed']/@value")
        settings = {"feed": ids[0], "language": "de", "keep": "7", "look": "modern"}
        assert server.post("/feeds/settings", "/feeds", settings).status_code == 303
        assert server.post("/feeds/settings", "/feeds", settings | {"keep": "x"}).status_code == 422
        assert server.post("/feeds/settings", "/feeds", settings | {"look": "/etc/passwd"}).status_code == 422
        for id in ids:
            assert server.post("/feeds/remove", "/feeds", {"feed": id}).status_code == 303
        assert not page(server.get("/feeds")).xpath("//h2") and len(server.titles()) == 4


def test_articles_are_added_with_their_pictures(tmp_path: Path) -> None:
    with shelf(tmp_path / "shelf") as server:
        here = item(1, '<p>The cove.</p><img src="pictures/the%20cove.jpg">')
        picture = ("files", ("C:\\shots\\the cove.jpg", JPEG, "image/jpeg"))
        done = server.post("/add", "/add", {}, files=[picture, ("files", ("1.txt", here))])
        assert done.status_code == 303
        (src,) = page(server.get("/read/1")).xpath("//main//img/@src")
        assert server.get(src).headers["content-type"] == "image/jpeg"
        unused = server.post("/add", "/add", {}, files=[picture, ("files", ("2.txt", item(2)))])
        assert unused.status_code == 422 and "1 file was added. Not added: the cove.jpg (" in unused.text
        assert server.titles() == ["Item 2", "Item 1"]


@pytest.mark.slow
def test_an_import_shows_at_once_in_a_running_server(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", item(1))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "2.txt").write_bytes(item(2))
    opml = '<opml version="2.0"><body><outline text="L" xmlUrl="http://127.0.0.1:9/feed.xml"/></body></opml>'
    (tmp_path / "new" / "feeds.opml").write_text(opml)
    with shelf(tmp_path / "shelf") as server:
        before = server.get("/opds/new").headers["etag"]
        done = run_process("serve", "--library", tmp_path / "shelf", "--import", tmp_path / "new")
        assert done.stdout == b"1 article, 1 feed\n" and ">L<" in server.get("/feeds").text
        assert server.titles()[0] == "Item 2" and server.get("/opds/new").headers["etag"] != before


def test_behind_a_proxy(tmp_path: Path) -> None:
    fill(tmp_path / "shelf", item(1))
    with shelf(tmp_path / "shelf", "--public-url", "https://shelf.example/news/") as server:
        for path in ("/", "/news/", "/opds/new", "/news/opds"):
            answer = server.get(path, Host="shelf.example", X_Forwarded_Host="evil.example")
            links = re.findall(r'(?:href|action)="(/[^"]*)"', answer.text)
            assert links and all(link.startswith("/news/") for link in links) and "evil" not in answer.text
        answer = server.get("/news/add", Host="shelf.example")
        cookie = answer.headers["set-cookie"]
        assert "; Secure" in cookie
        (token, *_) = found(answer.text, "//input[@name='token']/@value")
        headers = {"Host": "shelf.example", "Cookie": cookie.partition(";")[0]}
        data = {"token": token, "url": "http://127.0.0.1:9/feed.xml", "anyway": "1"}
        for origin, status in (("http://shelf.example", 403), ("https://shelf.example", 303)):
            answer = server.http.post("/news/add", data=data, headers=headers | {"Origin": origin})
            assert answer.status_code == status
        assert answer.headers["location"] == "/news/feeds?page=1&done=feed#feed-1"


def test_a_port_in_use_is_reported(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_process("serve", "--library", tmp_path / "shelf", "--port", str(port))
    assert done.returncode == 2 and str(port) in done.stderr.decode() and b"Traceback" not in done.stderr


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    above = tmp_path_factory.mktemp("locked")
    fill(above / "shelf", news(1))
    (above / "password").write_text("Ünder 7 \nnot this\n", "utf-8")
    with shelf(above / "shelf", "--host", "0.0.0.0", "--password-file", above / "password") as running:
        yield running


def login(client: httpx.Client, server: Server, password: str, next: str = "/") -> httpx.Response:
    shown = client.get("/login", params={"next": next}).text
    (token,) = found(shown, "//main//input[@name='token']/@value")
    (path,) = found(shown, "//main//input[@name='next']/@value")
    data = {"token": token, "next": path, "password": password}
    return client.post("/login", data=data, headers={"Origin": server.base})


def test_nothing_is_shown_without_the_password(locked: Server) -> None:
    for path in ("/opds", "/opds/new", "/latest.epub", "/cover/1-x.jpg", "/picture/x.jpg"):
        answer = locked.get(path)
        assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Basic realm=")
    document = locked.get("/opds", "application/opds+json")
    assert document.headers["content-type"] == "application/opds-authentication+json"
    assert document.json()["authentication"][0]["type"] == "http://opds-spec.org/auth/basic"
    for path in ("/", "/read/1", "/nothing"):
        answer = locked.get(path)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/login?next=/")
    assert locked.http.post("/add").status_code == 401
    assert httpx.get(f"{locked.base}/opds", auth=("any", "Ünder 7".encode())).status_code == 200


def test_the_login_has_no_navigation(locked: Server) -> None:
    page = locked.get("/login").text
    assert not found(page, "//nav//@href") and found(page, "//input[@autofocus]/@id") == ["password"]


def test_the_page_for_e_readers_begins_with_the_address_of_the_catalog(locked: Server) -> None:
    auth, headers = ("any", "Ünder 7".encode()), {"Host": "10.1.2.3:81"}
    page = httpx.get(f"{locked.base}/go", auth=auth, headers=headers).text
    assert found(page, "//dd/text()")[0] == "http://10.1.2.3:81/opds" and "Any user name" in page
    assert "KOReader" in found(page, "//h2/text()")
    assert found(page, "//nav//a[@aria-current]/text()") == ["E-readers"]
    assert not found(page, "//footer//a[contains(@href, 'opds')]/@href")


def test_a_session_begins_and_ends(locked: Server) -> None:
    with httpx.Client(base_url=locked.base) as client:
        assert login(client, locked, "wrong").status_code == 401
        answer = login(client, locked, "Ünder 7", "/sources?page=1")
        assert answer.status_code == 303 and answer.headers["location"] == "/sources?page=1"
        cookie = next(each for each in answer.headers.get_list("set-cookie") if "session" in each)
        assert "HttpOnly; SameSite=Strict; Path=/" in cookie
        assert client.get("/").status_code == client.get("/opds").status_code == 200
        value = client.cookies["shelf-session"]
        (token,) = found(client.get("/").text, "//footer//form[@action='/logout']//@value")
        assert (
            client.post("/logout", data={"token": token}, headers={"Origin": locked.base}).status_code == 303
        )
        assert httpx.get(locked.base, cookies={"shelf-session": value}).status_code == 303
    for path in locked.log.parent.rglob("*"):
        if path.is_file() and path.name != "password":
            data = path.read_bytes()
            assert value.encode() not in data and "Ünder 7".encode() not in data


@pytest.mark.parametrize(
    "next", ["//evil.example/", "https://evil.example", "/\\evil.example", "/%09/evil.example"]
)
def test_the_login_leads_to_this_server(locked: Server, next: str) -> None:
    with httpx.Client(base_url=locked.base) as client:
        assert login(client, locked, "Ünder 7", next).headers["location"] == "/"


def test_wrong_passwords_are_limited_but_who_is_in_stays_in(locked: Server) -> None:
    with httpx.Client(base_url=locked.base) as client, httpx.Client(base_url=locked.base) as reader:
        assert login(client, locked, "Ünder 7").status_code == 303
        reader.headers["User-Agent"] = "KOReader"
        assert reader.get("/opds", auth=("r", "Ünder 7".encode())).status_code == 200
        codes = [httpx.get(f"{locked.base}/opds", auth=("r", f"wrong {n}")).status_code for n in range(12)]
        assert codes[0] == 401 and codes[-1] == 429
        refused = httpx.get(f"{locked.base}/opds", auth=("r", "Ünder 7".encode()))
        assert refused.status_code == 429 and 0 < int(refused.headers["retry-after"]) <= 61
        assert client.get("/").status_code == 200
        assert reader.get("/opds", auth=("r", "Ünder 7".encode())).status_code == 200


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    with shelf(tmp_path / "shelf") as server:
        latest = server.get("/latest.epub")
        assert latest.status_code == 404 and "There are no articles yet." in latest.text
        assert server.get("/editions").status_code == 200
        assert server.stop(signal.SIGINT) == 0 and "Traceback" not in server.log.read_text()
