"""The pages of a shelf: what leads where, and what they say."""

import time
from collections.abc import Iterator

import pytest

from tests.shelf_server import Server, fill, found, item, news, shelf


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("shelves") / "shelf"
    with shelf(folder) as running:
        page = running.post("/editions/settings", "/editions", {"minutes": "1", "time": "06:00"})
        assert "06:00, with 0 articles so far." in running.get(page.headers["location"]).text
        running.post("/editions/settings", "/editions", {"minutes": "1", "time": ""})
        long = item(3, f"<p>{'The pier was built of oak and stone. ' * 300}</p>", "Long")
        fill(folder, item(1, title="Ferry"), news(2), long)
        yield running


def test_a_slash_at_the_end_leads_to_the_page(server: Server) -> None:
    for path in ("/add/", "/editions/d20250304/", "/read/1/", "/go/"):
        answer = server.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, path[:-1])
    for path in ("/opds/", "/get/", "/nothing/", "/%2fevil.example/", "/add//", "/add/%2fevil.example/"):
        assert server.get(path).status_code == 404, path


def test_an_article_leads_to_its_books_and_to_those_next_to_it(server: Server) -> None:
    ids = [path.rpartition("/")[2] for path in found(server.get("/").text, "//h2/a/@href")]
    page = server.get(f"/read/{ids[1]}").text
    assert found(page, "//a[@rel='prev']/@href") == [f"/read/{ids[0]}"]
    assert found(page, "//a[@rel='next']/@href") == [f"/read/{ids[2]}"]
    assert not found(server.get(f"/read/{ids[0]}").text, "//a[@rel='prev']/@href")
    above = found(page, "//article/preceding::a[starts-with(@href, '/get/')]/@href")
    assert len(above) == 5


def test_an_edition_can_be_read_as_a_page(server: Server) -> None:
    (path,) = found(server.get("/editions").text, "//h2/a[starts-with(@href, '/editions/')]/@href")
    page = server.get(path)
    assert page.status_code == 200 and len(found(page.text, "//h1/text()")) == 1
    headings = set(found(page.text, "//article//h2/text() | //article//h3/text()"))
    assert {"Front page", "Port 2 opens", "Left out"} <= headings and "Long" not in headings
    inside = found(page.text, "//main//a[starts-with(@href, '#')]/@href")
    assert inside and all(found(page.text, f"//*[@id='{each[1:]}']/@id") for each in inside)
    assert len(found(page.text, "//main//a[starts-with(@href, '/get/')]/@href")) == 5
    (left_out,) = found(page.text, "//article[.//*[.='Left out']]//a[.='Long']/@href")
    assert "oak and stone" in server.get(left_out.removeprefix("..")).text
    for missing in ("/editions/d20000101", "/editions/1", "/editions/x"):
        assert server.get(missing).status_code == 404


def test_the_page_of_editions_says_what_the_clock_of_the_server_says(server: Server) -> None:
    page = server.get("/editions").text
    assert f"{time.strftime('%Y')} " in page and ("(UTC+" in page or "(UTC-" in page)
