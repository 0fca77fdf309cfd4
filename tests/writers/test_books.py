"""Books and pages as validators and viewers see them: real EPUBCheck, real PDF structure."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from itertools import product
from pathlib import Path

import feed2doc
import pikepdf
import pytest
from feed2doc import model as m
from feed2doc.covers.cover import with_cover
from feed2doc.pictures.fetcher import Fetcher
from feed2doc.pictures.gather import gather
from feed2doc.pictures.profiles import profile
from lxml import etree, html

from tests import paths
from tests.books import HOSTILE, bundled, deep, samples, with_formulas
from tests.epubcheck import found_in
from tests.kitchen_sink import DOCUMENT, env
from tests.picture_server import BAD, item, serving

SAMPLES = paths.ROOT / "samples"


def chapter_of(data: bytes) -> str:
    """Return the name of a book's first chapter."""
    return next(n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if n.startswith("EPUB/article-"))


def odd() -> tuple[m.Book, feed2doc.Env]:
    """Return all difficult documents as one book."""
    arabic = m.Document(id="r", headline="ميناء", language="ar")
    tags = tuple(
        m.Document(id=tag, headline=tag, language=tag) for tag in ('x"><b', "EN_us", "zh_CN", "", "中文")
    )
    ends = tuple(
        m.Document(id=str(moment), language="en", published=moment, archived=moment, publication="P")
        for moment in (
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))),
            datetime(9999, 12, 31, tzinfo=UTC),
        )
    )
    noted = m.Link((m.Text("see"), m.Note((m.Paragraph((m.Text("the note"),)),))), "https://example.com/")
    marked = m.Document(id="m", language="en", sections=(m.Section((noted,), 1, (m.Paragraph((noted,)),)),))
    documents = (
        HOSTILE,
        deep(64),
        arabic,
        m.Document(id="e", language="en"),
        m.Document(id="u"),
        marked,
        *tags,
        *ends,
    )
    return m.Book(title="Odd \x00 & <title>", parts=(m.Part("\x01", documents),)), env()


def covered() -> tuple[m.Book, feed2doc.Env]:
    """Return the bundle with a cover."""
    book, surroundings = bundled()
    return with_cover(book, "auto", surroundings, profile("kobo")), surroundings


BOOKS: dict[str, Callable[[], tuple[m.Book, feed2doc.Env]]] = {
    "sink": lambda: (m.Book.of(DOCUMENT), env()),
    "odd": odd,
    "none": lambda: (m.Book(title="None", language="en"), env()),
    "formulas": lambda: (m.Book.of(with_formulas()), env()),
    "samples": samples,
    "covered": covered,
}


def with_bad_pictures(folder: Path) -> tuple[m.Book, feed2doc.Env]:
    """Return a book of pictures of which most are broken or missing. A cache of them is kept in the folder."""
    surroundings = feed2doc.Env()
    with serving() as server, Fetcher(folder / "pictures.sqlite", allow_hosts=["127.0.0.1"]) as fetcher:
        document = feed2doc.read(item(server, "/ok.jpg", *BAD, "/avif", "/ok.jpg?again").encode())
        gather([document], surroundings, fetcher, profile("default"))
    assert sum(each.kind == "loss" for each in surroundings.diagnostics) == len(BAD) - 1
    return m.Book.of(document), surroundings


@pytest.mark.slow
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    """Of all books at once, because starting it takes longer than checking a book."""
    paths = []
    books = BOOKS | {"pictures": partial(with_bad_pictures, tmp_path)}
    for name, to in (
        *product(books, ["epub"]),
        *product(("odd", "none", "formulas", "covered"), ["kepub"]),
    ):
        book, surroundings = books[name]()
        data = feed2doc.write(book, to, env=surroundings)
        assert isinstance(data, bytes)
        paths.append(tmp_path / f"{name}-{to}.epub")
        paths[-1].write_bytes(data)
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(paths[0]) as given, zipfile.ZipFile(broken, "w") as made:
        for info in given.infolist():
            made.writestr(info, given.read(info).replace(b"<p>", b"<p pudate='1'>"))
    found = found_in([broken, *paths])
    assert {(severity, id) for severity, id, _ in found.pop(broken.name)} == {("ERROR", "RSC-005")}
    assert found == {}


def metadata(data: str | bytes) -> dict[str, list[str]]:
    """Return the metadata properties of a package, with the properties that refine them."""
    assert isinstance(data, bytes)
    opf = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("EPUB/content.opf"))
    found: dict[str, list[str]] = {}
    for meta in opf.iter("{*}meta"):
        name = f"{meta.get('refines') or ''}{meta.get('property') or meta.get('name')}"
        found.setdefault(name, []).append(meta.text or meta.get("content") or "")
    return found


def test_series_people_and_length_are_stated() -> None:
    found = metadata(feed2doc.write(DOCUMENT, "epub", env=env()))
    assert found["belongs-to-collection"] == found["calibre:series"] == ["海港日报"]
    assert found["#seriesgroup-position"] == found["calibre:series_index"] == ["20250225"]
    assert found["#creator1role"] == ["aut"] and found["#creator1file-as"] == ["Lin, Mei"]
    assert found["#contributor1role"] == ["ctb"] and found["#contributor2role"] == ["trl"]
    assert int(found["schema:wordCount"][0]) > 100
    assert found["schema:accessibilityHazard"] == ["none"]
    assert "没有专门的替代文字" in found["schema:accessibilitySummary"][0]


@pytest.mark.parametrize("has_time", [True, False])
def test_times_are_written_to_the_second_in_each_format(has_time: bool) -> None:
    moment = datetime(2026, 3, 1, 9, 30, 0, 6000, UTC)
    document = m.Document(
        id="1", headline="Ferry", language="en", published=moment, published_has_time=has_time, updated=moment
    )
    time = "2026-03-01T09:30:00+00:00" if has_time else "2026-03-01"
    page, text = (str(feed2doc.write(document, name)) for name in ("html", "markdown"))
    assert f'<time datetime="{time}">' in page
    assert f'"article:published_time" content="{time}"' in page and f'"datePublished": "{time}"' in page
    assert f"date: '{time}'" in text
    book = feed2doc.write(document, "epub")
    assert isinstance(book, bytes)
    package = zipfile.ZipFile(io.BytesIO(book)).read("EPUB/content.opf").decode()
    assert f">{time}</dc:date>" in package
    for written in (page, text, package, str(feed2doc.write(document, "markdown", front_matter="hugo"))):
        assert ".006" not in written


def test_source_date_epoch_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert metadata(feed2doc.write(DOCUMENT, "epub"))["dcterms:modified"] == ["1970-01-02T00:00:00Z"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(feed2doc.OptionError, match="yesterday"):
        feed2doc.write(DOCUMENT, "epub")


def test_both_declarations_of_a_cover_name_one_picture() -> None:
    book, surroundings = covered()
    data = feed2doc.write(book, "epub", env=surroundings)
    assert isinstance(data, bytes) and metadata(data)["cover"] == ["cover-image"]
    files = zipfile.ZipFile(io.BytesIO(data))
    opf = etree.fromstring(files.read("EPUB/content.opf"))
    (item,) = (e for e in opf.iter("{*}item") if e.get("properties") == "cover-image")
    assert item.get("id") == "cover-image" and item.get("media-type") == "image/jpeg"
    assert files.read(f"EPUB/{item.get('href')}")[:3] == b"\xff\xd8\xff"
    assert f'src="{item.get("href")}"' in files.read("EPUB/cover.xhtml").decode()
    first = next(ref.get("idref") for ref in opf.iter("{*}itemref"))
    assert first == "cover" and next(r.get("type") for r in opf.iter("{*}reference")) == "cover"


def test_names_are_sorted_as_catalogues_do() -> None:
    names = ("Martin Luther King Jr.", "José García", "林海", "The Economist", "Анна Лунд")
    document = m.Document(
        id="n", language="en", publication="BBC News", byline=tuple(map(m.Person, (*names, "")))
    )
    found = metadata(feed2doc.write(document, "epub"))
    sorted_ = [found[f"#creator{n}file-as"][0] for n in range(1, 6)]
    assert sorted_ == ["King, Martin Luther, Jr.", "García, José", "林海", "Economist, The", "Анна Лунд"]
    assert "#creator6file-as" not in found
    bare = metadata(feed2doc.write(m.Document(id="b", language="en", publication="BBC News"), "epub"))
    assert bare["#creator1file-as"] == ["BBC News"]
    two = m.Document(
        id="t", language="zh-CN", credits=(m.Credit("translator", (m.Text("译"),), "海灯、潮生"),)
    )
    assert metadata(feed2doc.write(two, "epub"))["#contributor2role"] == ["trl"]


def test_descriptions_are_claimed_only_if_they_have_words() -> None:
    document = m.Document(
        id="x", headline="x", language="en", lead=m.Figure(m.Image("https://example.com/harbour.png", "。"))
    )
    found = metadata(feed2doc.write(document, "epub", env=env()))
    assert "alternativeText" not in found["schema:accessibilityFeature"]
    book, surroundings = covered()
    bare = m.without_pictures(book)
    found = metadata(feed2doc.write(bare, "epub", env=surroundings))
    assert (
        "visual" in found["schema:accessMode"]
        and "no pictures" not in found["schema:accessibilitySummary"][0]
    )


def test_many_authors_do_not_fill_the_line_that_libraries_show() -> None:
    documents = tuple(
        m.Document(id=str(n), language="en", publication="Post", byline=(m.Person(f"Ann B{n}"),))
        for n in range(30)
    )
    data = feed2doc.write(m.Book(title="Many", language="en", parts=(m.Part(documents=documents),)), "epub")
    assert isinstance(data, bytes)
    opf = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("EPUB/content.opf"))
    assert [e.text for e in opf.iter("{*}creator")] == ["Post"]
    assert len(list(opf.iter("{*}contributor"))) == 30 and metadata(data)["#contributor30role"] == ["aut"]
    sources = tuple(m.Document(id=str(n), language="en", publication=f"Post {n}") for n in range(30))
    data = feed2doc.write(m.Book(title="Many", language="en", parts=(m.Part(documents=sources),)), "epub")
    assert isinstance(data, bytes)
    opf = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("EPUB/content.opf"))
    assert [e.text for e in opf.iter("{*}creator")] == ["Various sources"]
    assert [e.text for e in opf.iter("{*}publisher")] == [f"Post {n}" for n in range(30)]


def test_package_says_who_when_and_what() -> None:
    data = feed2doc.write(DOCUMENT, "epub", env=env())
    assert isinstance(data, bytes)
    book = zipfile.ZipFile(io.BytesIO(data))
    assert (
        book.infolist()[0].filename == "mimetype" and book.infolist()[0].compress_type == zipfile.ZIP_STORED
    )
    opf = etree.fromstring(book.read("EPUB/content.opf"))
    dc = "{http://purl.org/dc/elements/1.1/}"
    assert [e.text for e in opf.iter(f"{dc}creator")] == ["Mei Lin", "林海"]
    assert [e.text for e in opf.iter(f"{dc}contributor")] == ["Ann Ba", "海灯"]
    assert [e.text for e in opf.iter(f"{dc}date")] == ["2025-02-25T11:13:15+08:00"]
    assert [e.text for e in opf.iter(f"{dc}source")] == [
        "https://example.com/news/1?a=1&b=2",
        "https://example.com/en",
    ]
    ids = [e.get("id") for e in opf.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    modified = [e.text for e in opf.iter("{*}meta") if e.get("property") == "dcterms:modified"]
    assert modified == ["2025-02-25T04:00:00Z"]


def test_alternative_text_is_claimed_only_when_the_source_has_it() -> None:
    def features(alt: str) -> bool:
        image = m.Image("https://example.com/harbour.png", alt)
        document = m.Document(id="x", headline="x", language="en", lead=m.Figure(image))
        data = feed2doc.write(document, "epub", env=env())
        assert isinstance(data, bytes)
        return b"alternativeText" in zipfile.ZipFile(io.BytesIO(data)).read("EPUB/content.opf")

    assert features("A harbour at dusk") and not features("")


def test_nothing_remote_is_embedded_and_a_missing_picture_is_a_placeholder() -> None:
    for to in ("html", "epub"):
        data = feed2doc.write(DOCUMENT, to, env=env())
        page = (
            data
            if isinstance(data, str)
            else zipfile.ZipFile(io.BytesIO(data)).read(chapter_of(data)).decode()
        )
        assert not re.search(r'(?:src|poster)="(?:https?:)?//', page)
        assert (
            'class="missing"' in page
            and 'href="https://example.com/gone.jpg"' in page
            and "不在手边的图片。" in page
        )


def test_pdf_is_tagged_titled_and_in_its_language() -> None:
    data = feed2doc.write(DOCUMENT, "pdf", env=env())
    assert isinstance(data, bytes)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Author"]) == "Mei Lin, 林海"
        assert "2025" in str(pdf.docinfo["/CreationDate"])
        with pdf.open_outline() as outline:
            titles = [outline.root[0].title, *(child.title for child in outline.root[0].children)]
        assert titles[0] == DOCUMENT.headline and "第二节" in titles
        fonts = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
        assert any("CJK-SC" in font for font in fonts), fonts
        assert not any("CJK-JP" in font for font in fonts), fonts


@pytest.mark.parametrize("to", ["html", "pdf", "markdown", "text"])
def test_hostile_and_deep_models_are_written(to: str) -> None:
    for document in (HOSTILE, deep(64), m.Document(id="empty")):
        assert feed2doc.write(document, to)


def test_html_has_no_script_but_data_and_parses() -> None:
    page = feed2doc.write(HOSTILE, "html")
    assert isinstance(page, str)
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    scripts = tree.findall(".//script")
    assert [s.get("type") for s in scripts] == ["application/ld+json"]
    assert json.loads(scripts[0].text or "")["@type"] == "NewsArticle"
    assert len(tree.findall(".//h1")) == 1


def test_a_custom_template_wins(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "style.css").write_text("body { color: teal }")
    surroundings = feed2doc.Env(template_dirs=(tmp_path,))
    assert "teal" in feed2doc.write(DOCUMENT, "html", env=surroundings)
    (tmp_path / "html" / "style.css").write_text("{% nonsense %}")
    with pytest.raises(feed2doc.TemplateError, match=r"style\.css"):
        feed2doc.write(DOCUMENT, "html", env=feed2doc.Env(template_dirs=(tmp_path,)))
