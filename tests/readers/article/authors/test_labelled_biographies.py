"""Biographies below a label at the end of an article: `About the author`, a name, a portrait, what the author does."""

import feed2doc
import pytest
from feed2doc import model as m

TEXTS = {
    "ja": "<p>渡し船が三年ぶりに戻った。町の人がみな岸壁に立っていた。</p><p>灯台は夜明けまで光っていた。</p>",
    "zh": "<p>渡轮在停航三年之后重新靠岸，全城的人都站在码头上。</p><p>灯塔一直亮到黎明。</p>",
    "ko": "<p>여객선이 삼 년 만에 돌아왔다. 온 마을이 부두에 서 있었다.</p><p>등대는 새벽까지 켜져 있었다.</p>",
    "en": "<p>The ferry came back after three years.</p><p>The lamp burned until dawn.</p>",
}
PORTRAIT = '<p><img src="https://quay.example/a.jpg" width="300" height="300"></p>'
BOXES = [
    ("ja", f"<p>この記事を書いた人</p>{PORTRAIT}<p>山田太郎</p><p>港町在住のライター。灯台と船の写真を撮っています。</p>", "山田太郎"),
    ("ja", "<h3>執筆者プロフィール</h3><p>山田太郎（やまだ・たろう）</p><p>1980年生まれ。港町新聞記者を経てフリーライター。</p>", "山田太郎"),
    ("zh", f"<h3>关于作者</h3>{PORTRAIT}<p>林海生</p><p>海港大学历史系教授，著有《灯塔》。</p>", "林海生"),
    ("zh", "<p><strong>作者简介：</strong></p><p>林海生，海港大学历史系教授，著有《灯塔》。</p>", ""),
    ("zh", "<h3>#专栏作家#</h3><p>林海生，微信公众号：海港夜话（ID：quay），海港网专栏作家，写灯塔和船。</p><p>题图来自海港图库，基于CC0协议</p><div>给作者打赏，鼓励TA抓紧创作！</div>", "林海生"),
    ("ko", f"<h3>저자 소개</h3>{PORTRAIT}<p>김하늘</p><p>항구대 역사학과 교수다.</p>", "김하늘"),
    ("en", f"<h3>About the author</h3>{PORTRAIT}<p>Ann Lund</p><p>Ann Lund is a writer based in Oslo.</p>", "Ann Lund"),
]  # fmt: skip


def read(language: str, end: str) -> m.Document:
    env = feed2doc.Env(audit=True)
    item = f"[h](https://quay.example/{language})\n------\n{TEXTS[language]}{end}"
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return document


@pytest.mark.parametrize(("language", "box", "author"), BOXES)
def test_a_box_about_the_author_below_a_label(language: str, box: str, author: str) -> None:
    document = read(language, box)
    assert "author-bio" in [credit.role for credit in document.credits]
    assert not author or [person.name for person in document.byline] == [author]
    assert not feed2doc.figures(document)
    assert document.sections == read(language, "").sections


BY = '<p class="byline">林海生</p>'


@pytest.mark.parametrize(
    "end",
    [
        "<p><strong>林海生 简历</strong></p><p>80年生，海港报专栏作家，著有《灯塔》。</p>",
        f"<h3>林海生简介：</h3>{PORTRAIT}<p>海港大学历史系教授，现居北角。</p>",
        "<p><strong>林海生：</strong>1959年生。海港大学毕业，研究渔业</p>",
        "<p>林海生: 80年生，研究渔业</p>",
    ],
)
def test_a_biography_below_or_after_the_name_of_the_author(end: str) -> None:
    env = feed2doc.Env(audit=True)
    item = f"[渡轮回来了](https://quay.example/1)\n------\n{BY}{TEXTS['zh']}{end}"
    document = feed2doc.read(item.encode(), env=env)
    assert [credit.role for credit in document.credits] == ["author-bio"]
    assert len(document.sections[0].blocks) == 2
    assert not [each for each in env.diagnostics if each.kind == "loss"]


@pytest.mark.parametrize("name", ["<h2>作者：林海生</h2>", "<p><strong>作者：林海生</strong></p>"])
def test_a_biography_below_a_line_that_names_the_author(name: str) -> None:
    document = read("zh", f"{name}<p>海港大学教授，曾任《海港日报》记者。</p><p>未经授权，不得转载。</p>")
    assert [person.name for person in document.byline] == ["林海生"]
    assert [credit.role for credit in document.credits] == ["note", "author-bio", "rights"]
    assert document.sections == read("zh", "").sections


@pytest.mark.parametrize(
    "end",
    [
        "<h3>梅林 简历</h3><p>80年生，海港报专栏作家，著有《灯塔》。</p>",
        "<h3>作者：林海生</h3><p>渡轮在雾里等着，没有人说话。</p>",
        "<p><strong>公司简介</strong></p><p>海港公司生于港口，现居北角，著有《灯塔》。</p>",
        "<p>林海生：3年前我毕业于海港大学。</p>",
        "<p>林海生：1959年我生于港口。</p>",
        "<p>林海生：我1959年生。</p>",
    ],
)
def test_the_life_of_another_person_and_what_an_author_says_is_text(end: str) -> None:
    item = f"[渡轮回来了](https://quay.example/1)\n------\n{BY}{TEXTS['zh']}{end}"
    document = feed2doc.read(item.encode())
    assert not document.credits
    assert end.rpartition("<p>")[2].removesuffix("</p>") in feed2doc.write(document, "text")


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("en", "<h3>About the author</h3><p>Nobody knows who wrote the songs of this harbour, and nobody asks.</p>"),
        ("en", "<h3>About the author of the songs</h3><p>Ann Lund</p><p>Ann Lund is a writer based in Oslo.</p>"),
        ("en", f"<h3>About the author</h3><p>Ann Lund</p>{'<p>She mended nets and wrote at night.</p>' * 7}"),
        ("en", "<h3>About the author</h3><ul><li>The quay in May</li><li>Fog</li></ul>"),
        ("zh", "<h3>关于作者的书</h3><p>林海生</p><p>海港大学历史系教授，著有《灯塔》。</p>"),
        ("ja", "<p>この記事を書いた人は、もう町にいない。</p><p>灯台は今も立っている。</p>"),
    ],
)  # fmt: skip
def test_text_below_such_words_stays(language: str, end: str) -> None:
    document = read(language, end)
    blocks = [block for section in document.sections for block in section.blocks]
    headings = sum(bool(section.heading) for section in document.sections)
    assert len(blocks) + headings == 2 + end.count("<p>") + end.count("<h3>") + end.count("<ul>")
