"""Cards of other pages, players and their frames, and shortcodes, as publishing systems write them."""

import pytest
from feed2doc import model as m
from feed2doc.readers._html.parse import parse_html, words_of

from tests.readers.rules.test_systems import lines, read

CARDS = {
    "Ghost": (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://e.org/seil"><div'
        ' class="kg-bookmark-content"><div class="kg-bookmark-title">Seile</div><div class="kg-bookmark-description">Hanf und'
        ' Stahl.</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://e.org/i.png"><span'
        ' class="kg-bookmark-author">Hafen</span><span class="kg-bookmark-publisher">Ann Ba</span></div></div>'
        '<div class="kg-bookmark-thumbnail"><img src="https://e.org/t.jpg"></div></a></figure>',
        ["Seile", "Hanf und Stahl.", "Hafen · Ann Ba"],
    ),
    "Discourse": (
        '<aside class="onebox allowlistedgeneric" data-onebox-src="https://e.org/seil"><header class="source">'
        '<img src="https://e.org/f.ico" class="site-icon" width="16" height="16"><a href="https://e.org/seil">e.org</a></header>'
        '<article class="onebox-body"><img src="https://e.org/t.jpg" class="thumbnail"><h3><a href="https://e.org/seil">Кран</a>'
        "</h3><p>Как <b>поднять</b> якорь.</p></article></aside>",
        ["Кран", "e.org", "Как поднять якорь."],
    ),
    "Medium": (
        '<div class="graf graf--mixtapeEmbed"><a href="https://e.org/seil" class="markup--anchor markup--mixtapeEmbed-anchor">'
        '<strong>Ropes</strong><br><em>Hemp and steel.</em>e.org</a><a href="https://e.org/seil" class="mixtapeImage"></a></div>',
        ["Ropes", "Hemp and steel.", "e.org"],
    ),
    "Substack": (
        '<div class="embedded-post-wrap" data-attrs="{&quot;title&quot;:&quot;Cordes&quot;,&quot;url&quot;:&quot;'
        'https://e.org/seil&quot;,&quot;truncated_body_text&quot;:&quot;Chanvre.&quot;,&quot;publication_name&quot;:&quot;Quai'
        '&quot;}" data-component-name="EmbeddedPostToDOM"></div>',
        ["Cordes", "Chanvre.", "Quai"],
    ),
    "Substack, drawn": (
        '<div class="embedded-post-wrap" data-component-name="EmbeddedPostToDOM"><a class="embedded-post" href="https://e.org/seil">'
        '<div class="embedded-post-header"><img class="embedded-post-publication-logo" src="https://e.org/l.png"><span'
        ' class="embedded-post-publication-name">Quai</span></div><div class="embedded-post-title-wrapper"><div'
        ' class="embedded-post-title">Cordes</div></div><div class="embedded-post-body">Chanvre et acier…</div><div'
        ' class="embedded-post-cta-wrapper"><span class="embedded-post-cta">Lire plus</span></div><div class="embedded-post-meta">'
        "il y a 3 mois · 5 J’aime · Ann Ba</div></a></div>",
        ["Cordes", "Quai", "Chanvre et acier…"],
    ),
    "Embedly": (
        '<blockquote class="embedly-card"><h4><a href="https://e.org/seil">Ropes</a></h4><p>Hemp and steel.</p></blockquote>',
        ["Ropes", "Hemp and steel."],
    ),
    "Tistory": (
        '<figure data-ke-type="opengraph" data-og-title="밧줄" data-og-source-url="https://e.org/seil"><a href="https://e.org/seil">'
        '<div class="og-image" style="background-image: url(a.png)"></div><div class="og-text"><p class="og-title">밧줄</p>'
        '<p class="og-desc">삼과 강철.</p><p class="og-host">e.org</p></div></a></figure>',
        ["밧줄", "삼과 강철.", "e.org"],
    ),
    "Cocoon": (
        '<a href="https://e.org/seil" title="綱" class="blogcard-wrap"><div class="blogcard"><div class="blogcard-label">関連</div>'
        '<figure class="blogcard-thumbnail"><img src="https://e.org/t.jpg" alt=""></figure><div class="blogcard-content"><div'
        ' class="blogcard-title">綱</div><div class="blogcard-snippet">麻と鋼。</div></div></div></a>',
        ["綱", "関連", "麻と鋼。"],
    ),
    "WordPress": (
        '<blockquote class="wp-embedded-content" data-secret="a"><a href="https://e.org/seil">Ropes</a></blockquote>',
        ["Ropes"],
    ),
    "Notion": (
        '<figure><a href="https://e.org/seil" class="bookmark source"><div class="bookmark-info"><div class="bookmark-text">'
        '<div class="bookmark-title">绳索</div><div class="bookmark-description">麻与钢。</div></div><div class="bookmark-href">'
        '<img src="https://e.org/f.ico" class="icon bookmark-icon">https://e.org/seil</div></div></a></figure>',
        ["绳索", "麻与钢。", "https://e.org/seil"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_one_paragraph_with_one_link(name: str) -> None:
    html, expected = CARDS[name]
    (card,) = read(html)
    assert isinstance(card, m.Paragraph) and lines(card) == expected
    assert [node.url for node in m.walk(card) if isinstance(node, m.Link)] == ["https://e.org/seil"]
    assert not [node for node in m.walk(card) if isinstance(node, m.Image)]


@pytest.mark.parametrize(
    "html",
    [
        '<aside class="onebox githubblob" data-onebox-src="https://e.org/a"><h4><a href="https://e.org/a">a.py</a></h4>'
        "<pre><code>one()\ntwo()</code></pre></aside>",
        '<aside class="onebox" data-onebox-src=""><p>Nothing to link to.</p></aside>',
        '<div class="kg-bookmark-title">A title alone</div>',
        '<div class="digest-post-embed" data-attrs="{&quot;title&quot;: 1, [}">Words that are there.</div>',
    ],
)
def test_what_is_not_a_card_is_read_as_it_is(html: str) -> None:
    assert "".join(lines_of(html)) == "".join(words_of(parse_html(html)).split())


def lines_of(html: str) -> list[str]:
    found = read(html)
    words = [t for block in found for text in m.texts_of(block) for t in m.plain_text(text).split()]
    return words


@pytest.mark.parametrize(
    ("html", "url", "title"),
    [
        (
            '<div class="kg-card kg-audio-card"><div class="kg-audio-player-container"><audio src="https://e.org/a.mp3"></audio>'
            '<div class="kg-audio-title">The bell</div><div class="kg-audio-player"><span>0:00</span><button>1×</button></div>'
            "</div></div>",
            "https://e.org/a.mp3",
            "The bell",
        ),
        (
            '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/Ab1" data-id="Ab1" data-query=""></div>',
            "https://www.youtube.com/watch?v=Ab1",
            "",
        ),
        ('<span class="video_iframe" data-mpvid="wxv_7"></span>', "https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&vid=wxv_7", ""),
        ('<script src="https://gist.github.com/annba/12ab.js?file=a.py"></script>', "https://gist.github.com/annba/12ab?file=a.py", ""),
        ('<figure><iframe src="https://e.org/v"></iframe><figcaption>Der Kai</figcaption></figure>', "https://e.org/v", "Der Kai"),
        ('<figure><iframe src="https://e.org/v"></iframe><figcaption>Der Kai. Foto: Jan Ohm</figcaption></figure>', "https://e.org/v", "Der Kai. Foto: Jan Ohm"),
        ('<figure><video src="https://e.org/v.mp4"></video><figcaption>Der Kai. Video: Jan Ohm</figcaption></figure>', "https://e.org/v.mp4", "Der Kai. Video: Jan Ohm"),
    ],
)  # fmt: skip
def test_players_have_their_address_and_title(html: str, url: str, title: str) -> None:
    (embed,) = read(html)
    assert isinstance(embed, m.Embed) and (embed.url, embed.title) == (url, title)


@pytest.mark.parametrize(
    ("html", "embed"),
    [
        ('<iframe consent-original-src-_="https://e.org/v" src="about:blank" title="Kai"></iframe>', ("iframe", "https://e.org/v", "Kai")),
        ('<iframe data-src-cmplz="https://e.org/v" src="https://e.org/blank.png"></iframe>', ("iframe", "https://e.org/v", "")),
        ('<iframe src="https://e.org/v" title="YouTube video player"></iframe>', ("iframe", "https://e.org/v", "")),
        ('<iframe src="https://e.org/v" title="The video player of Harbour Hall"></iframe>', ("iframe", "https://e.org/v", "The video player of Harbour Hall")),
        ('<div class="video-placeholder-container" data-video-src="https://e.org/a.mp4"></div>', ("video", "https://e.org/a.mp4", "")),
        ('<div class="jwplayer" data-video-src="https://e.org/b.mp4"></div>', ("video", "https://e.org/b.mp4", "")),
        ('<div data-oembed-url="https://e.org/watch/2"><div></div></div>', ("iframe", "https://e.org/watch/2", "")),
        ('<div data-oembed-url="https://e.org/w/2"><iframe src="https://e.org/v/2"></iframe></div>', ("iframe", "https://e.org/v/2", "")),
        ('<lite-youtube videoid="Ab1" playlabel="Play: The ferry"><a>Play</a></lite-youtube>', ("iframe", "https://www.youtube.com/watch?v=Ab1", "The ferry")),
        ('<div class="youtube-player" data-id="Ab1"></div>', ("iframe", "https://www.youtube.com/watch?v=Ab1", "")),
        ('<bluesky-post src="https://bsky.app/profile/e.org/post/3k"></bluesky-post>', ("iframe", "https://bsky.app/profile/e.org/post/3k", "")),
        ('<youtube-video src="https://e.org/watch/3" aria-label="The ferry"></youtube-video>', ("iframe", "https://e.org/watch/3", "The ferry")),
        ('<youtube-embed youtube-id="AbCdEfGhIj1"><img src="/p.jpg"><a href="/x">Play</a></youtube-embed>', ("iframe", "https://www.youtube.com/watch?v=AbCdEfGhIj1", "")),
        ('<lite-tiktok videoid="1234567890123"></lite-tiktok>', ("iframe", "https://www.tiktok.com/embed/v2/1234567890123", "")),
        ('<audio-player data-src="https://e.org/a.mp3"></audio-player>', ("audio", "https://e.org/a.mp3", "")),
        ('<embetty-video type="vimeo" video-id="77"></embetty-video>', ("iframe", "https://vimeo.com/77", "")),
        ('<div class="wp-block-embed__wrapper">\nhttps://e.org/watch/4\n</div>', ("video", "https://e.org/watch/4", "")),
        ('<div class="infogram-embed" data-id="0a1b-2c" data-title="Landings"></div>', ("iframe", "https://infogram.com/0a1b-2c", "Landings")),
        ('<div class="flourish-embed" data-src="visualisation/9"></div>', ("iframe", "https://flo.uri.sh/visualisation/9/embed", "")),
        ('<div class="strava-embed-placeholder" data-embed-type="activity" data-embed-id="7"></div>', ("iframe", "https://www.strava.com/activities/7", "")),
        ('<div class="fb-post" data-href="https://e.org/post/1"></div>', ("iframe", "https://e.org/post/1", "")),
        ('<video src="https://e.org/v.mp4" aria-label="The ferry lands"></video>', ("video", "https://e.org/v.mp4", "The ferry lands")),
        ('<div class="embed-privacy-container"><button class="embed-privacy-enable">Display it</button><div class="embed-privacy-overlay">'
         '<div class="embed-privacy-inner"><p>Click here. <a href="https://e.org/privacy">Privacy</a></p></div><div class="embed-privacy-footer">'
         '<span class="embed-privacy-url"><a href="https://e.org/watch/5">Open it</a></span></div></div></div>', ("video", "https://e.org/watch/5", "Open it")),
    ],
)  # fmt: skip
def test_frames_that_scripts_load(html: str, embed: tuple[str, str, str]) -> None:
    (found,) = read(html)
    assert isinstance(found, m.Embed) and (found.kind, found.url, found.title) == embed


def test_a_caption_below_a_player_with_a_title_is_text() -> None:
    html = (
        '<figure><iframe src="https://e.org/v" title="T"></iframe><figcaption>Der Kai</figcaption></figure>'
    )
    assert read(html)[1:] == [m.Paragraph((m.Text("Der Kai"),))]


def test_the_heading_of_a_player_is_its_title() -> None:
    audio = '<audio controls><source src="https://e.org/a.mpga" type="audio/mpeg"></audio>'
    player = '<div class="player"><h4 class="title">Tides – a talk</h4><span data-time="47:12"></span></div>'
    (found,) = read(f"<figure>{audio}{player}<figcaption><span></span></figcaption></figure>")
    assert isinstance(found, m.Embed) and (found.url, found.title) == (
        "https://e.org/a.mpga",
        "Tides – a talk",
    )


@pytest.mark.parametrize(
    ("shown", "url"),
    [
        ("https%3A%2F%2Ffilms.example%2Fwatch%3Fv%3D1", "https://films.example/watch?v=1"),
        ("%2F%2Ffilms.example%2Fwatch", "https://films.example/watch"),
        ("https%3A%2F%2Fann:secret@films.example%2Fwatch", "https://films.example/watch"),
        ("http%3A%2F%2F[bad", "https://cdn.embedly.com/widgets/media.html?src=a&url=http%3A%2F%2F[bad&key=k"),
    ],
)
def test_a_frame_of_embedly_is_the_page_that_it_shows(shown: str, url: str) -> None:
    (embed,) = read(
        f'<iframe src="https://cdn.embedly.com/widgets/media.html?src=a&amp;url={shown}&amp;key=k"></iframe>'
    )
    assert isinstance(embed, m.Embed) and embed.url == url


def test_shortcodes_of_page_builders_leave_the_text_between_them() -> None:
    before = '<p class="wp-block-paragraph">[vc_row][vc_column width="1/2"]The tar <b>is</b> warm.[/vc_column][/vc_row]</p>'
    assert [
        line
        for block in read(before + "<p>[et_pb_text admin_label='T']</p><p>Stir.</p>")
        for line in lines(block)
    ] == ["The tar is warm.", "Stir."]


@pytest.mark.parametrize(
    "code",
    [
        '[gallery ids="1,2,3"]',
        "[gallery]",
        "[quads id=1]",
        "[ad_1]",
        '[su_spacer size="20"]',
        "[newsletter_form]",
    ],
)
def test_shortcodes_alone_in_a_line_are_left_out_on_any_page(code: str) -> None:
    assert [line for block in read(f"<p>Stir.</p><p>{code}</p>") for line in lines(block)] == ["Stir."]


@pytest.mark.parametrize("text", ["[sic]", "[…]", "[a = b]", "[Ann Ba, 1950]", "[1] Ann Ba", "[ad_1] is one"])
def test_words_in_brackets_are_no_shortcodes(text: str) -> None:
    assert [line for block in read(f"<p>Stir.</p><p>{text}</p>") for line in lines(block)] == ["Stir.", text]


def test_links_below_a_player_of_powerpress_are_left_out() -> None:
    player = '<div class="powerpress_player"><audio src="https://e.org/a.mp3"></audio></div>'
    links = '<p class="powerpress_links powerpress_links_mp3">Podcast: <a href="https://e.org/a.mp3">Play in new window</a></p>'
    (found,) = read(player + links)
    assert isinstance(found, m.Embed)


def test_a_card_of_nodebb_is_one_paragraph() -> None:
    (card,) = read(
        '<div class="card ogp-embed-card" data-ogp-url="https://e.org/a"><img src="/favicon.ico" width="16" height="16"><small>e.org</small>'
        '<h6><a href="https://e.org/a">Why pumps sing</a></h6><p>Air gets in.</p><img src="/t.png" alt="Why pumps sing"></div>'
    )
    assert isinstance(card, m.Paragraph) and m.plain_text(card.content).startswith("Why pumps sing")


@pytest.mark.parametrize(
    ("html", "embed"),
    [
        ("<p>[embed]https://e.org/watch/6[/embed]</p>", ("iframe", "https://e.org/watch/6")),
        ("<p>[youtube https://e.org/watch?v=7]</p>", ("iframe", "https://e.org/watch?v=7")),
        ("<p>[embedyt]https://e.org/watch?v=8[/embedyt]</p>", ("iframe", "https://e.org/watch?v=8")),
        ("<p>[vimeo 12345678]</p>", ("iframe", "https://vimeo.com/12345678")),
        ('<p>[vimeo id="12345678"]</p>', ("iframe", "https://vimeo.com/12345678")),
        ('<p>[video width="640" mp4="https://e.org/a.mp4"][/video]</p>', ("video", "https://e.org/a.mp4")),
        (
            '<div class="BorlabsCookie"><div class="_brlbs-content-blocker"><p>By loading it you agree.</p></div><div><script type="text/template">'
            "PGlmcmFtZSBzcmM9Imh0dHBzOi8vZS5vcmcvdi84Ij48L2lmcmFtZT4=</script></div></div>",
            ("iframe", "https://e.org/v/8"),
        ),
    ],
)
def test_players_in_shortcodes_and_encoded_frames(html: str, embed: tuple[str, str]) -> None:
    (found,) = read(html)
    assert isinstance(found, m.Embed) and (found.kind, found.url) == embed


@pytest.mark.parametrize(
    "text",
    [
        "[embed] is a tag, see https://e.org/",
        "[1] https://e.org/a",
        "[video of the day] https://e.org/b is it",
    ],
)
def test_other_text_in_brackets_is_no_shortcode(text: str) -> None:
    (block,) = read(f"<p>{text}</p>")
    assert isinstance(block, m.Paragraph) and m.plain_text(block.content) == text


@pytest.mark.parametrize("host", ["e.org", "<span>e.org</span>"])
def test_parts_of_a_card_that_touch_are_kept_apart(host: str) -> None:
    (card,) = read(
        f'<div class="status-card"><a href="https://e.org/a"><span class="host">{host}</span><strong class="name">Why pumps sing</strong></a></div>'
    )
    assert isinstance(card, m.Paragraph) and "e.orgWhy" not in m.plain_text(card.content)


@pytest.mark.parametrize(
    ("html", "url", "title"),
    [
        (
            '<div class="native-audio-embed" data-attrs="{&quot;label&quot;:&quot;A song of ropes&quot;,&quot;mediaUploadId&quot;:&quot;a-1&quot;}"></div>',
            "https://api.substack.com/api/v1/video/upload/a-1/src",
            "A song of ropes",
        ),
        (
            '<div class="native-video-embed" data-attrs="{&quot;mediaUploadId&quot;:&quot;a-1&quot;,&quot;duration&quot;:null}"></div>',
            "https://api.substack.com/api/v1/video/upload/a-1/src",
            "",
        ),
        (
            '<iframe class="spotify-wrap" data-attrs="{&quot;title&quot;:&quot;On ropes&quot;}" src="https://open.spotify.com/embed/episode/a"></iframe>',
            "https://open.spotify.com/embed/episode/a",
            "On ropes",
        ),
        (
            '<div data-plyr-provider="youtube" data-plyr-embed-id="abcdefghijk"></div>',
            "https://www.youtube.com/watch?v=abcdefghijk",
            "",
        ),
        (
            '<div class="elementor-widget-video" data-settings="{&quot;youtube_url&quot;:&quot;https:\\/\\/youtu.be\\/a&quot;}"><div></div></div>',
            "https://youtu.be/a",
            "",
        ),
        (
            '<iframe src="https://bandcamp.com/EmbeddedPlayer/album=1/"><a href="https://a.bandcamp.com/rope">Rope by Ann Ba</a></iframe>',
            "https://bandcamp.com/EmbeddedPlayer/album=1/",
            "Rope by Ann Ba",
        ),
        (
            '<iframe src="https://e.org/a">Your browser shows no frames: <a href="https://e.org/a">open it here.</a></iframe>',
            "https://e.org/a",
            "",
        ),
    ],
)
def test_players_whose_address_or_title_is_elsewhere(html: str, url: str, title: str) -> None:
    (found,) = read(html)
    assert isinstance(found, m.Embed) and (found.url, found.title) == (url, title)


@pytest.mark.parametrize(
    "attrs", ["", "{", "[]", "{&quot;mediaUploadId&quot;:7}", "{&quot;label&quot;:&quot;a&quot;}"]
)
def test_a_player_without_an_address_is_nothing(attrs: str) -> None:
    assert read(f'<div class="native-audio-embed" data-attrs="{attrs}"></div>') == []


def test_a_card_of_hatena_is_the_page_that_it_shows() -> None:
    card = (
        '<p><iframe src="https://hatenablog-parts.com/embed?url=https%3A%2F%2Fquay.example%2Frope" title="Ropes of the quay"'
        ' class="embed-card embed-webcard"></iframe><cite class="hatena-citation">'
        '<a href="https://quay.example/rope">quay.example</a></cite></p>'
    )
    (embed,) = read(card)
    assert isinstance(embed, m.Embed)
    assert (embed.url, embed.title) == ("https://quay.example/rope", "Ropes of the quay")


def test_the_words_of_a_button_are_not_the_title_of_a_player() -> None:
    import feed2doc

    def title(words: str) -> str:
        player = (
            f'<img class="media-placeholder"><br><a href="https://www.bbc.com/zhongwen/1/embed">{words}</a>'
        )
        item = f"[渡轮](https://www.bbc.com/zhongwen/1)\n------\n<p>渡轮在黎明时分靠岸。</p>{player}<p>没有人睡过觉。</p>"
        env = feed2doc.Env(audit=True)
        document = feed2doc.read(item.encode(), env=env)
        assert not [each for each in env.diagnostics if each.kind == "loss"]
        (embed,) = (each for each in m.walk(document.sections) if isinstance(each, m.Embed))
        return embed.title

    assert not title("使用浏览器播视频/view video in browser")
    assert title("渡轮归来") == "渡轮归来"
