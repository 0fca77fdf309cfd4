"""HTML pages as a browser's parser reads them: no errors, headings without gaps, nothing fetched."""

import io
import itertools
import re
import zipfile

import feed2doc
import pytest
from feed2doc import model as m
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


@pytest.mark.parametrize(
    ("headline", "language", "phrases"),
    [
        (
            "港口重开后第一班渡轮驶入灯塔岛",
            "zh-CN",
            ["港口", "重开后", "第一", "班", "渡轮", "驶入", "灯塔岛"],
        ),
        ("港務局談疏浚：2025年5月7日起改道", "zh-TW", ["港務局", "談", "疏浚：", "2025年5月7日起", "改道"]),
        ("渡轮 <A&B> 今天又回到了灯塔之岸", "zh-CN", None),
        ("灯塔岛的渡轮回来", "zh-CN", []),
        ("The long way round North Point and the lighthouse", "en", []),
        ("등대가 있는 섬으로 돌아온 여객선을 기다린 사람들", "ko", []),
    ],
)
def test_lines_of_chinese_headlines_end_between_phrases(
    headline: str, language: str, phrases: list[str] | None
) -> None:
    """A test in Chromium (`make soak`) proves that they do."""
    words = (m.Paragraph((m.Text("雾。"),)),)
    sections = (
        m.Section((m.Text(headline),), 1, words),
        m.Section((m.Strong((m.Text(headline),)),), 1, words),
    )
    document = m.Document(id="1", headline=headline, language=language, sections=sections)
    with zipfile.ZipFile(io.BytesIO(feed2doc.write(document, "epub"))) as book:
        chapter = next(book.read(name).decode() for name in book.namelist() if "article-" in name)
    for page in (feed2doc.write(document, "html"), chapter):
        tree = html.fromstring(page.encode())
        first, second, strong = tree.iter("h1", "h2")
        assert {"".join(map(str, each.itertext())) for each in (first, second, strong)} == {headline}
        shown = [list(each.itertext()) for each in (first, second)]
        assert shown[0] == shown[1] and strong.find(".//wbr") is None
        assert first.find(".//wbr") is None if phrases == [] else phrases in (None, shown[0])


def test_chinese_lines_begin_with_the_ink_of_a_quotation_mark() -> None:
    page = feed2doc.write(m.Document(id="1", headline="港口", language="zh-CN"), "html")
    assert re.search(r":lang\(zh\), :lang\(ja\) \{[^}]*text-spacing-trim: trim-start;", page)
