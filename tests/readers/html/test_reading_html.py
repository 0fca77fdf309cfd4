"""Reading HTML: structure is kept, broken markup is handled, no text is lost, and unsafe content is removed."""

import feed2doc
import pytest
from feed2doc import model as m
from hypothesis import given
from hypothesis import strategies as st


def p(text: str) -> m.Paragraph:
    return m.Paragraph((m.Text(text),))


def blocks(html: str, env: feed2doc.Env | None = None) -> list[m.Block]:
    document = feed2doc.read(f"<div>{html}</div>".encode(), format="html", env=env)
    lead = [document.lead] if document.lead else []
    return [*lead, *(b for s in document.sections for b in s.blocks)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>b<div>c</div>", [p("a"), p("b"), p("c")]),
        ("<p> a \n b </p>", [p("a b")]),
        ("<p>a<br>b</p>", [m.Paragraph((m.Text("a"), m.LineBreak(), m.Text("b")))]),
        ("<p>a<br> <br/>b<br></p>", [p("a"), p("b")]),
        ("<p>\u00a0</p><p>\u3000\u3000字</p>", [p("字")]),
        ("<b>a</b><b>b</b> c", [m.Paragraph((m.Strong((m.Text("ab"),)), m.Text(" c")))]),
        ("<p>x <b></b>y</p>", [p("x y")]),
        ("<p>a<b><br></b>b<i> <br> </i>c</p>", [m.Paragraph((m.Text("a"), m.LineBreak(), m.Text("b"), m.LineBreak(), m.Text("c")))]),
        ("<p>a<b>b<br></b>c</p>", [m.Paragraph((m.Text("a"), m.Strong((m.Text("b"), m.LineBreak())), m.Text("c")))]),
        ("<p>H<sub>2</sub>O<sup>2</sup></p>", [m.Paragraph((m.Text("H"), m.Sub((m.Text("2"),)), m.Text("O"), m.Sup((m.Text("2"),))))]),
        ("<pre>a\n  b</pre>", [m.CodeBlock("a\n  b")]),
        ("<pre>\n\n  c\n\n</pre>", [m.CodeBlock("\n  c\n")]),
        ("<pre><code class='language-c++'></code></pre>", [m.CodeBlock("", "c++")]),
        ("<p>a<code> b</code></p>", [m.Paragraph((m.Text("a"), m.Code(" b")))]),
        ("<ol><li>a</li><li> </li><li>b</li></ol>", [m.OrderedList(((p("a"),), (), (p("b"),)))]),
        ("<p>a</p><ul><li></li></ul>", [p("a")]),
        ("<ul><li></li><li>a</li><li><br></li><li>b</li></ul>", [m.BulletList(((p("a"),), (p("b"),)))]),
        ("<ul><li><input type=checkbox checked></li><li>a</li></ul>", [m.BulletList(((), (p("a"),)), tasks=(True, None))]),
        ("<p>before<blockquote>q</blockquote>after</p>", [p("before"), m.Quote((p("q"),)), p("after")]),
        ("<ol start=3><li>a<li>b</ol>", [m.OrderedList(((p("a"),), (p("b"),)), 3)]),
        ("<ul><li>a<ul><li>b</ul></ul>", [m.BulletList(((p("a"), m.BulletList(((p("b"),),))),))]),
        ("<li>a</li><li>b</li>", [m.BulletList(((p("a"),), (p("b"),)))]),
        ("<ul>loose<li>a</ul>", [m.BulletList(((p("loose"),), (p("a"),)))]),
        ("<dl><dt>t</dt><dd>m</dd><dd>n</dd></dl>", [m.DefinitionList((m.Definition((m.Text("t"),), ((p("m"),), (p("n"),))),))]),
        ("<ul><li><p>a</p><li>b</ul>", [m.BulletList(((p("a"),), (p("b"),)), loose=True)]),
        ("<ol><li><div><p>a <b>b</b></div></ol>", [m.OrderedList(((m.Paragraph((m.Text("a "), m.Strong((m.Text("b"),)))),),), loose=True)]),
        ("<ul><li>a<br><br>b</ul>", [m.BulletList(((p("a"), p("b")),), loose=True)]),
        ("<ul><li><p>a</p><ul><li>b</ul></ul>", [m.BulletList(((p("a"), m.BulletList(((p("b"),),))),), loose=True)]),
        ("<ul><li>a<blockquote><p>b</p></blockquote></ul>", [m.BulletList(((p("a"), m.Quote((p("b"),))),))]),
        ("<ul><li><p></p><pre>a</pre></ul>", [m.BulletList(((m.CodeBlock("a"),),))]),
        ("<li><p>a</p></li><li>b</li>", [m.BulletList(((p("a"),), (p("b"),)), loose=True)]),
        ("<ul><li><h3>h</h3>a</ul>", [m.BulletList(((m.Heading(3, (m.Text("h"),)), p("a")),))]),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", [m.Paragraph((m.Ruby((m.Text("漢"),), "かん"),))]),
        ('<p><span lang="en" dir="ltr">x</span></p>', [m.Paragraph((m.Span((m.Text("x"),), "en", "ltr"),))]),
        ('<p><b>a<i>b</b>c</i></p>', [m.Paragraph((m.Strong((m.Text("a"), m.Emph((m.Text("b"),)))), m.Text("c")))]),
        ("<h2>only</h2>x", [p("x")]),
    ],
)  # fmt: skip
def test_blocks(html: str, expected: list[m.Block]) -> None:
    assert blocks(html) == expected


def test_table_with_spans() -> None:
    html = (
        "<table><caption>C</caption><tr><th colspan=2 align=right>h</th></tr>"
        "<tr><td rowspan=2><p>a</p><p>b</p></td><td>c</td></tr></table>"
    )
    rows = (
        (m.Cell((p("h"),), True, "right", 2),),
        (m.Cell((p("a"), p("b")), rowspan=2), m.Cell((p("c"),))),
    )
    assert blocks(html) == [m.Table(rows, (m.Text("C"),))]


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert blocks("<table><tr><td>a</td></tr></table>") == [p("a")]


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="https://e.org/a.jpg"><figcaption>C <cite>P</cite></figcaption></figure>',
        '<p><figure><img src="https://e.org/a.jpg"></p><figcaption>C<cite>P</cite></figcaption></figure>',
        '<div class="wp-caption"><img src="https://e.org/a.jpg"><p class="wp-caption-text">C<cite>P</cite></p></div>',
    ],
)
def test_figures_with_caption_and_credit(html: str) -> None:
    (figure,) = blocks(html)
    assert isinstance(figure, m.Figure) and figure.image is not None
    assert (figure.image.src, figure.caption, figure.credit) == (
        "https://e.org/a.jpg",
        (m.Text("C"),),
        (m.Text("P"),),
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="https://e.org/a.jpg"><small>C</small></p>',
        '<img src="https://e.org/a.jpg"><div><small>C</small></div>',
    ],
)
def test_small_after_a_picture_is_its_caption(html: str) -> None:
    (figure, after) = blocks(html + "<p><small>fine print</small></p>")
    assert isinstance(figure, m.Figure) and figure.caption == (m.Text("C"),)
    assert after == p("fine print")


@pytest.mark.parametrize(
    ("html", "credit"),
    [
        ("{0}<figcaption>The quay. Photo: Ann Ba</figcaption><span class=credit>Photo: Ann Ba / Quay Post</span>", ""),
        ("{0}<span class=credit>Photo: Ann Ba / Quay Post</span><figcaption>The quay. Photo: Ann Ba</figcaption>", ""),
        ("{0}<figcaption>The quay. Photo: Ann Ba<span class=credit>Photo: Ann Ba / Quay Post</span></figcaption>", ""),
        ("{0}<figcaption>The quay.</figcaption><b class=credit>Photo: Ann</b><b class=credit>Photo: Anna Ba</b>", "Photo: Ann Photo: Anna Ba"),
        ("{0}<figcaption>The quay.<cite>Photo: Ann <img class=inline src=/e.png></cite><cite>Photo: Ann / Bo</cite></figcaption>", "Photo: Ann  Photo: Ann / Bo"),
    ],
)  # fmt: skip
def test_a_credit_is_not_said_twice(html: str, credit: str) -> None:
    env = feed2doc.Env(audit=True)
    page = f"<p>Begin.</p><figure>{html.format('<img src=/a.jpg>')}</figure><p>End.</p>"
    (figure,) = feed2doc.figures(feed2doc.read(page.encode(), format="html", env=env))
    assert m.plain_text(figure.caption) == "The quay."
    assert m.plain_text(figure.credit) == (credit or "Photo: Ann Ba / Quay Post")
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]


@pytest.mark.parametrize("signs", ["*", "***", "• • •", "<b>—</b>"])
def test_a_heading_of_signs_is_a_rule(signs: str) -> None:
    item = f"[A](https://e.org/1)\n---\n<p>a</p><h2>{signs}</h2><p>b</p><h2>c</h2><p>d</p>"
    (first, second) = feed2doc.read(item.encode()).sections
    assert first.blocks == (p("a"), m.Rule(), p("b"))
    assert second.blocks == (p("d"),)


@pytest.mark.parametrize("address", ["https://harbour.example/log", "mailto:log@quay.example"])
def test_addresses_below_that_of_the_site(address: str) -> None:
    link = m.Link((m.Text("a"),), address)
    assert blocks(f'<p><a href="https://www.quay.example{address}">a</a></p>') == [m.Paragraph((link,))]


@pytest.mark.parametrize(
    ("attributes", "src", "fallback"),
    [
        ('src="//e.org/a.jpg"', "https://e.org/a.jpg", ""),
        ('data-src="https://e.org/a.jpg"', "https://e.org/a.jpg", ""),
        ('src="data:image/gif;base64,R0" data-src="https://e.org/b.jpg"', "https://e.org/b.jpg", ""),
        ('srcset="https://e.org/s.jpg 600w, https://e.org/l.jpg 1800w, https://e.org/x.jpg 4000w"', "https://e.org/l.jpg", ""),
        ('src="https://images.weserv.nl?url=e.org/c.jpg?x=1"', "https://e.org/c.jpg?x=1", "https://images.weserv.nl?url=e.org/c.jpg?x=1"),
    ],
)  # fmt: skip
def test_picture_addresses(attributes: str, src: str, fallback: str) -> None:
    (figure,) = blocks(f"<img {attributes}>")
    assert isinstance(figure, m.Figure) and figure.image is not None
    assert (figure.image.src, figure.image.fallback_src) == (src, fallback)


@pytest.mark.parametrize(
    ("attributes", "is_line"),
    [
        ("src='/banner_640x3-nc.png' alt='divider'", True),
        ("src='/a.png' width=600 height=2", True),
        ("src='/chart-1200x0.png'", False),
        ("src='/a_640x36.png'", False),
        ("src='/a.png' width=600 height=200", False),
        ("src='/a.png' width=300 height=6 alt='Line'", True),
        ("src='/a.png' width=300 height=6 alt='Signed, Ann Ba'", False),
    ],
)
def test_a_picture_of_a_line_is_decoration(attributes: str, is_line: bool) -> None:
    document = feed2doc.read(f"<p>Before.</p><img {attributes}><p>After.</p>".encode(), format="html")
    assert bool(feed2doc.figures(document)) is not is_line


@pytest.mark.parametrize(
    "html",
    [
        "{}<figcaption>The tide</figcaption>",
        "<figcaption>The tide</figcaption><div><a href='/b'>{}</a></div>",
    ],
)
def test_a_picture_of_a_line_with_a_caption_is_a_figure(html: str) -> None:
    page = f"<p>Before.</p><figure>{html.format('<img src=/tide_640x3.png width=640 height=3>')}</figure>"
    (figure,) = feed2doc.figures(feed2doc.read(page.encode(), format="html"))
    assert figure.image and m.plain_text(figure.caption) == "The tide"


def test_a_rule_is_no_edge_of_an_article() -> None:
    figure = "<figure><img src='https://e.org/a.jpg'></figure>"
    foot = "<p><a href='/a'>Slow boats</a> was originally published in <a href='/b'>Quay</a> on Medium, where people are continuing the conversation by highlighting and responding to this story.</p>"
    page = f"{figure}<p>Before.</p><hr><p>After.</p><hr>{foot}"
    (section,) = feed2doc.read(page.encode(), format="html").sections
    assert [type(block) for block in section.blocks] == [m.Paragraph, m.Rule, m.Paragraph]


def test_a_tracking_pixel_is_not_a_picture() -> None:
    assert blocks('<p>a</p><img src="https://e.org/p.gif" width="1" height="1">') == [p("a")]


@pytest.mark.parametrize(
    "html",
    [
        '<picture><source srcset="https://e.org/a.webp"><img src="https://e.org/a.jpg"></picture><p>w1</p>',
        '<picture><source srcset="x"><source srcset="y"/><img src="https://e.org/a.jpg"></picture>w1',
        '<embed src="https://e.org/f.swf"><img src="https://e.org/a.jpg">w1',
        '<map name="m"><area href="x"><img src="https://e.org/a.jpg"></map><track src="x">w1',
    ],
)
def test_what_follows_a_void_element_is_not_inside_it(html: str) -> None:
    """libxml2 does not know all void elements, and puts the content after them inside."""
    found = blocks(html)
    assert [b.image.src for b in found if isinstance(b, m.Figure) and b.image] == ["https://e.org/a.jpg"]
    assert "w1" in _words(tuple(found))


def test_video_is_an_embed() -> None:
    (embed,) = blocks('<video poster="https://e.org/p.jpg"><source src="https://e.org/v.mp4"></video>')
    assert isinstance(embed, m.Embed) and (embed.kind, embed.url) == ("video", "https://e.org/v.mp4")
    assert embed.poster is not None and embed.poster.src == "https://e.org/p.jpg"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " java\nscript:x", "file:///etc/passwd", "vbscript:x", "data:text/html,x"]
)
def test_unsafe_links_lose_only_their_url(href: str) -> None:
    env = feed2doc.Env()
    assert blocks(f'<p>a <a href="{href}">b</a></p>', env) == [p("a b")]
    assert [d.rule for d in env.diagnostics if d.kind == "dropped"] == ["links"]


def test_link_keeps_address_and_halves_join() -> None:
    html = '<p><a href="HTTPS://e.org/x">a</a><a href="https://e.org/x"><i>b</i></a></p>'
    assert blocks(html) == [m.Paragraph((m.Link((m.Text("a"), m.Emph((m.Text("b"),))), "https://e.org/x"),))]


@pytest.mark.parametrize(
    ("written", "title"),
    [(" a \t b ", "a b"), ("a\r\n  b&#10;c", "a\nb\nc"), ("\n a\n", "\na\n"), (" \n ", "")],
)
def test_titles_keep_their_lines(written: str, title: str) -> None:
    html = f'<p><a href="https://e.org/" title="{written}">x</a></p><img src="https://e.org/i.jpg" title="{written}">'
    assert blocks(html) == [
        m.Paragraph((m.Link((m.Text("x"),), "https://e.org/", title),)),
        m.Figure(m.Image("https://e.org/i.jpg", title=title)),
    ]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://e.org/gallery?a=1", "https://e.org/gallery?a=1"),
        ("/more", "https://e.org/more"),
        ("https://e.org/large.JPG", ""),
        ("https://e.org/large.webp?w=2000", ""),
        ("https://e.org/x/?utm_source=feed", ""),
        ("#top", ""),
        ("javascript:zoom()", ""),
    ],
)
def test_a_picture_keeps_its_link_to_a_page_that_is_not_the_article(href: str, url: str) -> None:
    picture = f'<a href="{href}"><picture><img src="https://e.org/i.jpg"></picture></a>'
    image = m.Image("https://e.org/i.jpg")
    item = "[h](https://e.org/x)\n---\n<p>w</p>"
    for html, caption in (
        (picture, ""),
        (f"<figure>{picture}<figcaption>c</figcaption></figure>", "c"),
        (f"<p>{picture}</p><small>c</small>", "c"),
        (f"<figure><p>{picture}</p><figcaption>c</figcaption></figure>", "c"),
        (f"<table><tr><td>{picture}</td></tr><tr><td>c</td></tr></table>", "c"),
    ):
        document = feed2doc.read((item + html).encode())
        assert document.sections[0].blocks == (
            p("w"),
            m.Figure(image, (m.Text(caption),) if caption else (), url=url),
        )


@pytest.mark.parametrize("href", ["#place", "", "?page=2", "more.html"])
def test_a_relative_link_with_no_base_is_kept_as_written(href: str) -> None:
    assert blocks(f'<p><a href="{href}">a</a></p><p><a name="b">b</a></p>') == [
        m.Paragraph((m.Link((m.Text("a"),), href),)),
        p("b"),
    ]


@pytest.mark.parametrize(("href", "url"), [("#place", ""), ("", ""), ("?page=2", "https://e.org/x?page=2")])
def test_a_link_inside_the_articles_page_is_its_words(href: str, url: str) -> None:
    item = f'[h](https://e.org/x)\n---\n<p><a href="{href}">a</a></p>'
    document = feed2doc.read(item.encode())
    content = m.Link((m.Text("a"),), url) if url else m.Text("a")
    assert document.sections[0].blocks == (m.Paragraph((content,)),)


def test_a_mark_without_a_base_is_still_a_footnote() -> None:
    html = '<p>a<sup><a id="r" href="#n">1</a></sup></p><ol><li id="n">b <a href="#r">↩</a></li></ol>'
    assert blocks(html) == [m.Paragraph((m.Text("a"), m.Note((p("b"),))))]


def test_lost_space_between_tag_and_attribute() -> None:
    assert blocks('<divclass="x">a</div><p>b</p>') == [p("a"), p("b")]


def test_sections_by_heading_levels_in_use() -> None:
    document = feed2doc.read(b"<div>a<h2>H</h2>b<h4>I</h4>c<h2>J</h2></div>", format="html")
    assert [(m.plain_text(s.heading), s.level, len(s.blocks)) for s in document.sections] == [
        ("", 0, 1),
        ("H", 1, 1),
        ("I", 2, 1),
        ("J", 1, 0),
    ]


def test_levels_never_skip() -> None:
    document = feed2doc.read(b"<div><h4>A</h4>a<h2>B</h2>b<h5>C</h5>c</div>", format="html")
    assert [(m.plain_text(s.heading), s.level) for s in document.sections] == [("A", 1), ("B", 1), ("C", 2)]


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "ul><li", "b", "i><b"])
def test_400_unclosed_elements_are_read_whole(tag: str) -> None:
    words = "".join(f"<{tag}>w{n} " for n in range(400))
    found = plain(blocks(words))
    assert found == [f"w{n}" for n in range(400)]


def plain(nodes: list[m.Block]) -> list[str]:
    return _words(tuple(nodes)).split()


def _words(node: object) -> str:
    """Return all text in any part of the model, in order."""
    if isinstance(node, str):
        return ""
    if isinstance(node, m.Text):
        return node.value + " "
    if isinstance(node, m.Math):
        return node.words + " "
    if isinstance(node, m.Embed):
        return node.title + " "
    if isinstance(node, tuple):
        return "".join(map(_words, node))
    fields = getattr(node, "__struct_fields__", ())
    return "".join(_words(getattr(node, name)) for name in fields)


def test_nesting_is_capped_and_reported() -> None:
    env = feed2doc.Env()
    (node, *_) = blocks("<blockquote>" * 300 + "deep", env)
    depth = 0
    while isinstance(node, m.Quote):
        node, depth = node.blocks[0], depth + 1
    assert depth < m.MAX_NESTING and node == p("deep")
    assert any("deeper" in d.message for d in env.diagnostics)


@pytest.mark.parametrize(
    ("html", "limit"),
    [
        ("<div>" * 3000 + "x", "2,000 levels"),
        ("<i>a</i>" * 200_001, "200,000 elements"),
        (f"a<script type=math/mml><math>{'<mi>x</mi>' * 200_001}</math></script>", "200,000 elements"),
        ("<p>" + "x" * 10 * 2**20 + "</p>", "10 MiB"),
    ],
)
def test_limits_are_named(html: str, limit: str) -> None:
    with pytest.raises(feed2doc.LimitError, match=limit):
        feed2doc.read(html.encode(), format="html")


def test_a_picture_in_the_address_does_not_count_to_the_limit() -> None:
    html = '<p>a</p><img src="data:image/png;base64,' + "A" * 11 * 2**20 + '">'
    assert len(blocks(html)) == 2


@given(st.text())
def test_any_text_is_read_or_refused_and_never_lost(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    try:
        document = feed2doc.read(
            f"<div><p>{escaped}</p></div>".encode("utf-8", "surrogatepass"), format="html"
        )
    except feed2doc.ReadError:
        return
    kept = "".join(_words((document.sections, document.credits)).split())
    assert len(kept) <= len(text)
    assert all(c in kept for c in text if c.isalnum())


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<td>", "<table>", "</table>", "<figure>", "<figcaption>", "<a href='x'>", "</a>", "<br>", "<img src='i.png'>", "<small>", "<h2>", "</h2>", "<dd>", "<dt>", "<dl>", "<tr>", "<th>", "<aside>", "<cite>", "</cite>", "<caption>", "</caption>", "<blockquote>", "<footer>", "<ol>", "<dl>", "<figure>", "</figure>", "</td>", "<span class=credit>", "<video src='https://e.org/v'></video>", "<ruby>", "</ruby>", "<sup>", "<hr>", "<h5>", "w1 ", "w2 "]), max_size=40))  # fmt: skip
def test_any_tag_soup_keeps_its_words(parts: list[str]) -> None:
    html = "".join(parts)
    expected = [w for w in ("w1", "w2") for _ in range(html.count(w))]
    try:
        document = feed2doc.read(f"<div>start {html}</div>".encode(), format="html")
    except feed2doc.ReadError:
        assert not expected
        return
    found = _words((document.lead or (), document.sections, document.credits)).split()
    assert sorted(w for w in found if "e.org" not in w) == sorted(["start", *expected])


def test_footnotes_go_back_to_their_marks() -> None:
    html = (
        '<p>渡轮<sup><a href="#n1" id="m1">1</a></sup>来了<a href="#n2">[2]</a>。</p><hr>'
        '<ol><li id="n1">白色的。<a href="#m1">↩</a></li><li id="n2"><p>周一。</p></li></ol>'
    )
    (paragraph,) = blocks(html)
    assert paragraph == m.Paragraph(
        (m.Text("渡轮"), m.Note((p("白色的。"),)), m.Text("来了"), m.Note((p("周一。"),)), m.Text("。"))
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p>a<ruby>e<rt>f<sup><a href="#n">1</a></sup></ruby></p><p id="n">w1</p>',  # found by the fuzzer
        '<p>a<a href="#n">1</a></p><p id="n">b<a href="#o">2</a></p><p id="o">w1</p>',
        '<p>a<a href="#n">1</a><a href="#n">1</a></p><p id="n">w1</p>',
        '<p>a</p><p id="n">w1</p><p><a href="#n">1</a></p>',
    ],
)
def test_a_note_that_cannot_be_placed_is_text(html: str) -> None:
    assert _words(tuple(blocks(html))).split().count("w1") == 1


@pytest.mark.parametrize(
    "html",  # each found by the fuzzer
    [
        "<table><caption>a<cite><p>w1</p></cite></caption><tr><td>b<td>c</table>",
        '<figure><figure><img src="i.png"><figcaption><cite>w1</cite></figcaption></figure><figcaption>c</figcaption></figure>',
    ],
)
def test_a_credit_in_a_strange_place_is_kept(html: str) -> None:
    assert _words(tuple(blocks(html))).split().count("w1") == 1


@pytest.mark.parametrize("start", ["<ruby>a<rt>b", "<code>a", "<tt>a"])
def test_unclosed_elements_swallow_nothing(start: str) -> None:
    """Found by the fuzzer, for ruby."""
    found = blocks(f'<p>{start}</p><div>c<p>w1</p><img src="https://e.org/a.jpg"></div>')
    assert "w1" in _words(tuple(found)) and any(isinstance(b, m.Figure) for b in found)


def test_an_invalid_language_is_ignored() -> None:
    document = feed2doc.read(
        b"<p>one <span lang='EN_US_'>two</span> <span lang='zh_cn'>three</span></p>", format="html"
    )
    page = str(feed2doc.write(document, "json"))
    assert '"lang": "zh-CN"' in page and "EN_US_" not in page


PHRASES = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "\u6e21\u8f6e",
                " ",
                "  ",
                "\n",
                "\u00a0",
                "\u200b",
                "<br>",
                "<b>b</b>",
                "<b>c</b>",
                "<b> </b>",
                "<b> d</b>",
            ),
            *(
                "<i></i>",
                "<i>e <b>f</b></i>",
                '<a href="https://e.org/x">g</a>',
                '<a href="https://e.org/x">h </a>',
            ),
            *(
                '<a href="javascript:x()">i</a>',
                "<a>j</a>",
                "<sub>2</sub>",
                "<span>k</span>",
                '<img src="https://e.org/i.jpg">',
            ),
        ]
    ),
    max_size=6,
).map("".join)


@given(PHRASES, st.sampled_from(["", "w", "<blockquote>"]))
def test_a_paragraph_is_read_in_one_step_as_it_is_in_many(html: str, before: str) -> None:
    # A `div` is a line like a `p`, but does not take the fast path.
    short, long = feed2doc.Env(), feed2doc.Env()
    assert blocks(f"x{before}<p>{html}</p>", short) == blocks(f"x{before}<div>{html}</div>", long)
    assert short.diagnostics == long.diagnostics


def test_an_embed_in_a_box_of_a_caption_is_not_its_text_too() -> None:
    found = blocks("<p>a</p><figcaption><aside><video src='https://e.org/v'></video>w1</aside></figcaption>")
    assert " ".join(m.plain_text(text) for block in found for text in m.texts_of(block)).count("w1") == 1


@pytest.mark.parametrize(
    ("href", "url"),
    [
        (
            "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://quay.example/a%3Fb%3D1&amp;ct=ga",
            "https://quay.example/a?b=1",
        ),
        ("https://google.co.uk/url?q=https%3A%2F%2Fquay.example%2Fa", "https://quay.example/a"),
        ("https://link.zhihu.com/?target=https%3A//quay.example/oar", "https://quay.example/oar"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fquay.example%2F&amp;h=AT0", "https://quay.example/"),
        (
            "https://eur03.safelinks.protection.outlook.com/ap/w-59584e83/?url=https%3A%2F%2Fquay.example%2Fa&amp;data=05",
            "https://quay.example/a",
        ),
        ("https://href.li/?https://quay.example/a?b=1", "https://quay.example/a?b=1"),
        ("https://href.li/?https://quay.example/c?q=x%26y%3D1", "https://quay.example/c?q=x%26y%3D1"),
        ("https://href.li/?https://quay.example/100%25#/route", "https://quay.example/100%25#/route"),
        # A redirect to a redirect, and one without end.
        (
            "https://link.juejin.cn/?target=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fquay.example%2Fb",
            "https://quay.example/b",
        ),
        ("https://href.li/?" * 400 + "https://quay.example/a", "https://href.li/?" * 397 + "https://quay.example/a"),
        # The password of the target is left out as any other.
        ("https://link.zhihu.com/?target=https://a:b@quay.example/", "https://quay.example/"),
        # Pages that have a URL as a parameter and lead nowhere else, and targets that are no web page.
        ("https://quay.example/share?url=https://quay.example/a", "https://quay.example/share?url=https://quay.example/a"),
        ("https://www.google.com/search?q=https://quay.example/", "https://www.google.com/search?q=https://quay.example/"),
        ("https://www.google.com/url?q=javascript:alert(1)//http", "https://www.google.com/url?q=javascript:alert(1)//http"),
        ("https://google.com.quay.example/x/url?q=https://a.example/", "https://google.com.quay.example/x/url?q=https://a.example/"),
    ],
)  # fmt: skip
def test_links_lead_where_redirects_lead(href: str, url: str) -> None:
    document = feed2doc.read(f"<p>Before.</p><p>See <a href='{href}'>this</a>.</p>".encode(), format="html")
    assert [node.url for node in m.walk(document) if isinstance(node, m.Link)] == [url]


STORY = "<p>" + "The gull sat on the mole and looked at the boats. " * 8 + "</p>"


@pytest.mark.parametrize(
    ("title", "around", "caption"),
    [
        ("The gull is on the payroll.", "", "Sheet 3: the interview.\nThe gull is on the payroll."),
        ("„Die Möwe war es.“", "", "Sheet 3: the interview.\n„Die Möwe war es.“"),
        ("海鸥早就知道了。", "", "Sheet 3: the interview.\n海鸥早就知道了。"),
        ("Sheet 3: the interview.", "", "Sheet 3: the interview."),
        ("The gull at the interview", "", "Sheet 3: the interview."),
        ("The gull is on the payroll.", STORY, "Sheet 3: the interview."),
    ],
)
def test_the_title_of_a_comic_is_below_its_caption(title: str, around: str, caption: str) -> None:
    picture = f'<img src="https://e.org/i.png" alt="A gull in a suit" title="{title}">'
    html = (
        f"<figure>{picture}<figcaption>Sheet 3: the interview.</figcaption></figure><p>More soon.</p>{around}"
    )
    document = feed2doc.read(html.encode(), format="html")
    (figure,) = [node for node in m.walk(document) if isinstance(node, m.Figure)]
    assert m.plain_text(figure.caption) == caption


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("<p>Hover text:<br>The gull is on the payroll.</p>", ""),
        ("<p>She wrote below it, as she always does:</p><p>The gull is on the payroll.</p>", ""),
        ("<p>The gull is on the payroll. She said so.</p>", "The gull is on the payroll."),
    ],
)
def test_the_title_of_a_picture_that_the_text_repeats_is_not_its_caption(text: str, caption: str) -> None:
    html = f'<p>Comic.</p><p><img src="https://e.org/i.png" title="The gull is on the payroll."></p>{text}<p>End.</p>'
    document = feed2doc.read(html.encode(), format="html")
    (figure,) = [node for node in m.walk(document) if isinstance(node, m.Figure)]
    assert m.plain_text(figure.caption) == caption


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<rb>旧</rb><rb>金</rb><rt>jiù</rt><rt>jīn</rt><rtc><rt>San</rt></rtc>", "旧(jiù)金(jīn San)"),
        ("<ruby>漢<rt>hàn</rt></ruby><rt>Chinese</rt>", "漢(hàn Chinese)"),
        ("漢<rt>k<rt>j", "漢(k j)"),
        ("漢<rt></rt>字", "漢字"),
        ("<rb>A</rb><rb>B</rb><rt>x</rt>", "A(x)B"),
    ],
)
def test_readings_of_any_number_belong_to_their_characters(html: str, expected: str) -> None:
    env = feed2doc.Env(audit=True)
    page = f"<h1>A</h1><p>B</p><p><ruby>{html}</ruby>。</p>".encode()
    document = feed2doc.read(page, format="html", env=env)
    last = document.sections[-1].blocks[-1]
    assert isinstance(last, m.Paragraph) and m.printed_text(last.content) == f"{expected}。"
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]


def test_the_title_of_a_drawing_is_not_that_of_the_page() -> None:
    page = b"<p>The quay is open.</p><svg><title>A map</title><text>Quay</text></svg><p>It is.</p>"
    assert feed2doc.read(page, format="html").headline == ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><![CDATA[<p>A rope</p>]]></div><![CDATA[<p>holds</p>]]>", "A rope holds"),
        ("<![CDATA[<p>A rope</p><p>holds</p>]]>", "A rope holds"),
        ("<![CDATA[<p>A rope</p>]]><p>a[b[1]]>c</p>", "A rope a[b[1]]>c"),
        ("<p>A rope</p><![CDATA[<p>holds</p>", "A rope holds"),
        ("<script>//<![CDATA[\nlet a\n//]]></script><p>A rope</p>", "A rope"),
        ("<p>A rope</p><noembed><p>NOT SHOWN</p></noembed><noframes>NOT SHOWN</noframes>", "A rope"),
        (
            "<p><label>Name<input type=text></label><label>Town</label><select></select>Port</p>",
            "Name Town Port",
        ),
        ("<p>Press<button>OK</button>to go, or <button>No</button>.</p>", "Press OK to go, or No."),
        ("<p>点击<button>这里</button>查看潮汐表。</p>", "点击这里查看潮汐表。"),
        ("<p><button>低潮</button><button>高潮</button></p>", "低潮 高潮"),
        (
            '<p><a href="http://">A rope</a> <a href="mailto:">holds</a></p>',
            "A rope holds",
        ),
    ],
)
def test_words_that_browsers_show_are_kept_and_do_not_touch(html: str, expected: str) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<h1>Q</h1><p>So.</p>{html}".encode(), format="html", env=env)
    blocks = [block for section in document.sections for block in section.blocks][1:]
    assert " ".join(m.plain_text(text) for block in blocks for text in m.texts_of(block)) == expected
    assert not any(isinstance(each, m.Link) for each in m.walk(document))
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<span>A rope.</span><span>It holds.</span>", "A rope. It holds."),
        (
            "<span>A rope.</span><span class=credit><span>Photo:</span><span>Ann B</span></span>",
            "A rope. Photo: Ann B",
        ),
        ("<span>A rope of 2.</span><span>5 m</span>", "A rope of 2.5 m"),
        ("See www.<b>quay</b>.example", "See www.quay.example"),
        ("See <i>www.</i><b>quay</b>.example", "See www.quay.example"),
        ("<i>Ferry</i><b>.</b><b>com</b>", "Ferry.com"),
        ("<span>The ferry, i.</span><span>e. a boat</span>", "The ferry, i.e. a boat"),
        ("<b>J.</b><b>R.</b> Ba on the quay", "J.R. Ba on the quay"),
        (
            "<span class=a>The quay at noon</span><span class=b>Quay Notes</span>",
            "The quay at noon Quay Notes",
        ),
        ("<span class=a>The Mc</span><span class=a>Ba ferry</span>", "The McBa ferry"),
        ("<a href='https://e.org/1'>The quay</a><a href='https://e.org/2'>A ferry</a>", "The quay A ferry"),
        ("<span class=a>渡轮在港</span><span class=b>港务局</span>", "渡轮在港 港务局"),
        ("渡轮<span class=a>停</span><span class=b>在港</span>", "渡轮停在港"),
        ("渡轮、\n<b>码头</b>，\n<i>灯塔</i>", "渡轮、码头，灯塔"),
        ("渡轮、<b> 码头</b>和<i>「 </i>灯塔」", "渡轮、码头和「灯塔」"),
        ("渡轮<i class=credit>图：林海、</i><i class=credit>梅林</i>", "渡轮 图：林海、梅林"),
        ("渡轮在 <b>Quay</b> 靠岸", "渡轮在 Quay 靠岸"),
    ],
)
def test_sentences_of_a_caption_do_not_touch(html: str, expected: str) -> None:
    page = f"<p>So.</p><figure><img src='https://e.org/a.jpg'><figcaption>{html}</figcaption></figure>"
    document = feed2doc.read(page.encode(), format="html")
    (figure,) = (each for each in m.walk(document) if isinstance(each, m.Figure))
    assert f"{m.plain_text(figure.caption)} {m.plain_text(figure.credit)}".strip() == expected


@pytest.mark.parametrize(
    "html",
    [
        "<h2><p>The <i>quay</i></p></h2>",
        '<h2 class="a">\n<p class="b">The quay</p>\n</h2>',
        "<H2><P>The quay</P></H2>",
    ],
)
def test_a_heading_around_a_paragraph_is_a_heading(html: str) -> None:
    document = feed2doc.read(f"<h1>Q</h1><p>So.</p>{html}<p>It is.</p>".encode(), format="html")
    assert [m.plain_text(each.heading) for each in document.sections] == ["", "The quay"]


def test_bold_text_around_paragraphs_is_bold() -> None:
    page = (
        b"<h1>Q</h1><p>So <b>it</b> is.</p><b>\n<p>It is open, they say.</p><p>It is.</p></b><p>Not now.</p>"
    )
    (section,) = feed2doc.read(page, format="html").sections
    kinds = [[type(each) for each in b.content] for b in section.blocks if isinstance(b, m.Paragraph)]
    assert kinds == [[m.Text, m.Strong, m.Text], [m.Strong], [m.Strong], [m.Text]]


@pytest.mark.parametrize(
    ("around", "title"),
    [
        ("<b><p>It is open.</p></b>", "a <b c"),
        ("<b title='a <b c' ><p>It is open.</p></b>", "</b > d"),
        ("<h2><p>It is open</p></h2>", "<h2><p>x</p></h2>"),
        ("<pclass=a>It is open.</p>", "<pclass=a"),
        ("<p>It is open.</p></body></html>", "a </body> b"),
        ("<![CDATA[<p>It is open.</p>]]>", "<![CDATA[</b>]]>"),
        ("<!-- ' --><b><p>It is open.</p></b>", "a <b c"),
        ("<script>if (a < '</b>') b = \"'\"</script><b><p>It is open.</p></b>", "a <b c"),
    ],
)
def test_repairs_of_tags_leave_the_values_of_attributes(around: str, title: str) -> None:
    page = f'{around}<p>So <a href="https://e.org/" title="{title}">it</a> is.</p>'
    document = feed2doc.read(page.encode(), format="html")
    (link,) = (each for each in m.walk(document) if isinstance(each, m.Link))
    assert link.title == title
    assert "It is open" in str(feed2doc.write(document, "text"))


@pytest.mark.parametrize(
    "html", ["<h2></h2><p>The quay</p>", "<h2><p>The quay</p>", "<b></b><p>The quay</p>"]
)
def test_a_paragraph_after_an_empty_element_is_a_paragraph(html: str) -> None:
    document = feed2doc.read(f"<h1>Q</h1><p>So.</p>{html}<p>It is.</p>".encode(), format="html")
    assert m.Paragraph((m.Text("The quay"),)) in document.sections[-1].blocks


def test_the_alternative_text_of_a_picture_has_no_markup() -> None:
    alt = "The &lt;em&gt;Tern&lt;/em&gt;&lt;br&gt;at noon, 3 &lt; 4"
    document = feed2doc.read(
        f'<h1>Q</h1><p>Fog lay on the quay.</p><img src="https://e.org/a.jpg" alt="{alt}">'.encode()
    )
    (figure,) = feed2doc.figures(document)
    assert figure.image is not None and figure.image.alt == "The Tern at noon, 3 < 4"


def test_paragraphs_that_are_displayed_inline_are_one() -> None:
    part = '<p style="display: inline;" class="readability-styled">{}</p>'
    html = f"<div>{part.format('They wait for ')}<a href='/b'>the boat</a>{part.format(' at noon.')}<p>It is late.</p></div>"
    document = feed2doc.read(f"<h1>Q</h1><p>Fog.</p>{html}".encode())
    texts = [
        m.plain_text(block.content) for block in document.sections[0].blocks if isinstance(block, m.Paragraph)
    ]
    assert texts == ["Fog.", "They wait for the boat at noon.", "It is late."]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("清晨六点，老钟又响了一次，港里的\n人都出来看。", "清晨六点，老钟又响了一次，港里的人都出来看。"),
        ("清晨六点，老钟又响了一次。\n人都出来看。\n没有人说话。", "清晨六点，老钟又响了一次。人都出来看。没有人说话。"),
        ("清晨六点，老钟又响了一次，<b>港里</b>\n的人都出来看。", "清晨六点，老钟又响了一次，港里的人都出来看。"),
        ("清晨六点，老钟又响了一次，\n<b>港里</b>的人都出来看。", "清晨六点，老钟又响了一次，港里的人都出来看。"),
        ("清晨六点，老钟又响了<b>一次</b>。\n人都出来看。", "清晨六点，老钟又响了一次。人都出来看。"),
        ("朝六時、霧笛が鳴った。港の人は\nみな出てきた。", "朝六時、霧笛が鳴った。港の人はみな出てきた。"),
        ("林海\n梅林\n潮生", "林海 梅林 潮生"),
        ("潮平两岸阔\n雾起一船轻", "潮平两岸阔 雾起一船轻"),
        ("清晨六点，老钟又响了一次\n    港里的人", "清晨六点，老钟又响了一次 港里的人"),
        ("清晨六点，老钟又响了一次 The\n钟", "清晨六点，老钟又响了一次 The 钟"),
        ("아침 여섯 시에 종이 울렸다 그리고\n사람들이 나왔다.", "아침 여섯 시에 종이 울렸다 그리고 사람들이 나왔다."),
    ],
)  # fmt: skip
def test_the_end_of_a_long_line_between_wide_characters_is_no_space(html: str, expected: str) -> None:
    """As generators of sites write paragraphs whose source is wrapped."""
    document = feed2doc.read(f"<h1>Quay</h1><p>{html}</p><p>End.</p>".encode(), format="html")
    blocks = [block for section in document.sections for block in section.blocks]
    assert isinstance(blocks[0], m.Paragraph) and m.plain_text(blocks[0].content) == expected
