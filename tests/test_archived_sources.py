"""Archived items of sources in the markup of several years: cards of an archive, captions next to pictures, the page around a text."""

import feed2doc
import pytest
from feed2doc import model as m

P = "<p>渡轮在停航三年之后重新靠岸，人们在码头等候。</p>"
STAMP = "<!--1739262415000-->\n"


def read(url: str, html: str, headline: str = "渡轮回来了", front: str = "") -> feed2doc.Document:
    """Return the item, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    item = f"{front}{STAMP}[{headline}]({url})\n------\n\n{html}\n"
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"], env.diagnostics
    return document


def body(document: feed2doc.Document) -> list[m.Block]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(block for section in document.sections for block in section.blocks)]


def words(part: m.Block) -> str:
    return "".join(text for text in map(m.plain_text, m.texts_of(part)))


CARD = (
    '<div style="float:right"><div class="su-spoiler"><div class="su-spoiler-title" role="button"><span></span>CDT 档案卡</div>'
    '<div class="su-spoiler-content"><strong>标题：</strong>渡轮回来了<br><strong>作者：</strong>'
    '<a href="https://chinadigitaltimes.net/space/1">{author}</a><br><strong>发表日期：</strong>2025.2.11<br><strong>来源：</strong>'
    '<a href="https://weixin.example/s/1">微信公众号“海港”</a><br><strong>主题归类：</strong>渡轮<br><strong>CDS收藏：</strong>公民馆<br>'
    "<strong>版权说明：</strong>该作品版权归原作者所有。</div></div></div>"
)


@pytest.mark.parametrize("html", [f"{P}{CARD}{P}", f"{CARD}{P}{P}"])
def test_a_card_of_an_archive_between_paragraphs_is_credits(html: str) -> None:
    document = read(
        "https://chinadigitaltimes.net/chinese/1.html", html.format(author="林海生"), "海港｜渡轮回来了"
    )
    assert [person.name for person in document.byline] == ["林海生"]
    assert [type(block) for block in body(document)] == [m.Paragraph, m.Paragraph]
    roles = {credit.role: m.plain_text(credit.text) for credit in document.credits}
    assert roles["original"].startswith("来源：微信公众号")
    assert roles["rights"].startswith("版权说明：")
    assert document.original_url == "https://weixin.example/s/1"
    printed = feed2doc.write(document, "markdown")
    assert not [label for label in ("档案卡", "标题：", "主题归类", "CDS收藏") if label in printed]


@pytest.mark.parametrize(
    "line",
    [
        "Categorized: <a href='https://quay.example/c/1'>海港 · HARBOUR</a> - <a href='https://quay.example/c/2'>船</a>",
        "Tagged: <a href='https://quay.example/t/1'>渡轮</a>",
        "如果您喜欢本站文章，请订阅我们的电子邮件，以便及时获取更新通知。",
    ],
)
def test_lines_of_themes_below_the_text_are_left_out(line: str) -> None:
    assert len(body(read("https://quay.example/1", f"{P}{P}<footer><p>{line}</p></footer>"))) == 2
