"""Header regions of templates without a rule: parts of lines in elements, summaries above, author boxes below the text."""

import feed2doc
import pytest

SUMMARY = "<p>The first boats are back, and the town is planning a second pier.</p>"
TEXT = "<p>The harbour reopened on Monday after three years, and two hundred boats came back to the pier.</p>"


def read(body: str, start: str = "") -> feed2doc.Document:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"{start}[Harbour](https://quay.example/1)\n---\n{body}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return document


def names_in(document: feed2doc.Document) -> list[str]:
    return [each.name for each in document.byline]


def text_of(document: feed2doc.Document) -> str:
    return str(feed2doc.write(document, "text", width=0, links=False))


@pytest.mark.parametrize(
    "header",
    [
        '<div class="entry-meta">Опубликовано <abbr class="published" title="2013-05-04T10:00:00+04:00">4 мая 2013</abbr> автор: '
        '<span class="author vcard"><a class="url fn n" href="/author/olga/">Ann Ba</a></span></div>',
        '<div class="line"><span class="autor">Von Ann Ba</span><span class="ort">Nordhafen</span></div>',
        '<div class="article-author"><span class="article-author__prefix">Von</span> '
        '<span class="article-author__name">Ann Ba</span></div>',
        '<div class="submitted">Submitted by <span class="username">Ann Ba</span> on Tue, 03/04/2014 - 10:00</div>',
        '<span property="dc:date dc:created" content="2014-03-04T10:00:00+00:00">Submitted by '
        '<span class="username" property="foaf:name">Ann Ba</span> on Tue, 03/04/2014 - 10:00</span>',
        '<section class="meta"><span class="meta__author">Par Ann Ba</span><span class="meta__date">Publié le 4 mars 2025 à '
        '16h12, modifié le 5 mars 2025 à 09h00</span><span class="meta__time">Temps de Lecture 3 min.</span></section>',
    ],
)
def test_the_author_in_a_line_of_several_elements(header: str) -> None:
    document = read(header + SUMMARY + TEXT)
    assert names_in(document) == ["Ann Ba"]
    assert "Ann Ba" not in text_of(document).partition("quay.example")[2]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ('<p class="autor"><a href="/autor/ana-ruiz">Ana Ruiz</a> Cádiz</p>', ["Ana Ruiz"]),
        ('<div class="byline"><a href="/author/ann-ba">Ann Ba</a> Lower Harbour</div>', ["Ann Ba"]),
        ('<p class="author"><a href="/author/ann-ba">Ann</a> Ba</p>', ["Ann Ba"]),
        ('<div class="byline"><a href="/author/jan">Jan van</a> Dyk</div>', ["Jan van Dyk"]),
        ('<p class="byline"><a href="/author/ann-ba">Ann Ba</a> and <a href="/author/otto-berg">Otto Berg</a></p>', ["Ann Ba", "Otto Berg"]),
        ("<p>Publié le 05 mai 2025 à 09h30, mis à jour à 11h02 par Anne Dupont</p>", ["Anne Dupont"]),
        ("<p>Aktualisiert um 11:02, veröffentlicht am 5. Mai 2025 von Anna Berg</p>", ["Anna Berg"]),
        ("<p>撰文：林海生　出版：2025-05-05 09:30　更新：2025-05-05 11:02</p>", ["林海生"]),
        ("<p>Ann Ba | May 5, 2025 | 💬 12 | ❤️ 1.2K</p>", ["Ann Ba"]),
        ('<div class="info"><span>05.05.2025 09:30</span> <span>👁 1 204</span> <span>Текст: Мария Петрова</span></div>', ["Мария Петрова"]),
    ],
)  # fmt: skip
def test_what_is_next_to_the_author_is_not_part_of_the_name(header: str, names: list[str]) -> None:
    document = read(header + SUMMARY + TEXT)
    assert names_in(document) == names
    assert not any(
        sign in text_of(document).partition("quay.example")[2] for sign in ("1.2K", "1 204", "💬", "Cádiz")
    )


@pytest.mark.parametrize(
    "header",
    [
        '<div class="meta"><span>By <a rel="author" href="/ann">Ann Ba</a></span> <span>5 min read</span> <button>Save</button> '
        "<button>Share</button></div>",
        "<p>Von Ann Ba <button>Merken</button> <button><svg></svg>Vorlesen</button></p>",
        "<p>Por Ann Ba · 5 de mayo de 2025 <button>Regalar este artículo</button></p>",
        '<div class="author-row"><button class="author">Ann Ba</button> 5 May 2025 <button>Follow her</button></div>',
    ],
)
def test_buttons_in_a_line_of_the_header(header: str) -> None:
    document = read(header + SUMMARY + TEXT)
    assert names_in(document) == ["Ann Ba"]
    shown = text_of(document).partition("quay.example")[2]
    assert not any(word in shown for word in ("Save", "Share", "Merken", "Vorlesen", "Regalar", "Follow"))


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Ann Ba</p>',
        '<section class="meta"><span class="meta__author">By Ann Ba</span><span class="meta__date">March 4, 2025</span></section>',
        '<figure><img src="https://quay.example/1.jpg"></figure><div class="author-name">Ann Ba</div>',
    ],
)
def test_a_summary_above_the_byline(byline: str) -> None:
    document = read(SUMMARY + byline + TEXT)
    assert names_in(document) == ["Ann Ba"]
    assert len(document.standfirst) == 1


@pytest.mark.parametrize(
    "body",
    [
        SUMMARY + '<p class="byline">By Ann Ba</p>',
        '<p class="byline">By Ann Ba</p>' + SUMMARY,
        SUMMARY + TEXT + '<p class="byline">By Ann Ba</p>',
    ],
)
def test_a_paragraph_that_is_all_or_the_first_of_several_is_not_a_summary(body: str) -> None:
    document = read(body)
    assert names_in(document) == ["Ann Ba"]
    assert not document.standfirst


@pytest.mark.parametrize(
    "body",
    [
        SUMMARY + "<p>Ann Ba, March 4, 2025</p>" + TEXT,
        '<p>"All boats are alike."</p><p class="author">Ann Ba</p>' + TEXT,
        '<p>«Все лодки похожи.»</p><p class="author">Ann Ba</p>' + TEXT,
        SUMMARY + '<div class="author">Ann Ba</div><div class="author">Otto Berg</div>' + TEXT,
        SUMMARY + ('<div class="post-author">Ann Ba</div>' + TEXT) * 2,
        SUMMARY
        + "".join(
            f'<div class="entry"><header class="meta"><span class="live-author-name">Ann Ba</span><span class="time">{each}'
            f"</span></header>{TEXT}</div>"
            for each in ("16:12", "15:40")
        ),
    ],
)
def test_names_below_the_first_paragraph_that_are_not_the_byline(body: str) -> None:
    document = read(body)
    assert names_in(document) == []
    assert not document.standfirst
    assert "Ann Ba" in text_of(document)


@pytest.mark.parametrize(
    "below",
    [
        '<div>Tags: <a href="/t/pier" rel="tag">pier</a>, <a href="/t/boat" rel="tag">boat</a></div>',
        '<div class="nav"><a href="/a">« An older story</a> <a href="/b">A newer story »</a></div>',
        '<ul><li><a href="/a">Share on Quaybook</a></li><li><a href="/b">Print</a></li></ul>',
    ],
)
def test_a_byline_below_the_text_with_links_below_it(below: str) -> None:
    line = '<div class="post-footer"><span class="post-author">Posted by <span class="fn">Ann Ba</span></span></div>'
    assert names_in(read(TEXT + SUMMARY + line + below)) == ["Ann Ba"]


def test_the_time_of_a_footer_of_blogger_is_in_the_title_of_its_element() -> None:
    time = '<a href="/p.html" rel="bookmark"><abbr class="published" title="2011-04-25T00:23:00-04:00">12:23:00 AM</abbr></a>'
    line = f'<div class="post-footer">Posted by <span class="fn">Ann Ba</span> at {time}</div>'
    document = read(TEXT + SUMMARY + line)
    assert names_in(document) == ["Ann Ba"] and str(document.published) == "2011-04-25 00:23:00-04:00"
    assert "Posted by" not in text_of(document)


def test_a_name_with_text_below_it_is_not_the_byline() -> None:
    line = '<div class="post-author">Ann Ba</div>'
    below = "<p>She had come to see the boats, as in every year.</p>"
    document = read(TEXT + SUMMARY + line + below)
    assert names_in(document) == [] and "Ann Ba" in text_of(document)


def test_the_lines_of_a_box_about_the_author_do_not_touch() -> None:
    box = (
        '<div class="caja_autor"><div class="foto"><a href="/autor/ann"><img src="https://quay.example/a.jpg"></a></div>'
        '<div class="donde"><ul><li><a href="https://twitter.com/ann">Twitter</a></li></ul></div>'
        '<div class="quien"><div class="nombre"><a href="/autor/ann">Ann Ba</a></div><div>Responsable de Puertos</div></div></div>'
    )
    assert names_in(read(TEXT + SUMMARY + box)) == ["Ann Ba"]


def test_a_time_long_after_the_article_was_archived_is_that_of_an_event() -> None:
    line = '<div class="event-date"><span class="label">Date:</span> <span class="value">June 14, 2025</span></div>'
    document = read(line + TEXT, "<!--1741101400000-->\n")
    assert document.published is not None and document.published.date().isoformat() == "2025-03-04"
    assert "June 14, 2025" in text_of(document)


def test_the_date_of_an_issue_may_be_after_the_timestamp() -> None:
    document = read("<p><time>March 30, 2025</time></p>" + TEXT, "<!--1741101400000-->\n")
    assert document.published is not None and document.published.date().isoformat() == "2025-03-30"


def test_a_box_with_a_name_and_its_label() -> None:
    box = '<div class="article-author-box"><div class="author-info"><strong>بدر الساحلي</strong><span>كاتب المقال</span></div></div>'
    document = read(TEXT + SUMMARY + box + '<div class="foot"><a href="/">Back</a></div>')
    assert names_in(document) == ["بدر الساحلي"] and "كاتب" not in text_of(document)


@pytest.mark.parametrize(
    "label", ["<h3>About the author</h3>", "<p>About the writer:</p>", "<h4>Об авторе</h4>"]
)  # fmt: skip
def test_the_label_of_a_box_about_the_author_is_left_out(label: str) -> None:
    box = f'<div class="author-box">{label}<p>Ann Ba has lived on the quay for ten years and writes of boats.</p></div>'
    document = read(TEXT + SUMMARY + box)
    (credit,) = document.credits
    assert feed2doc.model.plain_text(credit.text).startswith("Ann Ba has lived")


def test_other_lines_of_a_box_about_the_author_stay() -> None:
    box = '<div class="author-box"><h3>The author is at sea again</h3><p>Ann Ba writes of boats.</p></div>'
    document = read(TEXT + SUMMARY + box)
    assert any("at sea again" in feed2doc.model.plain_text(each.text) for each in document.credits)


@pytest.mark.parametrize(
    "header",
    [
        '<div class="td-post-author-name"><div class="td-author-by">By</div> <a href="/author/ann">Ann Ba</a><div class="line"> - </div>'
        '</div><span class="d"><time datetime="2025-03-04">March 4, 2025</time></span><div class="post-views"><span>1204</span></div>',
        '<div><div><span>Por</span><a href="/autor/ann">Ann Ba</a></div><div><span>Recife</span></div></div>'
        '<div><time datetime="2025-03-04T16:12:00-03:00">04/03/2025 16h12</time></div>',
        '<div class="meta_author"><span>by</span> <a href="/author/ann">Ann Ba</a></div><div class="meta_date"><a href="/p">March 4, 2025'
        '</a></div><div class="meta_c"><span>in</span> <a href="/n" rel="category tag">News</a></div><div class="meta_comment">0</div>',
    ],
)  # fmt: skip
def test_lines_of_the_header_between_names_and_times(header: str) -> None:
    document = read(header + SUMMARY + TEXT, "<!--1741101400000-->\n")
    assert names_in(document) == ["Ann Ba"]
    assert document.published is not None and document.published.date().isoformat() == "2025-03-04"
    text = text_of(document).partition("quay.example/1")[2]
    assert not any(f"{each}\n" in text for each in ("By", "1204", "Recife", "News", "0", "-"))


@pytest.mark.parametrize(
    "line", ["<p>1</p>", "<p>Recife</p>", '<h2 class="count">12</h2>', "<p>* * *</p>", '<p><a href="/n">News</a></p>']
)  # fmt: skip
def test_other_lines_below_the_header_stay(line: str) -> None:
    document = read('<p class="byline">By Ann Ba</p>' + line + SUMMARY + TEXT)
    words = "".join(each for each in line.partition(">")[2] if each.isalnum())
    assert words[:1] in text_of(document).partition("quay.example/1")[2]


def test_what_a_box_says_about_the_author_is_not_left_out() -> None:
    box = (
        '<div class="jeg_authorbox"><div class="jeg_author_image"><img src="https://quay.example/a.jpg" height="80" width="80"></div>'
        '<div class="jeg_author_content"><h3 class="jeg_author_name"><a href="/author/ann">Ann Ba</a></h3>'
        '<p class="jeg_author_desc">Ann Ba covers the harbour and its people.</p></div></div>'
    )
    document = read(SUMMARY + TEXT + box)
    assert "covers the harbour and its people" in text_of(document)


def test_the_zone_after_the_letters_of_a_clock_is_not_text() -> None:
    document = read('<div class="article-date">04 Mar, 2025 12:23 a.m. COL</div>' + SUMMARY + TEXT)
    assert "COL" not in text_of(document)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><table><tr><td><a href='/'>Start</a></td><td><a href='/s'>Sport</a></td></tr></table></td></tr></table>"
        "<table><tr><td><font>新华网 ( 2012-06-04 09:20:26 ) 作者：林海</font></td></tr><tr><td>{0}{0}</td></tr></table>",
        "<table border='0'><tr><td><b>By Ann Ba</b></td></tr><tr><td>June 4, 2012</td></tr><tr><td>{0}{0}</td></tr></table>",
    ],
)
def test_the_header_in_tables_for_layout(page: str) -> None:
    document = read(page.format(TEXT))
    assert names_in(document) in (["林海"], ["Ann Ba"])
    assert document.published is not None and document.published.date().isoformat() == "2012-06-04"


@pytest.mark.parametrize(
    "table",
    [
        "<table border='1'><tr><td>Ann Ba</td><td>June 4, 2012</td></tr><tr><td>{0}</td></tr></table>",
        "<table><tr><th>Skipper</th><th>Day</th></tr><tr><td>Ann Ba</td><td>June 4, 2012</td></tr><tr><td>{0}</td><td>1</td></tr></table>",
        "<table><tr><td>Skipper</td><td>Ann Ba</td></tr><tr><td>Day</td><td>June 4, 2012</td></tr></table>",
    ],
)
def test_names_and_times_in_tables_of_data_stay(table: str) -> None:
    document = read(table.format(TEXT) + TEXT)
    assert names_in(document) == [] and document.published is None
    assert "Ann Ba" in text_of(document)


@pytest.mark.parametrize(
    "line",
    ["11 minut czytania", "Czas czytania: 3 min", "3 min leestijd", "5 dk okuma süresi", "4 min čtení", "3 phút đọc", "Læsetid 4 min."],
)  # fmt: skip
def test_reading_times_are_left_out(line: str) -> None:
    document = read(f'<p class="byline">By Ann Ba</p><p class="rt">{line}</p>{SUMMARY}{TEXT}')
    assert line not in text_of(document)


@pytest.mark.parametrize(
    "line", ["3 minut później statek wypłynął", "Okuma süresi her gün biraz daha uzuyordu gemide"]
)
def test_sentences_with_minutes_stay(line: str) -> None:
    assert line in text_of(read(f'<p class="byline">By Ann Ba</p><p>{line}</p>{SUMMARY}{TEXT}'))


def test_portraits_of_accounts_are_left_out() -> None:
    picture = '<img class="avatar avatar-30 photo" src="https://quay.example/a.jpg" height="30" width="30">'
    document = read(f"{SUMMARY}<div>{picture}<b>Ann Ba</b></div>{TEXT}")
    assert not feed2doc.figures(document) and "Ann Ba" in text_of(document)


@pytest.mark.parametrize(
    "line",
    [
        '<p>By: <a href="/a">Ann Ba</a> . 2008-8-18. <a href="/v">16,271</a></p>',
        '<header><h1>Harbour</h1><ul class="entry-meta"><li>By: <a href="/a">Ann Ba</a> . 2008-8-18</li></ul></header>',
        "<p>By Ann Ba · 2008-08-18 · 1024</p>",
    ],
)
def test_points_between_the_parts_of_a_line_and_a_counter_without_a_word(line: str) -> None:
    document = read(line + TEXT + TEXT)
    assert names_in(document) == ["Ann Ba"]
    assert document.published is not None
    assert document.published.date().isoformat() == "2008-08-18"
    assert "By" not in text_of(document)
    assert "16,271" not in text_of(document)


@pytest.mark.parametrize(
    "line",
    ["<p>2008-08-18 . 16,271</p>", "<p>By Ann Ba . 16,271</p>", "<p>By Ann Ba, 2008-08-18, 16 boats</p>"],
)
def test_a_number_next_to_a_name_or_a_day_alone_is_text(line: str) -> None:
    assert "16" in text_of(read(line + TEXT + TEXT))
