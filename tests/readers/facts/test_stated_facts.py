"""Facts that JSON-LD, `meta` elements, headings of pages and the elements of feeds state, and which of them is used."""

import json
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m

from tests.readers.article.header.test_header_facts import STATED, TEXT, entry, names, page, words


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


ARTICLE = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": STATED}


@pytest.mark.parametrize(
    ("value", "persons"),
    [
        ({**ARTICLE, "author": "Ann Ba"}, ["Ann Ba"]),
        ({**ARTICLE, "author": ["Ann Ba", {"@type": "Person", "name": "Bo Cy"}]}, ["Ann Ba", "Bo Cy"]),
        ({**ARTICLE, "author": {"@type": "Person", "name": ["Ann Ba", "Bo Cy"]}}, ["Ann Ba", "Bo Cy"]),
        ({**ARTICLE, "author": {"@type": "Person", "name": {"@type": "Person", "name": "Ann Ba"}}}, ["Ann Ba"]),
        ({**ARTICLE, "author": [{"name": [{"@value": "Ann Ba"}, {"name": ["Bo Cy"]}]}]}, ["Ann Ba", "Bo Cy"]),
        ({**ARTICLE, "author": {"name": {"@id": "#a"}}}, []),
        ({**ARTICLE, "author": {"@type": "Person", "givenName": "Ann", "familyName": "Ba"}}, ["Ann Ba"]),
        ({**ARTICLE, "author": [{"familyName": "林", "givenName": "海"}, {"familyName": "Ba"}]}, ["林海", "Ba"]),
        ({"@graph": [{"@type": "Person", "@id": "#a", "name": "Ann Ba"}, {**ARTICLE, "author": {"@id": "#a"}}]}, ["Ann Ba"]),
        ([[{"@type": "BreadcrumbList"}], {**ARTICLE, "@type": ["Article", "BlogPosting"], "creator": "Ann Ba"}], ["Ann Ba"]),
        ({"@type": "WebPage", "mainEntity": {**ARTICLE, "author": {"name": "Ann Ba"}}}, ["Ann Ba"]),
        ({**ARTICLE, "@type": "https://schema.org/NewsArticle", "author": "https://quay.example/ann"}, []),
        ('<!-- {"@type": "Article", "datePublished": "%s", "author": "Ann\nBa",} -->'.replace("%s", STATED), ["Ann Ba"]),
        ('//<![CDATA[\n{"@type": "Article", "datePublished": "%s", "author": {"name": "Ann Ba"}}\n//]]>'.replace("%s", STATED), ["Ann Ba"]),
    ],
)  # fmt: skip
def test_json_ld(value: Any, persons: list[str]) -> None:
    for document in (
        page(f"<article><h1>Ferry</h1>{TEXT}</article>", ld(value)),
        feed2doc.read(f"[Ferry](https://quay.example/2)\n------\n{ld(value)}{TEXT}".encode()),
    ):
        assert names(document) == persons
        assert document.published is not None and document.published.isoformat() == STATED
        assert "schema.org" not in words(document)


def test_the_other_facts_of_json_ld() -> None:
    value = {
        **ARTICLE,
        "headline": "The ferry is back",
        "publisher": {"@type": "Organization", "name": "Quay Notes"},
        "dateModified": "2025-05-06T10:00:00Z",
        "inLanguage": "en-GB",
        "keywords": "ferries, quays",
        "description": "After three years.",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://quay.example/ferry"},
    }
    document = page(f"<h1>Ferry!</h1>{TEXT}", ld(value))
    assert (document.headline, document.publication, document.language) == (
        "The ferry is back",
        "Quay Notes",
        "en-GB",
    )
    assert (document.tags, document.summary) == (("ferries", "quays"), "After three years.")
    assert document.url == "https://quay.example/ferry" and document.updated is not None


@pytest.mark.parametrize(
    "value", ['{"@type": "Article", "author": ', "[" * 5000, "<p>no</p>", "null", '"text"']
)
def test_broken_json_ld_does_no_harm(value: str) -> None:
    env = feed2doc.Env()
    data = f"[Ferry](https://quay.example/2)\n------\n{ld(value)}{TEXT}".encode()
    assert words(feed2doc.read(data, env=env)).startswith("Ferry\nThe ferry")
    noted = [d for d in env.diagnostics if d.rule == "JSON-LD"]
    assert bool(noted) == (value != '"text"')


def test_json_ld_of_other_things_is_not_of_the_article() -> None:
    values = [
        {"@type": "Organization", "name": "Quay", "author": "No One"},
        {"@type": "ItemList", "itemListElement": [{**ARTICLE, "author": "No One"}]},
        {"@type": "Person", "name": "No One"},
    ]
    assert names(page(TEXT, ld(values))) == []


@pytest.mark.parametrize(
    ("head", "persons"),
    [
        ('<meta name="author" content="Ann Ba">', ["Ann Ba"]),
        (
            '<meta name="DC.Creator" content="Ann Ba"><meta name="DC.Creator" content="Bo Cy">',
            ["Ann Ba", "Bo Cy"],
        ),
        ('<meta property="article:author" content="https://quay.example/ann">', []),
        ('<meta name="parsely-author" content="Ann Ba">', ["Ann Ba"]),
        ('<meta name="sailthru.author" content="Ann Ba"><meta name="generator" content="X">', ["Ann Ba"]),
        ('<meta itemprop="author" content="Ann Ba">', ["Ann Ba"]),
    ],
)
def test_authors_in_meta_elements(head: str, persons: list[str]) -> None:
    assert names(page(TEXT, head)) == persons


def test_the_order_of_the_sources() -> None:
    value = {**ARTICLE, "headline": "By JSON-LD", "author": "Jo Ld"}
    head = '<meta property="og:title" content="By meta"><meta name="author" content="Me Ta">'
    body = f"<article><h1>By markup</h1><p class=byline>By Mark Up</p>{TEXT}</article>"
    for stated, headline, person in (
        (ld(value) + head, "By JSON-LD", "Jo Ld"),
        (head, "By meta", "Me Ta"),
        ("", "By markup", "Mark Up"),
    ):
        document = page(body, stated)
        assert (document.headline, names(document)) == (headline, [person])
    item = f"---\nauthor: Fro Nt\n---\n[By the item](https://quay.example/2)\n------\n{ld(value)}{body}"
    assert names(feed2doc.read(item.encode())) == ["Fro Nt"]
    assert feed2doc.read(item.encode()).headline == "By the item"


def test_explain_shows_where_a_fact_comes_from() -> None:
    body = f"{ld({**ARTICLE, 'author': 'Jo Ld'})}<p class=byline>By Mark Up</p>{TEXT}"
    explanation = feed2doc.explain(f"[h](https://quay.example/2)\n------\n{body}".encode())
    rules = {field.kind: field.rule for field in explanation.fields}
    assert (rules["byline"], rules["published"]) == ("JSON-LD: author", "JSON-LD: datePublished")
    assert rules["headline"] == "item: headline line"


@pytest.mark.parametrize(
    ("head", "body", "headline", "publication"),
    [
        ("<title>Nebel – Die Lampe</title>", "<header><h1>Die Lampe</h1></header><main><h1>Nebel</h1>{}</main>", "Nebel", "Die Lampe"),
        ("<title>Fog | The Lamp</title>", "<h1><a href='/'>The Lamp</a></h1><h2>Fog</h2>{}", "Fog", "The Lamp"),
        ("<title>Fog: a love story</title>", "<article><h1>Fog: a love story</h1>{}</article>", "Fog: a love story", ""),
        ("<title>雾_灯塔网</title><meta property='og:site_name' content='灯塔网'>", "<div>{}</div>", "雾", "灯塔网"),
        ("<meta property='og:title' content='Fog - The Lamp'><meta property='og:site_name' content='The Lamp'>", "{}", "Fog", "The Lamp"),
        ("<title>Home</title>", "<h1>Fog</h1>{}", "Fog", ""),
        ("<title>渡轮回来了_海港晚报</title>", "<div><h1>海港晚报</h1></div><h2>渡轮回来了</h2>{}", "渡轮回来了", "海港晚报"),
        ("<title>渡轮回来了-海事-海港晚报</title>", "<h1><a href='/'>海港晚报</a></h1><h2>渡轮回来了</h2>{}", "渡轮回来了", "海港晚报"),
        ("<title>渡轮回来了_海事_海港晚报</title>", "<div>{}</div>", "渡轮回来了", ""),
        ("<title>渡轮回来了_海事_海港晚报</title><meta property='og:site_name' content='海港晚报'>", "<div>{}</div>", "渡轮回来了", "海港晚报"),
        ("<meta property='og:title' content='渡輪回來了 | 海事 | 海港報'><meta property='og:site_name' content='海港報'>", "<h1>渡輪回來了</h1>{}", "渡輪回來了", "海港報"),
        ("<meta property='og:title' content='The fog is back | Sea | The Lamp'><meta property='og:site_name' content='The Lamp'>", "<h1>The fog is back</h1>{}", "The fog is back", "The Lamp"),
        ("<meta property='og:title' content='The fog is back | Sea'>", "<h1>The fog is back | Sea</h1>{}", "The fog is back | Sea", ""),
        ("<title>snake_case_names in fog | The Lamp</title><meta property='og:site_name' content='The Lamp'>", "<div>{}</div>", "snake_case_names in fog", "The Lamp"),
        ("<title>霧：港日報</title><meta name=application-name content='港日報'>", "<h2>霧</h2>{}", "霧", "港日報"),
        ("<title>霧【港日報】</title><meta property='og:site_name' content='港日報'>", "<div>{}</div>", "霧", "港日報"),
        ("<title>안개―해강신문</title><meta property='og:site_name' content='해강신문'>", "<h1>안개</h1>{}", "안개", "해강신문"),
        ("<title>Fog: The Lamp</title><meta property='og:site_name' content='The Lamp'>", "<h1>Fog</h1>{}", "Fog", "The Lamp"),
        ("", "<nav class=breadcrumb><a href='/'>Home</a> › <a href='/sea'>Sea</a></nav><h1>Fog</h1><p>5 min read</p>{}", "Fog", ""),
    ],
)  # fmt: skip
def test_headlines_of_pages(head: str, body: str, headline: str, publication: str) -> None:
    document = page(body.format(TEXT), head)
    assert (document.headline, document.publication) == (headline, publication)
    assert (
        words(document)
        == f"{headline}\nThe ferry came in at dawn, white and late, and the quay was full.\nNobody had slept."
    )


@pytest.mark.parametrize(
    ("title", "heading", "headline"),
    [
        ("The dike breaks - Quay", "<span class=x>Coast</span> The dike breaks", "The dike breaks"),
        ("Der Deich bricht | Kai", "<small>Küste:</small> Der Deich bricht", "Der Deich bricht"),
        ("堤防が決壊｜みさき通信", "<span>社会</span>堤防が決壊", "堤防が決壊"),
        ("Coast: the dike breaks - Quay", "<b>Coast:</b> the dike breaks", "Coast: the dike breaks"),
        ("Quay", "<em>The Dredger</em> sails", "The Dredger sails"),
    ],
)
def test_a_kicker_in_the_heading_of_a_page_is_not_part_of_the_headline(
    title: str, heading: str, headline: str
) -> None:
    document = page(f"<article><h1>{heading}</h1>{TEXT}</article>", f"<title>{title}</title>")
    assert document.headline == headline
    assert words(document).startswith(f"{headline}\nThe ferry came in")


def test_a_line_break_in_the_heading_of_a_page_is_a_space() -> None:
    document = page(
        f"<article><h1>Il porto chiude,<br>il porto apre</h1>{TEXT}</article>", "<title>Molo</title>"
    )
    assert document.headline == "Il porto chiude, il porto apre"


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        ("<p>A heron on the slip. It stood there for an hour.</p>", "A heron on the slip"),
        ("<p>" + "the long wet rope of the old ferry " * 9 + "</p>", "the long wet rope of the old ferry the long wet rope of the old ferry the long…"),
        ("<p>港口的渡輪回來了，大家都很高興，因為等了三年，船又舊又白，開得也慢，可是總算開了</p>", "港口的渡輪回來了，大家都很高興，因為等了三年，船又舊又白…"),
        ('<img src="https://quay.example/h.jpg" alt="A heron on one leg">', "A heron on one leg"),
        ('<img src="https://quay.example/h.jpg">', "Quay – May 5, 2025"),
        ("<ul><li>Tar</li><li>Oakum</li></ul>", "Tar Oakum"),
    ],
)  # fmt: skip
def test_an_entry_without_a_title_gets_one(body: str, headline: str) -> None:
    env = feed2doc.Env()
    assert entry(body, env, title="", language="en").headline == headline
    assert [d.kind for d in env.diagnostics if d.rule == "headline"] == ["notice"]


def test_a_heading_that_is_the_headline_is_not_repeated() -> None:
    document = entry("<h2>Three sorts of rain</h2>" + TEXT, title="")
    assert document.headline == "Three sorts of rain" and not document.sections[0].heading
    counter = "<img src='https://medium.com/_/stat?event=a' width=1 height=1>"
    document = entry(f"<h3>Slow boats</h3><h4>Speed is not all</h4>{TEXT}{counter}", title="Slow boats")
    assert not document.standfirst and m.plain_text(document.sections[0].heading) == "Speed is not all"


def test_a_short_chinese_headline_below_a_picture_is_not_repeated() -> None:
    picture = '<p><img src="https://quay.example/1.jpg"></p>'
    document = entry(f"{picture}<h1>海港的七盏灯</h1>{TEXT}", title="林海生：海港的七盏灯")
    assert not any(section.heading for section in document.sections)
    document = entry(f"{picture}<h1>七盏灯</h1>{TEXT}", title="林海生：海港的七盏灯")
    assert [m.plain_text(section.heading) for section in document.sections if section.heading] == ["七盏灯"]


def test_only_the_headline_is_left_out_of_a_page() -> None:
    env = feed2doc.Env()
    head = "<meta property='og:title' content='The history of tar'>"
    body = f"<h1>The history of tar in ten boats</h1>{TEXT}<h2>Tar</h2><p>Sticky.</p>"
    data = f"<!doctype html><head>{head}</head><body>{body}</body>".encode()
    document = feed2doc.read(data, env=env)
    assert document.headline == "The history of tar"
    assert [m.plain_text(section.heading) for section in document.sections] == ["", "Tar"]
    assert [d.text for d in env.diagnostics if d.kind == "dropped"] == ["The history of tar in ten boats"]


def test_a_headline_is_made_only_where_one_is_needed() -> None:
    fragments = [feed2doc.read(f"<p>A {bird}. It stood.</p>".encode()) for bird in ("heron", "gull")]
    assert [fragment.headline for fragment in fragments] == ["", ""]
    text = str(feed2doc.write(feed2doc.bundle(fragments, title="Birds"), "md"))
    assert "Untitled" not in text and "# A heron" in text


def test_the_sources_of_an_atom_entry() -> None:
    links = "".join(
        f'<link rel="{rel}" href="https://{rel}.example/x"/>' for rel in ("alternate", "related", "via")
    )
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><entry><title>Ropes</title>'
        f"<source><title>Seal Weekly</title></source>{links}<content type='html'>{TEXT.replace('<', '&lt;')}</content>"
        "</entry></feed>"
    )
    document = feed2doc.read(feed.encode())
    assert (document.url, document.publication) == ("https://alternate.example/x", "Seal Weekly")
    written = str(feed2doc.write(document, "md"))
    assert "https://related.example/x" in written and "https://via.example/x" in written


def media_feed(files: str, body: str = "<description>Two seals.</description>") -> feed2doc.Document:
    return feed2doc.read(
        '<rss xmlns:m="http://search.yahoo.com/mrss/"><channel><title>Tove</title><item><link>https://b.example/1</link>'
        f"{body}{files}</item></channel></rss>".encode()
    )


def test_descriptions_of_media() -> None:
    one = '<m:content url="https://b.example/{0}" medium="{1}"><m:description>{2}</m:description></m:content>'
    document = media_feed(
        one.format("a.jpg", "image", "Grey seals on the slip")
        + one.format("b.mp4", "video", "A seal &amp; a gull")
    )
    for text in ("Grey seals on the slip", "Two seals.", "A seal & a gull"):
        assert text in words(document)
    group = (
        '<m:group><m:content url="https://b.example/a.jpg"/><m:description>Asleep.</m:description></m:group>'
    )
    assert "Asleep." in words(media_feed(group)) and "Two seals." in words(media_feed(group))
    assert words(media_feed(group, "")).count("Asleep.") == 1


@pytest.mark.parametrize(
    ("attributes", "caption"),
    [
        ("title='The trick is to tie the other end.'", "The trick is to tie the other end."),
        ("title='Tied to something else' alt='Anchors'", "Tied to something else"),
        ("title='Three old buoys at sea' alt='Three old buoys at sea'", ""),
        ("title='IMG_0012' alt='A pier'", ""),
        ("title='Ferry'", ""),
        ("alt='Anchors on a quay'", ""),
    ],
)
def test_the_title_of_a_picture_is_its_caption(attributes: str, caption: str) -> None:
    document = entry(f'<img src="https://quay.example/a.png" {attributes}>{TEXT}')
    assert document.lead is not None and m.plain_text(document.lead.caption) == caption


def test_a_podcast_with_only_a_subtitle() -> None:
    feed = (
        '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Radio</title><item><title>Trailer</title>'
        '<itunes:subtitle>Bells &amp; gulls.</itunes:subtitle><enclosure url="https://b.example/1.mp3" type="audio/mpeg"/>'
        "</item></channel></rss>"
    )
    document = feed2doc.read(feed.encode())
    assert "Bells & gulls." in words(document) and document.headline == "Trailer"
