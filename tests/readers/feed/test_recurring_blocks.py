"""Blocks that recur at the ends of the entries of a feed and are no part of the articles."""

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.env import Env

FROM = "https://haven.example"
ORDER = f'<p>Wij staan ook op papier: <a href="{FROM}/winkel">bestel de krant van de haven</a>.</p>'
WORDS = ["veerboot", "kraan", "loods", "boei", "zeilmaker"]


def feed(bodies: Sequence[str], author: str = "") -> bytes:
    by = f"<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>{author}</dc:creator>" if author else ""
    items = "".join(
        f"<item><title>De {WORDS[n % 5]} van dag {n}</title><link>{FROM}/{n}</link>{by}<description>{escape(body)}</description></item>"
        for n, body in enumerate(bodies)
    )
    return f"<rss version='2.0'><channel><title>De haven</title><link>{FROM}</link>{items}</channel></rss>".encode()


def articles(before: str = "", after: str = "", count: int = 5, author: str = "") -> list[str]:
    """Return the texts of a feed with this before and after the text of each entry."""
    text = "<p>Vandaag zagen we een {0} in de haven, met veel rook.</p><p>Het was de oudste {0} van het land.</p>"
    bodies = [f"{before}{text.format(WORDS[n % 5])}{after}" for n in range(count)]
    return [m.plain_article(each) for each in feed2doc.read_all(feed(bodies, author))]


@pytest.mark.parametrize(
    "promotion",
    [
        ORDER,
        f"<h4>Steun ons</h4>{ORDER}",
        f"<p><strong>Steun ons</strong></p><div><div>{ORDER}</div></div>",
        f'<ul><li><a href="{FROM}/w">Winkel bij de haven</a></li><li><a href="{FROM}/k">Kalender van de haven</a></li></ul>',
        "<form><p>Blijf op de hoogte <input type='email'></p></form>",
        f'<p>Więcej o porcie <a href="{FROM}/pl">przeczytasz na naszej stronie</a></p>',
        f'<p>Tento článek vyšel v <a href="{FROM}/cs">Přístavních novinách</a> dne 5. 3. 2025</p>',
        f'<p><a href="{FROM}/ga">Léigh tuilleadh faoin gcuan</a></p>',
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_promotion_that_recurs_is_left_out_in_any_language(promotion: str, is_above: bool) -> None:
    plain = articles()
    assert articles(before=promotion) == plain if is_above else articles(after=promotion) == plain


@pytest.mark.parametrize(
    "promotion",
    [
        f"<p><u><a href='{FROM}/w'>#</a></u><u>veerboot van de haven </u></p><p><u><a href='{FROM}/w'>#</a></u><u>scheepjes</u></p>",
        f"<p><b>Het boek van de haven koopt u op papier, en ook als luisterboek.</b></p>{ORDER}",
    ],
)
def test_rows_of_tags_and_bold_lines_above_promotion_that_recur(promotion: str) -> None:
    assert articles(after=promotion) == articles()


def described(end: str, count: int = 5, author: str = "") -> list[str]:
    """Return the texts of a feed of entries without tags that end like this."""
    bodies = [f"Vandaag zagen we een {WORDS[n % 5]}.\nHet was de oudste.{end}" for n in range(count)]
    return [m.plain_article(each) for each in feed2doc.read_all(feed(bodies, author))]


@pytest.mark.parametrize(
    "end",
    [
        f"\nDeze aflevering hoort bij de serie over de haven - {FROM}",
        "\nMeer over de haven: www.haven.example\nSchrijf ons: post@haven.example",
    ],
)
def test_lines_with_addresses_that_recur_at_the_end_of_a_paragraph(end: str) -> None:
    assert described(end) == described("")


def test_a_line_that_only_mentions_the_author_further_on_is_left_out() -> None:
    end = f"\nDeze aflevering hoort bij de reeks over de haven van Radio Zeilmaker - {FROM}"
    assert described(end, author="Radio Zeilmaker") == described("", author="Radio Zeilmaker")


@pytest.mark.parametrize(
    ("end", "author"),
    [
        ("\nTot de volgende keer, zeevaarders!", ""),
        ("\n— Jan Zeilmaker", ""),
        (f"\nJan Zeilmaker vaart al jaren: {FROM}/jan", "Jan Zeilmaker"),
    ],
)
def test_lines_without_addresses_and_about_the_author_stay(end: str, author: str) -> None:
    assert all(text.rstrip().endswith(end.strip()) for text in described(end, author=author))


@pytest.mark.parametrize(
    "banner",
    [
        "<p><a href='https://haven.example/winkel'><img src='https://haven.example/banner.png' width=600></a></p>",
        "<div><img src='https://haven.example/code.png' width=600></div>",
        "<figure><img src='https://haven.example/code.png' width=600></figure>",
    ],
)
def test_pictures_that_recur_below_the_text_are_left_out(banner: str) -> None:
    own = "<p><a href='https://haven.example/{0}.jpg'><img src='https://haven.example/{0}.jpg' width=600></a></p>"
    pictures = [
        f"<p>Dag {word} in de haven.</p>{own.format(word)}{banner}<p>Tot morgen.</p>{own.format(n)}"
        for n, word in enumerate(WORDS)
    ]
    for n, each in enumerate(feed2doc.read_all(feed(pictures))):
        assert [image.src for image in m.images_of(each)] == [f"{FROM}/{WORDS[n]}.jpg", f"{FROM}/{n}.jpg"]
    for each in feed2doc.read_all(feed([f"{banner}<p>Dag {word}.</p>" for word in WORDS])):
        assert len(list(m.images_of(each))) == 1


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("<p>De haven is een dagelijkse brief over schepen.</p>", "dagelijkse brief"),
        ("<h4>Bronnen</h4><ul><li>Haven</li></ul>", "Bronnen"),
        (f'<p>In <a href="{FROM}/reeks">deze reeks</a> noemen we elke dag:</p><p>schepen</p>', "deze reeks"),
        ("<p>Foto: <a href='https://ann.example'>Ann Ba</a></p>", "Ann Ba"),
        ("<p>© 2025 <a href='https://haven.example'>De haven</a></p>", "© 2025"),
        (
            "<p>Een zin met één woord dat een link is en verder alleen over de schepen van de haven gaat <a href='/x'>x</a>.</p>",
            "de schepen",
        ),
    ],
)
def test_other_words_that_recur_stay(words: str, kept: str) -> None:
    for each in feed2doc.read_all(feed([f"<p>Dag {word} in de haven.</p>{words}" for word in WORDS])):
        credits_ = " ".join(m.plain_text(credit.text) for credit in each.credits)
        assert kept in f"{m.plain_article(each)} {credits_}"


def test_items_next_to_others_stay() -> None:
    bodies = [
        f"<ul><li><a href='{FROM}/{n}'>Een {word} in de haven</a></li><li><a href='{FROM}/{n}/kort'>Kort nieuws</a></li></ul>"
        for n, word in enumerate(WORDS)
    ]
    for each in feed2doc.read_all(feed(bodies)):
        assert "Kort nieuws" in m.plain_article(each)


@pytest.mark.parametrize(
    "line",
    [
        '<p><strong>De {0}</strong><br><a href="/{0}">haven.example/{0}</a></p>',
        '<p><a href="/{0}">De {0}</a></p>',
    ],
)
def test_lines_of_a_row_of_titles_stay_if_another_does_not_recur(line: str) -> None:
    rows = [WORDS[:4], WORDS[1:], [*WORDS[:2], "sleper"], ["baken", *WORDS[2:]], [*WORDS[1:3], "golf"]]
    bodies = [
        f"<p>Nieuw op dag {n}, met veel rook:</p>{''.join(map(line.format, row))}<p>Tot morgen, zei de man op dek {n}.</p>"
        for n, row in enumerate(rows)
    ]
    for read, row in zip(feed2doc.read_all(feed([*bodies])), rows, strict=True):
        assert all(f"De {word}" in m.plain_article(read) for word in row)


def test_the_second_of_two_titles_stays_if_the_first_does_not_recur() -> None:
    line = '<p><strong>De {0}</strong><br><a href="/{0}">haven.example/{0}</a></p>'
    bodies = [
        f"<p>Dag {n}.</p>{line.format(word)}{line.format('sleper')}<p>Tot morgen {n}.</p>"
        for n, word in enumerate(WORDS)
    ]
    assert all("De sleper" in m.plain_article(each) for each in feed2doc.read_all(feed(bodies)))


def test_a_row_of_invitations_of_one_shape_is_left_out() -> None:
    row = "".join(
        f'<p><a href="{FROM}/{word}">Lees over de {word}</a></p>' for word in ("winkel", "kalender", "krant")
    )
    assert articles(after=row) == articles()


def test_the_last_item_above_promotion_is_no_heading_of_it() -> None:
    parts = ["Kranen", "Boeien", "Loodsen"]
    bodies = [
        f"<p>Dag {word}.</p><ul>{''.join(f'<li><strong>{each}</strong></li>' for each in parts)}</ul>{ORDER}"
        for word in WORDS
    ]
    for each in feed2doc.read_all(feed(bodies)):
        assert "Loodsen" in m.plain_article(each) and "bestel" not in m.plain_article(each)


def test_the_name_of_the_author_above_promotion_is_no_heading_of_it() -> None:
    bodies = [
        f"<p>Dag {word} in de haven.</p><p><strong>De redactie, Ann Ba</strong></p>{ORDER}" for word in WORDS
    ]
    for each in feed2doc.read_all(feed(bodies, "Ann Ba")):
        assert "Ann Ba" in m.plain_article(each) + "".join(m.plain_text(one.text) for one in each.credits)


def test_links_to_documents_of_their_own_stay() -> None:
    own = f"<p>Dag {{0}} in de haven.</p><p><a href='{FROM}/{{0}}.pdf'>Download het hoofdstuk</a></p>"
    for each in feed2doc.read_all(feed([own.format(word) for word in WORDS])):
        assert "Download het hoofdstuk" in m.plain_article(each)
    same = f"<p><a href='{FROM}/gids.pdf'>Download de gratis gids</a></p>"
    assert articles(after=same) == articles()


def test_the_biography_of_an_author_stays() -> None:
    about = "<p>Ann Ba schrijft over schepen. Volg haar op <a href='https://x.example/ann'>het net</a>.</p>"
    bodies = [f"<p>Dag {word} in de haven.</p>{about}" for word in WORDS]
    for each in feed2doc.read_all(feed(bodies, "Ann Ba")):
        assert "Ann Ba schrijft" in m.plain_article(each) + "".join(
            m.plain_text(credit.text) for credit in each.credits
        )


def test_promotion_must_recur() -> None:
    assert all("bestel de krant" in text for text in articles(after=ORDER, count=2))
    for most, left in ((2, 2), (3, 0)):
        bodies = [f"<p>Dag {word} in de haven.</p>{ORDER if word in WORDS[:most] else ''}" for word in WORDS]
        assert sum("bestel" in m.plain_article(each) for each in feed2doc.read_all(feed(bodies))) == left


def test_entries_that_say_the_same_stay() -> None:
    assert all("bestel" in m.plain_article(each) for each in feed2doc.read_all(feed([ORDER] * 5)))


def test_what_is_left_out_is_noted_with_the_number_of_entries() -> None:
    env = Env()
    bodies = [f"<p>Dag {word} in de haven.</p>{ORDER}" for word in WORDS]
    assert len(list(feed2doc.read_all(feed(bodies), env=env))) == 5
    noted = [each for each in env.diagnostics if each.rule == "feed: recurs in 5 of 5 entries"]
    assert len(noted) == 5 and all(each.text.startswith("Wij staan ook") for each in noted)


def test_entries_can_be_read_without_comparing_them() -> None:
    bodies = [f"<p>Dag {word} in de haven.</p>{ORDER}" for word in WORDS]
    options = feed2doc.ReadOptions(compare_entries=False)
    assert all("bestel" in m.plain_article(each) for each in feed2doc.read_all(feed(bodies), options=options))


def test_entries_of_json_feeds_are_compared_too() -> None:
    items = [
        {"id": str(n), "title": f"De {word}", "content_html": f"<p>Dag {word} in de haven.</p>{ORDER}"}
        for n, word in enumerate(WORDS)
    ]
    data = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "De haven", "items": items}
    ).encode()
    documents = list(feed2doc.read_all(data))
    assert len(documents) == 5 and not any("bestel" in m.plain_article(each) for each in documents)


def test_a_long_feed_is_compared_by_its_first_entries() -> None:
    assert articles(after=ORDER, count=70) == articles(count=70)


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("", f'<p><a href="{FROM}/{{n}}">Lees alles op de site van de haven →</a></p>'),
        (
            "",
            f'<p>Het stuk <a href="{FROM}/{{n}}">De {{word}} van dag {{n}}</a> stond eerst in <a href="{FROM}">De haven</a></p>',
        ),
        (
            "<span style='display: block;'><span>Leestijd: </span> <span>2</span> <span>minuten</span></span> ",
            "",
        ),
    ],
)
def test_lines_that_recur_in_the_summaries_are_left_out_of_them(above: str, line: str) -> None:
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    items = "".join(
        f"<item><title>De {word} van dag {n}</title><link>{FROM}/{n}</link>"
        f"<description>{escape(f'{above}<p>Dag {word} in de haven.</p>{line.format(n=n, word=word)}')}</description>"
        f"<content:encoded>{escape(f'<p>Dag {word} in de haven, met veel rook en veel lawaai op de kade.</p>')}</content:encoded></item>"
        for n, word in enumerate(WORDS)
    )
    data = f"<rss version='2.0' {space}><channel><title>De haven</title>{items}</channel></rss>".encode()
    assert [each.summary for each in feed2doc.read_all(data)] == [
        f"Dag {word} in de haven." for word in WORDS
    ]
