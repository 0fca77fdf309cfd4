"""Pages with several `article` elements: which one is the article."""

import feed2doc
import pytest

URL = "https://quay.example/mending"
HEAD = f'<link rel="canonical" href="{URL}"><meta property="og:url" content="{URL}">'
TITLE = '<title>Mending a net | Quay</title><meta property="og:title" content="Mending a net">'
NET = "<p>Begin with the hole, and cut it square before you tie.</p><p>A knot for each mesh.</p>"
BUOY = "<p>Paint holds for two winters if the rust is off, and not one if it is not.</p>"
LONG = BUOY * 6


def texts(body: str, head: str = HEAD + TITLE) -> tuple[str, str]:
    """Return the headline and the text of a page."""
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    document = feed2doc.read(page.encode(), format="html")
    return document.headline, feed2doc.write(document, "text")


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Mending a net</h1>{NET}</article><article><h1>Painting a buoy</h1>{LONG}</article>",
        f"<article><h1>Painting a buoy</h1>{LONG}</article><article><h1>Mending a net</h1>{NET}</article>",
        f"<main><article><h2>Mending a net</h2>{NET}</article><article><h2>Buoys</h2>{LONG}</article></main>",
        f"<article><h1>Mending a net</h1>{NET}</article>" + f'<article><h2><a href="/b">Buoys</a></h2>{LONG}</article>' * 3,
        f"<h1>Quay</h1><article><h1>Mending a net</h1>{NET}</article><article><h1>Painting a buoy</h1>{LONG}</article>",
        f'<h1>Mending a net</h1><article>{NET}</article><article><h2><a href="/b">Buoys</a></h2>{LONG}</article>',
    ],
)  # fmt: skip
def test_the_article_that_the_title_names(body: str) -> None:
    headline, text = texts(body)
    assert headline == "Mending a net" and "A knot for each mesh." in text and "Paint holds" not in text


@pytest.mark.parametrize(
    "link", [f'<h2><a href="{URL}">Nets</a></h2>', '<h2>Nets</h2><a rel="bookmark" href="/mending">June</a>']
)
def test_the_article_whose_link_is_the_url_of_the_page(link: str) -> None:
    body = f'<article><h2><a href="/buoy">Buoys</a></h2>{LONG}</article><article>{link}{NET}</article>'
    _, text = texts(body, f"{HEAD}<title>Quay</title>")
    assert "A knot for each mesh." in text and "Paint holds" not in text


def test_the_first_of_a_river_of_posts() -> None:
    posts = [
        f"<article><h1>{name}</h1>{text}</article>" for name, text in (("Nets", NET), ("Buoys", BUOY * 2))
    ]
    assert "Paint holds" not in (text := texts("".join(posts), "<title>Quay</title>")[1])
    assert "A knot for each mesh." in text


@pytest.mark.parametrize(
    "body",
    [
        # The parts of one article, below its headline or each in an element of its own.
        f"<h1>Mending a net</h1><article><h2>One</h2>{NET}</article><article><h2>Two</h2>{BUOY}</article>",
        f"<article><h1>Mending a net</h1>{NET}</article><article><h2>Then</h2>{BUOY}</article>",
        f"<article><h1>Mending a net</h1>{NET}</article><article>{BUOY}</article>",
        f'<article><h1>Mending a net</h1>{NET}</article><article><h2><a href="#two">Then</a></h2>{BUOY}</article>',
        f"<header><h1>Mending a net</h1></header><article><h2>One</h2>{NET}</article><article><h2>Two</h2>{BUOY}</article>",
        f"<h1>Mending a net</h1><article>{NET}</article><article><h2>Then</h2>{BUOY}</article>",
        # The text is around the articles.
        f"<article><h1>Mending a net</h1><p>By hand.</p></article><div>{NET}{BUOY * 3}</div><article><h1>B</h1><p>C.</p></article>",
    ],
)
def test_articles_that_belong_together_are_kept(body: str) -> None:
    headline, text = texts(body)
    assert headline == "Mending a net" and "A knot for each mesh." in text and "Paint holds" in text


PARTS = "".join(
    f"<article><h2>{name}</h2><p>In the part {name} the ferry is back at dawn.</p><p>And so on.</p></article>"
    for name in ("Bow", "Stern", "Ropes and knots", "Mast")
)


@pytest.mark.parametrize(
    ("title", "before"),
    [
        ("Ferry is back: live | Quay Post", "<h1>Ferry is back - the latest news, live</h1>"),
        ("Ferry is back", "<h1><img src='/l.png' alt='Logo'></h1><p>Ferry is back</p>"),
        ("Handbook", "<h1>The handbook of the harbour</h1>"),
        ("Weekly digest 12", ""),
        ("Ropes and knots of Oslo", ""),
    ],
)
def test_the_parts_of_a_page_that_names_none_are_kept(title: str, before: str) -> None:
    _, text = texts(f"{before}<main>{PARTS}</main>", f"<title>{title}</title>")
    assert [text.count(f"In the part {name}") for name in ("Bow", "Stern", "Ropes and knots", "Mast")] == [
        1
    ] * 4


def test_links_to_the_parts_of_a_page_are_not_those_of_articles() -> None:
    parts = "".join(
        f'<article><h2><a href="{URL}{link}">{n}:00</a></h2><p>At {n} the ferry is back at dawn.</p></article>'
        for n, link in enumerate(("", "", "#three", "/mending#four"))
    )
    _, text = texts(parts, f"{HEAD}<title>Live</title>")
    assert all(f"At {n} the ferry" in text for n in range(4))


def test_the_name_of_the_site_is_no_headline_of_the_page() -> None:
    body = f'<h1><a href="/">Quay</a></h1><article><h2>Mending a net</h2>{NET}</article><article><h2>Buoys</h2>{LONG}</article>'
    headline, text = texts(body)
    assert headline == "Mending a net" and "Paint holds" not in text
