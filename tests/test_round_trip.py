"""Round trips: output that is read back gives the same document."""

import feed2doc
import pytest
from feed2doc import Html
from feed2doc.model import (
    Cell,
    Document,
    Figure,
    Image,
    Link,
    Note,
    Paragraph,
    Quote,
    Section,
    Strong,
    Sup,
    Table,
    Text,
)
from hypothesis import given

from tests.strategies import MANY, documents


@pytest.mark.slow
@pytest.mark.timeout(600)  # a failure takes minutes to make small
@MANY
@given(documents())
def test_html_and_json_are_read_back_equal(document: Document) -> None:
    """Of the same documents, because generating them takes longer than reading them."""
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str)
    env = feed2doc.Env()
    assert feed2doc.read(page.encode(), env=env) == document
    assert not [d for d in env.diagnostics if d.kind == "loss"]
    for to in ("json", "jsonl"):
        data = feed2doc.write(document, to)
        assert isinstance(data, str) and feed2doc.read(data.encode()) == document


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.mark.parametrize("name", ["~", "~Ann", "-", "Ann Ba", "· Ann"])
def test_the_source_of_a_quotation_may_begin_with_a_sign(name: str) -> None:
    quote = Quote((paragraph("The ferry is late."),), (Text(name),))
    blocks = (paragraph("The quay."), quote, paragraph("The end."))
    document = Document(id="1", headline="Ferry", language="en", sections=(Section(blocks=blocks),))
    page = feed2doc.write(document, "html")
    assert isinstance(page, str)
    assert feed2doc.read(page.encode()).sections[0].blocks[1] == quote


@pytest.mark.parametrize(
    "line",
    ["X X", "Share", "Read more", "By Ann Ba", "Photo: Ann Ba", "编辑：林海", "港口 &#9a", "__", "* * *"],
)
def test_lines_of_an_article_that_look_like_others_are_read_back(line: str) -> None:
    url = "https://harbour.example/a"
    bold = Paragraph((Strong((Text(line),)),))
    note = Paragraph((Text("完"), Note((paragraph("] 「一」"),)), Text("。")))
    box = Table(((Cell(), Cell((paragraph("一"),))),))
    figure = Figure(Image("https://harbour.example/a.jpg", alt="港口"), caption=(Text("港口（林海摄）"),))
    blocks = (paragraph(line), note, bold, box, figure, paragraph(line), note, paragraph(line))
    document = Document(
        id=url,
        url=url,
        headline=line,
        language="zh-CN",
        sections=(Section(blocks=blocks),),
        source_format="html",
    )
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str) and feed2doc.read(page.encode()) == document


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("0", 'X‹，é ，渡*"'),
        ("/ 港口的灯塔 /", "林海"),
        ("港口", "林海，梅林，王立秋"),
        ("0", "[]"),
        ("Quay", "(Ann Ba)"),
    ],
)
def test_captions_and_credits_are_read_back_as_they_are(caption: str, credit: str) -> None:
    picture = Image("https://harbour.example/a.jpg", alt="灯塔")
    figure = Figure(picture, (Text(caption),), (Text(credit),))
    blocks = (paragraph("渡轮回来了。"), figure, paragraph("人们在码头等候。"))
    document = Document(id="1", headline="渡轮", language="zh-CN", sections=(Section(blocks=blocks),))
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str)
    assert feed2doc.read(page.encode()).sections[0].blocks[1] == figure


@pytest.mark.parametrize("headline", ['"**|“', "渡轮恢复通航_港湾频道", "渡轮 | 港湾 | 渡轮"])
def test_headlines_with_signs_are_read_back_as_they_are(headline: str) -> None:
    document = Document(
        id="1", headline=headline, language="zh-CN", sections=(Section(blocks=(paragraph("渡轮。"),)),)
    )
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str) and feed2doc.read(page.encode()).headline == headline


def test_a_sign_that_leads_to_the_article_itself_is_read_back() -> None:
    url = "https://harbour.example/a"
    blocks = (Paragraph((Text("渡轮"), Link((Text("#"),), url), Text("回来了。"))),)
    document = Document(
        id=url, url=url, headline="渡轮", language="zh-CN", sections=(Section(blocks=blocks),)
    )
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str) and feed2doc.read(page.encode()).sections == document.sections


def test_a_raised_sign_and_a_paragraph_that_begins_with_it_are_read_back() -> None:
    blocks = (
        Paragraph((Text("渡轮回来了"), Sup((Text("*"),)), Text("，人们在码头等候。"))),
        paragraph("* 停航三年之后。"),
    )
    document = Document(id="1", headline="渡轮", language="zh-CN", sections=(Section(blocks=blocks),))
    page = feed2doc.write(document, Html(images="link"))
    assert isinstance(page, str) and feed2doc.read(page.encode()).sections == document.sections
