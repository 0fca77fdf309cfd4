"""Articles in templates that no rule knows, as full-text feeds cut them out of pages: the words of their class names tell."""

from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.readers._rules.class_words import words_of_name

HEADLINE = "The ferry has a new clock"
TEXT = (
    "<p>The old clock had stopped in the winter of the great frost.</p><p>Nobody had wound it since then.</p>"
)


def read(html: str, headline: str = HEADLINE, url: str = "https://quay.example/2") -> feed2doc.Document:
    """Return the article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<!--1746432000000-->\n[{headline}]({url})\n------\n{html}".encode(), env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]
    return document


def lines(document: feed2doc.Document) -> list[str]:
    """Return the headings and the texts of the body."""
    rows: list[str] = []
    for section in document.sections:
        rows += [f"# {m.plain_text(section.heading)}"] if section.heading else []
        rows += [m.plain_text(text) for block in section.blocks for text in m.texts_of(block)]
    return rows


BODY = lines(read(TEXT))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".c-signature__author", {"c", "signature", "author", "c-signature", "signature-author"}),
        ("socialBarContainer", {"social", "container", "social-container"}),
        ("writer-zone01", {"writer", "zone", "writer-zone"}),
        ("SHARE", {"share"}),
        ("sc-jnSNlF", {"sc"}),
        ("bAdKcd", set()),
    ],
)
def test_the_words_of_a_name(name: str, words: set[str]) -> None:
    assert words_of_name(name) == words


@pytest.mark.parametrize(
    "above",
    [
        "<div class=a1>Harbour</div>",
        "<ul class=path><li><a href='/'>Home</a></li><li><a href='/q'>Harbour</a></li></ul>",
        "<p>Harbour</p><p>Ferries</p><p>Clocks</p><p>Opinion</p>",
        "<figure><img src='https://quay.example/a.jpg'></figure>",
    ],
)
def test_a_headline_below_lines_of_the_template_is_not_repeated(above: str) -> None:
    assert lines(read(f"<div>{above}<h1 class=x>{HEADLINE}</h1></div>{TEXT}")) == BODY


def test_a_kicker_in_the_headline_is_left_out_with_it() -> None:
    assert lines(read(f"<h2><strong>Harbour</strong> {HEADLINE}</h2>{TEXT}")) == BODY


@pytest.mark.parametrize(
    "html",
    [
        f"<p>The council met on Monday, and the first thing it heard was a bell that rang at the wrong hour.</p><h2>{HEADLINE}</h2>{TEXT}",
        f"<p>It is noon.</p><h2>{HEADLINE}</h2>{TEXT}",
        f"<h2>The ferry</h2>{TEXT}",
    ],
)
def test_a_heading_that_is_not_the_headline_above_the_text_stays(html: str) -> None:
    assert any(line.startswith("# The ferry") for line in lines(read(html)))


@pytest.mark.parametrize(
    ("html", "byline"),
    [
        ("<div class='c-signature__author'>Joana Prado</div>", ["Joana Prado"]),
        ("<span class='topic-authors__name'>Joana Prado</span>", ["Joana Prado"]),
        (
            "<div class=topic-authors><span class='topic-authors__name'>Joana Prado</span><span class='topic-authors__job'>(science desk)</span></div>",
            ["Joana Prado"],
        ),
        ("<div data-qa='author-byline'>By Joana Prado and Lee Ba</div>", ["Joana Prado", "Lee Ba"]),
        ("<div class=x9><a href='/autor/joana-prado/'>Joana Prado</a></div>", ["Joana Prado"]),
        ("<p class=byline>By <a href='/people/j'>Joana Prado</a>, Harbour News, and <a href='/people/l'>Lee Ba</a></p>", ["Joana Prado", "Lee Ba"]),
        ("<div class=byline><p class=author-name>Por Joana Prado</p><a class=byline-follow href='/f'>Seguir</a></div>", ["Joana Prado"]),
        (
            "<p class=credit-line itemprop=author>TEXT BY JOANA PRADO<br>TRANSLATION BY LEE BA</p>",
            ["Joana Prado"],
        ),
        ("<ul><li><time datetime='2025-05-05T08:00Z'>5 May</time> - <a rel=author href='/a'>Joana Prado</a> - in <a href='/n'>Nets</a> - <a href='#c'>one remark</a></li></ul>", ["Joana Prado"]),
        ("<div class=auteur><span>Quay</span> <span class=nom>Joana Prado</span></div>", ["Joana Prado"]),
        ("<p class='author'>The harbour is closed for the winter.</p>", []),
        ("<p><a href='/authors-of-the-sea/list'>A list of books</a></p>", []),
    ],
)  # fmt: skip
def test_the_byline_is_known_by_the_words_of_its_class_or_the_page_it_links_to(
    html: str, byline: list[str]
) -> None:
    assert [each.name for each in read(html + TEXT).byline] == byline


@pytest.mark.parametrize(
    ("html", "published"),
    [
        ("<header><time datetime='2025-05-05T07:30:00Z'></time></header>", "2025-05-05T07:30:00+00:00"),
        (f"<div>Harbour</div><h1>{HEADLINE}</h1><div class=x><time datetime='2025-05-05T07:30Z'>5 May, 07:30</time> <span>Level 3</span></div>", "2025-05-05T07:30:00+00:00"),
        ("<div class=x><time datetime='2025-05-05T07:30Z'>5 May 2025, 07:30</time> <span>Changed on 6 May 2025, 9:10</span></div>", "2025-05-05T07:30:00+00:00"),
        (f"<div>Harbour, 12 May 2025 issue</div><h1>{HEADLINE}</h1><time datetime='2025-05-05T07:30Z'>5 May</time>", "2025-05-05T07:30:00+00:00"),
        ("<details><summary>Mon 5 May 2025 07.30 GMT</summary>Last modified on Mon 5 May 2025 09.12 GMT</details>", "2025-05-05T07:30:00+00:00"),
        ("<p class=d><span>송고시간</span>2025-05-05 16:30</p>", "2025-05-05T16:30:00+09:00"),
        ("<p class=d>2025年05月05日 16時30分更新</p>", "2025-05-05T16:30:00+09:00"),
    ],
)  # fmt: skip
def test_the_time_is_the_one_that_the_markup_states(html: str, published: str) -> None:
    language = {
        "송": "<p>시계는 지난 겨울부터 멈춰 있었다고 한다.</p>",
        "更": "<p>時計は冬の間ずっと止まっていたそうだ。</p>",
    }
    text = next((text for sign, text in language.items() if sign in html), "") * 3
    read_at = read(html + (text or TEXT)).published
    assert read_at is not None
    assert read_at.isoformat() == published


def test_a_time_in_a_sentence_is_not_that_of_the_article() -> None:
    document = read("<p>From <time datetime='2025-06-01'>June</time> the office opens at nine</p>" + TEXT)
    assert document.published is not None
    assert document.published.date().isoformat() == "2025-05-05"


SUMMARY = "It goes faster than the sun, but the passengers like it."


@pytest.mark.parametrize(
    "html",
    [
        f"<p class='story__blurb'>{SUMMARY}</p>",
        f"<div class='DocumentLead lead'><p>{SUMMARY}</p></div>",
        f"<div data-gu-name=standfirst><div><p>{SUMMARY}</p></div></div>",
        f"<p>Harbour</p><h1>{HEADLINE}</h1><h2 class=x1>{SUMMARY}</h2>",
        f"<h1>{HEADLINE}</h1><h2 class=x1>{SUMMARY}</h2>",
    ],
)
def test_the_standfirst_is_known_by_its_class_or_its_place(html: str) -> None:
    document = read(html + TEXT)
    assert m.plain_text(document.standfirst) == SUMMARY
    assert lines(document) == BODY


@pytest.mark.parametrize(
    "html",
    [
        f"<div class=intro>{TEXT}</div>",
        f"<div class=excerpt><p>{SUMMARY}</p></div>",
        f"<h1>{HEADLINE}</h1><h2>{SUMMARY}</h2>{TEXT}<h2>Another sentence that is long enough for a summary.</h2>{TEXT}",
        f"<h1>{HEADLINE}</h1><h2>Morning</h2>{TEXT}",
        f"<p class=story-blurb>Short</p>{TEXT}",
    ],
)
def test_text_with_such_a_class_is_not_a_standfirst(html: str) -> None:
    assert not read(html).standfirst


@pytest.mark.parametrize(
    "html",
    [
        "<div class='c-tools-share'><ul><li><a href='#'>Store articles</a></li><li><a>Smaller</a></li></ul></div>",
        "<ul class=fig-tags><li><a href='/t'>Clocks</a></li><li><a href='/u'>Ferries</a></li></ul>",
        "<section class='more_related'><h3>From the desk</h3><ul><li><a href='/y'>The bells of the north</a></li></ul></section>",
        "<div class='PageListEnhancement other-news'><b>News</b><a href='/y'>A whale in the canal</a></div>",
        "<p class=ad-shell-label>REKLAME</p>",
        "<div class='sponsor'><p><em>Together with RopeCo</em></p><p><a href='https://ropes.example/'>Buy rope today</a></p></div>",
        "<div class='box-newsletter'><p>The tides every morning</p><a href='/n'>Get it</a></div>",
        "<aside class='newsletter-signup'><h3>The tides</h3><p>Start the day with us.</p><form><input type=email></form></aside>",
        "<div class='wp-block-group call-to-action'><h2>Join the Quay Club</h2><p>Members sail for free.</p><a href='/join'>Become one</a></div>",
        "<div class=article-cta><p>Do you like the tides?</p><p><a class=button href='https://quay.example/'>See what we make</a></p></div>",
        "<p class='affiliate-disclosure'>The Quay gets a coin from some shops. <small><a href='/how'>How this works</a></small></p>",
        "<div class=comment-count><a href='#c'>38 voices</a></div>",
    ],
)
@pytest.mark.parametrize("place", ["above", "between", "below"])
def test_furniture_is_known_by_the_words_of_its_class_and_what_it_has(html: str, place: str) -> None:
    first, second = (
        "<p>The old clock had stopped in the winter of the great frost.</p>",
        "<p>Nobody had wound it since then.</p>",
    )
    page = {"above": html + first + second, "between": first + html + second, "below": first + second + html}
    assert lines(read(page[place])) == BODY


@pytest.mark.parametrize(
    "html",
    [
        "<ul class=tools><li>A hammer</li><li>Two screws</li></ul>",
        "<div class=social><p>The social life of the harbour begins at noon, in the only café.</p></div>",
        "<h2 class=related>What the clock is related to</h2>",
        "<div class=related><p>His brother, who is <a href='/b'>also a clockmaker</a>, lives in the next town, behind the mill.</p></div>",
        "<p class=share>Each owner has a share of the boat. It can be sold.</p>",
        "<div class=newsletter-content><p>The bell rings at noon.</p></div><div class=newsletter-content><p>The tide turns at one.</p></div><div class=newsletter-content><p>The boat leaves at two.</p></div><div class=newsletter-content><p>The café <a href='/c'>closes</a> at three.</p></div>",
        "<div class=subscription><p>The paper cost two pence, and its subscription was a matter of pride.</p></div>",
        "<div class=tools><a href='/h'>A hammer</a> costs two pence and a half in the harbour</div>",
        "<div class=toolbar><pre>wind = 4</pre><button>Run</button></div>",
        "<p class=cta>It costs two pence at the <a href='/mill'>old mill</a> of the harbour</p>",
        "<div class=cta><p>All tides of the year, in one sheet</p><p><a href='https://quay.example/tides.pdf'>Download</a></p></div>",
        "<p class=bio>He was born on the ferry.</p>",
        "<div class=ad><p>The advertisement of 1922 said that the clock would run for a hundred years, and the clockmaker signed it.</p></div>",
    ],
)  # fmt: skip
def test_text_with_the_class_of_furniture_stays(html: str) -> None:
    document = read(
        f"<p>The old clock had stopped in the winter of the great frost, and stood for years.</p>{html}{TEXT}"
    )
    assert len(lines(document)) == len(lines(read(f"<p>A</p>{html.replace('class=', 'data-x=')}{TEXT}")))


def test_the_whole_article_in_a_box_with_such_a_class_stays() -> None:
    assert lines(read(f"<div class=newsletter>{TEXT}<a href='/n'>The tides</a></div>"))[:2] == BODY


@pytest.mark.parametrize("name", ["author-box", "author-card", "autoren-box", "scheda-autore", "caja-autor"])
def test_a_box_about_the_author_is_a_credit(name: str) -> None:
    document = read(
        f"<p class=byline>By Joana Prado</p><p>The old clock had stopped in the winter of the great frost, and stood for years.</p>{TEXT}"
        f"<div class='{name}'><img src='https://quay.example/j.jpg'><p>Joana writes about nets in the country.</p></div>"
    )
    assert [(each.role, m.plain_text(each.text)) for each in document.credits] == [
        ("author-bio", "Joana writes about nets in the country.")
    ]


LINKS = "<ul><li><a href='/1'>Clocks</a></li><li><a href='/2'>Ferries</a></li></ul>"
PICTURED = "<ul><li><a href='/1'>The bells of the north</a><img src='https://quay.example/1.jpg'></li></ul>"


def test_lists_of_links_below_the_text() -> None:
    for below in (
        f"<h3>Topics</h3>{LINKS}",
        f"<div>Related articles</div>{PICTURED}",
        f"<p>■Related links</p>{LINKS}",
    ):
        assert lines(read(TEXT + below)) == BODY
    for text in (f"<h3>Topics</h3>{LINKS}<p>These are all.</p>", f"<h3>Boats</h3>{LINKS}"):
        assert len(lines(read(TEXT + text))) > len(BODY)


def test_names_that_programs_made_tell_nothing() -> None:
    html: dict[str, Any] = {
        "sc-bAdKcd": "The boat is late.",
        "css-1ad9x": "It is noon.",
    }
    for name, text in html.items():
        assert text in lines(read(f"{TEXT}<p class={name}>{text}</p>{TEXT}"))


@pytest.mark.parametrize(
    ("html", "byline"),
    [
        (f"<p><strong>{SUMMARY}</strong></p><p class=author-line>Von Joana Prado, NDR</p>", ["Joana Prado"]),
        ("<p title=x>Por Joana Prado, g1 Sorocaba</p>", ["Joana Prado"]),
        ("<address class=article-byline><span>Joana Prado</span> <span>aus Bad Gams</span></address>", ["Joana Prado"]),
        ("<div class=author-info><span class=author-name>Oslo - Joana Prado</span></div>", ["Joana Prado"]),
        ("<p>By morning, the tide had turned</p>", []),
        ("<p class=author>Joana Prado, who was born here, and never left</p>", []),
    ],
)  # fmt: skip
def test_an_outlet_or_a_place_next_to_a_name(html: str, byline: list[str]) -> None:
    assert [each.name for each in read(html + TEXT).byline] == byline


def test_a_bold_paragraph_above_the_text_stays_above_it() -> None:
    document = read(f"<p><strong>The clock</strong></p><p><b>At noon</b></p>{TEXT}")
    assert "The clock" in "".join(lines(document))


def test_an_update_next_to_a_stated_time() -> None:
    html = "<div class=post-time><time datetime='2025-05-05T07:30Z'>5 May 2025</time> <span>Updated 9:12</span></div>"
    assert lines(read(html + TEXT)) == BODY


def test_a_headline_that_is_no_heading() -> None:
    assert lines(read(f"<div class=info>1254</div><div class=article__title>{HEADLINE}</div>{TEXT}")) == BODY


def test_a_summary_in_the_header_with_the_headline() -> None:
    document = read(
        f"<header><h2><span>Harbour</span> {HEADLINE}</h2><div class=x><p>{SUMMARY}</p></div></header>{TEXT}"
    )
    assert m.plain_text(document.standfirst) == SUMMARY
    assert lines(document) == BODY


def test_the_zone_of_a_country() -> None:
    document = read(
        "<time datetime='2025-05-05 05:00:00'>5 May 2025, 5:00</time>" + TEXT, url="https://cais.example.br/2"
    )
    assert document.published is not None
    assert document.published.isoformat() == "2025-05-05T05:00:00-03:00"


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Photo: Joana Prado", "Photo: Joana Prado"),
        ("Photo: QUAY POST", "Photo: QUAY POST"),
        ("The ferry at noon -Photo: Joana Prado/AFP", "Photo: Joana Prado/AFP"),
        ("Photo: the ferry at noon", ""),
        ("The ferry -a small one- at noon", ""),
        ("Photo: Fährschiff F-16 in 上海", ""),
    ],
)
def test_credits_in_captions(caption: str, credit: str) -> None:
    document = read(
        f"{TEXT}<figure><img src='https://quay.example/a.jpg'><figcaption>{caption}</figcaption></figure>{TEXT}"
    )
    figure = next(each for each in m.walk(document) if isinstance(each, m.Figure))
    assert m.plain_text(figure.credit) == credit


@pytest.mark.parametrize(
    "html",
    [
        "<div class=pqr>Read also</div><div class=related-content><a href='/x'>The last guild of the harbour</a></div>",
        "<aside><h3>Read also</h3><a href='/x'>The last guild of the harbour</a></aside>",
        "<figure><div><p>Down to the tides</p><p>All news of the sea.</p><form><input type=email><button>Go</button></form><p>Letters may have news of charities.</p></div></figure>",
        "<iframe src='https://www.facebook.com/plugins/like.php?href=x'></iframe>",
    ],
)  # fmt: skip
def test_boxes_between_the_paragraphs(html: str) -> None:
    first, second = (
        "<p>The old clock had stopped in the winter of the great frost.</p>",
        "<p>Nobody had wound it since then.</p>",
    )
    assert lines(read(first + html + second)) == BODY
