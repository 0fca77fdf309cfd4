"""Credits in the forms of Chinese, Japanese and Korean papers, and lines that only look like them."""

import feed2doc
import pytest
from feed2doc import model as m

from tests.readers.article.credits.test_credit_forms import names, paragraphs, roles

TEXT = {
    "zh": "<p>渡轮在停航三年之后重新靠岸。</p><p>全城的人都站在码头上。</p>",
    "ja": "<p>渡し船が三年ぶりに戻った。</p><p>町の人がみな岸壁に立っていた。</p>",
    "ko": "<p>여객선이 삼 년 만에 돌아왔다.</p><p>온 마을이 부두에 서 있었다.</p>",
}


def read(above: str = "", below: str = "", language: str = "zh", text: str = "") -> feed2doc.Document:
    body = above + (text or TEXT[language]) + below
    page = f'<html lang="{language}"><head><title>t</title></head><body><h1>t</h1>{body}</body></html>'
    return feed2doc.read(page.encode(), format="html")


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


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("海港新聞網 林海生/綜合報導", ["林海生"]),
        ("【海港時報 林海生 / 台北報導】", ["林海生"]),
        ("林海生記者 台南報導", ["林海生"]),
        ("海港亞太電視 林海生 高山月 綜合報導", ["林海生", "高山月"]),
        ("林海生、高山月／高雄報導", ["林海生", "高山月"]),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_reporters_who_are_not_called_so(line: str, people: list[str], above: bool) -> None:
    text = "<p>渡輪在停航三年之後重新靠岸。</p><p>全城的人都站在碼頭上。</p>"
    line = f"<p>{line}</p>"
    document = read(line if above else "", "" if above else line, "zh-TW", text)
    assert names(document) == people
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "社會中心／綜合報導",
        "市長看完了這篇綜合報導",
        "渡輪停航三年，記者台北報導",
        "林海生說：台北報導",
        "他每天都看電視 台北報導",
    ],
)
def test_words_before_a_report_are_no_reporters(line: str) -> None:
    assert names(read(f"<p>{line}</p>", "", "zh-TW", "<p>渡輪重新靠岸。</p><p>全城的人都來了。</p>")) == []


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("文／記者林海生　圖／品牌提供", ["林海生"]),
        ("文／林海生　圖／海港圖庫提供", ["林海生"]),
        ("撰文／林海生　圖／海港博物館提供", ["林海生"]),
        ("文／記者林海生　攝影／高山月", ["林海生"]),
        ("文：林海生　圖：海港博物館提供", ["林海生"]),
    ],
)
def test_an_author_next_to_the_credit_of_the_pictures(line: str, people: list[str]) -> None:
    document = read(f"<p>{line}</p>", "", "zh-TW", "<p>渡輪重新靠岸。</p><p>全城的人都來了。</p>")
    assert names(document) == people
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    ("end", "people"),
    [
        ("（山本大輔、小林恵士）", ["山本大輔", "小林恵士"]),
        ("（北角支局・藤沢有哉、写真も）", ["藤沢有哉"]),
        ("【藤沢美由紀、山本 大輔】", ["藤沢美由紀", "山本大輔"]),
        ("（山本大輔、写真とも）", ["山本大輔"]),
        ("（経済部・山本大輔、小林恵士）", ["山本大輔", "小林恵士"]),
    ],
)
def test_several_reporters_in_a_bracket_at_the_end(end: str, people: list[str]) -> None:
    text = f"<p>渡し船が三年ぶりに戻った。</p><p>町の人がみな岸壁に立っていた。{end}</p>"
    assert names(read(language="ja", text=text)) == people


@pytest.mark.parametrize(
    ("end", "person"),
    [
        ("（山田花子訳）", "山田花子"),
        ("（鈴木一郎訳）", "鈴木一郎"),
        ("（現代語訳）", ""),
        ("（筆者訳）", ""),
        ("（日本語訳）", ""),
    ],
)
def test_a_translator_in_a_bracket_at_the_end(end: str, person: str) -> None:
    text = f"<p>渡し船が三年ぶりに戻った。</p><p>町の人がみな岸壁に立っていた。{end}</p>"
    found = [name for role, name in roles(read(language="ja", text=text)) if role == "translator"]
    assert found == ([person] if person else [])


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("김바다 기자 kim@quay.example", ["김바다"]),
        ("도쿄/김바다 특파원 kim@quay.example", ["김바다"]),
        ("김바다 온라인 뉴스 기자 kim@quay.example", ["김바다"]),
        ("[김바다 디지털뉴스 기자 kim@quay.example]", ["김바다"]),
        ("김바다 기자 kim@quay.example, 이하늘 기자 lee@quay.example", ["김바다", "이하늘"]),
        ("전주·봉화=김바다·이하늘 기자 kim@quay.example", ["김바다", "이하늘"]),
        ("부산=QBC항구뉴스 김바다 기자 kim@quay.example", ["김바다"]),
        ("김바다 항구연구소(kim@quay.example)", ["김바다"]),
        ("[오슬로(노르웨이) =김바다 항구뉴스 특파원]", ["김바다"]),
        ("[오슬로=김바다 특파원]", ["김바다"]),
        ("김바다 (kim@quay.example)", ["김바다"]),
        ("김바다(kim@quay.example)", ["김바다"]),
        ("김바다 전문위원 kim@quay.example", ["김바다"]),
        ("김바다 에디터 kim@quay.example", ["김바다"]),
        ("[강영국 항구뉴스 기자]", ["강영국"]),
        ("김바다 항구닷컴 객원기자 kim@quay.example", ["김바다"]),
    ],
)
def test_korean_reporters_with_their_address(line: str, people: list[str]) -> None:
    document = read(below=f"<p>{line}</p>", language="ko")
    assert names(document) == people
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "제보는 kim@quay.example 로 보내면 된다.",
        "그는 기자 김바다에게 편지를 썼다.",
        "김바다 기자는 답하지 않았다.",
        "문의는 부두 사무실 kim@quay.example 에서 받는다.",
        "김바다 선장의 주소는 kim@quay.example 이다.",
        "이메일 보내기(kim@quay.example)",
        "이메일 (kim@quay.example)",
        "문의처(kim@quay.example)",
        "해양위원회 kim@quay.example",
        "가격 = 김밥 한 줄",
    ],
)
def test_sentences_with_an_address_stay(line: str) -> None:
    assert line in paragraphs(read(below=f"<p>{line}</p>", language="ko"))


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("作者丨seagull", ["seagull"]),
        ("作者｜sea_gull<br>来源｜海港日报", ["sea_gull"]),
        ("作者丨seagull<br>来源丨海港算法笔记<br>编辑丨海港平台", ["seagull"]),
        ("文：Quay99", ["Quay99"]),
        ("撰文 | seagull<br>编辑 | 王梅", ["seagull"]),
        ("作者：海边lin", ["海边lin"]),
        ("作者｜Quay海", ["Quay海"]),
    ],
)
def test_an_account_after_a_label_is_the_author(line: str, people: list[str]) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == people
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        '作者：林海生<a href="https://quay.example/">返回搜狐，查看更多</a>',
        '作者：林海生 <a href="https://quay.example/">返回首页</a>',
        '<a href="https://quay.example/"><img src="i.png" width="9" height="9"></a> 本文来源：海港日报 作者：林海生',
        '<a href="https://quay.example/"><img src="i.png" width="9" height="9"></a> 作者：林海生 责任编辑：王梅_B1',
        "作者：林海生<br>责任编辑：",
    ],
)
def test_links_and_icons_next_to_the_author(line: str) -> None:
    document = read(below=f"<p>{line}</p>")
    assert names(document) == ["林海生"]
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "作者：seagull is a bird.",
        "来源：海港<br>他们从那里来。",
        '他喜欢的文章<a href="https://quay.example/1">渡轮归来</a>',
        "seagull：他这样署名。",
        "文章来源<br>于海港",
    ],
)
def test_other_lines_above_the_text_stay(line: str) -> None:
    assert len(paragraphs(read(f"<p>{line}</p>"))) == 3


def test_junk_before_a_signature_in_each_of_many_lines() -> None:
    """Only the last line is taken apart; doing so for each line in turn is deeper than Python allows."""
    document = read(below="<p>【纠错】 【责任编辑：林海】</p>" * 1500)
    assert (
        roles(document)[-1] == ("editor", "林海")
        and paragraphs(document)[0] == "渡轮在停航三年之后重新靠岸。"
    )


TEXTS = {
    "en": "<p>The ferry came back after three years.</p><p>The lamp burned until dawn.</p>",
    "de": "<p>Die Fähre kam nach drei Jahren zurück.</p><p>Die Lampe brannte bis zum Morgen.</p>",
}


@pytest.mark.parametrize(
    ("language", "nobody", "line"),
    [
        ("zh", "管理员", "作者：林海生"),
        ("zh", "Anonymous (未验证)", "文/ 林海生"),
        ("en", "Anonymous (not verified)", "Words by Ann Bale"),
        ("de", "Gast (nicht überprüft)", "Text: Ann Bale"),
    ],
)
def test_a_placeholder_gives_way_to_the_author_in_the_credits(language: str, nobody: str, line: str) -> None:
    author = "林海生" if language == "zh" else "Ann Bale"
    byline = f'<p class="byline">{nobody}</p>'
    text = TEXT["zh"] if language == "zh" else TEXTS[language]
    assert names(read(byline, f"<p>{line}</p>", language, text)) == [author]
    assert names(read(byline, "", language, text)) == [nobody]


@pytest.mark.parametrize(
    "line",
    [
        "图片来源：海港图库",
        "图源：海港图库",
        "图源自网络",
        "配图来自海港图库",
        "文中图片除标注外均来自海港图库",
        "圖片均來自海港圖庫",
        "圖源網絡",
    ],
)
def test_the_source_of_the_pictures_below_the_text(line: str) -> None:
    document = read(below=f"<p>{line}</p><p>责任编辑：林海生</p>")
    assert [role for role, _ in roles(document)] == ["note", "editor"]
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "▶ 항구신문 카카오톡으로 제보하기",
        "▶ 제보 전화 02-000-0000",
        "▷ 이메일 : quay@quay.example",
        '▶ <a href="/1">항구신문 뉴스 바로가기</a>',
        '<a href="/r/1">김하늘 기자의 다른기사 보기</a>',
        "※ '당신의 제보가 뉴스가 됩니다'",
        "▶ <span>배와 등대의 모든 것 '부두'에서 확인하세요</span><br>▶ <span>항구신문·모바일항구 구독신청하기</span>",
        "[전화] 02-000-0000",
        "[메일] quay@quay.example",
        "[카카오톡] 항구뉴스 검색해 채널 추가",
        "<span>▶ 기자와 카톡 채팅하기</span><span>▶ 항구뉴스 영상 구독하기</span>",
        "↑지금 바로 무료 구독 신청하세요.",
        "※항구뉴스는 여러분의 제보로 함께 세상을 바꿉니다. 모든 얘깃거리를 알려주세요.",
        "</p><ul><li><b>이메일 :</b><span>quay@quay.example</span></li><li><b>카카오톡 :</b>@항구뉴스</li><li><b>사이트 :</b>https://quay.example/tip</li></ul><p>",
    ],
)
def test_lines_with_a_sign_below_a_korean_report_are_left_out(line: str) -> None:
    assert len(paragraphs(read(below=f"<p>{line}</p>", language="ko"))) == 2


@pytest.mark.parametrize(
    "line",
    [
        "▶ 등대는 내일 다시 열린다.",
        "▶ 첫 배는 아침 여섯 시에 떠난다",
        "[전화] 등대지기와 나눈 이야기를 옮긴다.",
        "다른 배들은 바로 돌아가기로 했다.",
        "</p><ul><li>이메일 :quay@quay.example</li><li>등대는 내일 다시 열린다.</li></ul><p>",
    ],
)
def test_other_lines_with_a_sign_stay(line: str) -> None:
    said = "등대는 내일 다시 열린다." if "<ul>" in line else line.removeprefix("▶ ")
    document = read(below=f"<p>{line}</p>", language="ko")
    assert said in feed2doc.write(document, "text", width=0)


@pytest.mark.parametrize(
    "line",
    [
        "KBS 뉴스 김하늘입니다.",
        "MBN뉴스 김하늘입니다. [kim@quay.example]",
        "MBC 뉴스 김하늘입니다.",
        "연합뉴스TV 김하늘입니다. (kim@quay.example)",
        "YTN 김하늘 (kim@quay.example)",
        "YTN 김하늘[kim@quay.example]",
    ],
)
def test_reporters_of_broadcasts_say_their_names_at_the_end(line: str) -> None:
    document = read(below=f"<p>{line}</p>", language="ko")
    assert names(document) == ["김하늘"]
    assert len(paragraphs(document)) == 2


URL = '<a href="https://quay.example/a/1">https://quay.example/a/1</a>'
LICENSE = "本博客所有文章除特别声明外，均采用 BY-NC-SA 许可协议。转载请注明出处！"


@pytest.mark.parametrize(
    "box",
    [
        f"<p>本文作者：林海生</p><p>本文链接：{URL}</p><p>版权声明：{LICENSE}</p>",
        f"<blockquote><p>本文作者： 林海生<br>本文链接： {URL}<br>版权声明： {LICENSE}</p></blockquote>",
        f"<blockquote><p>本文作者： 林海生</p><p>本文链接： {URL}</p><p>版权声明： {LICENSE}</p></blockquote>",
        f"<p>作者：林海生<br>链接：{URL}<br>著作权归作者所有。商业转载请联系作者获得授权，非商业转载请注明出处。</p>",
        f"<p>本文作者：林海生</p><p>永久連結：{URL}</p><p>版權聲明：轉載請註明出處</p>",
    ],
)
def test_a_box_about_copyright_below_a_text(box: str) -> None:
    document = read(below=box)
    assert names(document) == ["林海生"]
    assert "rights" in [role for role, _ in roles(document)]
    assert m.plain_article(document).count("quay.example") == 0
    assert len(paragraphs(document)) == 2
    assert not any(isinstance(node, m.Quote) for node in m.walk(document))


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote><p>灯塔在夜里亮着。<br>渡轮在雾里等着。</p></blockquote>",
        "<blockquote><p>本文作者：林海生<br>渡轮在雾里等着，没有人说话。</p></blockquote>",
        "<p>信上写着：</p><blockquote><p>作者：林海生<br>编辑：王梅</p></blockquote>",
    ],
)
def test_a_quotation_of_several_lines_below_a_text_stays(box: str) -> None:
    document = read(below=box)
    assert any(isinstance(node, m.Quote) for node in m.walk(document))


@pytest.mark.parametrize(
    "line", ["发布日期：2024-01-01 责任编辑：林海生", "發布日期：2024-01-01　責任編輯：林海生"]
)
def test_a_date_before_the_editor(line: str) -> None:
    document = read(below=f"<p>{line}</p>")
    assert ("editor", "林海生") in roles(document)
    assert len(paragraphs(document)) == 2


def test_the_editor_in_a_dateline() -> None:
    document = read(
        text="<p>海港财经5月6日讯（编辑 林海生）渡轮在停航三年之后重新靠岸。</p><p>全城的人都站在码头上。</p>"
    )
    assert names(document) == ["林海生"]


@pytest.mark.parametrize(
    ("line", "author", "translator"),
    [
        ("文 / Anna Bahn 译 / 林海生", "Anna Bahn", "林海生"),
        ("文 / Anna Bahn，译 / 林海生", "Anna Bahn", "林海生"),
        ("文/安娜·巴恩，译/林海生", "安娜·巴恩", "林海生"),
    ],
)
def test_a_slash_after_each_label(line: str, author: str, translator: str) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == [author]
    assert ("translator", translator) in roles(document)
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize("line", ["温海生", "池小明", "郎海生", "邢小海"])
def test_surnames_that_also_begin_words(line: str) -> None:
    assert names(read(below=f"<p>（{line}）</p>")) == [line]
    assert names(read(f"<p>记者 {line}</p>")) == [line]


@pytest.mark.parametrize("line", ["池塘边", "郁金香", "芦苇", "郎中"])
def test_words_that_begin_with_such_a_surname(line: str) -> None:
    document = read(below=f"<p>（{line}）</p>")
    assert names(document) == [] and line in paragraphs(document)[-1]


@pytest.mark.parametrize(
    "line",
    [
        "作者：林海生 海港大学中文系教授",
        "作者：林海生 海港金融研究院研究中心主任；",
    ],
)
def test_the_office_after_a_name(line: str) -> None:
    document = read(f"<p>{line}</p>")
    assert names(document) == ["林海生"]
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("zh", "<div>风险提示及免责条款</div><div>市场有风险，投资需谨慎。本文不构成个人投资建议，也未考虑个别用户的需要。据此投资，责任自负。</div>"),
        ("zh", "<p>以上内容仅供参考，不构成任何投资建议。</p>"),
        ("zh", "<p>据此操作，风险自担。</p>"),
        ("ko", "<p>※ 본 기사는 투자 판단을 위한 것이 아니다.</p>"),
        ("ja", "<p>投資判断はご自身の責任でお願いします。</p>"),
    ],
)  # fmt: skip
def test_warnings_to_investors_below_a_text_are_notes(language: str, end: str) -> None:
    document = read(below=end, language=language)
    assert {role for role, _ in roles(document)} == {"note"}
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize("line", ["风险提示", "投资码头的人越来越多。", "市场有风险，渔民都知道。"])
def test_other_lines_about_risk_stay(line: str) -> None:
    assert line in paragraphs(
        read(text=f"<p>{line}</p><p>渡轮在停航三年之后重新靠岸。</p><p>全城的人都来了。</p>")
    )


@pytest.mark.parametrize(
    "end",
    [
        "<h3>关于打赏</h3><p>您的支持就是我更新的动力！<br>如果希望渡轮再来，请点击下方的 <code>打赏</code> 支持一下，谢谢大家！</p>",
        '<p>&gt; 关注<a href="https://quay.example/u">少数派小红书</a>，感受精彩数字生活</p>',
        "<p>为提升您的阅读体验，我们对本页面进行了排版优化</p>",
    ],
)
def test_requests_below_a_text_are_left_out(end: str) -> None:
    document = read(below=end)
    assert len(paragraphs(document)) == 2 and not any(each.heading for each in document.sections)


def test_a_row_of_stocks_below_a_text_is_left_out() -> None:
    links = " · ".join(f'<a href="https://quay.example/stock/{at}">渡轮{at}号 (F{at})</a>' for at in range(4))
    text = "<p>渡轮在停航三年之后重新靠岸。</p><p>全城的人都站在码头上。</p>"
    item = f"[t](https://quay.example/1)\n------\n{text}<p>来源：海港日报</p><hr><p><strong>全部相关标的：</strong>{links}</p>"
    document = feed2doc.read(item.encode())
    assert len(paragraphs(document)) == 2
    assert [m.plain_text(each.text) for each in document.credits] == ["来源：海港日报"]


@pytest.mark.parametrize("line", ["/ kim@quay.example", "· kim@quay.example"])
def test_a_sign_before_the_address_of_a_reporter(line: str) -> None:
    document = read(below=f"<p>{line}</p>", language="ko")
    assert len(paragraphs(document)) == 2 and len(document.credits) == 1


@pytest.mark.parametrize(
    "line", ["사진 제공 = 항구협회", "[사진] '부두의 밤' 방송화면 캡처", "사진=항구협회"]
)
def test_the_source_of_the_pictures_below_a_korean_report(line: str) -> None:
    document = read(below=f"<p>{line}</p>", language="ko")
    assert len(paragraphs(document)) == 2 and len(document.credits) == 1


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("부산=QBC항구뉴스 김바다 기자", "김바다"),
        ("김바다 항구병원 영양팀 임상영양사", "김바다"),
        ("김바다 항구연구소", "김바다"),
        ("부두의 소리 연구소", "부두의 소리 연구소"),
    ],
)
def test_the_office_next_to_a_korean_name_in_a_byline(byline: str, name: str) -> None:
    page = f'<html lang="ko"><head><title>t</title><meta name="author" content="{byline}"></head><body><h1>t</h1>{TEXT["ko"]}</body></html>'
    assert names(feed2doc.read(page.encode(), format="html")) == [name]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("编辑：林海生文字校对：王梅", ["林海生", "王梅"]),
        ("<span>栏目主编：林海生</span>\n<span>文字编辑：王梅</span>", ["林海生", "王梅"]),
    ],
)
def test_labels_directly_after_names(line: str, people: list[str]) -> None:
    document = read(below=f"<p>{line}</p>")
    assert [credit.person for credit in document.credits] == people
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    ("end", "language"), [("돌아왔다. kim@quay.example", "ko"), ("靠了岸。 lin@quay.example", "zh")]
)
def test_the_address_of_the_reporter_after_the_last_sentence(end: str, language: str) -> None:
    document = read(below=f"<p>{end}</p>", language=language)
    assert paragraphs(document)[2:] == [end.partition(" ")[0]]
    assert [m.plain_text(each.text) for each in document.credits] == [end.partition(" ")[2]]


@pytest.mark.parametrize(
    "end",
    [
        "문의는 여기로: kim@quay.example",
        "부두 사무실의 주소는 kim@quay.example",
        "来信请寄：lin@quay.example",
    ],
)
def test_an_address_that_a_sentence_names_stays(end: str) -> None:
    assert paragraphs(read(below=f"<p>{end}</p>"))[-1] == end


def test_the_paper_in_a_bracket_before_a_korean_reporter() -> None:
    document = read(
        text="<p>[항구뉴스] 김바다 기자 = 여객선이 삼 년 만에 돌아왔다.</p><p>온 마을이 부두에 서 있었다.</p>",
        language="ko",
    )
    assert names(document) == ["김바다"]
    assert paragraphs(document)[0].endswith("여객선이 삼 년 만에 돌아왔다.")


@pytest.mark.parametrize(
    ("line", "language", "above"),
    [
        ("如果邮件显示效果不佳，可以去<a href='/5'>网页</a>阅读本期", "zh-Hans", True),
        ("若您無法正常瀏覽本郵件，請<a href='/5'>按此</a>", "zh-Hant", True),
        ("メールが正しく表示されない場合は<a href='/5'>こちら</a>", "ja", True),
        (
            "要是觉得这期还不错，可以到<a href='/5'>这里</a>点个赞让我知道。 <a href='/'>点我订阅</a>",
            "zh-Hans",
            False,
        ),
        ("<a href='/'>点我订阅</a>", "zh-Hans", False),
    ],
)
def test_lines_of_newsletters_about_the_message(line: str, language: str, above: bool) -> None:
    text = TEXT["ja" if language == "ja" else "zh"]
    line = f"<p>{line}</p>"
    document = read(line if above else "", "" if above else line, language=language, text=text)
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize("account", ["海边lin", "lin说海", "flyingquay海边故事"])
def test_an_account_of_two_scripts_after_the_label_of_an_article(account: str) -> None:
    assert names(read(below=f"<p>本文作者：{account}</p>")) == [account]
