"""A front page is between the title of a book and its contents, in every format."""

import io
import re
import zipfile
from pathlib import Path

import feed2doc
import pytest
from feed2doc.model import Book, Document, Paragraph, Part, Section, Text
from feed2doc.writers import PdfEngine

from tests.pdf_text import ENGINES, text_of


def told(name: str) -> Document:
    """Return an article whose text has this name."""
    text = Paragraph((Text(f"The text of {name}."),))
    return Document(id=name, headline=f"Head {name}", language="en", sections=(Section(blocks=(text,)),))


def part(names: str, title: str = "", *, front: bool = False) -> Part:
    """Return a part with an article for each letter."""
    return Part(title, tuple(map(told, names)), front=front)


# The parts of a book, and the order of its titles (T: the book's, S: its subtitle, F: the part's), contents (C) and articles.
BOOKS = {
    "a front page": ((part("a", front=True), part("bc")), "TSaCbc"),
    "two pages": ((part("ax", front=True), part("bc")), "TSaxCbc"),
    "two parts": ((part("a", front=True), part("x", front=True), part("bc")), "TSaxCbc"),
    "a title": ((part("a", "Fronts", front=True), part("bc")), "TSFaCbc"),
    "many pages": ((part("adefghijkl", "Fronts", front=True), part("bc")), "TSFadefghijklCbc"),
    "an empty one": ((part("", front=True), part("abc")), "TSCabc"),
    "an empty part": ((part("a", front=True), part(""), part("bc")), "TSaCbc"),
    "one in the middle": ((part("ab"), part("c", front=True), part("d")), "TSCabcd"),
    "one at the end": ((part("ab"), part("c", front=True)), "TSCabc"),
    "only front pages": ((part("abc", front=True),), "TSabc"),
}
NAMES = re.compile(r"(T)he title|(S)ubtitle|(F)ronts|(C)ontents|text of (\w)\.")


def book_of(parts: tuple[Part, ...]) -> Book:
    return Book(title="The title", subtitle="Subtitle", language="en", parts=parts)


def order_of(text: str) -> str:
    """Return the letters of what is in a text, each when it comes for the last time: contents show articles, too."""
    found = ["".join(filter(None, each.groups())) for each in NAMES.finditer(text)]
    return "".join(each for n, each in enumerate(found) if each not in found[n + 1 :])


@pytest.mark.parametrize(("parts", "order"), BOOKS.values(), ids=BOOKS)
def test_every_format_has_the_same_order(parts: tuple[Part, ...], order: str) -> None:
    book = book_of(parts)
    html = str(feed2doc.write(book, "html")).rpartition("<body>")[2]
    assert order_of(html.replace("<nav", "Contents<nav", 1)) == order
    ids = re.findall(' id="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    # Below a front page, the contents of plain text have a heading.
    has_heading = order.index("C") > 2 if "C" in order else True
    expected = order if has_heading else order.replace("C", "")
    assert order_of(str(feed2doc.write(book, "text"))) == expected
    markdown = str(feed2doc.write(book, "markdown")).partition("\n---\n")[2]
    assert order_of(f"The title\n\nSubtitle\n\n{markdown}") == order


@pytest.mark.parametrize(("parts", "order"), BOOKS.values(), ids=BOOKS)
def test_books_have_the_same_order(parts: tuple[Part, ...], order: str) -> None:
    """The title and subtitle are on the front page, or above the contents; a part may have a page before them."""
    files = zipfile.ZipFile(io.BytesIO(feed2doc.write(book_of(parts), "epub")))
    spine = re.findall('<itemref idref="([^"]+)"', files.read("EPUB/content.opf").decode())
    pages = {name: files.read(f"EPUB/{name}.xhtml").decode() for name in spine if "part" not in name}
    shown = ["C" if name == "contents" else page.partition("text of ")[2][:1] for name, page in pages.items()]
    assert "".join(shown) == re.sub("[TSF]", "", order)
    titled = [
        page for page in pages.values() if '<h1>The title</h1>\n<p class="subtitle">Subtitle</p>' in page
    ]
    assert titled == [*pages.values()][:1]
    assert all(page.count("<header") <= 1 for page in pages.values())  # Ace allows a page one banner
    front = [page for page in pages.values() if 'class="chapter front"' in page]
    assert len(front) == len(re.sub("[TSF]|C.*", "", order))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["a title", "two pages", "one in the middle"])
def test_pdfs_have_the_same_order(name: str, engine: PdfEngine, tmp_path: Path) -> None:
    parts, order = BOOKS[name]
    text = text_of(feed2doc.write(book_of(parts), feed2doc.Pdf(engine=engine)), tmp_path)
    assert order_of(text) == order and text.count("The title") == 1


def test_a_single_article_is_not_a_front_page() -> None:
    book = book_of((part("a", front=True),))
    assert "chapter front" not in "".join(
        file.read(name).decode("utf-8", "replace")
        for file in [zipfile.ZipFile(io.BytesIO(feed2doc.write(book, "epub")))]
        for name in file.namelist()
    )
    assert "front: true" not in str(feed2doc.write(book, "typst"))
