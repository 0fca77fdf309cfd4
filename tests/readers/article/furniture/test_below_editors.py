"""Below the line of the editors, a page has links, counters and buttons, which are left out if no sentence is among them."""

import feed2doc
import pytest
from feed2doc import model as m

TEXT = "<p>渡轮在黎明时分靠岸，白色的船身慢慢驶来。</p><p>码头上站满了人，没有人睡过觉。</p>"
EDITORS = "<p>责任编辑：林海</p>"
LINKS = '<h2>精彩阅读</h2><ul><li><a href="/1">港口的另一个故事</a></li><li><a href="/2">渡轮的另一个故事</a></li></ul>'


def read(below: str, above: str = "", editors: str = EDITORS) -> feed2doc.Document:
    env = feed2doc.Env(audit=True)
    item = f"[渡轮归来](https://quay.example/2)\n------\n{above}{TEXT}{editors}{below}"
    document = feed2doc.read(item.encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return document


def texts(document: feed2doc.Document) -> list[str]:
    blocks = [block for section in document.sections for block in section.blocks]
    headings = [m.plain_text(section.heading) for section in document.sections if section.heading]
    return headings + [m.plain_text(run) for block in blocks for run in m.texts_of(block)]


def editors_of(document: feed2doc.Document) -> list[str]:
    return [m.plain_text(each.text) for each in document.credits if each.role == "editor"]


@pytest.mark.parametrize(
    "below",
    [
        LINKS,
        "<div>关键词 &gt;&gt; 渡轮</div><div>584</div><div>跟踪: 渡轮</div>",
        "<div>阅读数(15878）</div><div>不感兴趣</div><h4>不感兴趣</h4><ul><li>广告软文</li><li>旧闻</li></ul><div>确定</div>",
        "<div>阅读数(15878）</div><div>*请填写原因</div><div>确定</div>",
        '<p>北角日报客户端</p><h2>热门排行</h2><ul><li><a href="/3">港口为什么关闭？</a></li></ul>',
        f"<p>版权声明：未经授权不得转载</p>{LINKS}",
    ],
)
@pytest.mark.parametrize(
    "editors", [EDITORS, "<div>（责编：林海、王小明）</div>", "<p>【责任编辑：林海】</p>"]
)
def test_what_a_page_has_below_its_editors(below: str, editors: str) -> None:
    document = read(below, editors=editors)
    assert len(texts(document)) == 2
    assert len(editors_of(document)) == 1


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("<p>海港的渔民说，他们会再来。</p>", "海港的渔民说，他们会再来。"),
        (f"<p>*文中人物均为化名</p>{LINKS}", "*文中人物均为化名"),
        ("<h2>参考资料</h2><ul><li>海港志</li><li>渡轮志</li></ul>", "海港志"),
        ("<p>渡轮，一九八五年</p><p>码头，一九八六年</p>", "码头，一九八六年"),
    ],
)
def test_text_below_the_editors_stays(below: str, said: str) -> None:
    document = read(below)
    assert said in [*texts(document), *(m.plain_text(each.text) for each in document.credits)]


def test_the_editors_are_credits_above_other_texts_of_a_page() -> None:
    comments = "".join(
        f"<div>海港居民</div><div>渡轮真好看，我也想去坐一次。</div><div>赞{n}</div>" for n in range(6)
    )
    document = read(comments)
    assert editors_of(document) == ["责任编辑：林海"]
    assert "渡轮真好看，我也想去坐一次。" in texts(document)


@pytest.mark.parametrize("editors", ["<p>编辑：你怎么看？</p>", "<p>编辑们都站在码头上</p>"])
def test_lines_that_name_no_editor(editors: str) -> None:
    assert any("编辑" in each for each in texts(read(LINKS, editors=editors)))


def test_a_picture_without_words_stays() -> None:
    document = read(f'<p><img src="https://quay.example/a.jpg"></p>{LINKS}')
    assert any(isinstance(each, m.Figure) for each in m.walk(document.sections))
