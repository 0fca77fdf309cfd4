"""The words of buttons and signs next to what they belong to: a source, program text, a link, the last sentence."""

import pytest
from feed2doc import model as m

from tests.readers.article.furniture.test_speakers import ABOVE, BELOW, blocks_of, credits_of, read, texts


@pytest.mark.parametrize(
    "line",
    ["来源: 海港晚报 打印", "来源：海港晚报 打印 分享 举报", "2026-05-05 09:30 来源: 海港晚报 <a href='https://q.example/r'>举报</a>"],
)  # fmt: skip
def test_buttons_after_the_source_are_left_out(line: str) -> None:
    said = [text for _, text in credits_of(read(f"<p>{line}</p>{ABOVE}{BELOW}"))]
    assert said and not any(word in text for text in said for word in ("打印", "分享", "举报"))


@pytest.mark.parametrize(
    "end",
    [
        '<a href="https://www.sohu.example/"><span class="backword"><i class="backsohu"></i>返回搜狐，查看更多</span></a>',
        '<a href="https://www.sohu.example/"><i class="backsohu"></i>返回搜狐，查看更多</a>',
    ],
)
def test_the_way_back_to_the_portal(end: str) -> None:
    assert texts(read(f"{ABOVE}<p>它们只吃活鱼。{end}</p>"))[-1] == "它们只吃活鱼。"


@pytest.mark.parametrize(
    "line",
    [
        "Listen to this article 04:12",
        "<span>Listen to this article</span><span>4:05</span>",
        "Listen to this article · 12:30",
    ],
)
def test_the_length_of_a_recording_after_its_button(line: str) -> None:
    above, below = (
        "<p>The ferry came home on Monday without its funnel.</p>",
        "<p>It was found in a garden.</p>",
    )
    assert texts(read(f"{above}<div>{line}</div>{below}")) == texts(read(above + below))
    assert "The train leaves at 04:12" in texts(read(f"{above}<p>The train leaves at 04:12</p>{below}"))


@pytest.mark.parametrize("line", ['<a href="/photo/">写真・図版（全3枚）</a>', "写真（全12枚）"])
def test_the_way_to_all_pictures_of_an_article(line: str) -> None:
    above, below = "<p>渡し船は、長い冬のあとで北の島へまた出る。</p>", "<p>船長は笑った。</p>"
    assert texts(read(f"{above}<p>{line}</p>{below}")) == texts(read(above + below))


@pytest.mark.parametrize(
    "box",
    [
        '<div class="language-sh"><div class="codeBlockContent_q"><pre><code>cd a\n./b</code></pre><div class="buttonGroup_w"><button>复制</button></div></div></div>',
        '<div class="highlight"><pre><code>cd a\n./b</code></pre><button class="copy-btn">Copy</button></div>',
        '<div class="box"><pre><code>cd a\n./b</code></pre><div class="toolbar"><button>复制代码</button></div></div>',
        '<div class="codeBlockContent_q"><pre><code>cd a\n./b</code></pre><div class="buttonGroup_w"><button>Copy</button></div></div>',
        '<div class="x"><div class="bar"><button>Kopieren</button><button>Umbruch</button></div><div><pre>cd a\n./b</pre></div></div>',
        "<figure><pre>cd a\n./b</pre><div><button>Ausführen</button></div></figure>",
        '<div class="se-code"><div class="se-code-source"><div class="__se_code_view language-sh">cd a<br>./b</div></div></div>',
    ],
)
def test_program_text_without_its_buttons(box: str) -> None:
    document = read(f"{ABOVE}{box}{BELOW}")
    assert [block.value for block in blocks_of(document) if isinstance(block, m.CodeBlock)] == ["cd a\n./b"]
    assert not any("复制" in text or "Copy" in text for text in texts(document))


@pytest.mark.parametrize("around", ["a href='https://quay.example/t'", "button"])
def test_the_sign_of_a_link_that_nobody_hears_has_no_words(around: str) -> None:
    sign = '<svg aria-hidden="true" viewBox="0 0 16 16"><title>外部链接图标</title><path d="M0 0"/></svg>'
    document = read(f"<p>请看<{around}>潮位表{sign}</{around.split()[0]}>，每月更新。</p>{BELOW}")
    assert texts(document)[0] == "请看潮位表，每月更新。"


@pytest.mark.parametrize("said", ["Jetzt Mitglied werden", "Jetzt Mitglied werden!"])
def test_an_invitation_to_become_a_member(said: str) -> None:
    body = "<p>Das Boot ist da.</p><p>Es riecht nach Teer.</p>"
    document = read(f'{body}<p><a href="https://quay.example/join">{said}</a></p>', "Das Boot im Hafen")
    assert texts(document) == ["Das Boot ist da.", "Es riecht nach Teer."]
