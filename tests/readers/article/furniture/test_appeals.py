"""Blocks below a text that ask its readers for something, in words that no phrase lists."""

import feed2doc
import pytest

from tests.readers.article.credits.test_boxes_below_posts import CODE, figures
from tests.readers.article.credits.test_credit_forms import paragraphs, roles
from tests.readers.article.credits.test_credits_of_papers import read

ZH = (
    "<p>渡轮靠岸了，这是三年来的第一次，船上的汽笛响了很久。</p>"
    "<p>船长从驾驶室里出来，看见码头上的旗子，说他以为走错了港口，码头上的人都笑了。</p>"
)
HANT = "<p>渡輪靠岸了，這是三年來的第一次，船上的汽笛響了很久。</p><p>全城的人都站在碼頭上，有人把帽子扔到了水裡。</p>"
KO = "<p>여객선이 부두에 닿았다. 온 마을 사람이 나와 있었다.</p><p>배는 내일도 온다고 한다.</p>"
JA = "<p>船が港に着いた。町の人はみな桟橋に立っていた。</p><p>船は明日も来るという。</p>"


def below_text(below: str, language: str = "zh", text: str = ZH) -> feed2doc.Document:
    return read(below=below, language=language, text=text)


def said(document: feed2doc.Document) -> str:
    return feed2doc.write(document, "text", width=0)


@pytest.mark.parametrize(
    "below",
    [
        "<p>写到这里有点累，各位要是读得开心，就给个小小的关注，再点赞转发给朋友吧～</p>",
        "<p>我是潮生，在码头写了九年的船。关注我，咱们下期再聊。</p><p>有关渡轮的事，大家都可以加我微信，一起探讨。</p>",
        "<p>船票群已满，加小编微信 chaosheng88 拉你进群👇</p>" + CODE,
        "<p>私信回复【 船期 】即可进群！</p><p>私信回复【 潮汐 】有疑问可在线咨询哦！</p>",
        "<p>投稿或寻求报道：lin@quay.example</p>",
        "<h2>加入知识星球，请回复“渡轮”领取资料</h2>",
        "<p>爱点赞的人，船都会准时来。感谢您看到这里，欢迎在评论区留言！</p>",
        "<p>👇点击下方卡片，关注海边周刊</p><p>带你看懂每一条船</p>",
    ],
)
def test_requests_in_other_words_are_left_out(below: str) -> None:
    document = below_text(below)
    assert len(paragraphs(document)) == 2
    assert figures(document) == 0


@pytest.mark.parametrize(
    ("below", "language", "text"),
    [
        ("<p>看到這裡的朋友，記得按讚、追蹤我們的粉專，也歡迎分享給好友！</p>", "zh-Hant", HANT),
        ("<p>ご意見はXかコメント欄で気軽にどうぞ。フォローも嬉しいです！</p>", "ja", JA),
        ("<p>저희 채널 구독과 좋아요 부탁드립니다! 문의는 블로그 댓글로 남겨주세요 😊</p>", "ko", KO),
    ],
)
def test_requests_in_other_languages(below: str, language: str, text: str) -> None:
    document = below_text(below, language, text)
    assert len(paragraphs(document)) == 2


@pytest.mark.parametrize(
    "below",
    [
        "<p>海边公众号有三万粉丝。</p><p>读者关注公众号之后，可以在后台回复“船期”。</p>",
        "<p>他每天都点赞，也转发给朋友。</p>",
        "<p>乘客可以扫码进入小程序，点击领取电子船票。</p>",
        "<p>想去的朋友可以在码头的售票处领取时刻表，也可以添加船长的微信。</p>",
        "<p>码头的公众号昨天发了一条消息：渡轮停航三天，请大家留意。</p>",
        "<p>欢迎大家到码头来走走，免费参观，还可以领取一份纪念品。</p>",
        "<p>大家一起努力，让更多的人来支持渡轮！</p>",
        "<p>请在6月3日前报名，联系电话：0571-88001234。</p>",
        "<p>谢谢大家，我们明年再见。</p>",
        "<p>长按住潮水</p><p>分享一场雨</p><p>点赞整个夏天</p>",
        "<p>你会关注他吗？</p>",
        "<p>你现在看的是哪一班船，今晚那一班吗？评论区聊聊呗</p>",
        "<p>注：作者为独立研究者，微信公号：haibian88，欢迎联系。</p>",
    ],
)
def test_last_lines_of_a_text_stay(below: str) -> None:
    words = below.removesuffix("</p>").rpartition("<p>")[2]
    assert words.removeprefix("注：")[:12] in said(below_text(below))


def test_a_word_that_the_text_has_too_is_its_topic() -> None:
    line = "<p>私信船长进群，领取船票！</p>"
    assert len(paragraphs(below_text(line))) == 2
    topic = "<p>船票在群里发，私信船长就能进群，每天领取的人有三百个。</p>"
    assert paragraphs(below_text(line, text=topic + ZH))[-1] == "私信船长进群，领取船票！"


def test_credits_between_requests_and_short_lines_below_them() -> None:
    below = "<p>觉得有用就点个在看，转发给朋友吧！</p><p>编辑：王梅</p><p>值班：潮生（码头组）</p><p>扫码加小编微信进群</p><p>海边周刊</p>"
    document = below_text(below)
    assert roles(document) == [("editor", "王梅")]
    assert "值班" in said(document)
    assert "海边周刊" not in said(document)


def test_a_sentence_below_a_request_stays() -> None:
    document = below_text("<p>觉得有用就点个在看，转发给朋友吧！</p><p>渡轮明天还会来。</p>")
    assert paragraphs(document)[-1] == "渡轮明天还会来。"


def test_items_of_a_list_that_a_request_announces() -> None:
    below = "<p>欢迎加入海边星球，微信群里有：</p><p>1、每天的船期。</p><p>2、每月的潮汐。</p>"
    assert len(paragraphs(below_text(below))) == 2


@pytest.mark.parametrize(("accounts", "stay"), [("AA", False), ("AB", True)])
def test_links_to_posts_of_one_account_below_the_text(accounts: str, stay: bool) -> None:
    link = '<p><a href="http://mp.weixin.qq.com/s?__biz={}&amp;mid={}">渡轮停航的三年里发生了什么</a></p>'
    links = "".join(link.format(each, number) for number, each in enumerate(accounts))
    below = "<p>渡轮明天还会来。</p>" + links
    assert ("渡轮停航的三年里" in said(below_text(below))) is stay
    assert "渡轮停航的三年里" in said(below_text("<p>这几篇说的也是渡轮：</p>" + links))
