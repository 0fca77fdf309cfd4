"""Reading feeds: RSS, Atom and JSON Feed are processed like items."""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import feed2doc
import pytest
from feed2doc.model import Embed, Figure, Link, Paragraph, Text, plain_article, plain_text
from hypothesis import given
from hypothesis import strategies as st

HTML = "<p>渡轮在停航三年之后重新靠岸，码头上站满了人。</p>"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>海港日报</title><language>zh-cn</language><link>https://harbour.example/</link>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://harbour.example/{n}</link><guid isPermaLink="false">g{n}</guid>
<pubDate>Tue, 04 Mar 2025 16:12:40 +0800</pubDate><description><![CDATA[{html}]]></description>{more}</item>"""


def rss(*items: str) -> bytes:
    return RSS.format(items="".join(items)).encode()


def item(n: int = 1, title: str = "渡轮", html: str = HTML, more: str = "") -> str:
    return ITEM.format(n=n, title=title, html=html, more=more)


def blocks(document: feed2doc.Document) -> list[object]:
    lead = [document.lead] if document.lead else []
    return [*lead, *(b for s in document.sections for b in s.blocks)]


def test_rss_fields() -> None:
    more = (
        "<dc:creator>林海</dc:creator><dc:creator>梅林</dc:creator><category>港口</category><category>船</category>"
        "<content:encoded><![CDATA[<p>全文比摘要长得多，见<a href='b/c'>另一篇</a>。</p><p>第二段。</p>]]></content:encoded>"
    )
    document = feed2doc.read(rss(item(title="A &amp;amp; B", html="摘要", more=more)))
    assert (document.id, document.url, document.headline) == ("g1", "https://harbour.example/1", "A & B")
    assert [p.name for p in document.byline] == ["林海", "梅林"]
    assert document.published is not None and document.published.isoformat() == "2025-03-04T16:12:40+08:00"
    assert document.updated is None
    assert (document.language, document.publication, document.summary) == ("zh-CN", "海港日报", "摘要")
    assert document.tags == ("港口", "船") and document.source_format == "feed"
    first, second = blocks(document)
    assert isinstance(first, Paragraph) and first.content[1] == Link(
        (Text("另一篇"),), "https://harbour.example/b/c"
    )
    assert second == Paragraph((Text("第二段。"),))


def test_only_the_longest_text_is_used() -> None:
    document = feed2doc.read(rss(item(html=HTML * 3, more="<content:encoded>短</content:encoded>")))
    assert len(blocks(document)) == 3


@pytest.mark.parametrize("name", ["full-text", "yandex:full-text", "turbo:content"])
def test_the_full_text_for_an_aggregator_is_the_article(name: str) -> None:
    spaces = 'xmlns:yandex="http://news.yandex.ru" xmlns:turbo="http://turbo.yandex.ru"'
    more = f"<{name}><![CDATA[ Паром вернулся. <p>На причале стояли все.</p><p>Играл оркестр.</p>]]></{name}>"
    feed = rss(item(html="Паром вернулся.", more=more)).replace(b"<rss ", f"<rss {spaces} ".encode())
    words = [plain_text(b.content) for b in blocks(feed2doc.read(feed)) if isinstance(b, Paragraph)]
    assert words == ["Паром вернулся.", "На причале стояли все.", "Играл оркестр."]


@pytest.mark.parametrize("prefix", ["feedburner", "pheedo"])
def test_the_original_address_behind_a_service_that_counts_clicks(prefix: str) -> None:
    more = f"<{prefix}:origLink>https://harbour.example/story</{prefix}:origLink>"
    feed = rss(item(more=more)).replace(
        b"<rss ", f'<rss xmlns:{prefix}="https://{prefix}.example/1" '.encode()
    )
    assert feed2doc.read(feed).url == "https://harbour.example/story"


def test_addresses_relative_to_that_of_the_feed() -> None:
    document = feed2doc.read(
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><link href="/blog/"/>
<link rel="self" href="https://quay.example/blog/index.atom"/><entry><title>Ferry</title><link href="/blog/ferry"/>
<content type="html">&lt;p&gt;It is &lt;a href="b"&gt;back&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>"""
    )
    (paragraph,) = blocks(document)
    assert document.url == "https://quay.example/blog/ferry" and isinstance(paragraph, Paragraph)
    assert paragraph.content[1] == Link((Text("back"),), "https://quay.example/blog/b")


def test_pictures_sounds_and_files_that_come_with_an_entry() -> None:
    more = (
        '<enclosure url="https://h.example/a.mp3" type="audio/mpeg" length="1"/>'
        '<enclosure url="https://h.example/%E8%A1%A8.pdf" type="application/pdf" length="1"/>'
        '<media:content url="https://h.example/p.jpg" medium="image"><media:credit>林海</media:credit></media:content>'
    )
    lead, text, audio, link = blocks(feed2doc.read(rss(item(more=more))))
    assert isinstance(lead, Figure) and plain_text(lead.credit) == "林海"
    assert isinstance(text, Paragraph) and isinstance(audio, Embed) and audio.url == "https://h.example/a.mp3"
    assert isinstance(link, Paragraph) and plain_text(link.content) == "表.pdf"


def test_a_picture_of_the_text_is_not_added_again() -> None:
    html = '<img src="https://images.weserv.nl/?url=h.example/p.jpg">' + HTML
    document = feed2doc.read(rss(item(html=html, more='<media:thumbnail url="http://h.example/p.jpg"/>')))
    assert sum(isinstance(b, Figure) for b in blocks(document)) == 1


def test_atom_xhtml_base_author_of_the_feed_and_language_of_the_content() -> None:
    data = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/"><title>F</title>
    <author><name>Ann Ba</name></author><entry xml:base="sub/"><id>i</id><title type="html">a &lt;b&gt;c&lt;/b&gt;</title>
    <link href="one"/><updated>2025-01-01T00:00:00Z</updated><category term="x" label="Label"/>
    <content type="xhtml" xml:lang="fr"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le port<br/>est <a href="p">là</a></p>
    </div></content></entry></feed>""".encode()
    document = feed2doc.read(data)
    assert (document.headline, document.url) == ("a c", "https://harbour.example/sub/one")
    assert (document.language, document.byline_text, document.tags) == ("fr", "Ann Ba", ("Label",))
    assert document.published == document.updated == datetime(2025, 1, 1, tzinfo=UTC)
    (paragraph,) = blocks(document)
    assert isinstance(paragraph, Paragraph) and plain_text(paragraph.content) == "Le port\nest là"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("ann@quay.photography (Ann Ba)", "Ann Ba"),
        ("a.b@sub.quay.example (Ann Ba, Oslo)", "Ann Ba, Oslo"),
        ("Ann Ba &lt;ann@quay.technology&gt;", "Ann Ba"),
        ("ann@quay.example", "ann@quay.example"),
        ("@ann@quay.example", "@ann@quay.example"),
    ],
)
def test_a_name_beside_an_address(author: str, name: str) -> None:
    assert feed2doc.read(rss(item(more=f"<author>{author}</author>"))).byline_text == name


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ('{"name"=&gt;"Ann Ba", "avatar"=&gt;"/a.png", "links"=&gt;[{"label"=&gt;"Post"}]}', "Ann Ba"),
        ('{"email": "a@e.org", "name": "Ann Ba"}', "Ann Ba"),
        ("{'name': 'Ann Ba'}", "Ann Ba"),
        ('{:name=&gt;"Ann Ba"}', "Ann Ba"),
        ("map[email:a@e.org name:Ann Ba url:https://e.org]", "Ann Ba"),
        ("map[name:Ann Ba]", "Ann Ba"),
        ("[object Object]", "Feed"),
        ("Map Ba", "Map Ba"),
        ("Ann Ba (quay.example)", "Ann Ba"),
        ("Ann Ba (Quay Post)", "Ann Ba (Quay Post)"),
    ],
)
def test_the_name_in_an_object_that_a_template_wrote_or_before_a_site(author: str, name: str) -> None:
    data = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title><managingEditor>Feed</managingEditor>{item(more=f"<dc:creator>{author}</dc:creator>")}</channel></rss>'
    assert feed2doc.read(data.encode()).byline_text == name


def test_the_author_of_the_source_of_an_entry() -> None:
    source = "<source><id>s</id><title>Quay</title><author><name>Bo Cy</name></author></source>"
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><author><name>Ann Ba</name></author>'
        f"<entry><id>i</id><title>t</title>{source}<content>x</content></entry></feed>"
    )
    document = feed2doc.read(data.encode())
    assert (document.byline_text, document.publication) == ("Bo Cy", "Quay")


@pytest.mark.parametrize(
    "data",
    [
        b'<rss version="0.91"><channel><title>F</title><item><title>t</title><description>&lt;p&gt;x&lt;/p&gt;</description></item></channel></rss>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>F</title></channel><item rdf:about="https://e.org/1"><title>t</title><description>x</description></item></rdf:RDF>',
        b'<!-- made by hand -->\n<rss version="2.0"><channel><item><title>t</title><description>x</description></item></channel></rss>',
    ],
)
def test_old_rss(data: bytes) -> None:
    document = feed2doc.read(data)
    assert document.headline == "t" and blocks(document) == [Paragraph((Text("x"),))]


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "海港日报",
    "home_page_url": "https://harbour.example/",
    "language": "en-US",
    "items": [
        {
            "id": 7,
            "url": "https://harbour.example/7",
            "title": "渡轮 <又> 来了",
            "content_html": HTML,
            "summary": "摘要",
            "image": "https://h.example/p.jpg",
            "date_published": "2025-03-04T16:12:40+08:00",
            "date_modified": "2025-03-05T00:00:00Z",
            "authors": [{"name": "林海"}, {"url": "x"}],
            "tags": ["港口"],
            "attachments": [{"url": "https://h.example/a.mp3", "mime_type": "audio/mpeg", "title": "录音"}],
        },
        "nonsense",
        {"id": "8", "content_text": "One\n\nTwo <b>", "author": {"name": "Ann Ba"}},
    ],
}


def test_json_feed() -> None:
    env = feed2doc.Env()
    first, second = feed2doc.read_all(json.dumps(JSON_FEED).encode(), env=env)
    assert (first.id, first.headline, first.publication) == ("7", "渡轮 <又> 来了", "海港日报")
    assert first.language == "zh-CN"  # the feed says English, but its text is Chinese
    assert first.updated == datetime(2025, 3, 5, tzinfo=UTC) and first.tags == ("港口",)
    assert [type(b).__name__ for b in blocks(first)] == ["Figure", "Paragraph", "Embed"]
    assert [plain_text(b.content) for b in blocks(second) if isinstance(b, Paragraph)] == ["One", "Two <b>"]
    assert second.byline_text == "Ann Ba"
    assert [d.message for d in env.diagnostics if d.kind == "loss"] == [
        "entry 2 of the feed is not an object"
    ]


def test_one_broken_entry_does_not_affect_the_others() -> None:
    env = feed2doc.Env()
    broken = "<item><title>b & c</title><description>two</description>"
    documents = list(
        feed2doc.read_all(rss(item(1), broken, item(3), "<item><title></title></item>"), env=env)
    )
    assert [(d.id, d.headline) for d in documents] == [
        ("g1", "渡轮"),
        (documents[1].id, "b & c"),
        ("g3", "渡轮"),
    ]
    assert documents[1].id.startswith("sha256:") and documents[1].url == ""
    losses = [d.message for d in env.diagnostics if d.kind == "loss"]
    assert any("entry 2 is not valid XML" in m for m in losses) and any(
        "entry 4: " in m or "nothing below" in m for m in losses
    )


def test_feeds_that_break_feedparser_give_no_traceback() -> None:
    """Found by the fuzzer: an attribute with a quotation mark in its name."""
    env = feed2doc.Env()
    broken = item(2).replace("</guid>", '</guid><media:content url2"https://e.org/p.jpg" medium="image">')
    documents = list(feed2doc.read_all(rss(item(1), broken, item(3)), env=env))
    assert [d.id for d in documents if d.id in ("g1", "g3")] == ["g1", "g3"]
    assert any("entry 2" in d.message for d in env.diagnostics if d.kind == "loss")


def test_losses_of_a_feed_reach_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from feed2doc._cli import run

    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item(1), "<item><title></title></item>"))
    assert run([str(path), "--to", "md", "--output-dir", str(tmp_path)]) == 0
    assert "feed.xml: lost: " in capfd.readouterr().err
    assert run([str(path), "--to", "md", "--output-dir", str(tmp_path), "--strict"]) == 5


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (rss(), "the feed has no entries"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "no list of items"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "not valid JSON"),
    ],
)
def test_input_that_is_not_a_feed(data: bytes, says: str) -> None:
    with pytest.raises(feed2doc.ReadError, match=says):
        feed2doc.read(data)


def test_entities_neither_expand_nor_read_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{bomb}<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    data = rss(item(html="")).replace(b"<rss", dtd.encode() + b"<rss", 1)
    data = data.replace(b"<title>\xe6\xb8\xa1\xe8\xbd\xae", b"<title>&x;&a11;t", 1)
    data = data.replace(b"<![CDATA[]]>", HTML.replace("<", "&lt;").encode())
    (document,) = feed2doc.read_all(data)
    assert "secret" not in document.headline and len(document.headline) < 1000


def test_no_other_parser_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser of libxml2's own package reads other things as XML, and looking for it took a quarter of the time."""
    (tmp_path / "drv_libxml2.py").write_text("raise AssertionError('this parser is not used')")
    monkeypatch.syspath_prepend(tmp_path)
    (document,) = feed2doc.read_all(rss(item(1)))
    assert document.headline == "渡轮" and "drv_libxml2" not in sys.modules


@pytest.mark.parametrize("author", ["a." * 30_000, "a@" + "b." * 30_000, "x" * 60_000 + "@"])
def test_an_endless_author_takes_no_time(author: str) -> None:
    """feedparser's search for an address takes half a minute for each of these."""
    start = time.process_time()
    (document,) = feed2doc.read_all(rss(item(1, more=f"<author>{author}</author>")))
    assert time.process_time() - start < 10 and document.byline[0].name == author


@given(st.binary(max_size=200))
def test_any_bytes_in_a_feed_are_read_or_refused(junk: bytes) -> None:
    data = rss(item(1)).replace(HTML.encode(), HTML.encode() + junk)
    try:
        documents = list(feed2doc.read_all(data))
    except feed2doc.ReadError:
        return
    if len(junk) < 20:  # a few bad bytes are damage; many may be another character set
        assert documents and "渡轮" in "".join(map(str, blocks(documents[0])))


def test_a_json_feed_may_have_half_an_emoji_and_raw_line_breaks() -> None:
    feed = r'{"version": "https://jsonfeed.org/version/1.1", "title": "Port \ud83d", "items": ['
    feed += r'{"id": "\udcff1", "title": "Ferry \ud83d\u2026", "content_text": "The ferry\nis back.", "tags": ["\ud83d"]}]}'
    document = feed2doc.read(feed.replace(r"\n", "\n").encode())
    assert (document.headline, document.publication, document.id) == ("Ferry …", "Port", "1")


def test_control_characters_of_a_json_feed_are_left_out() -> None:
    entry = {"id": "1", "title": "渡轮", "content_html": HTML, "image": "https://e.org/a\0.jpg"}
    entry |= {"attachments": [{"url": "https://e.org/b.mp3", "mime_type": "audio/mpeg", "title": "a\x01b"}]}  # type: ignore[dict-item]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [entry]}
    figure, _, audio = blocks(feed2doc.read(json.dumps(feed).encode()))
    assert isinstance(figure, Figure) and isinstance(audio, Embed) and audio.title == "ab"


def test_a_placeholder_date_is_no_date() -> None:
    feed = (
        b"<rss version='2.0'><channel><title>T</title><link>https://a.example</link><item><title>A</title><guid>1</guid>"
        b"<pubDate>Mon, 01 Jan 0001 00:00:00 +0800</pubDate><description>Words.</description></item></channel></rss>"
    )
    (document,) = feed2doc.read_all(feed)
    assert document.published is None
    assert feed2doc.write(document, "epub")


def test_an_entry_over_a_limit_is_a_loss_and_the_others_stay() -> None:
    deep = "&lt;b&gt;" * 2500 + "deep" + "&lt;/b&gt;" * 2500
    entries = "".join(
        f"<item><title>{title}</title><description>{body}</description></item>"
        for title, body in (("Pier", "Open."), ("Deep", deep), (deep, "Open, too."), ("Quay", "Closed."))
    )
    env = feed2doc.Env()
    feed = f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>".encode()
    headlines = [document.headline for document in feed2doc.read_all(feed, env=env)]
    assert headlines[0] == "Pier" and headlines[-1] == "Quay" and len(headlines) == 3
    assert [each.text for each in env.diagnostics if each.kind == "loss" and each.rule == "feed"] == ["Deep"]


def test_times_in_seconds_since_1970() -> None:
    items = "".join(
        f"<item><title>n</title><description>Fog.</description><pubDate>{date}</pubDate></item>"
        for date in ("1746437400", "1746437400000", "17464374")
    )
    feed = f"<rss version='2.0'><channel><title>c</title>{items}</channel></rss>"
    times = [document.published for document in feed2doc.read_all(feed.encode())]
    assert [time and time.isoformat() for time in times] == ["2025-05-05T09:30:00+00:00"] * 2 + [None]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "Läs vidare →"),
        ("en", "Read full article &gt;&gt;"),
        ("uk", "Читати далі"),
        ("es", "Leer"),
        ("he", "המשך לקרוא »"),
    ],
)
def test_a_link_to_the_rest_ends_a_summary(language: str, words: str) -> None:
    summary = f"The ferry is back. <a href='https://quay.example/1'>{words}</a>"
    text = "<p>The ferry is back in the old harbour, and the port office is glad about it.</p>"
    entry = f"<title>Back</title><link>https://quay.example/1</link><description><![CDATA[{summary}]]></description>"
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    for rest, kept in ((f"<content:encoded><![CDATA[{text}]]></content:encoded>", "summary"), ("", "text")):
        feed = f"<rss version='2.0' {spaces}><channel><title>Quay</title><language>{language}</language><item>{entry}{rest}</item></channel></rss>"
        document = feed2doc.read(feed.encode())
        shown = document.summary if kept == "summary" else plain_article(document)
        assert "The ferry is back." in shown
        assert words.strip(" →»")[:9] not in shown


def test_a_link_to_the_rest_may_name_the_article_and_stand_above_another_line() -> None:
    title = "The ferry is back"
    more = f"<a href='https://quay.example/1' class='more-link'>Continue reading <span>&#8222;{title}&#8220;</span> &#8594;</a>"
    last = f"<p>Příspěvek <a href='https://quay.example/1'>{title}</a> pochází z <a href='https://quay.example'>Quay</a></p>"
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    text = "<p>The ferry is back in the old harbour, and the port office is glad about it.</p>"
    for summary in (
        f"The ferry is back in &#8230; {more}",
        f"<p>The ferry is back in &#8230; {more}</p>\n{last}\n",
    ):
        entry = f"<title>{title}</title><description><![CDATA[{summary}]]></description><content:encoded><![CDATA[{text}]]></content:encoded>"
        document = feed2doc.read(
            f"<rss version='2.0' {spaces}><channel><title>Quay</title><item>{entry}</item></channel></rss>".encode()
        )
        assert document.summary == "The ferry is back in …"
