"""Publishing systems: their rules are found by marks in the markup, and their cards, notes and players are read."""

from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._text.urls import host_of
from feed2doc.readers._html.parse import parse_html
from feed2doc.readers._rules.schema import SYSTEMS, check, load
from feed2doc.readers._rules.selectors import Index
from feed2doc.readers._rules.systems import systems_in

P = "<p>The rope holds until noon. Then it is mended again.</p>"


def read(html: str, env: feed2doc.Env | None = None) -> list[m.Block]:
    """Return the blocks after the first paragraph of an article, in which nothing may be lost."""
    env = env or feed2doc.Env(audit=True)
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n{P}{html}".encode(), env=env)
    assert not [d for d in env.diagnostics if d.kind == "loss"], env.diagnostics
    found = (
        part
        for s in document.sections
        for part in (*([m.Heading(2, s.heading)] if s.heading else []), *s.blocks)
    )
    return list(found)[1:]


def lines(block: m.Block) -> list[str]:
    return [line for text in m.texts_of(block) for line in m.plain_text(text).split("\n")]


@pytest.mark.parametrize("path", sorted(SYSTEMS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_rules_of_each_system_are_valid_and_name_their_source(path: Path) -> None:
    rule = load(path)
    check(rule, path)
    head = path.read_text("utf-8").split("\nmarks")[0]
    assert (rule.marks or rule.feeds or rule.generator) and not rule.hosts and head.startswith("# ")
    assert any(
        "/" in line and "," in line for line in path.read_text("utf-8").splitlines() if line[0:1] == "#"
    )


@pytest.mark.parametrize(
    ("html", "generator", "found"),
    [
        (P, "", []),
        (P, "https://wordpress.org/?v=6.5", ["wordpress"]),
        (P, "Ghost 5.82", ["ghost"]),
        (P, "Hugo 0.120", ["hugo"]),
        (P, "Tide 0.120", []),
        ('<div class="kg-card">a</div>', "", ["ghost"]),
        ('<div class="kgb">a</div><div class="wpautop">a</div>', "", []),
        ('<div class="wp-block-quote"><span class="sidenote">a</span></div>', "", ["tufte", "wordpress"]),
        ("<clipboard-copy></clipboard-copy>", "", ["github"]),
        ('<p data-onebox-src="https://e.org">a</p>', "", ["discourse"]),
    ],
)
def test_systems_are_known_by_program_or_markup(html: str, generator: str, found: list[str]) -> None:
    index = Index.of(parse_html(html))
    assert [rule.name for rule in systems_in(index, generator)] == found


@pytest.mark.parametrize(
    ("feed", "found"),
    [
        ("https://www.reddit.com/r/a/", ["reddit"]),
        ("https://bsky.app/profile/a", ["bluesky"]),
        ("https://notreddit.com/", []),
        ("http://www.discourse.org/", ["discourse"]),
    ],
)
def test_systems_are_known_by_the_hosts_of_a_feed_and_its_namespaces(feed: str, found: list[str]) -> None:
    index = Index.of(parse_html(P))
    assert [rule.name for rule in systems_in(index, "", hosts=(host_of(feed),))] == found


def test_a_rule_may_keep_a_part_of_a_line(tmp_path: Path) -> None:
    pattern = "^Posted by .{1,40} (?P<rest>\\[page\\]) \\[talk\\]$"
    (tmp_path / "tide.toml").write_text(f"marks = ['.tide-*']\ndrop_text = ['{pattern}']\n", "utf-8")
    env = feed2doc.Env(site_dirs=(tmp_path,), audit=True)
    line = "Posted by <a href='https://e.org/u'>Ann</a> <a href='https://e.org/p'>[page]</a> <a href='https://e.org/t'>[talk]</a>"
    expected = [m.Paragraph((m.Link((m.Text("[page]"),), "https://e.org/p"),))]
    assert read(f'<div class="tide-post"><p>{line}</p></div>', env) == expected
    assert [each.text for each in env.diagnostics if each.kind == "dropped"] == [
        "Posted by Ann [page] [talk]"
    ]


def test_a_system_of_your_own_needs_only_a_file(tmp_path: Path) -> None:
    (tmp_path / "tide.toml").write_text('marks = [".tide-*"]\nnote = [".aside"]\ndrop = [".boom"]\n', "utf-8")
    env = feed2doc.Env(site_dirs=(tmp_path,), audit=True)
    html = '<div class="tide-post"><p>A<span class="aside">B</span></p><p class="boom">C</p></div>'
    assert read(html, env) == [m.Paragraph((m.Text("A"), m.Note((m.Paragraph((m.Text("B"),)),))))]
    assert [lines(block) for block in read(html.replace("tide-", "ebb-"), env)] == [["AB"], ["C"]]


@pytest.mark.parametrize("mark", [".a", "p", ".x y", ".post:hover", "*"])
def test_a_mark_is_a_name(tmp_path: Path, mark: str) -> None:
    (tmp_path / "tide.toml").write_text(f'marks = ["{mark}"]\n', "utf-8")
    with pytest.raises(feed2doc.SiteRuleError, match="marks"):
        read("", feed2doc.Env(site_dirs=(tmp_path,)))


def test_the_category_below_a_post_of_wordpress_is_left_out() -> None:
    category = '<span class="cat-links"><span class="screen-reader-text">分類</span> <a href="/c/m">媒體報導</a></span>'
    post = f'<article class="post-9 post type-post status-publish"><p>Tar.</p><footer>{category}</footer></article>'
    assert [m.plain_text(block.content) for block in read(post) if isinstance(block, m.Paragraph)] == ["Tar."]


def test_a_quotation_of_a_forum_names_its_author() -> None:
    html = (
        '<aside class="quote no-group" data-username="mei"><div class="title"><div class="quote-controls"></div><img class="avatar"'
        ' src="https://e.org/m.png" width="24" height="24"> 梅：</div><blockquote><p>三层就够了。</p></blockquote></aside>'
    )
    (quote,) = read(html)
    assert isinstance(quote, m.Quote) and lines(quote)[0] == "三层就够了。"
    assert m.plain_text(quote.attribution).startswith("梅")


def test_the_fields_before_a_text_of_drupal_are_its_header() -> None:
    html = (
        '<span class="field field--name-title">Kai</span> <span class="field field--name-uid"><span>Ann Ba</span></span> <span'
        ' class="field field--name-created"><time datetime="2025-03-04T09:00:00Z">Di</time></span>'
    )
    document = feed2doc.read(f"[Kai](https://quay.example/a)\n------\n{html}{P}".encode())
    assert document.byline_text == "Ann Ba" and str(document.published).startswith("2025-03-04 09:00")
    assert [len(section.blocks) for section in document.sections] == [1]


def test_the_program_of_a_feed_is_known() -> None:
    entry = (
        f"<item><title>h</title><link>https://e.org/a</link><description><![CDATA[{P}]]></description></item>"
    )
    feed = (
        f"<rss version='2.0'><channel><title>t</title><generator>Ghost 5</generator>{entry}</channel></rss>"
    )
    assert feed2doc.read(feed.encode()).headline == "h"


def test_systems_are_in_the_explanation() -> None:
    env = feed2doc.Env()
    read('<div class="kg-card kg-signup-card"><p>Sign up!</p></div>', env)
    assert "ghost: drop '.kg-signup-card'" in [d.rule for d in env.diagnostics]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # What the editor of Substack says about a block of verse.
        ('<div class="preformatted-block" data-component-name="P"><label class="hide-text">Text within this block</label><pre class="text">Low tide,\n  slow tide,\nno tide,\n  old tide.</pre></div>', ["Verse"]),
        ('<div class="latex-rendered" data-attrs=\'{"persistentExpression":"\\\\frac{a}{2}"}\' data-component-name="L"></div>', ["Math"]),
        ('<div class="latex-rendered" data-attrs=\'{"persistentExpression":"\\q"}\' data-component-name="L"><p>a</p></div>', ["Paragraph"]),
        ('<div class="kg-card kg-cta-card"><p>Ten per cent off.</p><a href="https://e.org/">Shop now</a></div>', []),
        ('<div class="gist"><div class="gist-data"><pre>a = 1</pre></div><div class="gist-meta"><a href="https://e.org/r">view raw</a> hosted with GitHub</div></div>', ["CodeBlock"]),
        ('<div class="sqs-video-wrapper" data-html="&lt;iframe src=&quot;//player.example/v/1?a=2&quot;&gt;&lt;/iframe&gt;"></div>', ["Embed"]),
        # A gallery of Substack, whose caption is below the last picture, and one without pictures.
        ('<div class="image-gallery-embed" data-attrs=\'{"gallery":{"images":[{"src":"https://e.org/1.jpg"},{"src":"https://e.org/2.jpg"},{"alt":"3"}],"caption":"Two knots"}}\'></div>', ["Figure", "Figure"]),
        ('<div class="image-gallery-embed" data-attrs=\'{"gallery":[]}\'></div><div class="image-gallery-embed" data-attrs="{"></div>', []),
        ('<div class="file-embed-wrapper" data-component-name="F"><div class="file-embed-details-h1">Tides</div><a class="file-embed-button wide" href="https://e.org/f.pdf"><span class="file-embed-button-text">Download</span></a></div>', ["Paragraph"]),
        ('<div class="instagram-embed-wrap" data-component-name="I"><a class="instagram-author-name" href="https://e.org/@a"></a><a class="instagram-image" href="https://e.org/p/1"><img src="https://e.org/1.jpg"></a></div>', ["Embed"]),
        ('<div class="kg-card kg-product-card"><h4>A dial</h4><p>Of brass.</p></div>', ["Aside"]),
        ('<a class="markup--anchor" href="https://medium.com/media/12ab/href">https://medium.com/media/12ab/href</a>', ["Embed"]),
        ('<p>The film <a class="markup--anchor" href="https://medium.com/media/12ab/href">of the quay</a> is long.</p>', ["Paragraph"]),
        ('<p class="graf"><a href="https://e.org/spin"><strong>Spinning</strong><br><em>Of flax</em>e.org</a><a href="https://e.org/spin"></a></p>', ["Paragraph"]),
        ('<div class="page-title"></div><figure><div class="source"><a href="https://film.example/6">https://film.example/6</a></div></figure>', ["Embed"]),
        ('<div class="youtube-onebox lazy-video-container" data-video-id="Ab1" data-provider-name="youtube"><a href="https://www.youtube.com/watch?v=Ab1"><img src="https://e.org/t.jpg"></a></div>', ["Embed"]),
        # Bars of highlighters.
        ('<div class="code-toolbar"><pre><code>a = 1</code></pre><div class="toolbar"><div class="toolbar-item"><span>Python</span></div><div class="toolbar-item"><button><span>Copy</span></button></div></div></div>', ["CodeBlock"]),
        ('<div class="crayon-syntax"><div class="crayon-toolbar"><span class="crayon-language">PHP</span></div><div class="crayon-plain-wrap"><textarea>$a;</textarea></div><pre>$a;</pre></div>', ["CodeBlock"]),
        ('<div class="igBar"><a href="#">PLAIN TEXT</a></div><div class="syntax_hilite"><span class="langName">CODE:</span><pre>a = 1</pre></div>', ["CodeBlock"]),
        # Plugins of WordPress.
        ('<div id="ez-toc-container"><p class="ez-toc-title">Contents</p><ul><li><a href="#a">Tar</a></li></ul></div>', []),
        ('<div class="wprm-recipe-snippet"><a class="wprm-recipe-jump" href="#r">Zum Rezept</a> <a class="wprm-recipe-print" href="https://e.org/p">Drucken</a></div>', []),
        ('<div class="aawp"><a class="aawp-product__title" href="https://e.org/seil">Hanfseil</a><div class="aawp-product__pricing"><span class="aawp-product__price">12,99 €</span></div><a class="aawp-button" href="https://e.org/seil">Kaufen</a></div>', ["Paragraph"]),
        ('<div class="lasso-container"><a class="lasso-title" href="https://e.org/rope">Hemp rope</a><div class="lasso-price">$12.99</div><div class="lasso-box-3"><a class="lasso-button-1" href="https://e.org/rope">Buy now</a></div></div>', ["Paragraph"]),
        ('<ul class="et_pb_social_media_follow"><li><a href="https://e.org/x">Folgen</a></li></ul>', []),
        ('<span class="rt-reading-time"><span class="rt-label">Lesezeit: </span>2</span><div class="kk-star-ratings">4.8/5 - (17 votes)</div>', []),
        ('<p class="wp-block-paragraph">[contact-form-7 id="8812" title="Ask"]</p><p>[sic]</p>', ["Paragraph"]),
        ('<div class="wp-block-group"><h3>Discover more from the quay</h3><p>Get the latest posts.</p><div class="wp-block-jetpack-subscriptions">Type your email</div></div>', []),
        ('<div class="wp-block-group"><p>One.</p><p>Two.</p><p>Three.</p><div class="wp-block-jetpack-subscriptions">Type your email</div></div>', ["Paragraph"] * 3),
        ('<div class="wp-block-group"><p>One.</p><p>Two.</p><div class="wp-block-jetpack-subscriptions"><form><p>E</p><p>M</p></form></div></div>', ["Paragraph"] * 2),
        ('<div class="wp-block-group"><div><p>One.</p><p>Two.</p></div><div class="wp-block-jetpack-subscriptions">Type your email</div></div>', ["Paragraph"] * 2),
        # The frame is hidden until a script shows it.
        ('<blockquote class="wp-embedded-content"><a href="https://e.org/seil">Ropes</a></blockquote><iframe class="wp-embedded-content" style="position: absolute; visibility: hidden;" src="https://e.org/seil/embed/"></iframe>', ["Paragraph"]),
        ('<blockquote class="wp-embedded-content"><a href="https://e.org/seil">Ropes</a></blockquote><iframe class="wp-embedded-content" src="https://e.org/seil/embed/"></iframe>', ["Embed"]),
        # What browsers without frames show, and the page in a frame of Embedly.
        ('<iframe src=""><a href="https://e.org/media/1">https://e.org/media/1</a></iframe>', ["Embed"]),
        # Line numbers that have no class.
        ('<table><tr><td><pre>1\n2\n</pre></td><td><pre><code>a\nb</code></pre></td></tr></table>', ["CodeBlock"]),
        # Each of Notion's lists has one item.
        ('<ol class="numbered-list"><li>a</li></ol><ol class="numbered-list" start="2"><li>b</li></ol><ol class="numbered-list" start="1"><li>c</li></ol>', ["OrderedList", "OrderedList"]),
        ('<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> a</li></ul><ul class="bulleted-list"><li>b</li></ul><ul class="bulleted-list"><li>c</li></ul>', ["BulletList", "BulletList"]),
    ],
)  # fmt: skip
def test_blocks_of_systems(html: str, expected: list[str]) -> None:
    env = feed2doc.Env(audit=True)
    assert [type(block).__name__ for block in read(html, env)] == expected
    assert not [each for each in env.diagnostics if each.kind == "loss"]


def test_the_author_of_a_page_of_notion_has_a_picture() -> None:
    row = '<tr class="property-row-created_by"><th>By</th><td><span class="user"><img src="https://e.org/a.png">Ann Ba</span></td></tr>'
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n<table>{row}</table>{P}".encode())
    assert document.byline_text == "Ann Ba" and document.lead is None


def test_a_page_of_a_hexo_theme_is_read_without_what_is_below_an_article() -> None:
    page = (
        '<html><head><meta name="generator" content="Hexo 6.3.0"><title>缆绳</title></head><body><article>'
        f"<h1>缆绳</h1><div>{P}</div>"
        '<footer class="post-footer"><div class="post-tags"><a href="/tags/tar/" rel="tag"># 焦油</a></div>'
        '<div class="post-nav"><div class="post-nav-item"><a href="/b/" rel="prev">海鸥</a></div></div></footer>'
        '<div class="tag_share"><a class="post-meta__tags" href="/tags/tar/">焦油</a></div></article></body></html>'
    )
    (section,) = feed2doc.read(page.encode()).sections
    assert [m.plain_text(run) for block in section.blocks for run in m.texts_of(block)] == [
        "The rope holds until noon. Then it is mended again."
    ]


def test_the_time_of_a_drupal_page_is_that_of_its_data() -> None:
    page = (
        '<html><head><meta name="Generator" content="Drupal 7 (http://drupal.org)"><title>A gate</title></head>'
        '<body><div class="node"><span class="submitted">Submitted by <span class="username">Otto Berg</span> on '
        '<span property="dc:date dc:created" content="2014-09-26T10:00:00-04:00">Fri, 09/26/2014 - 10:00</span></span>'
        f'<div class="field-name-body">{P}</div></div></body></html>'
    )
    published = feed2doc.read(page.encode()).published
    assert published is not None and published.isoformat() == "2014-09-26T10:00:00-04:00"


def test_the_foot_of_an_exported_medium_post_names_its_author_and_time() -> None:
    page = (
        "<html><head><title>Knots</title></head><body><article class='h-entry'><header><h1 class='p-name'>Knots</h1></header>"
        f"<section data-field='body' class='e-content'><div class='section-inner'>{P.replace('<p>', '<p class=graf>')}</div></section>"
        "<footer><p>By <a href='https://medium.com/@otto' class='p-author h-card'>Otto Berg</a> on "
        "<a href='https://medium.com/p/1'><time class='dt-published' datetime='2018-08-21T08:00:00.000Z'>August 21, 2018</time></a>."
        "</p><p>Exported from <a href='https://medium.com'>Medium</a> on December 5, 2018.</p></footer></article></body></html>"
    )
    document = feed2doc.read(page.encode())
    assert [person.name for person in document.byline] == ["Otto Berg"]
    assert document.published is not None and document.published.isoformat() == "2018-08-21T08:00:00+00:00"
    assert [m.plain_text(run) for s in document.sections for b in s.blocks for run in m.texts_of(b)] == [
        "The rope holds until noon. Then it is mended again."
    ]


def test_a_squarespace_page_is_read_without_the_lines_around_an_article() -> None:
    page = (
        "<html><head><title>Sails</title></head><body><main><article class='BlogItem'><h1>Sails</h1>"
        f"<div class='sqs-layout'><div class='sqs-block'><div class='sqs-html-content'>{P}</div></div></div>"
        "<div class='Blog-meta BlogItem-meta'><div class='Blog-meta-item--tags'>Tagged: <a href='/tag/tar'>Tar</a></div></div>"
        "<div class='BlogItem-share'><a href='#'>Facebook</a></div></article></main></body></html>"
    )
    document = feed2doc.read(page.encode())
    assert document.tags == ("Tar",)
    assert [m.plain_text(run) for s in document.sections for b in s.blocks for run in m.texts_of(b)] == [
        "The rope holds until noon. Then it is mended again."
    ]


def test_words_that_a_script_writes_are_read_from_an_attribute() -> None:
    person = '<span class="mention-wrap" data-attrs="{&quot;name&quot;:&quot;Ann Ba&quot;,&quot;id&quot;:1}"></span>'
    broken = '<span class="mention-wrap" data-attrs="{&quot;name&quot;"></span>'
    (block,) = read(f"<p>As {person} says{broken}.</p>")
    assert lines(block) == ["As Ann Ba says."]


def test_a_caption_that_a_rule_selects_is_not_a_credit_because_of_its_class() -> None:
    html = '<img src="https://e.org/a.jpg"><div class="image__source"><span class="image__source_text"><p>{}</p></span></div>'
    (figure,) = read(
        f'<div class="beehiiv__body"><div class="image">{html.format("Gates of the lock")}</div></div>'
    )
    assert isinstance(figure, m.Figure)
    assert (m.plain_text(figure.caption), m.plain_text(figure.credit)) == ("Gates of the lock", "")


def _of_feed(title: str, generator: str, link: str) -> m.Document:
    feed = (
        f"<rss version='2.0'><channel><title>{title}</title><generator>{generator}</generator><item><title>Knots</title>"
        f"<link>{link}</link><guid>{link}</guid><description><![CDATA[{P}]]></description></item></channel></rss>"
    )
    (document,) = feed2doc.read_all(feed.encode())
    return document


def test_the_feed_of_a_medium_publication_has_the_name_of_the_publication() -> None:
    assert (
        _of_feed("The Quay - Medium", "Medium", "https://quay.example/knots-1a2b").publication == "The Quay"
    )
    assert _of_feed(
        "Stories by Ann Ba on Medium", "Medium", "https://quay.example/knots-1a2b"
    ).publication == ("Stories by Ann Ba on Medium")


def test_posts_in_the_feed_of_a_mastodon_tag_are_by_the_account_in_their_url() -> None:
    tagged = _of_feed("#ropes", "Mastodon v4.2.1", "https://quay.example/@gull/114450000000000001")
    assert [person.name for person in tagged.byline] == ["@gull"]
    assert not _of_feed("#ropes", "Mastodon v4.2.1", "https://quay.example/tags/ropes").byline


def test_a_line_that_lists_the_tags_of_the_article_is_left_out() -> None:
    def text(line: str) -> list[str]:
        feed = (
            "<rss version='2.0'><channel><title>Quay</title><item><title>Knots</title><category>ropes</category>"
            f"<category>Tar</category><description><![CDATA[{P}{line}]]></description></item></channel></rss>"
        )
        (document,) = feed2doc.read_all(feed.encode(), env=(env := feed2doc.Env(audit=True)))
        assert not [each for each in env.diagnostics if each.kind == "loss"]
        return [m.plain_text(run) for s in document.sections for b in s.blocks for run in m.texts_of(b)]

    rope = "The rope holds until noon. Then it is mended again."
    assert text("<p>Tags: <a href='/t/1'>ropes</a>, <a href='/t/2'>tar</a></p>") == [rope]
    assert text("<p><b>Étiquettes</b> : <a href='/t/1'>#ropes</a> · <a href='/t/2'>#tar</a></p>") == [rope]
    assert text("<p><a href='/t/1'>#ropes</a> <a href='/t/2'>#tar</a></p>") == [rope]
    assert text("<p>We sell: <a href='/t/1'>ropes</a> and <a href='/t/2'>tar</a></p>") == [
        rope,
        "We sell: ropes and tar",
    ]
    assert text("<p>Matières : <a href='/t/1'>ropes</a>, <a href='/t/3'>gulls</a></p>") == [
        rope,
        "Matières : ropes, gulls",
    ]


EDIT = (
    '<span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a href="/w/index.php?section=1">'
    'bewerken</a><span class="mw-editsection-divider"> | </span><a href="/w/i">brontekst</a>]</span>'
)


@pytest.mark.parametrize(
    "heading",
    [
        f'<h2><span class="mw-headline" id="Touw">Touw</span>{EDIT}</h2>',
        f'<div class="mw-heading mw-heading2"><h2 id="Touw">Touw</h2>{EDIT}</div>',
        f'<div id="toc" class="toc"><h2>Inhoud</h2><ul><li><a href="#Touw">1 Touw</a></li></ul></div><h2>Touw{EDIT}</h2>',
    ],
)
def test_the_page_of_a_wiki_has_no_links_to_edit_it(heading: str) -> None:
    around = (
        '<div class="navbox"><a href="/n">Net</a></div><div class="catlinks"><a href="/c">Vissen</a></div>'
    )
    title, text = read(f"{heading}<p>Het touw houdt.</p><p class='noprint'>Bewerk mij.</p>{around}")
    assert (lines(title), lines(text)) == (["Touw"], ["Het touw houdt."])


def test_the_pictures_of_a_wiki_have_their_captions() -> None:
    html = (
        '<div class="thumb tright"><div class="thumbinner"><a href="/w/File:A.jpg" class="mw-file-description">'
        '<img src="https://e.org/a.jpg"></a><div class="thumbcaption"><div class="magnify"><a href="/w/File:A.jpg"'
        ' title="Vergroten">+</a></div>De sluis</div></div></div><p>Touw.</p>'
    )
    figure, text = read(html)
    assert isinstance(figure, m.Figure) and m.plain_text(figure.caption) == "De sluis"
    assert lines(text) == ["Touw."]


@pytest.mark.parametrize(
    "around", ["<div>{}</div>", "<div class='mw-content-text'>{}</div>", "<div class='thumbinner'></div>{}"]
)
def test_a_note_to_print_and_a_toc_outside_wikis_are_text(around: str) -> None:
    html = '<p class="noprint">A.</p><div class="toc"><p>B.</p></div>'
    assert [lines(b) for b in read(around.format(html))] == [["A."], ["B."]]


@pytest.mark.parametrize("page", ["", "<p class='wp-block-paragraph'>The quay.</p>"])
def test_an_item_of_a_gallery_without_a_picture_is_text(page: str) -> None:
    (*_, block) = read(f'{page}<ul><li class="gallery-item">First stop: the quay</li></ul>')
    assert isinstance(block, m.BulletList) and lines(block) == ["First stop: the quay"]


def test_what_a_plugin_says_about_the_author_is_a_credit() -> None:
    box = '<div class="saboxplugin-wrap"><div class="saboxplugin-authorname"><a href="https://e.org/ann">Ann Ba</a></div><div class="saboxplugin-desc"><p>Ann Ba mends nets.</p></div></div>'
    document = feed2doc.read(f"[h](https://quay.example/a)\n------\n{P}{box}".encode())
    assert [m.plain_text(credit.text) for credit in document.credits] == ["Ann Ba mends nets."]


@pytest.mark.parametrize(
    ("name", "link", "found"),
    [
        ("Stove &amp; Anvil", "https://www.youtube.com/watch?v=a", ["Stove & Anvil"]),
        ("Ruth, Pell and Co", "https://www.youtube.com/watch?v=a", ["Ruth, Pell and Co"]),
        ("Stove &amp; Anvil", "https://quay.example/a", ["Stove", "Anvil"]),
    ],
)
def test_the_channel_of_a_film_is_one_author(name: str, link: str, found: list[str]) -> None:
    space = "http://www.youtube.com/xml/schemas/2015" if "youtube" in link else "https://e.org/ns"
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="{space}"><title>t</title><link href="{link}"/><entry><title>Nails</title>'
        f'<link href="{link}"/><id>a</id><author><name>{name}</name></author><content>One heat.</content></entry></feed>'
    )
    assert [person.name for person in feed2doc.read(feed.encode()).byline] == found


def test_each_author_of_a_film_is_one_author() -> None:
    names = "".join(
        f"<author><name>{name}</name></author>" for name in ("Ruth, Pell and Co", "Stove &amp; Anvil")
    )
    link = "https://www.youtube.com/watch?v=a"
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015"><title>t</title>'
        f'<link href="{link}"/><entry><title>Nails</title><link href="{link}"/><id>a</id>{names}'
        "<content>One heat.</content></entry></feed>"
    )
    document = feed2doc.read(feed.encode())
    assert [person.name for person in document.byline] == ["Ruth, Pell and Co", "Stove & Anvil"]


@pytest.mark.parametrize("words", ["New page", "Neue Seite", "新页面"])
def test_lines_that_mediawiki_puts_above_a_page(words: str) -> None:
    above = (
        '&lt;div role="note" class="hatnote navigation-not-searchable"&gt;Not to be confused with &lt;a href="/wiki/Tar"&gt;Tar'
        f"&lt;/a&gt;.&lt;/div&gt;&lt;p&gt;&lt;b&gt;{words}&lt;/b&gt;&lt;/p&gt;"
    )
    feed = (
        '<rss version="2.0"><channel><title>t</title><link>https://wiki.example/</link><generator>MediaWiki 1.43.0</generator>'
        f"<item><title>Rope</title><link>https://wiki.example/wiki/Rope</link><description>{above}&lt;div&gt;A rope holds.&lt;br /&gt;"
        "It is mended.&lt;/div&gt;</description></item></channel></rss>"
    )
    (section,) = feed2doc.read(feed.encode()).sections
    assert not section.heading and [type(block) for block in section.blocks] == [m.Paragraph]


@pytest.mark.parametrize(
    "html",
    [
        '<figure class="block-animation"><blockquote><span>“</span>It floats.<span>”</span></blockquote>'
        '<figcaption class="source">&mdash; Ann Ba</figcaption></figure>',
        "<blockquote><p>It floats.</p><cite>-- Ann Ba</cite></blockquote>",
        "<blockquote><p>It floats.</p><footer>- <cite>Ann Ba</cite></footer></blockquote>",
        "<blockquote><p>It floats.</p><footer><em>— Ann Ba</em></footer></blockquote>",
        "<blockquote><p>It floats.</p><p><em>– Ann Ba</em></p></blockquote>",
    ],
)
def test_the_source_of_a_quotation_has_no_dash_of_its_own(html: str) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read(f"<p>So.</p>{html}<p>Yes.</p>".encode(), format="html", env=env)
    (quote,) = (each for each in m.walk(document) if isinstance(each, m.Quote))
    assert m.plain_text(quote.attribution) == "Ann Ba"
    assert "    — Ann Ba\n" in str(feed2doc.write(document, "text"))
    assert not [note for note in env.diagnostics if note.kind == "loss"]


def test_the_end_of_a_story_in_a_publication_of_medium_is_left_out() -> None:
    end = (
        "<p class='graf'><em>Thank you for reading until the end. Before you go:</em></p><ul><li><em>Please consider </em><b>clapping</b> and"
        " <b>following</b> the writer! 👏</li><li>Follow us on <a href='https://twitter.com/knots'>Twitter(X)</a>, and YouTube.</li>"
        "<li>Visit <a href='https://knots.example'>Knots.com</a> to find out more about how we are sharing knots.</li></ul>"
    )
    assert read(f"<p>Visit the quay to find out more.</p>{end}") == [
        m.Paragraph((m.Text("Visit the quay to find out more."),))
    ]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<mastodon-post src="https://e.org/@a/1"><p>There was no wind at all today, and none is expected.</p></mastodon-post>', "There was no wind"),
        ('<post-card href="https://e.org/2">Another story</post-card>', "Another story"),
        ('<turbo-frame src="https://e.org/2">A frame of the page</turbo-frame>', "A frame of the page"),
        ('<video-box><p>Film of the week</p></video-box>', "Film of the week"),
    ],
)  # fmt: skip
def test_the_words_in_an_element_of_a_script_stay(html: str, words: str) -> None:
    assert any(words in m.plain_text(text) for block in read(html) for text in m.texts_of(block))


def test_controls_of_a_slider_are_left_out() -> None:
    figures = "".join(
        f'<figure><img src="/{n}.jpg"><figcaption>Boat {n}.</figcaption></figure>' for n in (1, 2)
    )
    html = (
        f'<div class="carousel"><button aria-label="Previous">‹</button>{figures}<a role="button" href="#">→</a>'
        '<div class="slide-counter">1 / 2</div><ul class="slick-dots"><li><button>1</button></li></ul></div>'
    )
    found = read(html)
    assert len(found) == 2 and all(isinstance(each, m.Figure) for each in found)


def test_a_sign_in_a_sentence_or_with_words_is_no_control() -> None:
    (block,) = read("<p>Press <button>+</button> to add, then</p>")
    assert isinstance(block, m.Paragraph) and m.plain_text(block.content) == "Press + to add, then"
    (block,) = read("<p><button>+ More</button></p>")
    assert isinstance(block, m.Paragraph) and m.plain_text(block.content) == "+ More"


@pytest.mark.parametrize(
    "html",
    [
        '<div class="admonition note"><p class="admonition-title">Note</p><p>It shuts itself.</p></div>',
        '<div class="alert is-info"><p class="alert-title"><span class="icon" aria-hidden="true"></span> Note</p><p>It shuts itself.</p></div>',
        '<div class="custom-block tip"><p class="custom-block-title">Note</p><p>It shuts itself.</p></div>',
    ],
)
def test_boxes_of_documentation(html: str) -> None:
    (box,) = read(html)
    assert isinstance(box, m.Aside)
    assert [m.plain_text(text) for text in m.texts_of(box)] == ["Note", "It shuts itself."]


def test_figures_of_journals_have_their_captions() -> None:
    (figure,) = read(
        '<figure><span><img src="/gr5.jpg" alt="Fig. 5"><ol class="links-for-figure"><li><a href="/gr5_l.jpg">Download: full size</a></li></ol>'
        '</span><span class="captions"><span><p><span class="label">Fig. 5</span>. The crack in the mole.</p></span></span></figure>'
    )
    assert isinstance(figure, m.Figure) and m.plain_text(figure.caption) == "Fig. 5. The crack in the mole."
    (figure,) = read(
        '<figure><figcaption><b>Fig. 1</b></figcaption><div class="c-article-section__figure-item"><a class="c-article-section__figure-link" href="/f1"><img src="/f1.png"></a></div>'
        '<div class="c-article-section__figure-description"><p>A gull.</p></div></figure>'
    )
    assert isinstance(figure, m.Figure) and m.plain_text(figure.caption).split("\n") == ["Fig. 1", "A gull."]
    assert figure.image == m.Image("https://quay.example/f1.png")


def test_the_lightbox_of_wordpress_does_not_repeat_a_picture() -> None:
    picture = '<figure class="wp-block-image wp-lightbox-container"><img src="/pier.jpg"><button class="lightbox-trigger"></button></figure>'
    overlay = '<div class="wp-lightbox-overlay zoom"><figure class="wp-block-image enlarged-image"><img src="/pier-2.jpg"></figure></div>'
    assert len(read(picture + overlay)) == 1


def test_links_to_other_strips_and_comments_are_left_out() -> None:
    links = '<nav class="comic_navi"><a href="/1" class="comic-nav-first">‹‹ First</a> <a href="/3">Next ›</a></nav>'
    assert [type(each) for each in read(f'{links}<img src="/2.png" alt="A gull">')] == [m.Figure]
    assert read('<div id="comentarios"><h3>Comentarios (1)</h3><p>Muy bien.</p></div>') == []


def test_a_heading_about_comments_stays() -> None:
    document = feed2doc.read(
        b'<p>It is so.</p><h2 id="comentarios">Comentarios</h2><p>Muy bien dicho.</p>', format="html"
    )
    assert m.plain_text(document.sections[-1].heading) == "Comentarios"


def test_contributions_to_a_discussion_are_not_comments() -> None:
    html = '<article><p>What now?</p><div id="comments"><h3>Ann Ba</h3><p>We should wait for the tide.</p></div></article>'
    document = feed2doc.read(html.encode(), format="html")
    assert "We should wait for the tide." in str(feed2doc.write(document, "text"))


@pytest.mark.parametrize(
    "html",
    [
        '<details class="admonition note" open><summary>Note</summary><p>It shuts itself.</p></details>',
        '<div class="callout callout-note"><div class="callout-header"><i></i><div>Note</div></div><div><p>It shuts itself.</p></div></div>',
        '<div class="panel"><div class="panelHeader">Note</div><div><p>It shuts itself.</p></div></div>',
    ],
)
def test_boxes_of_other_editors(html: str) -> None:
    (box,) = read(html)
    assert isinstance(box, m.Aside)
    assert [m.plain_text(text) for text in m.texts_of(box)] == ["Note", "It shuts itself."]


def test_an_answer_in_zhihu_daily_is_by_who_answered() -> None:
    page = (
        '<div class="question"><h2 class="question-title">缆绳怎么系？</h2><div class="answer"><div class="meta">'
        '<img class="avatar" src="https://quay.example/a.jpg"><span class="author">林海生，</span><span class="bio">先要有绳子，其次才有船。</span>'
        '<a href="https://quay.example/q/1" class="originUrl" hidden>查看知乎原文</a></div>'
        f'<div class="content"><p>绳子要先绕三圈。</p><p>{"再打一个结。" * 12}</p></div></div>'
        '<div class="view-more"><a href="https://quay.example/q/1">查看知乎讨论</a></div></div>'
    )
    feed = f"<rss version='2.0'><channel><title>Quay</title><item><title>缆绳</title><description><![CDATA[{page}]]></description></item></channel></rss>"
    document = feed2doc.read(feed.encode())
    assert [person.name for person in document.byline] == ["林海生"]
    text = m.plain_article(document)
    assert "其次" not in text and "知乎" not in text and "绕三圈" in text


def test_the_card_of_the_reporter_at_naver_is_left_out() -> None:
    page = (
        '<div id="dic_area"><p>배가 돌아왔다.</p><span class="end_photo_org"><img src="https://quay.example/b.jpg">'
        f'<em class="img_desc">부두의 배</em></span><p>{"사람들은 부두에서 기다렸다. " * 8}</p></div>'
        '<div class="reporter_area"><em class="name">김하늘</em><p>항구 이야기를 씁니다</p></div>'
        '<p class="source">기사제공 항구일보</p><div class="copyright">무단 전재 금지</div>'
    )
    document = feed2doc.read(
        f"<html lang=ko><head><title>배</title></head><body><h1>배</h1>{page}</body></html>".encode()
    )
    assert [person.name for person in document.byline] == ["김하늘"]
    (figure,) = feed2doc.figures(document)
    assert m.plain_text(figure.caption) == "부두의 배"
    text = m.plain_article(document)
    assert "이야기" not in text and "기사제공" not in text and "기다렸다" in text


def test_a_book_in_hatena_has_no_link_to_the_shop() -> None:
    box = (
        '<div class="hatena-asin-detail"><div class="hatena-asin-detail-info"><p><a href="https://shop.example/1">Ropes</a></p>'
        '<a href="https://shop.example/1" class="asin-detail-buy">Amazon</a></div></div>'
    )
    assert [lines(block) for block in read(box)] == [["Ropes"]]


def test_a_box_of_products_in_an_object_is_left_out() -> None:
    url = "http://ws.amazon.co.jp/widgets/q?ID=V2&amp;Operation="
    box = (
        f'<object><param name="movie" value="{url}T"><embed src="{url}T"></object>'
        f'<noscript><a href="{url}NoScript">Amazon.co.jp ウィジェット</a></noscript>'
    )
    assert read(f"<center>{box}</center>") == []


def test_words_in_place_of_pictures_are_no_part_of_a_title_of_rsshub() -> None:
    item = "<item><title>{}</title><link>https://quay.example/{}</link><description>&lt;p&gt;渡轮回来了。&lt;/p&gt;</description></item>"
    items = item.format("渡轮回来了 [图片][图片]", 1) + item.format("[图片] 里的渡轮", 2)
    feed = (
        f"<rss version='2.0'><channel><title>Quay</title><generator>RSSHub</generator>{items}</channel></rss>"
    )
    assert [each.headline for each in feed2doc.read_all(feed.encode())] == ["渡轮回来了", "[图片] 里的渡轮"]
