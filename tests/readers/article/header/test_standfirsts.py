"""Standfirsts, names of sites in headlines, and boxes of sources without a rule."""

import feed2doc
import pytest
from feed2doc import model as m

LONG = "渡轮在停航三年之后重新靠岸，码头上站满了人。"
SENTENCE = "港务局说，渡轮停航的三年里，北港的鱼市少了一半的客人，灯塔也熄了。"
TEXT = f"<p>{LONG}</p>" * 3
PICTURE = '<img src="https://quay.example/a.jpg">'


def read(html: str, headline: str = "渡轮回来了", url: str = "https://quay.example/a") -> feed2doc.Document:
    return feed2doc.read(f"[{headline}]({url})\n---\n{html}".encode())


@pytest.mark.parametrize(
    "html",
    [
        f"<p><b>{SENTENCE}</b></p>{TEXT}",
        f"{PICTURE}<p><strong>{SENTENCE}</strong><br></p>{TEXT}",
        f"<h2>{SENTENCE}</h2>{TEXT}",
        f"<p>编辑：林海</p><p><b>{SENTENCE}</b></p>{TEXT}",
        f"<div class='story-lead'>{SENTENCE}</div>{TEXT}",
    ],
)
def test_a_sentence_set_apart_above_the_text_is_the_standfirst(html: str) -> None:
    trace = feed2doc.Trace()
    document = feed2doc.read(
        f"[渡轮回来了](https://quay.example/a)\n---\n{html}".encode(),
        env=feed2doc.Env(trace=trace, audit=True),
    )
    assert m.plain_text(document.standfirst) == SENTENCE
    assert not any(section.heading for section in document.sections)
    assert trace.fields["standfirst"].rule


@pytest.mark.parametrize(
    "html",
    [
        f"<p><b>渡轮回来了。</b></p>{TEXT}",  # too short
        f"<p><b>{SENTENCE[:-1]}？</b></p>{TEXT}",  # the first question of an interview
        f"<p><b>{SENTENCE[:-1]}</b></p>{TEXT}",  # a heading
        f"<p><b>{SENTENCE}</b></p><p>{LONG}</p>",  # most of the text
        f"<p><b>{SENTENCE}</b></p>" * 3,  # all of the text
        f"<p><b>编者按：{SENTENCE}</b></p>{TEXT}",
        f"<p><b>{SENTENCE}</b>{LONG}</p>{TEXT}",
        f"<h2>{SENTENCE}</h2>{TEXT}<h2>{SENTENCE}</h2>{TEXT}",
        f"<p><b>{SENTENCE}</b></p>{TEXT}<p><b>{SENTENCE[:-1]}？</b></p>{TEXT}",  # an interview
        f"<p><b>{SENTENCE}</b></p><ul><li>绳子</li></ul>{TEXT}",
    ],
)
def test_what_is_no_standfirst(html: str) -> None:
    assert read(html).standfirst == ()


@pytest.mark.parametrize(
    ("headline", "url", "kept"),
    [
        ("The ferry is back - Quay Notes", "https://www.quaynotes.example/a", "The ferry is back"),
        ("The ferry is back | QUAY", "https://news.quay.co.uk/a", "The ferry is back"),
        ("The ferry is back - Quay", "https://harbour.example/a", "The ferry is back - Quay"),
        ("Quay", "https://quay.example/a", "Quay"),
        ("Quay : the ferry is back", "https://quay.example/a", "Quay : the ferry is back"),
        ("Ferry | The quay", "https://ferry.quay.example/a", "Ferry | The quay"),
        ("A matter of life – time", "https://www.time.example/a", "A matter of life – time"),
    ],
)
def test_the_name_in_the_address_after_the_headline_is_that_of_the_site(
    headline: str, url: str, kept: str
) -> None:
    assert read(TEXT, headline, url).headline == kept


@pytest.mark.parametrize(
    "box",
    [
        f'<div><a href="https://www.paypal.com/donate?id=1">{PICTURE}</a></div>',
        '<p><a href="https://ko-fi.com/quay">Buy me a rope</a></p>',
        f'<div class="mySubscriptionBox"><p>鱼市的消息</p><input type="text">{PICTURE}<p>请输入地址</p></div>',
    ],
)
def test_boxes_that_ask_for_something(box: str) -> None:
    env = feed2doc.Env(audit=True)
    item = f"[渡轮回来了](https://quay.example/a)\n---\n{TEXT}{box}{TEXT}".encode()
    document = feed2doc.read(item, env=env)
    (section,) = document.sections
    assert len(section.blocks) == 6 and not [note for note in env.diagnostics if note.kind == "loss"]


def test_a_text_about_donations_stays() -> None:
    link = '<a href="https://paypal.me/quay">Geld für das Seil</a>'
    (section,) = read(f"<p>Sie bat um {link}, und es kam.</p>{TEXT}").sections
    assert len(section.blocks) == 4


def test_a_link_to_donate_in_a_sentence_is_not_taken_out_of_it() -> None:
    sentence = 'For one crown you can <a href="https://ko-fi.com/quay">buy me a coffee</a>, says the sign on the pier.'
    document = read(f"{TEXT}<p>{sentence}</p>{TEXT}")
    said = "For one crown you can buy me a coffee, says the sign on the pier."
    assert said in [m.plain_text(each.content) for each in m.walk(document) if isinstance(each, m.Paragraph)]


FORM = "<form><p>New texts each Friday, by e-mail.</p><input type=email><button>Join</button></form>"
BODY = "<p>The ferry is back after two weeks in the dock.</p><p>It sails at nine, they say.</p>"


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="newsletter">{BODY}{FORM}</div>',
        f'<div class="post newsletter-archive"><div class="signup">{BODY}</div>{FORM}</div>',
        f'<div class="page-with-signup">{BODY}{FORM}</div>',
        f'<form id="page">{BODY}<div class="signup"><p>Join us.</p><input type=email></div></form>',
        f'<p>The ferry is back after a month.</p><div class="newsletter">{BODY * 10}{FORM}</div>'.replace(
            "</p><p>", "<br>"
        ),
    ],
)
def test_a_box_around_a_form_that_has_the_article_stays_without_the_form(html: str) -> None:
    document = read(f'<p class="byline">Ann Ba</p>{html}')
    words = str(feed2doc.write(document, "text", width=0))
    assert "after two weeks" in words and "they say" in words
    assert "Friday" not in words and "Join" not in words


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="newsletter">{BODY}{FORM}</div>',
        f'<div class="newsletter"><p>Join the readers who get our letter.</p>{FORM}</div>',
    ],
)
def test_a_box_around_a_form_below_an_article_of_one_sentence_is_left_out(box: str) -> None:
    (section,) = read(f"<p>The rope holds until noon.</p>{box}").sections
    assert len(section.blocks) == 1


FUND = "<p>The town has opened a fund for the crew.</p>{}<p>It has grown to nine thousand crowns.</p>"
FUND_DE = (
    "<p>Die Stadt hat einen Fonds für die Mannschaft.</p>{}<p>Er ist auf neuntausend Kronen gewachsen.</p>"
)
FUND_ZH = "<p>北港为渡轮的船员设立了一个基金。</p>{}<p>基金已经有九千克朗，港务局说。</p>"


@pytest.mark.parametrize(
    "html",
    [
        FUND.format('<p><a href="https://www.paypal.com/donate?id=1">The ferry fund</a></p>'),
        FUND.format(
            '<div><p><b><a href="https://givebutter.com/ferry">Give to the ferry fund</a></b></p></div>'
        ),
        FUND_DE.format('<p><a href="https://www.paypal.me/seil">Der Seilfonds der Stadt</a></p>'),
        FUND_ZH.format('<p><a href="https://afdian.com/a/x">渡轮船员基金</a></p>'),
        '<p>Gifts for the crew can be sent here:</p><p><a href="https://ko-fi.com/quay">ko-fi.com/quay</a></p>',
        "<p>港务局公布了捐款的地址，以下是全文：</p><p><a href='https://ko-fi.com/quay'>渡轮基金</a></p>",
    ],
)
def test_a_link_to_donate_in_the_midst_of_the_text_stays(html: str) -> None:
    links = [each for each in m.walk(read(html)) if isinstance(each, m.Link)]
    assert len(links) == 1


@pytest.mark.parametrize(
    "link",
    [
        '<p><a href="https://ko-fi.com/quay">Buy me a rope</a></p>',
        '<p><a href="https://ko-fi.com/quay">Donate</a></p>',
        f'<p><a href="https://www.paypal.com/donate?id=1">{PICTURE}</a></p>',
        "<p>If you like my blog, please support me:</p><p><a href='https://ko-fi.com/quay'>Quay Notes</a></p>",
        '<p><a href="https://ko-fi.com/quay">Unterstütze mich mit einem Seil</a></p>',
        '<p><a href="https://afdian.com/a/x">请我喝杯茶</a></p>',
    ],
)
def test_a_link_to_donate_to_the_author_is_left_out(link: str) -> None:
    text = FUND_DE if "Seil" in link else FUND_ZH if "茶" in link else FUND
    document = read(text.format(link), "Das Seil der Fähre hält" if text is FUND_DE else "The rope")
    links = [each for each in m.walk(document) if isinstance(each, m.Link)]
    assert not links


def test_a_link_to_donate_at_the_end_is_left_out() -> None:
    document = read(FUND.format("") + '<p><a href="https://ko-fi.com/quay">Quay Notes</a></p>')
    assert not [each for each in m.walk(document) if isinstance(each, m.Link)]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="subscriber-only"><p>Fog.</p><p>Rain.</p><input type="hidden" name="id"><input type="email"></div>',
        '<div class="subscription-note"><p>Fog.</p><p>Rain.</p><input type="checkbox"></div>',
        '<div class="subscript"><p>Fog.</p><p>Rain.</p><input type="checkbox"></div>',
        '<ul><li><a href="https://ko-fi.com/ann">Fog</a></li><li><a href="https://e.org/b">Rain</a></li></ul>',
    ],
)
def test_texts_that_resemble_boxes_stay(html: str) -> None:
    (section,) = read(f"{TEXT}{html}{TEXT}").sections
    words = " ".join(m.plain_text(text) for block in section.blocks for text in m.texts_of(block))
    assert "Fog" in words and "Rain" in words


ENGLISH = "<p>The ferry is back after three years, and the quay was full of people.</p>" * 3


@pytest.mark.parametrize(
    ("standfirst", "person"),
    [
        ("The ferry is back and the quay is full, writes Lin Hai", "Lin Hai"),
        ("The ferry is back and the quay is full – writes Ann van Ba in Lower Harbour.", "Ann van Ba"),
        ("Die Fähre fährt wieder, und der Kai ist voll, schreibt Anna Meer aus Oslo.", "Anna Meer"),
        ("Le bac est revenu et le quai est plein, écrit Anne-Marie Ba", "Anne-Marie Ba"),
        ("El ferry ha vuelto y el muelle está lleno, escribe Ana Mar", "Ana Mar"),
        ("The ferry is back and the quay is full, writes Reuters", ""),
        ("The ferry is back and the quay is full, writes the mayor of Oslo", ""),
        ("The captain, who writes Ann Ba every day, is back on the ferry", ""),
        ("The ferry is back and the quay is full, says Ann Ba", ""),
        ("She writes Ann Ba", ""),
    ],
)
def test_the_author_in_a_standfirst(standfirst: str, person: str) -> None:
    language = {"D": "de", "L": "fr", "E": "es"}.get(standfirst[0], "en")
    page = f'<html lang="{language}"><body><h1>Q</h1><p class="standfirst">{standfirst}</p>{ENGLISH}'
    document = feed2doc.read(page.encode(), format="html")
    assert [each.name for each in document.byline] == ([person] if person else [])
    assert m.plain_text(document.standfirst) == standfirst


def test_a_byline_comes_before_the_author_in_a_standfirst() -> None:
    page = f'<h1>Q</h1><p class="byline">Otto Berg</p><p class="standfirst">It is back, writes Lin Hai</p>{ENGLISH}'
    assert [each.name for each in feed2doc.read(page.encode(), format="html").byline] == ["Otto Berg"]


@pytest.mark.parametrize(
    "html",
    ["<p><b>{}</b></p>", "<p><b>{}.</b></p>", "<h2>{}</h2>", "<p><em>{}</em></p>", "<p><i>{}.</i></p>"],
)
def test_a_line_that_ends_with_its_author_is_the_standfirst(html: str) -> None:
    line = html.format("The ferry is back and the quay of the north is full again, writes Lin Hai")
    document = read(line + ENGLISH, "The ferry")
    assert m.plain_text(document.standfirst).startswith("The ferry is back and")
    assert [person.name for person in document.byline] == ["Lin Hai"]


def test_an_epigraph_and_its_source_stay_if_another_author_is_stated() -> None:
    text = f'<p>海就是一切。</p><p class="author">梅林海</p>{TEXT}'
    document = feed2doc.read(
        f"---\nauthor: 王宁\n---\n[渡轮回来了](https://quay.example/a)\n---\n{text}".encode()
    )
    assert [person.name for person in document.byline] == ["王宁"]
    assert document.standfirst == ()
    first, source, *_ = document.sections[0].blocks
    assert isinstance(first, m.Paragraph)
    assert isinstance(source, m.Paragraph)
    assert [m.plain_text(each.content) for each in (first, source)] == ["海就是一切。", "梅林海"]
