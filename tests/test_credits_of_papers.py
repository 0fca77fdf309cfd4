"""Credits in the forms of Chinese, Japanese and Korean papers, and lines that only look like them."""

import feed2doc
import pytest
from feed2doc import model as m

TEXT = {
    "zh": "<p>渡轮在停航三年之后重新靠岸。</p><p>全城的人都站在码头上。</p>",
    "ja": "<p>渡し船が三年ぶりに戻った。</p><p>町の人がみな岸壁に立っていた。</p>",
    "ko": "<p>여객선이 삼 년 만에 돌아왔다.</p><p>온 마을이 부두에 서 있었다.</p>",
}


def read(above: str = "", below: str = "", language: str = "zh", text: str = "") -> feed2doc.Document:
    body = above + (text or TEXT[language]) + below
    page = f'<html lang="{language}"><head><title>t</title></head><body><h1>t</h1>{body}</body></html>'
    return feed2doc.read(page.encode(), format="html")


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


def roles(document: feed2doc.Document) -> list[tuple[str, str]]:
    return [(credit.role, credit.person) for credit in document.credits]


def paragraphs(document: feed2doc.Document) -> list[str]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [m.plain_text(block.content) for block in blocks if isinstance(block, m.Paragraph)]


@pytest.mark.parametrize(
    ("line", "author", "editor"),
    [
        ("海港记者 林海&nbsp;&nbsp;&nbsp;海港编辑 王梅", "林海", "王梅"),
        ("海港记者｜林海 &nbsp; 海港编辑｜王梅", "林海", "王梅"),
        ("海港日报记者 林海 海港日报编辑 王梅", "林海", "王梅"),
        ("海港记者：林海 海港编辑：王梅", "林海", "王梅"),
        ("海港記者 林海 海港編輯 王梅", "林海", "王梅"),
    ],
)
def test_the_paper_before_each_label(line: str, author: str, editor: str) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == [author]
    assert ("editor", editor) in roles(document)
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    ("line", "role", "person"),
    [
        ("【文】林海　【图】王梅", "photographer", "王梅"),
        ("【文】林海 【摄】王梅", "photographer", "王梅"),
        ("【文】林海 【编辑】王梅", "editor", "王梅"),
        ("【采写】林海 【统筹】王梅", "contributor", "王梅"),
        ("［文］林海 ［译］王梅", "translator", "王梅"),
    ],
)
def test_labels_in_brackets(line: str, role: str, person: str) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == ["林海"]
    assert (role, person) in roles(document)
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "lines",
    [
        "<p>文丨林海</p><p>编辑丨王梅</p><p>题图丨海港图库</p>",
        "<p>来源：海港日报</p><p>作者：林海</p><p>编辑：王梅</p>",
        "<p>*本文为「海港」原创内容</p><p>记者｜林海</p><p>编辑｜王梅</p>",
        "<p>渡轮三年后归来。</p><p>文丨林海 王红</p><p>编辑丨王梅</p>",
        "<blockquote><p>渡轮三年后归来。</p></blockquote><p>文︱林海</p><p>编辑︱王梅</p>",
    ],
)
def test_notes_and_an_introduction_among_credits(lines: str) -> None:
    document = read(lines)
    assert names(document)[:1] == ["林海"]
    assert ("editor", "王梅") in roles(document)
    assert "编辑" not in "".join(paragraphs(document))


@pytest.mark.parametrize(
    "line",
    ["（原标题：渡轮归来）", "原标题：渡轮归来", "来源：海港日报", "（原題：渡輪歸來）", "原載：海港日報"],
)
def test_the_former_title_above_the_text_is_a_credit(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert [m.plain_text(credit.text) for credit in document.credits] == [line]
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "编辑部的灯一直亮着。",
        "记者 编辑 都在码头上等着。",
        "【编辑】这个职业正在消失。",
        "来源是海里的一封信。",
        "海港记者 林海站在码头上。",
    ],
)
def test_text_that_only_begins_as_credits_stays(line: str) -> None:
    assert m.plain_text(m.Paragraph((m.Text(line),)).content) in paragraphs(read(f"<p>{line}</p>"))


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("责任编辑：王梅_NE0011", "王梅"),
        ("责任编辑：王梅 SN123", "王梅"),
        ("【纠错】 【责任编辑:王梅】", "王梅"),
        ("【编辑】王梅", "王梅"),
        ("来源：海港日报 责任编辑：王梅_B0012", "王梅"),
    ],
)
def test_marks_around_the_editor(line: str, person: str) -> None:
    document = read(below=f"<p>记者：林海</p><p>{line}</p>")
    assert names(document) == ["林海"]
    assert ("editor", person) in roles(document)
    assert len(paragraphs(document)) == 2
