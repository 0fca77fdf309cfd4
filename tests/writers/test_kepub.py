"""KEPUB: spans around sentences, no lost content, no change by a second pass."""

import io
import re
import time
import zipfile

import feed2doc
import pytest
from feed2doc.model import Document, Figure, Image, Paragraph, Section, Text
from feed2doc.writers.epub.kobo_spans import sentences, with_spans
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import strategies
from tests.kitchen_sink import DOCUMENT, PICTURE, env

MATHML = "http://www.w3.org/1998/Math/MathML"


def pages(document: Document) -> dict[str, bytes]:
    data = feed2doc.write(document, "kepub", env=env())
    assert isinstance(data, bytes)
    files = zipfile.ZipFile(io.BytesIO(data))
    return {name: files.read(name) for name in files.namelist()}


def test_sentences_end_at_the_stops_of_their_script() -> None:
    cases = {
        "他说：“真的！”她笑了。然后……走了；完": ["他说：“真的！”", "她笑了。", "然后……", "走了；", "完"],
        "Is it 3.14? Yes. (No.) He said “so.” End": [
            "Is it 3.14? ",
            "Yes. ",
            "(No.) ",
            "He said “so.” ",
            "End",
        ],
        "「灯が点いた。」と言った。": ["「灯が点いた。」", "と言った。"],
        "هل عاد؟ نعم. ": ["هل عاد؟ ", "نعم. "],
        "2025.3.4": ["2025.3.4"],
        "全角．続き": ["全角．", "続き"],
        "What?! No... yes": ["What?! ", "No... ", "yes"],
        "": [],
    }
    assert {text: sentences(text) for text in cases} == cases


@given(st.text("灯塔。！？；…”’」）.!? \nab(“", max_size=60))
@settings(deadline=None)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_long_run_of_stops_takes_no_longer_than_other_text() -> None:
    start = time.process_time()
    assert "".join(sentences("." * 100_000 + "x")) == "." * 100_000 + "x"
    assert time.process_time() - start < 5  # squared it would be minutes


@pytest.mark.parametrize("sentence", ["Low tide. ", "Low tide<br/>", "<img src='a.png'/> Tide. "])
def test_spans_take_work_in_proportion_to_their_number(sentence: str) -> None:
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{sentence * 60_000}</p></body></html>"
    start = time.thread_time()
    assert with_spans(page.encode()).count(b"koboSpan") >= 60_000
    assert time.thread_time() - start < 8  # squared it would be twice that at least


def test_an_article_on_kepub_has_spans() -> None:
    document = Document(
        id="k", language="en", sections=(Section(blocks=(Paragraph((Text('<div id="book-columns">'),)),)),)
    )
    (page,) = (page for name, page in pages(document).items() if "article-" in name)
    assert b"koboSpan" in page


@pytest.mark.slow
@given(strategies.documents())
@strategies.MANY
def test_spans_lose_no_character_and_come_once(document: Document) -> None:
    data = feed2doc.write(document, "epub")
    assert isinstance(data, bytes)
    files = zipfile.ZipFile(io.BytesIO(data))
    (name,) = (n for n in files.namelist() if "article-" in n)
    page = files.read(name)
    kobo = with_spans(page)
    before, after = (etree.fromstring(p).find("{*}body") for p in (page, kobo))
    assert before is not None and after is not None
    assert "".join(map(str, before.itertext())) == "".join(map(str, after.itertext()))
    ids = [e.get("id") for e in after.iter("{*}span") if e.get("class") == "koboSpan"]
    assert ids and len(ids) == len(set(ids)) and all(re.fullmatch(r"kobo\.\d+\.\d+", i or "") for i in ids)
    assert with_spans(kobo) == kobo


def test_every_text_and_picture_is_in_a_span() -> None:
    (page,) = (page for name, page in pages(DOCUMENT).items() if "article-" in name)
    body = etree.fromstring(page).find("{*}body")
    assert body is not None
    assert [e.get("id") for e in (body[0], body[0][0])] == ["book-columns", "book-inner"]
    for element in body.iter():
        assert isinstance(element.tag, str)
        held = any(e.get("class") == "koboSpan" for e in (element, *element.iterancestors()))
        name = etree.QName(element)
        alone = name.localname in ("pre", "code", "rt", "span") or name.namespace == MATHML
        assert held or alone or not (element.text or "").strip(), etree.tostring(element)
        if name.localname == "img":
            assert held
        assert not (held and name.namespace == MATHML)  # MathML cannot hold spans


def test_a_picture_is_a_paragraph_of_its_own() -> None:
    document = Document(
        id="p", headline="题", language="zh-CN", sections=(Section(blocks=(Paragraph((Text("一。二。"),)), Figure(Image(PICTURE)), Paragraph((Text("三。"),)))),)
    )  # fmt: skip
    (page,) = (page for name, page in pages(document).items() if "article-" in name)
    spans = re.findall(r'id="kobo\.(\d+)\.(\d+)">(<img|[一二三])', page.decode())
    numbers = [(int(p), int(s), what) for p, s, what in spans]
    first = numbers[0][0]
    assert numbers == [(first, 1, "一"), (first, 2, "二"), (first + 1, 1, "<img"), (first + 2, 1, "三")]


def test_the_first_page_is_no_chapter_and_the_style_knows_kobo() -> None:
    files = pages(DOCUMENT)
    opf = etree.fromstring(files["EPUB/content.opf"])
    first = next(ref.get("idref") for ref in opf.iter("{*}itemref"))
    assert first == "titlepage" and "港口重开" in files["EPUB/titlepage.xhtml"].decode()
    assert "#book-inner" in files["EPUB/style.css"].decode()
    assert all(re.fullmatch(r"[A-Za-z0-9/._-]+", name) for name in files)
