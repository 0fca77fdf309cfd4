"""What a person meets who uses a shelf for the first time."""

from pathlib import Path

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
    from feed2doc.shelf.arrivals import remove as removed

    library = opened(folder)
    with library.writing() as db:
        removed(db, [id])
    library.close()
