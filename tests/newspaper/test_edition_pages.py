"""An edition begins with its front page, has contents on one page, and ends."""

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feed2doc
import msgspec
import pikepdf
import pytest
from feed2doc.model import Book, Document, Link, Paragraph, Section, Text, plain_article, walk
from lxml import etree

from tests.pdf_text import ENGINES, text_of

WORDS = ("Morning", "头版", "目录", "简讯", "未刊文章")


def news(n: int) -> Document:
    """Return an article that tells a story of its own."""
    words = "".join(chr(0x4E00 + (n * 997 + place * place * 31) % 20000) for place in range(180))
    return Document(
        id=f"{n}",
        url=f"https://{n}.example/",
        headline=f"{words[:9]}{n}",
        publication=f"Paper {n % 3}",
        language="zh-CN",
        published=datetime(2024, 5, 7, 12, tzinfo=UTC),
        sections=(Section(blocks=(Paragraph((Text(f"{words}今天开放。"),)),)),),
    )


def in_order(text: str) -> bool:
    """Return True if the names of the book and its pages come for the first time in their order."""
    return sorted(WORDS, key=text.index) == list(WORDS)


@pytest.fixture(scope="module")
def paper() -> Book:
    """Return an edition that prints ten of fourteen articles, five of them on the front page."""
    return feed2doc.edition(map(news, range(14)), minutes=10, title="Morning", front=5)


@pytest.mark.parametrize("to", ["markdown", "text", "html", "typst"])
def test_the_front_page_is_before_the_contents(paper: Book, to: str) -> None:
    text = feed2doc.write(paper, to)
    assert in_order(str(text).rpartition("<body>")[2])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("size", "most"), [("a4", 1), ("120x160mm", 2)])
def test_a_pdf_begins_with_its_front_page(
    paper: Book, engine: Any, size: str, most: int, tmp_path: Path
) -> None:
    """The contents are below it, if there is room."""
    data = feed2doc.write(paper, feed2doc.Pdf(engine=engine, page=size, columns=True))
    pages = text_of(data, tmp_path).split("\f")
    assert in_order("".join(pages)) and "→" in pages[0] and "Morning" in pages[0]
    before = pages[: next(n for n, page in enumerate(pages) if "今天开放" in page)]
    assert len(before) == most and "未刊文章" in "".join(before)


def test_a_date_in_the_title_stays_on_its_line(tmp_path: Path) -> None:
    book = feed2doc.edition(map(news, range(2)), title="今日要闻 · 2020年10月24日")
    data = feed2doc.write(book, feed2doc.Pdf(engine="typst", page="90x122mm"))
    first, second, *_ = text_of(data, tmp_path, "-layout").splitlines()
    assert ["".join(line.split()) for line in (first, second)] == ["今日要闻·", "2020年10月24日"]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_number_of_a_page_is_on_the_line_of_a_word(engine: Any, tmp_path: Path) -> None:
    """The headline ends near the end of a line. A link must not be left empty there."""
    headlines = [f"{'i' * n}{news(n).headline}{'港' * 9}" for n in range(8)]
    stories = [msgspec.structs.replace(news(n), headline=headlines[n]) for n in range(8)]
    data = feed2doc.write(
        feed2doc.edition(stories, title="Morning"), feed2doc.Pdf(engine=engine, page="90x122mm")
    )
    text = text_of(data, tmp_path, "-layout")
    assert text.count("→") == 8 and not re.search(r"^\s*→", text, re.M)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        links = [link.Rect for page in pdf.pages for link in page.get("/Annots", [])]
    assert links and all(float(right) - float(left) > 1 for left, _, right, _ in links)


def test_the_spine_and_all_tables_of_contents_have_one_order(paper: Book) -> None:
    data = feed2doc.write(paper, "epub")
    assert isinstance(data, bytes)
    files = zipfile.ZipFile(io.BytesIO(data))
    package = etree.fromstring(files.read("EPUB/content.opf"))
    spine = [each.get("idref") for each in package.iter("{*}itemref")]
    names = {each.get("id"): each.get("href") for each in package.iter("{*}item")}
    front, contents = names[spine[0]], names[spine[1]]
    assert contents == "contents.xhtml"
    nav = etree.fromstring(files.read("EPUB/nav.xhtml"))
    toc, landmarks = ([a.get("href") for a in each.iter("{*}a")] for each in nav.iter("{*}nav"))
    # A part and its first article are at one place.
    assert list(dict.fromkeys(toc)) == [names[each] for each in spine]
    assert landmarks == [front, contents]
    ncx = etree.fromstring(files.read("EPUB/toc.ncx"))
    assert [each.get("src") for each in ncx.iter("{*}content")] == toc
    first = files.read(f"EPUB/{front}").decode()
    assert "<h1>Morning</h1>" in first and 'rel="next"' in first
    listed = files.read("EPUB/contents.xhtml").decode()
    assert "<h1>目录</h1>" in listed and listed.count("1 分钟") == 12 and "今天开放" not in listed


def test_contents_that_repeat_the_front_page_are_left_out() -> None:
    short = feed2doc.edition(map(news, range(3)))
    assert "目录" not in str(feed2doc.write(short, "markdown"))
    assert "contents" not in str(feed2doc.write(short, "html")).partition("</style>")[2]
    assert "目录" in str(feed2doc.write(feed2doc.bundle(map(news, range(3))), "markdown"))


@pytest.mark.parametrize("count", [12, 13, 14])
def test_each_article_is_on_the_front_page_or_in_the_contents(count: int) -> None:
    book = feed2doc.edition(map(news, range(count)))
    first = str(feed2doc.write(book, "markdown")).partition("\n\n## Paper")[0]
    assert [each.headline for each in book.documents if each.url and each.headline not in first] == []
    assert ("目录" in first) == (count > 12)


def test_the_last_page_of_a_large_edition_ends() -> None:
    book = feed2doc.edition(map(news, range(400)), minutes=10)
    last = book.documents[-1]
    links = [node for node in walk(last) if isinstance(node, Link)]
    assert len(links) == 80
    text = plain_article(last)
    assert "版面不足\u00a0390" in text and text.endswith("\n其他\n310 篇") and "Paper 1\u00a0130" in text
    named = {node.url for page in book.documents for node in walk(page) if isinstance(node, Link)}
    assert len(named) == 10 + 40 + 80
