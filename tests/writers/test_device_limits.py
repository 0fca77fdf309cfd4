"""Books stay within the limits that Kobo and Amazon publish; docs/epub.md lists them."""

import io
import re
import zipfile

import feed2doc
import pytest
from feed2doc import model as m

from tests.kitchen_sink import p
from tests.page_articles import page_book
from tests.pdf_text import article


def pages_of(archive: zipfile.ZipFile) -> list[str]:
    return [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]


@pytest.mark.parametrize("to", ["epub", "kepub"])
def test_pages_styles_and_names(to: str) -> None:
    book, env = page_book()
    data = feed2doc.write(book, to, env=env)
    assert isinstance(data, bytes)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert all(re.fullmatch(r"(META-INF/|EPUB/|images/|[A-Za-z0-9.-])+", name) for name in archive.namelist())
    pages = pages_of(archive)
    assert not [page for page in pages if " style=" in page or "<svg" in page or "<style" in page]
    style = re.sub(r"/\*.*?\*/", "", archive.read("EPUB/style.css").decode(), flags=re.S)
    assert not re.search(r"margin[a-z-]*:[^;]*-\d|\b(?:var|calc|min|max|clamp|env)\(|@font-face", style)
    backgrounds = re.findall(r"([^{}]*)\{[^{}]*background", style)
    assert {each.split()[-1] for each in ",".join(backgrounds).split(",")} <= {"mark", "img", "img.inline"}
    for margin in re.findall(r"margin:([^;]*);", style):
        sides = margin.split()
        sides = [sides[1], sides[3]] if len(sides) == 4 else sides[1:2] or sides
        assert all(float(side[:-2]) <= 2 for side in sides if side.endswith("em")), margin


def test_tables_in_tables_and_large_tables_are_lists() -> None:
    small = m.Table(
        ((m.Cell((p("a"),), True), m.Cell((p("b"),), True)), (m.Cell((p("c"),)), m.Cell((p("d"),))))
    )
    nested = m.Table(((m.Cell((small,)), m.Cell((p("e"),))),))
    large = m.Table(((m.Cell((p("f"),)), m.Cell((p("g"),))),) * 901)
    for blocks, tables, lists in (((small,), 1, 0), ((nested,), 1, 1), ((large,), 0, 1)):
        data = feed2doc.write(article(*blocks), "epub")
        assert isinstance(data, bytes)
        (page,) = (each for each in pages_of(zipfile.ZipFile(io.BytesIO(data))) if "doc-chapter" in each)
        assert (page.count("<table>"), page.count("<dl>")) == (tables, lists)
