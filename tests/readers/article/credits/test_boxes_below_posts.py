"""Boxes below the posts of blogs: who wrote them, requests to follow an account, and pictures of codes."""

import feed2doc
import pytest
from feed2doc import model as m

from tests.readers.article.credits.test_credit_forms import names, paragraphs
from tests.readers.article.credits.test_credits_of_papers import read

CODE = '<p><img src="/code.png" alt=""></p>'


def figures(document: feed2doc.Document) -> int:
    return len(list(feed2doc.figures(document)))


@pytest.mark.parametrize(
    ("above", "language"),
    [
        ("<p>欢迎关注我的公众号：海边故事。</p>", "zh"),
        ("<p>本文首发于微信公众号【海边故事】，关注公众号，获取更多精彩文章！</p>", "zh"),
        ("<p>技术交流可以关注公众号：<b>海边故事</b></p>", "zh"),
        ("<hr><p><strong>欢迎关注我的公众号：海边故事，领取二十一本书！</strong></p>", "zh"),
        ("<p>歡迎掃描 QR Code 追蹤我們的臉書</p>", "zh-Hant"),
    ],
)
def test_a_picture_below_a_request_to_follow_an_account_is_left_out(above: str, language: str) -> None:
    document = read(
        below=above + CODE, language=language, text="<p>渡轮靠岸了。</p><p>全城的人都站在码头上。</p>"
    )
    assert len(paragraphs(document)) == 2
    assert figures(document) == 0


@pytest.mark.parametrize(
    "below",
    [
        "<p>全城的人都在看这张照片。</p>" + CODE,
        "<p>他在公众号上写了三年的渡轮，没有人读。</p>" + CODE,
        '<p>欢迎关注我的公众号：海边故事。</p><figure><img src="/a.png"><figcaption>渡轮与码头</figcaption></figure>',
        "<p>欢迎关注我的公众号：海边故事。</p>" + 3 * CODE,
    ],
)
def test_other_pictures_at_the_end_stay(below: str) -> None:
    assert figures(read(below=below)) >= 1


@pytest.mark.parametrize(("start", "end"), [("<p>", "</p>"), ("<blockquote><p>", "</p></blockquote>")])
def test_a_box_about_the_author_of_a_post(start: str, end: str) -> None:
    lines = (
        "本文作者：海边lin",
        '本文链接：<a href="/1">https://quay.example/1</a>',
        "关于海边：信件会在第一时间回复。",
        "版权声明：本博客所有文章均采用 BY-NC-SA 许可协议。转载请注明出处！",
        "声援博主：您的鼓励是博主的最大动力！",
    )
    document = read(below=start + "<br>".join(lines) + end)
    assert len(paragraphs(document)) == 2
    assert names(document) == ["海边lin"]
    said = " ".join(m.plain_text(each.text) for each in document.credits)
    assert "信件会在" in said and "转载请注明出处" in said and "本文链接" not in said


@pytest.mark.parametrize(
    "lines",
    [
        ("本文作者：海边lin", "渡轮在早上六点离岸。", "码头上没有一个人。", "到了晚上才有人来。"),
        ("渡轮在早上六点离岸。", "版权声明：本文采用许可协议。", "码头上没有一个人。"),
    ],
)
def test_lines_of_a_text_in_such_a_paragraph_stay(lines: tuple[str, ...]) -> None:
    document = read(below=f"<p>{'<br>'.join(lines)}</p>")
    assert "码头上没有一个人。" in feed2doc.write(document, "text", width=0)
    assert "信件" not in feed2doc.write(document, "text", width=0)


@pytest.mark.parametrize(
    ("end", "language"),
    [
        ("<p>如果您觉得本文不错，您的关注是我坚持的动力！</p>", "zh"),
        (
            "<p>如果觉得文章对你有帮助，欢迎关注我的公众号：</p><p>如果文章中存在什么问题，欢迎留言。</p>",
            "zh",
        ),
        ("<ul><li>👍 点个「赞」支持一下</li><li>⭐ 给项目点个 Star</li></ul>", "zh"),
        ("<p>気ままにつぶやいているので、気軽にフォローをお願いします！</p>", "ja"),
        ("<p>ぜひフォローしていただけると嬉しいです!</p>", "ja"),
        ("<p>이 글이 도움이 되셨다면 댓글로 알려주세요.^^</p>", "ko"),
        ("<p>도움이 되셨다면 👍 해주세요! 😊</p>", "ko"),
    ],
)
def test_requests_below_a_post_are_left_out(end: str, language: str) -> None:
    assert len(paragraphs(read(below=end, language=language))) == 2


@pytest.mark.parametrize(
    ("end", "language"),
    [
        ("为了坚持下去，他每天都去码头：", "zh"),
        ("この記事は、港のエンジニアである林によって書かれました。", "ja"),
        ("이 다리가 마을에 도움이 되었다면 그것으로 충분하다고 했다.", "ko"),
    ],
)
def test_other_last_lines_stay(end: str, language: str) -> None:
    assert paragraphs(read(below=f"<p>{end}</p>", language=language))[-1] == end
