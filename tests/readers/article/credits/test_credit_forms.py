"""Forms of credit lines: emphasis around several lines, accounts, places, signs before and between them, unknown labels."""

import feed2doc
import pytest
from feed2doc import model as m

TEXT = {
    "zh": "<p>渡轮在停航三年之后重新靠岸。</p><p>全城的人都站在码头上。</p>",
    "en": "<p>The ferry came back after three years.</p><p>The whole town stood on the quay.</p>",
}


def read(line: str, *, above: bool = False) -> feed2doc.Document:
    """Read an article with this line below, or above, its text."""
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in line) else "en"
    text = TEXT[language]
    body = line + text if above else text + line
    page = (
        f'<html lang="{language}"><head><title>Ferry</title></head><body><h1>Ferry</h1>{body}</body></html>'
    )
    return feed2doc.read(page.encode(), format="html")


def names(document: feed2doc.Document) -> list[str]:
    return [person.name for person in document.byline]


def roles(document: feed2doc.Document) -> list[tuple[str, str]]:
    return [(credit.role, credit.person) for credit in document.credits]


def paragraphs(document: feed2doc.Document) -> list[str]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [m.plain_text(block.content) for block in blocks if isinstance(block, m.Paragraph)]


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize(
    ("line", "author", "other"),
    [
        ("<p><em>Words by Ann Bale<br>Photographs by Otto Berg</em></p>", "Ann Bale", "photographer"),
        ("<p><strong>Text: Ann Bale<br>Illustration: Otto Berg</strong></p>", "Ann Bale", "contributor"),
        (
            "<p><strong><em>Words by Ann Bale<br>Edited by Otto Berg</em></strong></p>",
            "Ann Bale",
            "editor",
        ),
        ("<p><em>作者：林海生<br>译者：高山月</em></p>", "林海生", "translator"),
        ("<p><strong>文字：林海生<br>编辑：高山月</strong></p>", "林海生", "editor"),
        ("<p>－－作者：林海生<br>－－译者：高山月</p>", "林海生", "translator"),
        ("<p>──作者：林海生<br>──编辑：高山月</p>", "林海生", "editor"),
    ],
)
def test_lines_of_credits_in_emphasis(line: str, author: str, other: str, above: bool) -> None:
    document = read(line, above=above)
    assert names(document) == [author]
    assert other in [role for role, _ in roles(document)]
    assert len(paragraphs(document)) == 2


def test_lines_of_text_in_emphasis_stay_one_paragraph() -> None:
    document = read("<p><em>The ferry is old.<br>So is the quay.</em></p>")
    assert paragraphs(document)[-1] == "The ferry is old.\nSo is the quay."


@pytest.mark.parametrize(
    "line",
    ["文 / @林海生", "作者：@林海生", "撰文｜@林海生", "文/@林海生", "采写：@林海生"],
)
def test_an_account_in_han_characters_below_a_label_is_a_name(line: str) -> None:
    assert names(read(f"<p>{line}</p>", above=True)) == ["林海生"]


@pytest.mark.parametrize(
    ("line", "author", "others"),
    [
        ("文 ｜ 林海生　编 ｜ 高山月", "林海生", ["高山月"]),
        ("文 ｜ 林海生　编 ｜ 高山月　图 ｜ 海港图库", "林海生", ["高山月"]),
        ("文：林海生 绘：高山月", "林海生", ["高山月"]),
        ("文＝林海生　編＝高山月", "林海生", ["高山月"]),
        ("文｜林海生　译｜高山月　编｜周文静", "林海生", ["高山月", "周文静"]),
    ],
)
def test_labels_of_one_character_with_spaces(line: str, author: str, others: list[str]) -> None:
    document = read(f"<p>{line}</p>", above=True)
    assert names(document) == [author]
    assert [person for _, person in roles(document) if person in others] == others
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("海港日报记者 林海生 北角报道", ["林海生"]),
        ("海港日报记者 林海生 高山月 北角报道", ["林海生", "高山月"]),
        ("海港网特约撰稿人 林海生 北角综合报道", ["林海生"]),
        ("首席记者 林海生 北角镇报道", ["林海生"]),
        ("海港日报记者 林海生 高山月", ["林海生", "高山月"]),
        ("记者 林海生／北角报道", ["林海生"]),
        ("記者 林海生/北角報導", ["林海生"]),
    ],
)
def test_the_place_of_a_report_is_no_reporter(line: str, people: list[str], above: bool) -> None:
    assert names(read(f"<p>{line}</p>", above=above)) == people


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("—Translated from the Norwegian by Otto Berg", "translator"),
        ("— Translated by Otto Berg", "translator"),
        ("– Photographs by Otto Berg", "photographer"),
        ("——译者：林海生", "translator"),
        ("— Edited by Otto Berg", "editor"),
    ],
)
def test_a_dash_before_a_credit(line: str, role: str) -> None:
    assert [found for found, _ in roles(read(f"<p>{line}</p>"))] == [role]


@pytest.mark.parametrize(
    "line", ["— By the time it came, all had left.", "— Edited, the film was short.", "—", "— 译者没有来。"]
)
def test_a_dash_before_text(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert not document.credits
    assert len(paragraphs(document)) == 3 or line == "—"


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("水位还在上涨。（记者林海生 通讯员高山月）", ["林海生", "高山月"]),
        ("水位还在上涨。（记者 林海生 通讯员 高山月）", ["林海生", "高山月"]),
        ("水位还在上涨。（记者林海生、周文静 通讯员高山月）", ["林海生", "周文静", "高山月"]),
        ("水位還在上漲。（記者林海生　通訊員高山月）", ["林海生", "高山月"]),
        ("水位还在上涨。（海港日报记者林海生 通讯员高山月）", ["林海生", "高山月"]),
    ],
)
def test_others_who_worked_on_a_report(line: str, people: list[str]) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == people
    assert "通" not in paragraphs(document)[-1]


@pytest.mark.parametrize(
    "line",
    [
        "监制：林海生<br>签发：高山月<br>编辑：周文静",
        "签发：高山月<br>责任编辑：周文静",
        "作者：林海生<br>航拍：高山月<br>编辑：周文静",
        "文字：林海生<br>场记：高山月<br>制图：周文静",
        "记者：林海生<br>统筹：高山月<br>编辑：周文静",
    ],
)
def test_an_unknown_label_above_other_credits(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert len(document.credits) == line.count("<br>") + 1
    assert len(paragraphs(document)) == 2


def test_speakers_are_no_credits() -> None:
    document = read("<p>林海生：船来了吗？<br>高山月：来了。</p>")
    assert not document.credits and len(paragraphs(document)) == 3


@pytest.mark.parametrize(
    "line",
    [
        'This article is republished from <a href="https://lamp.example">The Lamp</a>. Read the <a href="https://lamp.example/2025/ferry">original article</a>.',
        'This story was originally published by <a href="https://lamp.example/">The Lamp</a>: <a href="https://lamp.example/2025/ferry">The ferry</a>.',
        'This article was first published on <a href="https://lamp.example/2025/ferry">The Lamp</a>.',
        'This post originally appeared on <a href="https://lamp.example">The Lamp</a>, <a href="https://lamp.example/2025/ferry">here</a>.',
        'Read the original article at <a href="https://lamp.example/2025/ferry">The Lamp</a>.',
    ],
)
def test_the_original_is_an_article_and_no_site(line: str) -> None:
    assert read(f"<p>{line}</p>").original_url == "https://lamp.example/2025/ferry"


@pytest.mark.parametrize(
    ("language", "role"), [("Spanish", ["original"]), ("simplified Chinese", ["original"]), ("full", [])]
)
def test_an_article_in_another_language_is_a_credit(language: str, role: list[str]) -> None:
    document = read(
        f'<p>The ferry is back.</p><p><a href="/es">To read this article in {language}, please click here</a></p>'
    )
    assert [each.role for each in document.credits] == role
    assert "in full" not in feed2doc.write(document, "text")


@pytest.mark.parametrize(
    "line",
    [
        "（作者：林海生，系海港大学法律系教授）",
        "（作者：林海生，为海港研究院研究员）",
        "作者：林海生，现任海港日报评论员",
        "（作者：林海生，曾任海港大学讲师）",
        "（作者：林海生，係海港大學經濟系教授）",
    ],
)
def test_what_an_author_does_is_no_author(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == ["林海生"]
    assert line.strip("（）") in m.plain_text(document.credits[0].text)


@pytest.mark.parametrize("line", ["【專欄作家林海生】", "【特约记者林海生】", "〔專欄作家林海生〕"])
def test_a_title_and_a_name_in_brackets_above_the_text(line: str) -> None:
    document = read(f"<p>{line}</p>", above=True)
    assert names(document) == ["林海生"] and len(paragraphs(document)) == 2


LINK = '<a href="https://lamp.example/ferry">The ferry</a>'


@pytest.mark.parametrize(
    "html",
    [
        f"<blockquote><p>作者：Ann Bale<br>译者：林海生<br>原文：{LINK}</p></blockquote>",
        f"<blockquote><p>原文作者：Ann Bale</p><p>译者：林海生</p><p>原文：{LINK}</p></blockquote>",
        f"<ul><li>原文地址：{LINK}</li><li>原文作者：Ann Bale</li><li>译者：林海生</li></ul>",
        f"<blockquote><ul><li>原文地址：{LINK}</li><li>作者：Ann Bale</li><li>译者：林海生</li></ul></blockquote>",
        f"<blockquote><p>原文：{LINK}<br>作者：Ann Bale<br>译者：林海生<br>校对者：高山月</p></blockquote>",
    ],
)
def test_a_quotation_or_list_of_credits_above_the_text(html: str) -> None:
    document = read(html, above=True)
    assert names(document) == ["Ann Bale"]
    assert document.original_url == "https://lamp.example/ferry"
    assert ("translator", "林海生") in roles(document)
    blocks = [type(block) for section in document.sections for block in section.blocks]
    assert blocks == [m.Paragraph, m.Paragraph]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>来源：一本旧书</p><p>作者写道，船会回来。</p></blockquote>",
        "<blockquote><p>译者：林海生</p></blockquote>",
        "<ul><li>作者：林海生</li><li>船：三艘</li></ul>",
        "<blockquote><p>作者：林海生<br>船回来了，全城的人都站在码头上。</p></blockquote>",
        "<ul><li>翻译：三天</li><li>划船，两天</li></ul>",
    ],
)
def test_other_quotations_and_lists_above_the_text_stay(html: str) -> None:
    document = read(html, above=True)
    blocks = [type(block) for section in document.sections for block in section.blocks]
    assert len(blocks) == 3


@pytest.mark.parametrize(
    ("caption", "shown", "credit"),
    [
        ("The quay at dawn <small>Ann Bale</small>", "The quay at dawn", "Ann Bale"),
        ("<p>The quay at dawn <small>Ann Bale</small></p>", "The quay at dawn", "Ann Bale"),
        ("早市。海港图库 图", "早市。", "海港图库 图"),
        ("早市。 北角影像社 供图", "早市。", "北角影像社 供图"),
        ("早市。海港社发（林海生 摄）", "早市。", "海港社发（林海生 摄）"),
        ("早市。林海生工作室 图片", "早市。", "林海生工作室 图片"),
        ("The quay at <small>low tide</small>", "The quay at low tide", ""),
        ("The quay <small>(rebuilt)</small>", "The quay (rebuilt)", ""),
        ("早市。没有人 在看", "早市。没有人 在看", ""),
        ('The quay at dawn, with license <a href="/cc">CC-BY</a> by Ann Bale', "The quay at dawn", "with license CC-BY by Ann Bale"),
        ("The quay at dawn (CC BY 2.0 Ann Bale)", "The quay at dawn", "CC BY 2.0 Ann Bale"),
        ('The quay. <a href="/cc">CC BY-SA 4.0</a>, Ann Bale', "The quay.", "CC BY-SA 4.0, Ann Bale"),
        ("What CC BY means for us all", "What CC BY means for us all", ""),
    ],
)  # fmt: skip
def test_who_took_the_picture_without_a_label(caption: str, shown: str, credit: str) -> None:
    figure = (
        f'<figure><img src="https://lamp.example/a.jpg" alt=""><figcaption>{caption}</figcaption></figure>'
    )
    document = feed2doc.read(
        f"<html><head><title>h</title></head><body><p>Fog.</p>{figure}<p>End.</p></body></html>".encode(),
        format="html",
    )
    found = feed2doc.figures(document)[0]
    assert (m.plain_text(found.caption), m.plain_text(found.credit)) == (shown, credit)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("김하늘·박도현 기자 quay@news.example", ["김하늘", "박도현"]),
        ("김하늘ㆍ박도현 기자", ["김하늘", "박도현"]),
        ("해강일보 김하늘·박도현 기자", ["김하늘", "박도현"]),
        ("김하늘, 박도현 기자", ["김하늘", "박도현"]),
        ("김하늘·박도현 특파원", ["김하늘", "박도현"]),
        ("김하늘 기자, 박도현 기자", ["김하늘", "박도현"]),
        ("김하늘 기자 sky@quay.example, 박도현 기자 dh@quay.example", ["김하늘", "박도현"]),
        ("김하늘 기자(sky@quay.example) 박도현 특파원(dh@quay.example)", ["김하늘", "박도현"]),
    ],
)
def test_a_dot_between_korean_reporters(line: str, people: list[str]) -> None:
    text = "<p>여객선은 삼 년 만에 새벽에 돌아왔다.</p><p>온 마을이 부두에 서 있었다.</p>"
    page = f'<html lang="ko"><head><title>h</title></head><body><h1>h</h1>{text}<p>{line}</p></body></html>'
    assert names(feed2doc.read(page.encode(), format="html")) == people


@pytest.mark.parametrize(
    ("start", "people"),
    [
        ("【パリ＝前田はるか】", ["前田はるか"]),
        ("【北港・鈴木ゆき】", ["鈴木ゆき"]),
        ("（オスロ＝佐藤まなみ）", ["佐藤まなみ"]),
        ("【オスロ＝鈴木花子】", ["鈴木花子"]),
        ("【写真＝船もどる】", []),
    ],
)
def test_kana_in_names_of_datelines(start: str, people: list[str]) -> None:
    text = f"<p>{start}渡し船は三年ぶりに夜明けに戻った。</p><p>町中の人が岸壁に立っていた。</p>"
    page = f'<html lang="ja"><head><title>h</title></head><body><h1>h</h1>{text}</body></html>'
    assert names(feed2doc.read(page.encode(), format="html")) == people


@pytest.mark.parametrize(
    "line",
    [
        "原文刊於海港週刊：https://lamp.example/ferry",
        "（原文刊於《海港》：https://lamp.example/ferry）",
        "原文链接：https://lamp.example/ferry",
        "本文出处：https://lamp.example/ferry",
        "出處：https://lamp.example/ferry",
        "Originally published in The Lamp: https://lamp.example/ferry",
        "本文首发于海港网：https://lamp.example/ferry。",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_typed_address_of_the_original(line: str, above: bool) -> None:
    document = read(f"<p>{line}</p>", above=above)
    assert document.original_url == "https://lamp.example/ferry"
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize("count", [1, 12, 30])
@pytest.mark.parametrize(
    "line",
    [
        "林海生/高山月（德新社）",
        "责任编辑：高山月",
        "（记者林海生）",
        "Translated by Otto Berg",
        "翻译：高山月",
    ],
)
@pytest.mark.parametrize("heading", ["", "<h3>渡轮的一天</h3>"])
def test_credits_above_a_gallery(line: str, count: int, heading: str) -> None:
    gallery = "".join(
        f'<figure><img src="https://lamp.example/{at}.jpg" alt="船"></figure>' for at in range(count)
    )
    document = read(f"<p>{line}</p>{heading}{gallery}")
    assert document.credits
    assert bool(document.sections[-1].heading) is bool(heading)
    assert len(paragraphs(document)) == 2 and len(list(feed2doc.figures(document))) == count


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("[撰文] 苏野 [编辑] 唐可", [("note", "苏野"), ("editor", "唐可")]),
        ("【作者】林海生 【编辑】唐可", [("note", "林海生"), ("editor", "唐可")]),
        ("〔編輯〕林海生", [("editor", "林海生")]),
        ("[翻译] 林海生、唐可", [("translator", "林海生、唐可")]),
        ("［译者］苏野　［校对］唐可", [("translator", "苏野"), ("editor", "唐可")]),
        ("【责任编辑】苏野", [("editor", "苏野")]),
    ],
)
def test_labels_in_square_brackets(line: str, people: list[tuple[str, str]], above: bool) -> None:
    document = read(line, above=above)
    assert [(credit.role, credit.person) for credit in document.credits] == people
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "below",
    [
        "<blockquote><p>别拆雾号。</p></blockquote>",
        "<pre>别拆雾号。</pre>",
        '<p><img src="https://e.org/a.jpg" alt=""></p>',
        '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fe.org%2F1"></iframe>',
    ],
)
@pytest.mark.parametrize("before", ["", "<p>收到一封信，不知道是谁写的。</p>"])
def test_a_label_whose_value_is_what_follows_stays_above_it(before: str, below: str) -> None:
    page = f'<html lang="zh"><body><h1>来信</h1>{before}<p>原文：</p>{below}<p>我同意。</p></body></html>'
    document = feed2doc.read(page.encode(), format="html")
    assert not document.credits
    written = feed2doc.write(document, "text", width=0)
    assert isinstance(written, str)
    assert written.index("原文：") < written.index("我同意。")


@pytest.mark.parametrize(
    ("line", "is_bio"),
    [
        ("本文作者是海港大学(Quay University)教授，该校研究潮汐", True),
        ("本文作者曾任海港博物馆馆长，1987年至1993年任海港大学校长", True),
        ("本文作者是海港大学教授，那年他写完了关于潮汐的第一本书。", False),
        ("作者简介", False),
        ("本文作者是不是真的在海港住过二十年？", False),
    ],
)
def test_who_the_author_is_above_the_text(line: str, is_bio: bool) -> None:
    document = read(f"<p>{line}</p>", above=True)
    assert ("author-bio" in [credit.role for credit in document.credits]) is is_bio
    assert len(paragraphs(document)) == 3 - is_bio


@pytest.mark.parametrize(
    ("line", "is_credit"),
    [
        ("<p><i>This article originally appeared on Quay News.</i></p>", True),
        ('<p>This post originally appeared on <a href="https://lamp.example">The Lamp</a>.</p>', True),
        ("<p><i>The ferry originally came from Bergen.</i></p>", False),
    ],
)
def test_where_an_article_appeared_first_above_a_long_text(line: str, is_credit: bool) -> None:
    text = "".join(
        f"<p>The ferry came back for the {n}th time, and nobody was surprised.</p>" for n in range(4, 20)
    )
    document = feed2doc.read(
        f'<html lang="en"><title>Ferry</title><h1>Ferry</h1>{line}{text}</html>'.encode()
    )
    assert [credit.role for credit in document.credits] == (["original"] if is_credit else [])
    assert len(paragraphs(document)) == 16 + (not is_credit)
