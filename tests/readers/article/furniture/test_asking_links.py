"""Links that are a line of their own and ask for something are left out anywhere, other invitations only at the end."""

import feed2doc
import pytest
from feed2doc import model as m

START, END = "<p>The ferry came back after three years.</p>", "<p>The whole town stood on the quay.</p>"


def read(html: str, language: str = "en") -> feed2doc.Document:
    head = f'<html lang="{language}"><head><title>Ferry</title></head>'
    return feed2doc.read(f"{head}<body><h1>Ferry</h1>{html}</body></html>".encode(), format="html")


def texts(document: feed2doc.Document) -> list[str]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [m.plain_text(run) for block in blocks for run in m.texts_of(block)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Subscribe to the newsletter of Quay Times"),
        ("de", "Hier können Sie unseren Newsletter abonnieren"),
        ("fr", "Rejoignez notre chaîne WhatsApp"),
        ("es", "Apúntate aquí a nuestra newsletter"),
        ("it", "Scarica la nostra app"),
        ("pt", "Baixe o nosso aplicativo"),
        ("ru", "Подпишитесь на нашу рассылку"),
        ("ja", "アプリのダウンロードはこちら"),
        ("ko", "네이버 채널 구독하기"),
        ("zh", "加入我们的 Telegram 频道"),
        ("zh-TW", "加入會員，閱讀更多精彩內容"),
    ],
)
@pytest.mark.parametrize("wrapped", ["{}", "<strong>{}</strong>", "👉 {}"])
def test_a_link_that_asks_for_something(language: str, said: str, wrapped: str) -> None:
    line = wrapped.format(f'<a href="https://quay.example/join">{said}</a>')
    document = read(f"{START}<p>{line}</p>{END}", language)
    assert len(texts(document)) == 2


@pytest.mark.parametrize(
    "line",
    [
        'Open the <a href="https://quay.example/app">app</a> of the newsletter and look at the chart.',
        '<a href="https://quay.example/app">Follow the harbour on its way to the sea</a>',
        '<a href="https://quay.example/1">Subscribe to nothing: a life by the sea</a>',
        "<em>Join us at the quay at noon, they said.</em>",
        '<a href="https://quay.example/1">How the newsletter of the harbour came about</a>',
    ],
)
def test_other_links_in_the_text_stay(line: str) -> None:
    assert len(texts(read(f"{START}<p>{line}</p>{END}"))) == 3


def test_a_link_in_a_list_and_the_only_line_of_an_article_stay() -> None:
    link = '<a href="https://quay.example/join">Join the Telegram channel of Quay Times</a>'
    assert texts(read(f"<p>{link}</p>")) == ["Join the Telegram channel of Quay Times"]
    listed = read(f"{START}<p>What we did:</p><ul><li>{link}</li><li>Painted the boats</li></ul>{END}")
    assert "Join the Telegram channel of Quay Times" in texts(listed)


@pytest.mark.parametrize(
    "line",
    [
        "↑ 点击蓝字关注，设为星标",
        "▼ 点击下方卡片，关注我们 ▼",
        "↓↓↓ 点击“阅读原文”报名",
        "👆 点击上方蓝字关注我们",
        "▼メールマガジンの登録はこちら",
    ],
)
def test_an_arrow_before_an_invitation(line: str) -> None:
    text = (
        "<p>渡轮在停航三年之后重新靠岸。</p>" if "登録" not in line else "<p>渡し船は三年ぶりに戻った。</p>"
    )
    document = read(f"{text}{text}<p>{line}</p>", "ja" if "登録" in line else "zh")
    assert len(texts(document)) == 2


def test_an_arrow_before_text_stays() -> None:
    document = read("<p>渡轮在停航三年之后重新靠岸。</p><p>↑ 船从这里开出。</p>", "zh")
    assert texts(document)[-1] == "↑ 船从这里开出。"


def texts_of_page(body: str) -> list[str]:
    page = f'<html lang="nl"><body><p>The ferry is back.</p><p>It has a new captain.</p>{body}</body></html>'
    document = feed2doc.read(page.encode(), format="html", env=feed2doc.Env(audit=True))
    return [m.plain_text(text) for s in document.sections for block in s.blocks for text in m.texts_of(block)]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Zapisz się na nasz list: <a href='https://eepurl.com/ab'>Kaai</a></p>",
        "<ul><li><a href='https://wa.me/channel'>📱 Het nieuws van de kaai</a></li></ul>",
        "<p>Tot volgende week, op <a href='https://podcasts.apple.com/p/1'>Apple</a>, <a href='https://overcast.fm/itunes1'>Overcast</a> of waar je ook luistert.</p>",
        "<p><a href='https://www.patreon.com/quay'><img src='p.png' width='217' height='51'></a></p>",
        "<p><a href='https://overseas.blogmura.com/in'><img src='r.gif' width='88px' height='31'></a></p>",
        "<a href='http://boats.blogmura.com/ferry/'><img src='r.gif' alt='r'></a> <a href='http://blog.with2.net/link.php?1'><img src='b.gif'></a>",
        "<p>ポチっとよろしくお願いします！<br><a href='http://blogranking.fc2.com/in.php?id=1'><img src='b.gif'></a></p>",
        "<p>押してね！<br><a href='http://boats.blogmura.com/'><img src='r.gif'></a> <a href='http://blog.with2.net/link.php?1'><img src='b.gif'></a> <a href='http://blogranking.fc2.com/in.php?id=1'><img src='c.gif'></a></p>",
    ],
)
def test_a_last_line_that_leads_to_where_one_subscribes_is_left_out(line: str) -> None:
    assert texts_of_page(line) == ["The ferry is back.", "It has a new captain."]


def test_a_line_of_nothing_else_is_left_out_between_paragraphs() -> None:
    line = "<p><a href='https://chat.whatsapp.com/ab'>Het nieuws van de kaai</a></p>"
    assert texts_of_page(f"{line}<p>Her name is Ann.</p>")[2:] == ["Her name is Ann."]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Her album is on <a href='https://open.spotify.com/show/1'>Spotify</a>.</p>",
        "<p>She writes <a href='https://tinyletter.com/ann'>a letter</a> and builds <a href='https://boats.example'>boats</a>.</p>",
        "<p><a href='https://wa.me/4712345'>+47 12 345</a></p>",
        "<p>She is in <a href='http://boats.blogmura.com/ferry/'>the ranking</a> of boats.</p>",
        "<p>Ask for her in <a href='https://quay.example/'>the harbour</a>, or on <a href='https://podcasts.apple.com/p/1'>Apple</a>, <a href='https://overcast.fm/1'>Overcast</a>, "
        "<a href='https://isle.example/'>the island</a>, <a href='https://fog.example/'>in the fog</a> and <a href='https://sea.example/'>at sea</a>.</p>",
    ],
)
def test_other_last_lines_with_such_links_stay(line: str) -> None:
    assert len(texts_of_page(line)) == 3


@pytest.mark.parametrize("size", ["", " width='800'", " width='100%'"])
def test_a_picture_of_the_article_that_leads_to_such_a_page_stays(size: str) -> None:
    body = f"<p>The map of the ferry.</p><p><a href='https://www.patreon.com/quay'><img src='https://quay.example/map.png'{size}></a></p>"
    document = feed2doc.read(f"<html><body>{body}</body></html>".encode(), format="html")
    assert len(list(m.images_of(document))) == 1
