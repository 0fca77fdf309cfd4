"""What posts have below their text to win readers: requests with codes, links of a paper, sections about an account or advertising."""

import feed2doc
import pytest
from feed2doc import model as m

from tests.readers.article.credits.test_boxes_below_posts import CODE, figures
from tests.readers.article.credits.test_credit_forms import names, paragraphs, roles
from tests.readers.article.credits.test_credits_of_papers import TEXT, read


def headings(document: feed2doc.Document) -> list[str]:
    return [m.plain_text(section.heading) for section in document.sections if section.heading]


@pytest.mark.parametrize(
    "below",
    [
        "<p>点击下方，关注公众号</p><p>获取免费的船期表</p>" + CODE,
        "<p>扫码了解更多！</p>" + CODE + "<p>编辑：王梅</p>",
        CODE + "<p>长按识别二维码，关注海边故事</p>",
        CODE + '<p align="center">扫码关注</p>',
        '<p align="center"><img src="/code.png"></p><p align="center">扫描二维码，参与调查</p>',
        "<p>欢迎关注公众号：海边故事</p>" + CODE + "<p>编辑：王梅</p>",
    ],
)
def test_requests_with_a_code_are_left_out_and_credits_stay(below: str) -> None:
    document = read(below=below)
    assert len(paragraphs(document)) == 2
    assert figures(document) == 0
    assert roles(document) == ([("editor", "王梅")] if "王梅" in below else [])


@pytest.mark.parametrize(
    "below",
    [
        "<p>欢迎关注公众号：海边故事</p>" + CODE + "<p>我们下周在码头见。</p>",
        "<p>他在码头上扫了船票的二维码。</p>" + CODE,
        "<p>渡轮靠岸的那一天。</p>" + CODE + "<p>欢迎关注公众号：海边故事</p>",
        "<p>渡轮的班次如下。</p>" + CODE,
    ],
)
def test_words_below_a_request_and_about_codes_stay(below: str) -> None:
    assert len(paragraphs(read(below=below))) == 3


def test_a_last_section_about_an_account_is_left_out() -> None:
    about = "<h2>关于海边周刊</h2><p>《海边周刊》是海港社的刊物。关注公众号后可以投稿。</p>"
    document = read(below="<h2>结语</h2><p>渡轮明天还会来。</p>" + about + CODE)
    assert headings(document) == ["结语"]
    assert figures(document) == 0


@pytest.mark.parametrize(
    "below",
    [
        "<h2>关于渡轮</h2><p>渡轮是一九二五年造的。</p>" + CODE,
        "<h2>关于海边周刊</h2><p>码头上的人都在看公众号。</p>" + CODE,
        "<h2>海边周刊</h2><p>《海边周刊》在公众号上连载了三年。</p>" + CODE,
    ],
)
def test_other_last_sections_stay(below: str) -> None:
    document = read(below=below)
    assert len(headings(document)) == 1
    assert figures(document) == 1


def test_a_section_that_says_that_it_is_advertising_is_left_out() -> None:
    ad = '<h2>【PR】おすすめの本</h2><p>勉強にはこちら。</p><p><a href="https://shop.example/1"><img src="/b.png"></a></p>'
    document = read(below="<h2>まとめ</h2><p>船は明日も来ます。</p>" + ad, language="ja")
    assert headings(document) == ["まとめ"]
    assert "勉強" not in feed2doc.write(document, "text", width=0)
    assert headings(read(below="<h2>PRの書き方</h2><p>短く書きます。</p>", language="ja")) == ["PRの書き方"]


def test_links_with_a_sign_below_the_text_of_a_paper_and_the_reporter_above_them() -> None:
    links = '<p>박도현 기자 kim@quay.example</p><p><a href="https://tv.example/">▶ 부두 방송, 매일 새로운 만화</a></p>'
    document = read(below=links + "<p>ⓒ 해강일보, 무단전재 및 재배포금지</p>", language="ko")
    assert len(paragraphs(document)) == 2
    assert names(document) == ["박도현"]


@pytest.mark.parametrize("above", ["<p>여객선의 시간은 이렇다:</p>", "<h2>자료</h2>"])
def test_such_links_that_are_announced_stay(above: str) -> None:
    line = '<p><a href="https://tv.example/">▶ 부두의 여객선 시간표</a></p>'
    document = read(below=above + line + "<p>ⓒ 해강일보, 무단전재 및 재배포금지</p>", language="ko")
    assert any("시간표" in each for each in paragraphs(document))


@pytest.mark.parametrize("place", ["北京", "广东"])
def test_where_a_post_was_sent_from_is_below_its_credits(place: str) -> None:
    document = read(below=f"<p>记者：林海、王梅</p><p>发布于：{place}</p>")
    assert len(paragraphs(document)) == 2
    assert names(document) == ["林海", "王梅"]


def test_the_number_of_a_day_after_the_last_sentence_is_left_out() -> None:
    document = read(below="<p>渡輪明天還會來。1140505</p>", language="zh-Hant", text=TEXT["zh"])
    assert paragraphs(document)[-1] == "渡輪明天還會來。"


@pytest.mark.parametrize(
    "end", ["船號是1140505", "電話：（02）1120512", "渡輪來了。1149905", "渡輪來了。（見另稿）1140505"]
)
def test_other_numbers_at_the_end_stay(end: str) -> None:
    assert paragraphs(read(below=f"<p>{end}</p>", language="zh-Hant", text=TEXT["zh"]))[-1] == end


def test_links_below_two_labels() -> None:
    links = '<p>この記事の続き→<a href="/2">船の時刻表の読み方</a><br><a href="/3">港の歩き方のすべて</a></p>'
    document = read(below="<h2>関連記事</h2><p>こちらの記事もおすすめ。</p>" + links, language="ja")
    assert headings(document) == []
    assert len(paragraphs(document)) == 2


def test_a_long_request_in_a_quotation_is_left_out() -> None:
    request = "如果喜欢本文的话，欢迎在 Patreon 给我打赏，" + "顺便看看港口的照片，" * 8 + "谢谢！"
    document = read(below=f"<hr><blockquote><p>{request}</p></blockquote>")
    assert "Patreon" not in feed2doc.write(document, "text", width=0)
    quoted = "船长在日记里写道，" + "港口的夜里没有风，" * 14 + "船没有动。"
    assert quoted in feed2doc.write(
        read(below=f"<hr><blockquote><p>{quoted}</p></blockquote>"), "text", width=0
    )


def test_a_bar_between_a_caption_and_its_credit() -> None:
    figure = '<p class="image-wrapper"><img src="/a.png"></p><p class="img-desc">靠岸的渡轮丨作者供图</p>'
    (found,) = feed2doc.figures(read(above=TEXT["zh"] + figure))
    assert m.plain_text(found.caption) == "靠岸的渡轮"
    assert m.plain_text(found.credit) == "作者供图"


def test_the_caption_in_a_center_element() -> None:
    document = read(above=TEXT["zh"] + '<p><img src="/a.png"></p><center>（停航三年的渡轮）</center>')
    (found,) = feed2doc.figures(document)
    assert m.plain_text(found.caption) == "（停航三年的渡轮）"


def test_one_tag_with_its_sign_is_left_out() -> None:
    tag = '<p class="end"><a href="/tag/ferry.htm"><i>#</i>渡轮</a></p>'
    assert len(paragraphs(read(below=tag))) == 2
    assert len(paragraphs(read(below='<p><a href="/news/1"><i>#</i>1 渡轮靠岸的那一天</a></p>'))) == 3


def test_the_shops_below_the_name_of_a_product() -> None:
    box = (
        '<div class="kaerebalink-box"><div class="kaerebalink-info"><div class="kaerebalink-name"><a href="https://shop.example/1">'
        '港の双眼鏡</a><div class="kaerebalink-powered-date">posted with <a href="https://tool.example">tool</a></div></div>'
        '<div class="kaerebalink-detail">海港堂 2025</div><div class="kaerebalink-link1"><a href="https://shop.example/2">市場</a>'
        "</div></div></div>"
    )
    assert paragraphs(read(below=box, language="ja"))[2:] == ["港の双眼鏡"]


def test_the_account_of_an_author_after_the_name() -> None:
    assert names(read(below="<p>作者：林海、王梅；公众号：海港研究</p>")) == ["林海", "王梅"]


def test_a_numbered_heading_above_other_posts() -> None:
    links = '<p><a href="https://quay.example/2">渡轮停航的三年里发生了什么</a></p>'
    document = read(
        below="<h3>7.班次</h3><p>渡轮每天两班。</p><h3>8.往期回顾</h3>" + links + links.replace("2", "3")
    )
    assert headings(document) == ["7.班次"]


def test_a_pre_with_sections_is_text() -> None:
    pasted = "<pre><section><h2>班次</h2></section><section><p>渡轮每天两班。</p></section></pre>"
    document = read(below=pasted)
    assert headings(document) == ["班次"]
    assert paragraphs(document)[-1] == "渡轮每天两班。"


def test_the_line_below_a_request_is_not_the_caption_of_the_picture_above() -> None:
    below = '<p align="center">扫码关注</p><p align="center">海边故事</p>'
    document = read(below='<p align="center"><img src="/code.png"></p>' + below)
    assert figures(document) == 0
    assert len(paragraphs(document)) == 2


def test_a_picture_of_the_text_above_a_request_and_its_code_stays() -> None:
    document = read(below='<p><img src="/ferry.png"></p><p>扫码关注</p>' + CODE + "<p>编辑：王梅</p>")
    (found,) = feed2doc.figures(document)
    assert isinstance(found.image, m.Image)
    assert found.image.src == "/ferry.png"


def test_what_is_between_the_rights_and_a_last_request_is_left_out() -> None:
    rights = "<p><b>本文由海港社编译，转载请注明出处。</b></p>"
    below = (
        CODE
        + '<p align="center">海港社（quay）</p><p align="center">讲码头的故事。</p><p>觉得不错，就点个“在看”吧</p>'
    )
    document = read(below=rights + below)
    assert len(paragraphs(document)) == 2
    assert figures(document) == 0
    assert [each.role for each in document.credits] == ["rights"]
    kept = read(below=rights + CODE + "<p>讲码头的故事。</p>")
    assert figures(kept) == 1
    photos = "".join(f'<p><img src="/{name}.jpg"></p><p>{name}</p>' for name in ("江边", "老街", "码头"))
    assert figures(read(below=rights + photos + "<p>觉得不错，就点个“在看”吧</p>")) == 3


def test_a_caption_that_says_what_a_code_in_the_picture_is_for_stays() -> None:
    caption = "画家把二维码画在墙上，扫码可听到录音"
    figure = f'<figure><img src="/wall.jpg"><figcaption>{caption}</figcaption></figure>'
    (found,) = feed2doc.figures(read(below=figure + "<p>展览到月底结束。</p>"))
    assert m.plain_text(found.caption).strip() == caption
