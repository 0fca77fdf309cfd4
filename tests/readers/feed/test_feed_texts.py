"""The texts and addresses of feeds: plain, HTML, escaped twice, not well-formed, and relative to some base."""

import json
import time
from html import escape

import feed2doc
import pytest
from feed2doc.model import Image, Link, Paragraph, plain_text, walk
from feed2doc.readers._feed.repair import escaped_alike

ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"{more}><title>F</title>'
    "<entry{own}><id>urn:1</id>{entry}</entry></feed>"
)
RSS = '<rss version="2.0"><channel><title>F</title><link>https://log.example/blog/</link><item>{}</item></channel></rss>'
PAGE = '<link href="https://log.example/posts/1"/>'


def first(feed: str, env: feed2doc.Env | None = None) -> feed2doc.Document:
    return next(iter(feed2doc.read_all(feed.encode(), env=env)))


def atom(entry: str, more: str = "", own: str = "") -> feed2doc.Document:
    return first(ATOM.format(entry=entry, more=more, own=own))


def rss(item: str) -> feed2doc.Document:
    return first(RSS.format(item))


def texts(document: feed2doc.Document) -> list[str]:
    return [plain_text(node.content) for node in walk(document) if isinstance(node, Paragraph)]


def addresses(document: feed2doc.Document) -> list[str]:
    return [
        node.url if isinstance(node, Link) else node.src
        for node in walk(document)
        if isinstance(node, Link | Image)
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<title>Vec&lt;u8&gt; &amp;amp; co.</title>", "Vec<u8> & co."),
        ("<title>Fish &amp;#8211; chips</title>", "Fish – chips"),
        ("<title><![CDATA[Der <i>alte</i> Hafen &amp; das Meer]]></title>", "Der alte Hafen & das Meer"),
        ("<title>&amp;lt;b&amp;gt;港口&amp;lt;/b&amp;gt;重開</title>", "港口重開"),
        ("<title><![CDATA[C++: <vector> vs <div> & <i>more</i>]]></title>", "C++: <vector> vs <div> & more"),
        ("<title>1 &lt; 2 et 3 &gt; 2</title>", "1 < 2 et 3 > 2"),
        # A title with nothing to see is made from the text.
        ("<title>&#160;&#8203;</title>", "x"),
    ],
)
def test_titles_of_rss_are_text_or_html(written: str, title: str) -> None:
    assert rss(f"{written}<description>x</description>").headline == title


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("&lt;p&gt;&lt;b&gt;Lago Grande.&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Si sale.&lt;/p&gt;", "Si sale."),
        ("&lt;p&gt;Lago Grande.&lt;/p&gt;&lt;p&gt;Si sale.&lt;/p&gt;", "Lago Grande."),
        ("&lt;p&gt;&lt;b&gt;Lago Grande.&lt;/b&gt; Si sale.&lt;/p&gt;", "Lago Grande. Si sale."),
        ("&lt;p&gt;&lt;b&gt;Lago Grande.&lt;/b&gt;&lt;/p&gt;", "Lago Grande."),
    ],
)
def test_a_bold_line_that_is_the_headline_is_not_in_the_text_of_an_entry_without_one(
    body: str, first: str
) -> None:
    document = rss(f"<title></title><description>{body}</description>")
    assert document.headline.startswith("Lago Grande")
    assert plain_text(document.sections[0].blocks[0].content) == first  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "written", "title"),
    [
        ("text", "Why &lt;b&gt; is bold", "Why <b> is bold"),
        ("text", "List&lt;String&gt;", "List<String>"),
        ("text", "Fish &amp;#8211; chips", "Fish – chips"),
        ("html", "a &lt;em&gt;b&lt;/em&gt; &amp;amp; c", "a b & c"),
        ("html", "Vec&amp;lt;u8&amp;gt;", "Vec<u8>"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml">a <em>b</em> &lt;c</div>', "a b <c"),
    ],
)
def test_titles_of_atom_are_what_they_say(kind: str, written: str, title: str) -> None:
    assert atom(f'<title type="{kind}">{written}</title>{PAGE}<content>x</content>').headline == title


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Erste Zeile\nZweite Zeile\n\nEnde.", ["Erste Zeile\nZweite Zeile", "Ende."]),
        ("if a &lt; b then Map&lt;K, V&gt;", ["if a < b then Map<K, V>"]),
        ("Une ligne.&lt;br&gt;Une autre.", ["Une ligne.\nUne autre."]),
        ("&amp;lt;p&amp;gt;Uno.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Dos.&amp;lt;/p&amp;gt;", ["Uno.", "Dos."]),
        (
            "Hallo &amp;lt;b&amp;gt;Hafen&amp;lt;/b&amp;gt;&amp;lt;br&amp;gt;und Meer",
            ["Hallo Hafen\nund Meer"],
        ),
        ("The tag &amp;lt;br&amp;gt; breaks a line.", ["The tag <br> breaks a line."]),
        ("港口重開。\n  \n渡輪回來。", ["港口重開。", "渡輪回來。"]),
        (
            "The harbour was dredged in spring, and the mole was\nmended where the sea had broken it in the\n"
            "great storm of the year before, so that\nboats lie safe.\n\nEnd.",
            [
                "The harbour was dredged in spring, and the mole was\nmended where the sea had broken it in the\n"
                "great storm of the year before, so that\nboats lie safe.",
                "End.",
            ],
        ),
        (
            "The harbour was dredged in spring, and the mole was mended\nwhere the sea had broken it in the great storm"
            " of the year\nbefore.",
            [
                "The harbour was dredged in spring, and the mole was mended where the sea had broken it in the great"
                " storm of the year before."
            ],
        ),
    ],
)
def test_a_description_is_text_or_html(written: str, expected: list[str]) -> None:
    assert texts(rss(f"<title>t</title><description>{written}</description>")) == expected


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (' type="text"', "Use &lt;p&gt; for\nparagraphs.", ["Use <p> for\nparagraphs."]),
        ("", "a &lt; b\n\nc", ["a < b", "c"]),
        ("", "&lt;p&gt;Said to be text.&lt;/p&gt;", ["Said to be text."]),
        (' type="html"', "a &amp;lt;p&amp;gt; b &lt;br/&gt; c", ["a <p> b\nc"]),
        (' type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml">a<br/>b</div>', ["a\nb"]),
    ],
)
def test_a_content_of_atom_is_what_it_says(kind: str, written: str, expected: list[str]) -> None:
    assert texts(atom(f"<title>t</title>{PAGE}<content{kind}>{written}</content>")) == expected


def test_the_content_goes_before_a_summary_unless_it_is_much_shorter() -> None:
    entry = "<title>t</title><summary>{}</summary><content type='html'>&lt;p&gt;Body.&lt;/p&gt;</content>"
    assert texts(atom(entry.format("A &lt;b&gt; c"))) == ["Body."]
    assert texts(atom(entry.format("All of the text."))) == ["All of the text."]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("It&#8217;s tar &amp; rope", "It’s tar & rope"),
        ("L&rsquo;ancre &amp; la cha&icirc;ne", "L’ancre & la chaîne"),
        ("Sch&ouml;n &ndash; und nass", "Schön – und nass"),
        ("When &nbsp; is not a space", "When &nbsp; is not a space"),
        ("AT&T, a < b &lt; c", "AT&T, a < b &lt; c"),
    ],
)
def test_references_in_titles_of_a_json_feed(written: str, title: str) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "items": [{"id": "1", "title": written, "content_text": "x"}],
    }
    assert feed2doc.read(json.dumps(feed).encode()).headline == title


def test_texts_of_a_json_feed() -> None:
    entries = [
        {"id": "1", "title": "<br> & co.", "content_text": "a <b>\nc\n\nd"},
        {"id": "2", "title": "Fish &#8211; chips", "content_html": "<p>a &lt;b&gt;</p>"},
        {"id": "3", "summary": "x <y>"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A <i> B", "items": entries}
    one, two, three = feed2doc.read_all(json.dumps(feed).encode())
    assert (one.headline, one.publication, texts(one)) == ("<br> & co.", "A <i> B", ["a <b>\nc", "d"])
    assert (two.headline, texts(two), texts(three)) == ("Fish – chips", ["a <b>"], ["x <y>"])


LINK = "&lt;a href='x'&gt;x&lt;/a&gt;&lt;img src='/p.jpg'&gt;"


@pytest.mark.parametrize(
    ("feed", "url", "found"),
    [
        (
            RSS.format(f"<title>t</title><link>/posts/1</link><description>{LINK}</description>"),
            "https://log.example/posts/1",
            ["https://log.example/posts/x", "https://log.example/p.jpg"],
        ),
        (
            RSS.replace('<rss version="2.0"', '<rss version="2.0" xml:base="https://o.example/n/"')
            .format(f"<title>t</title><link>1</link><description>{LINK}</description>"),
            "https://o.example/n/1",
            ["https://o.example/n/x", "https://o.example/p.jpg"],
        ),
        (
            ATOM.format(more=' xml:base="https://a.example/x/"', own=' xml:base="y/"', entry=
                '<title>t</title><link rel="self" href="s"/><link href="1"/>'
                f'<content type="html" xml:base="z/">{LINK}</content>'),
            "https://a.example/x/y/1",
            ["https://a.example/x/y/z/x", "https://a.example/p.jpg"],
        ),
        (
            ATOM.format(more="", own=' xml:base="https://a.example/"', entry=
                '<title>t</title><link href="1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"'
                ' xml:base="https://b.example/d/"><p xml:base="e/"><a href="x">x</a></p><img src="p.jpg"/></div></content>'),
            "https://a.example/1",
            ["https://b.example/d/e/x", "https://b.example/d/p.jpg"],
        ),
        (
            ATOM.format(more="", own="", entry='<title>t</title><link href="//a.example/1"/><content type="html">'
                "&lt;a href='//b.example/x'&gt;x&lt;/a&gt;&lt;img src='./p.jpg'&gt;</content>"),
            "https://a.example/1",
            ["https://b.example/x", "https://a.example/p.jpg"],
        ),
    ],
)  # fmt: skip
def test_addresses_are_relative_to_the_nearest_base(feed: str, url: str, found: list[str]) -> None:
    document = first(feed)
    assert document.url == url
    assert sorted(addresses(document)) == sorted(found)


def test_the_base_of_a_page() -> None:
    html = (
        '<html><head><title>t</title><base target="_blank"><base href="/static/"><link rel="canonical"'
        ' href="https://a.example/2025/1"></head><body><h1>t</h1><p><a href="x">x</a> <a href="#y">y</a></p></body></html>'
    )
    document = feed2doc.read(html.encode())
    assert (document.url, addresses(document)) == ("https://a.example/2025/1", ["https://a.example/static/x"])


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ("<link>https://a.example/1</link><guid>https://a.example/g</guid>", "https://a.example/1"),
        ("<guid>https://a.example/g</guid>", "https://a.example/g"),
        ('<guid isPermaLink="false">https://a.example/g</guid>', ""),
        ("<guid>g/1</guid>", "https://log.example/blog/g/1"),
        ("<guid>12345</guid>", ""),
        ("<guid>tag:log.example,2025:/1</guid>", ""),
        (
            "<link>https://feedproxy.google.com/~r/x</link><guid isPermaLink='false'>https://a.example/g</guid>",
            "https://a.example/g",
        ),
        (
            '<link>https://go.example/x</link><f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">'
            "https://a.example/o</f:origLink>",
            "https://a.example/o",
        ),
    ],
)
def test_the_permalink_of_an_item(links: str, url: str) -> None:
    assert rss(f"<title>t</title>{links}<description>x</description>").url == url


def test_a_link_is_relative_to_the_feed_and_not_to_the_content() -> None:
    entry = (
        '<title>t</title><link href="p/1"/><content type="html" xml:base="https://s.example/q/">x</content>'
    )
    assert atom(entry, own="").url in ("p/1", "")
    feed = ATOM.format(more="", own="", entry=entry).replace(
        "<title>F", '<link rel="self" href="https://a.example/f.xml"/><title>F'
    )
    assert first(feed).url == "https://a.example/p/1"


def test_the_first_page_among_the_links_of_an_entry() -> None:
    links = (
        '<link rel="self" href="https://a.example/s"/><link rel="alternate" type="application/json" href="https://a.example/j"/>'
        '<link rel="alternate" type="text/html" href="https://a.example/h"/><link rel="alternate" hreflang="de" href="https://a.example/de"/>'
    )
    assert atom(f"<title>t</title>{links}<content>x</content>").url == "https://a.example/h"


ITEM = "<title>渡輪</title><description>港口重開。</description>"


@pytest.mark.parametrize(
    "feed",
    [
        "\n\n <?xml version='1.0'?>" + RSS.format(ITEM),
        "\ufeff\n<!-- cached --><?xml version='1.0'?>" + RSS.format(ITEM),
        "<br />\n<b>Notice</b>: Undefined index in <b>/x.php</b><br />\n" + RSS.format(ITEM),
        "Deprecated: strftime() in /y.php on line 9\n<?xml version='1.0'?>" + RSS.format(ITEM),
        "<?php echo 1 ?>\n<?xml version='1.0'?>" + RSS.format(ITEM),
        RSS.format(ITEM) + "\n<script>track()</script>",
        RSS.format(ITEM) + "<!-- 0.2 s -->",
    ],
)
def test_junk_around_a_feed_does_no_harm(feed: str) -> None:
    env = feed2doc.Env()
    document = first(feed, env)
    assert (document.headline, texts(document)) == ("渡輪", ["港口重開。"])
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize("head", ["", '<head><meta name="color-scheme" content="light dark"></head>'])
@pytest.mark.parametrize(
    "feed",
    [
        "<?xml version='1.0' encoding='gb2312'?>\n" + RSS.format(ITEM),
        RSS.format(ITEM),
        '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "title": "渡輪", "content_text": "港口重開。"}]}',
    ],
)
def test_a_feed_that_a_browser_saved_as_a_page(feed: str, head: str) -> None:
    shown = f'<html>{head}<body><pre style="white-space: pre-wrap;">{escape(feed, quote=False)}</pre><div class="x"></div></body></html>'
    document = first(shown)
    assert (document.headline, texts(document)) == ("渡輪", ["港口重開。"])


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><pre>&lt;rss version='2.0'&gt;&lt;/rss&gt;</pre><p>So begins a feed.</p></body></html>",
        b"<!doctype html><p>How to write a feed:</p><xmp><rss version='2.0'></rss></xmp>",
        b"<p>A feed begins with</p><rss version='2.0'><p>and ends later.</p>",
    ],
)
def test_a_page_about_feeds_is_a_page(page: bytes) -> None:
    assert feed2doc.read(page).source_format == "html"


@pytest.mark.parametrize(
    ("item", "title", "expected"),
    [
        ("<title>Caf&eacute; &mdash; &uuml;ber</title><description>a&nbsp;b &hearts;</description>", "Café — über", ["a\xa0b ♥"]),
        ("<title>Tom & Jerry</title><description>AT&T, a&b;c, x=1&y=2</description>", "Tom & Jerry", ["AT&T, a&b;c, x=1&y=2"]),
        ("<title>a < b <3</title><description>c</description>", "a < b <3", ["c"]),
        ("<title>t</title><content:encoded><![CDATA[<p>a & b &eacute;</p>]]></content:encoded><x:y>z</x:y>", "t", ["a & b é"]),
        ("<title>Über</title><description>ein<br>zwei &ouml;</description>", "Über", ["ein\nzwei ö"]),
    ],
)  # fmt: skip
def test_malformed_input_is_read_without_loss(item: str, title: str, expected: list[str]) -> None:
    env = feed2doc.Env()
    document = first(RSS.format(item), env)
    assert (document.headline, texts(document)) == (title, expected)
    assert not [d for d in env.diagnostics if d.kind == "loss"]


def test_an_item_that_is_cut_off_is_a_loss() -> None:
    env = feed2doc.Env()
    feed = RSS.format(ITEM + "</item><item><title>b</title><description>the first wo")
    documents = list(feed2doc.read_all(feed[: feed.index("the first wo") + 9].encode(), env=env))
    assert [d.headline for d in documents] == ["渡輪", "b"]
    assert [d.message for d in env.diagnostics if d.kind == "loss"] == [
        "entry 2 is not valid XML and may be incomplete"
    ]


def test_text_around_the_article_of_a_fragment_is_kept_and_that_of_a_page_is_not() -> None:
    inner = "<p>Before.</p><article><p>Inside.</p></article><p>After.</p>"
    assert texts(feed2doc.read(inner.encode())) == ["Before.", "Inside.", "After."]
    assert texts(feed2doc.read(f"<html><body>{inner}</body></html>".encode())) == ["Inside."]


TEASER = "<article><p>Teaser.</p></article>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<nav><p>Home.</p></nav><article><p>The text of it.</p></article><footer><p>Rights.</p></footer>", ["The text of it."]),
        ("<article><p>One.</p></article><article><p>Two.</p></article>", ["One.", "Two."]),
        (f"<article><p>The long text of the article.</p></article>{TEASER}", ["The long text of the article."]),
        (f"<div><p>The text is outside of all elements.</p></div>{TEASER}", ["The text is outside of all elements.", "Teaser."]),
        (f"<main><p>The text is in main, not in it.</p>{TEASER}</main><p>Foot.</p>", ["The text is in main, not in it.", "Teaser."]),
        ("<article>Text<br><br>in none.</article><div><p>Cookies.</p></div>", ["Text", "in none."]),
    ],
)  # fmt: skip
def test_the_article_of_a_page_has_most_of_its_text(inner: str, expected: list[str]) -> None:
    assert texts(feed2doc.read(f"<!doctype html><body>{inner}</body>".encode())) == expected


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("[no title]", "en"),
        ("(no title)", "de"),
        ("Untitled", "en"),
        ("Ohne Titel", "de"),
        ("无标题", "zh-CN"),
        ("無題", "ja"),
        ("(제목 없음)", "ko"),
        ("[Без названия]", "ru"),
        ("Sans titre", "fr"),
    ],
)
def test_a_title_that_says_that_there_is_none(title: str, language: str) -> None:
    env = feed2doc.Env()
    feed = (
        f'<rss version="2.0"><channel><title>Quay</title><language>{language}</language><item><title>{title}</title>'
        "<link>https://quay.example/1</link><description>&lt;p&gt;Fog on the mole, again.&lt;/p&gt;</description></item></channel></rss>"
    )
    (document,) = feed2doc.read_all(feed.encode(), env=env)
    assert document.headline == "Fog on the mole, again"
    assert [each.text for each in env.diagnostics if each.rule == "words: untitled"] == [title]


@pytest.mark.parametrize("title", ["Untitled, a film by Ann Ba", "No title for the harbour eleven", "无题"])
def test_other_titles_with_such_words_are_kept(title: str) -> None:
    page = f'<html lang="zh"><head><title>{title}</title></head><body><p>Fog.</p></body></html>'
    assert feed2doc.read(page.encode(), format="html").headline == title


def test_a_short_line_about_a_short_post_is_not_the_post() -> None:
    post = rss(
        "<title>Three eggs</title><description>@uma@quay.example made a new post: &quot;Three eggs&quot;</description>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;Three eggs! #hens&lt;/p&gt;</content:encoded>"
    )
    assert texts(post) == ["Three eggs! #hens"]


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        (
            '<a class="u-url mention" href="https://quay.example/@ann">@<span>ann</span></a> @bo',
            "The seals are back",
        ),
        ("RE: https://quay.example/@ann/1", "The seals are back"),
        ("#seals #tide", "The seals are back"),
        ("@ann the tide turns", "@ann the tide turns"),
    ],
)
def test_accounts_and_pages_above_a_post_are_text_but_not_its_headline(first: str, headline: str) -> None:
    post = rss(
        f"<author>Cy Bo</author><description><![CDATA[<p>{first}</p><p>The seals are back.</p>]]></description>"
    )
    assert post.headline == headline
    assert texts(post)[1:] == ["The seals are back."] and len(texts(post)) == 2


def test_a_post_of_only_a_tag_has_it_as_its_headline() -> None:
    assert rss("<description><![CDATA[<p>#seals</p>]]></description>").headline == "#seals"


TWICE = [
    f"{words} {'The town stood on the quay and waited for it. ' * 3}"
    for words in ("The ferry.", "A bell.", "Fog.", "Rope.", "Tar.")
]


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        (TWICE, 5),
        ([*TWICE[:4], TWICE[4].replace("waited", "waited,")], 5),
        ([*TWICE[:4], "Tar is sticky, and the men went home without it."], 10),
        ([*reversed(TWICE)], 10),
        (TWICE[:4], 9),
    ],
)
def test_a_text_that_is_there_twice(again: list[str], kept: int) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(
        f"<h1>Q</h1>{''.join(f'<p>{text}</p>' for text in (*TWICE, *again))}".encode(), env=env
    )
    assert sum(len(section.blocks) for section in document.sections) == kept
    assert not [note for note in env.diagnostics if note.kind == "loss"]
    assert len([note for note in env.diagnostics if note.rule == "the text again"]) == 10 - kept - (
        len(again) == 4
    )


def test_of_two_equal_texts_that_with_paragraphs_is_read() -> None:
    body = "<![CDATA[<p>The bell rang twice.</p><p>Nobody came to the quay.</p>]]>"
    spaces = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    item = (
        f"<title>Bell</title><description>{body}</description>"
        "<itunes:summary>The bell rang twice. Nobody came to the quay.</itunes:summary>"
        f"<content:encoded>{body}</content:encoded>"
    )
    read = first(RSS.format(item).replace("<rss ", f"<rss {spaces} ", 1))
    assert texts(read) == ["The bell rang twice.", "Nobody came to the quay."]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("港口&lt;b&gt;重开&lt;/b&gt;。\n\n渡轮回来。", ["港口重开。", "渡轮回来。"]),
        (
            "港口&lt;b&gt;重开&lt;/b&gt;。\n \n\n渡轮回来。\n人们等着。",
            ["港口重开。", "渡轮回来。\n人们等着。"],
        ),
        ("&lt;p&gt;港口重开。\n\n渡轮回来。&lt;/p&gt;", ["港口重开。 渡轮回来。"]),
        ("港口&lt;b&gt;重开&lt;/b&gt;。&lt;br&gt;\n\n渡轮回来。", ["港口重开。\n渡轮回来。"]),
        ("港口&lt;b&gt;重开&lt;/b&gt;。\n渡轮回来。", ["港口重开。 渡轮回来。"]),
        (
            "港口。\n\n渡轮。\n\n人们。\n\n&lt;hr&gt;\n\n&lt;div&gt;海。&lt;/div&gt;",
            ["港口。", "渡轮。", "人们。", "海。"],
        ),
        ("&lt;div&gt;海。&lt;/div&gt;港口。\n\n渡轮。\n\n人们。", ["海。", "港口。", "渡轮。", "人们。"]),
    ],
)
def test_blank_lines_in_html_without_blocks(written: str, expected: list[str]) -> None:
    assert [
        text.replace("。渡", "。 渡")
        for text in texts(rss(f"<title>t</title><description>{written}</description>"))
    ] == expected


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Quay Letter · 2026-10-6", "Quay Letter · 2026-10-6"),
        ("Quay Letter - 5 May 2026", "Quay Letter - 5 May 2026"),
        ("Quay Letter | #412", "Quay Letter | #412"),
        ("Quay Letter - 第12期", "Quay Letter - 第12期"),
        ("Fog in May | Quay Letter", "Fog in May"),
        ("Quay Letter - 12 boats", "12 boats"),
    ],
)
def test_the_name_of_a_feed_stays_next_to_a_date_or_number(title: str, headline: str) -> None:
    entry = f"<item><title>{title}</title><link>https://quay.example/1</link><description>Fog. More fog.</description></item>"
    feed = f"<rss version='2.0'><channel><title>Quay Letter</title>{entry}</channel></rss>"
    assert first(feed).headline == headline


RELATIVE = """<rss version="2.0"><channel><title>Port</title><link>{home}</link><item><title>A</title><link>a/1.html</link>
<description>&lt;p>Ships.&lt;/p>&lt;img src="pic.jpg"></description></item></channel></rss>"""


@pytest.mark.parametrize("home", ["/news/", "../news/", "https://port.example/news/"])
def test_relative_links_of_a_feed_are_resolved_against_its_address(home: str) -> None:
    options = feed2doc.ReadOptions(base_url="https://port.example/feeds/rss.xml")
    document = feed2doc.read(RELATIVE.format(home=home).encode(), options=options)
    assert document.url == "https://port.example/news/a/1.html"
    assert addresses(document) == ["https://port.example/news/a/pic.jpg"]


def test_a_picture_with_an_address_relative_to_nothing_is_a_loss() -> None:
    env = feed2doc.Env()
    document = first(RELATIVE.format(home="/news/"), env)
    with feed2doc.Fetcher() as fetcher:
        feed2doc.gather(document, env, fetcher)
    (loss,) = (each.message for each in env.diagnostics if each.kind == "loss")
    assert "pic.jpg: its address is relative to one that is not known: set --base-url" in loss


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>The store is\n&lt;a href=&quot;https://e.org/a?b=1&amp;c=2&quot;&gt;new&lt;/a&gt;. </p>", ["The store is new."]),
        ('&lt;p&gt;It is back.&lt;/p&gt;<hr/><p><a href="https://e.org/a?b=1&amp;c=2">Tar</a> is black.</p>', ["It is back.", "Tar is black."]),
        ("<p>Use <code>&lt;b&gt;x&lt;/b&gt;</code> here, <a href='https://e.org/a?b=1&amp;c=2'>or</a>.</p>", ["Use <b>x</b> here, or."]),
        ("<p>Use <a href='https://e.org/a?b=1&amp;c=2'>it</a> &amp; more.</p>", ["Use it & more."]),
    ],
)  # fmt: skip
def test_html_as_text_of_which_a_part_is_escaped(content: str, expected: list[str]) -> None:
    for document in (
        atom(f'{PAGE}<content type="html">{content}</content>'),
        rss(f"<description>{content}</description>"),
    ):
        assert texts(document) == expected
        assert "https://e.org/a?b=1&c=2" in addresses(document)


def test_bodies_that_do_not_end_are_searched_once() -> None:
    for part in ("<description>", "<description>&lt;/p", "<description><![CDATA[a", '<content type="html">x'):
        started = time.process_time()
        assert escaped_alike(part * 50_000) == part * 50_000
        assert time.process_time() - started < 2


def test_escaped_tags_in_a_section_or_in_xhtml_are_text() -> None:
    markup = "<p>Use &lt;b&gt;x&lt;/b&gt; here.</p>"
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{markup}</div>'
    for document in (
        rss(f"<description><![CDATA[{markup}]]></description>"),
        atom(f'{PAGE}<content type="xhtml">{div}</content>'),
    ):
        assert texts(document) == ["Use <b>x</b> here."]


def test_a_footer_above_text_is_text() -> None:
    document = rss(
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;footer&gt;&lt;p&gt;The mast is oak.&lt;/p&gt;&lt;/footer&gt;&lt;p&gt;Two.&lt;/p&gt;</description>"
    )
    assert texts(document) == ["One.", "The mast is oak.", "Two."] and not document.credits
