"""Signs and boxes around the text: icons of fonts, permalinks, tools, boxes of other articles, lines of letters and accounts."""

import feed2doc
import pytest
from feed2doc import model as m

URL = "https://quay.example/2025/post"


def read(html: str, lang: str = "en") -> tuple[feed2doc.Document, feed2doc.Env]:
    page = (
        f'<html lang={lang}><head><link rel="canonical" href="{URL}"></head><body><h1>Quay</h1>'
        f"<p>Before, the tide went out slowly.</p>{html}<p>The last paragraph of it.</p></body></html>"
    )
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss"]
    return document, env


def text(html: str, lang: str = "en") -> str:
    """Return the text between the first and the last paragraph, in one line."""
    written = feed2doc.write(read(html, lang)[0], "text", width=0, links=False)
    assert isinstance(written, str)
    return " ".join(written.partition("slowly.")[2].partition("The last")[0].split())


@pytest.mark.parametrize(
    "icon",
    [
        '<i class="material-icons">directions_boat</i>',
        '<span class="material-symbols-rounded">anchor</span>',
        '<span class="material-icons-outlined md-18"> waves </span>',
        "<mat-icon>anchor</mat-icon>",
        '<i class="app-icon">arrow_back</i>',
        '<i class="icon icon-small" aria-hidden="true">anchor</i>',
    ],
)
def test_the_names_of_icons_are_left_out_and_noted(icon: str) -> None:
    assert text(f"<p>{icon} Moored at six.</p>") == "Moored at six."
    assert "html: icon font" in {each.rule for each in read(f"<p>{icon} Moored.</p>")[1].diagnostics}


@pytest.mark.parametrize(
    "word",
    [
        '<i class="icon">anchor</i>',
        "<i>arrow_back</i>",
        "<code>arrow_back</code>",
        '<span class="material-icons">Anchors away</span>',
        '<i class="iconic">Anchor</i>',
        '<span class="icon">arrow_back</span>',
    ],
)
def test_words_next_to_icons_stay(word: str) -> None:
    assert len(text(f"<p>So {word} it is.</p>").split()) > len(["So", "it", "is."])


@pytest.mark.parametrize(
    "sign",
    [
        '<a class="postPermalink" href="https://quay.example/2025/05#a7">#</a>',
        '<a href="#p2">#</a>',
        '<a id="here" href="#here">¶</a>',
        '<a href="#p2"><span class="mark">§</span></a>',
    ],
)
def test_a_sign_that_leads_to_its_paragraph_is_left_out(sign: str) -> None:
    assert text(f'<p id="p2">The rope is wet. {sign}</p>') == "The rope is wet."
    assert text(f'<p id="p2">{sign} The rope is wet.</p>') == "The rope is wet."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p id="p2">Room <a href="#p3">#</a></p>', "Room #"),
        ('<p id="p2">The sign <a href="#p2">#</a> is a hash.</p>', "The sign # is a hash."),
        ('<p id="p2">C# and <a href="#p2">#</a></p>', "C# and #"),
        ('<p>Number <a href="https://quay.example/tags">#</a></p>', "Number #"),
    ],
)
def test_other_signs_stay(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    "box",
    [
        '<div role="toolbar"><p>Give this story.</p><button>Give</button><p>You have two left.</p></div>',
        '<div class="share-tools"><p>Send it to a friend.</p></div>',
        '<div class="article-tools"><a href="/p">Print</a><a href="/b">Bigger</a></div>',
    ],
)
def test_tools_are_left_out(box: str) -> None:
    assert text(box) == ""
    assert text(f"<header>{box}</header>") == ""


def test_program_text_with_a_toolbar_stays() -> None:
    assert text('<div role="toolbar"><pre>moor()</pre></div>') == "moor()"


LINKS = (
    '<ul><li><a href="/rope">Rope is dear again</a></li><li><a href="/tar">Tar from the north</a></li></ul>'
)


@pytest.mark.parametrize(
    "box",
    [
        f"<section><h2>Recommended Stories</h2>{LINKS}</section>",
        f"<div><h3>Trending now</h3>{LINKS}</div>",
        f'<aside class="inline-related"><p>Read more:</p>{LINKS}</aside>',
        f"<aside><h4>Related stories</h4>{LINKS}</aside>",
    ],
)
def test_boxes_of_other_articles_are_left_out(box: str) -> None:
    assert text(f"{box}<p>By noon it was back.</p>") == "By noon it was back."


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><h4>What to bring</h4>{LINKS}</aside>",
        "<aside><h4>Related</h4><p>The rope was cut in the morning, and the tar was cold.</p></aside>",
        f"<section><h2>Our sources</h2>{LINKS}</section>",
    ],
)
def test_other_boxes_stay(box: str) -> None:
    assert "ope" in text(f"{box}<p>By noon it was back.</p>")


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("点击上方蓝字，关注我们", "zh"),
        ("点击上方卡片关注", "zh"),
        ("点击上方“港湾笔记”关注我们", "zh"),
        ("點擊上方藍字，追蹤我們", "zh-TW"),
    ],
)
def test_a_line_that_asks_to_follow_an_account_is_left_out(line: str, lang: str) -> None:
    assert text(f"<p>{line}</p>", lang) == ""


@pytest.mark.parametrize(
    "line", ["点击上方的按钮后，水闸会打开。", "点击上方“开闸”，再等一刻钟。", "他关注的是潮位，不是蓝字。"]
)
def test_sentences_with_the_same_words_stay(line: str) -> None:
    assert text(f"<p>{line}</p>", "zh") == line


def letter(top: str, foot: str) -> str:
    return (
        f'<table role="presentation"><tr><td align="right">{top}</td></tr><tr><td><p>The tar is here.</p>'
        f'<p>Bring buckets.</p></td></tr><tr><td align="center">{foot}</td></tr></table>'
    )


@pytest.mark.parametrize(
    ("top", "foot"),
    [
        ("View in browser", '<a href="/u">Unsubscribe</a>'),
        ('<a href="/v">Voir dans le navigateur</a>', '<a href="/u">Se désabonner</a>'),
        ('<a href="/v">在浏览器中查看</a>', '<a href="/u">退订</a> | <a href="/p">管理订阅</a>'),
        ('<a href="/v">在網頁瀏覽器中檢視</a>', '<a href="/u">退訂</a>'),
        ('<a href="/v">查看网页版</a>', '<a href="/p">管理订阅偏好</a>'),
    ],
)
def test_lines_of_letters_in_cells_are_left_out(top: str, foot: str) -> None:
    assert text(letter(top, foot)) == "The tar is here. Bring buckets."
    assert text(letter(top, foot).replace(' role="presentation"', "")) == "The tar is here. Bring buckets."


def test_words_of_buttons_in_data_tables_stay() -> None:
    rows = "<tr><th>Button</th><th>Use</th></tr><tr><td>Share</td><td>Sends it</td></tr><tr><td>View in browser</td><td>Opens it</td></tr>"
    assert "Share" in text(f"<table>{rows}</table>") and "View in browser" in text(f"<table>{rows}</table>")


@pytest.mark.parametrize(
    "title", ["https://quay.example/@ann/1", "http://quay.example/a", "www.quay.example/a"]
)
def test_an_address_is_not_a_headline(title: str) -> None:
    feed = (
        '<rss version="2.0"><channel><title>Quay</title><item>'
        f"<title>{title}</title><link>https://quay.example/@ann/1</link>"
        "<description>&lt;p&gt;The heron is back.&lt;/p&gt;</description></item></channel></rss>"
    )
    assert feed2doc.read(feed.encode()).headline == "The heron is back"


@pytest.mark.parametrize(
    "title", ["Why https://quay.example/ is slow", "quay.example", "http: the first years"]
)
def test_a_headline_with_an_address_is_one(title: str) -> None:
    feed = (
        f'<rss version="2.0"><channel><title>Quay</title><item><title>{title}</title>'
        "<description>&lt;p&gt;The heron is back.&lt;/p&gt;</description></item></channel></rss>"
    )
    assert feed2doc.read(feed.encode()).headline == title


@pytest.mark.parametrize(
    "html",
    [
        '<a class="LinkCard" href="https://tide.example/a"><span class="LinkCard-title">Tides</span><span class="LinkCard-desc">tide.example/a</span></a>',
        '<div class="link-card"><a href="https://tide.example/a"><span>Tides</span><br><span>tide.example/a</span></a></div>',
        '<p><a href="https://tide.example/a"><span class="x-title">Tides</span><span class="x-host">tide.example/a</span></a></p>',
    ],
)
def test_the_parts_of_a_card_do_not_touch(html: str) -> None:
    assert text(html).replace(" · ", " ") == "Tides tide.example/a"
    assert any(
        each.url == "https://tide.example/a" for each in m.walk(read(html)[0]) if isinstance(each, m.Link)
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/a"><span class="title">Ti</span><span class="title">des</span></a></p>',
        '<p><a href="/a"><span class="big">Ti</span><span class="rest">des</span></a></p>',
        '<p><span class="title">Ti</span><span class="info">des</span></p>',
    ],
)
def test_the_parts_of_a_word_do(html: str) -> None:
    assert text(html) == "Tides"


@pytest.mark.parametrize(
    ("script", "url"),
    [
        ('src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="quay/7"', "https://t.me/quay/7"),
        ('class="speakerdeck-embed" data-id="ab12" src="//speakerdeck.com/assets/embed.js"', "https://speakerdeck.com/player/ab12"),
    ],
)  # fmt: skip
def test_scripts_that_write_a_frame_are_embeds(script: str, url: str) -> None:
    document, _ = read(f"<script async {script}></script>")
    assert [each.url for each in m.walk(document) if isinstance(each, m.Embed)] == [url]
