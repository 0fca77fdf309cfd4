"""HTML pages as a browser's parser reads them: no errors, headings without gaps, nothing fetched."""

import itertools
import re

import feed2doc
import pytest
from feed2doc.model import Book, Document, Part
from hypothesis import given
from lxml import html
from tinyhtml5.parser import HTMLParser

from tests import strategies
from tests.books import HOSTILE, bundled, deep
from tests.kitchen_sink import DOCUMENT, env


def errors_in(page: str) -> list[object]:
    """Return the parse errors of the HTML standard (https://html.spec.whatwg.org/#parse-errors)."""
    parser = HTMLParser()
    parser.parse(page)
    return list(parser.errors)


def written(book: Document | Book, around: feed2doc.Env | None = None) -> str:
    page = feed2doc.write(book, "html", env=around)
    assert isinstance(page, str)
    return page


def test_the_parser_finds_errors_where_there_are_some() -> None:
    assert errors_in("<!DOCTYPE html><title>x</title><p><b></p></i>")


@pytest.mark.parametrize(
    "document", [DOCUMENT, HOSTILE, deep(64), Document(id="e"), Document(id="u", language='x"><b')]
)
def test_pages_have_no_parse_error(document: Document) -> None:
    assert errors_in(written(document, env())) == []


def test_bundles_have_no_parse_error_and_no_gap_between_headings() -> None:
    book, around = bundled()
    page = written(book, around)
    assert errors_in(page) == []
    levels = [
        int(h.tag[1])
        for h in html.document_fromstring(page.encode()).iter("h1", "h2", "h3", "h4", "h5", "h6")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r' href="#([^"]+)"', page))
    assert targets <= set(ids)


@pytest.mark.slow
@given(strategies.documents())
@strategies.MANY
def test_no_document_gives_a_parse_error(document: Document) -> None:
    assert errors_in(written(document)) == []


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    book = Book(title="All", language="en", parts=(Part("P", (DOCUMENT, HOSTILE)), Part("Q", (deep(3),))))
    page = written(book, env())
    tree = html.document_fromstring(page.encode())
    assert not [e for e in tree.iter("script") if e.get("type") != "application/ld+json"]
    assert not list(tree.iter("link", "iframe", "object", "embed", "video", "audio"))
    assert all((e.get("src") or "").startswith("data:image/") for e in tree.iter("img"))
    assert not re.search(r"url\(|@import", page)
    assert not [
        name for e in tree.iter() for name in e.attrib if str(name).startswith("on") or name == "style"
    ]
