"""Players that scripts draw, from the markup that is there before them."""

import pytest
from feed2doc import model as m

from tests.markup import blocks_of

LYTE = (
    '<div class="lyte-wrapper" title="Rope making"><div class="lyMe" id="WYL_abcdefghijk" itemprop="video" itemscope '
    'itemtype="https://schema.org/VideoObject"><meta itemprop="embedURL" content="https://www.youtube.com/embed/abcdefghijk"/>'
    '<meta itemprop="name" content="Rope making"><meta itemprop="description" content="A long film"><div id="lyte_abcdefghijk" '
    'class="pL"><div class="tC"><div class="tT">Rope making</div></div></div><noscript><a href="https://youtu.be/abcdefghijk">'
    '<img src="https://i.ytimg.com/vi/abcdefghijk/0.jpg" alt=""><br>Watch this video on YouTube</a></noscript></div></div>'
)
YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("html", "url", "title"),
    [
        (LYTE, "https://www.youtube.com/embed/abcdefghijk", "Rope making"),
        ('<div class="youtube" data-embed="abcdefghijk"><div class="play"></div></div>', YOUTUBE, ""),
        ('<div class="lyte" data-id="abcdefghijk"></div>', YOUTUBE, ""),
        ('<div class="lazy" data-youtube-id="abcdefghijk"></div>', YOUTUBE, ""),
        ('<div class="vimeo" data-id="12345678"></div>', "https://vimeo.com/12345678", ""),
        ('<div class="c-film" data-video_id="abcdefghijk" data-provider="youtube"></div>', YOUTUBE, ""),
        (f'<div class="film-box" data-youtube-url="{YOUTUBE}"><i class="play"></i></div>', YOUTUBE, ""),
        (
            '<span class="mce-preview-object" data-mce-p-src="https://player.vimeo.com/video/12345678"></span>',
            "https://player.vimeo.com/video/12345678",
            "",
        ),
        (
            '<p><span data-embed-src="//rutube.ru/play/embed/abc"></span></p>',
            "https://rutube.ru/play/embed/abc",
            "",
        ),
        (
            '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/abcdefghijk" data-id="abcdefghijk"></div><noscript>'
            '<iframe src="https://www.youtube.com/embed/abcdefghijk?feature=oembed"></iframe></noscript>',
            "https://www.youtube.com/embed/abcdefghijk?feature=oembed",
            "",
        ),
        (
            '<div class="brightcove-box" data-account="12" data-player="default" data-video-id="34"></div>',
            "https://players.brightcove.net/12/default_default/index.html?videoId=34",
            "",
        ),
        (
            '<video class="video-js" data-account="12" data-player="aB" data-video-id="34" controls></video>',
            "https://players.brightcove.net/12/aB_default/index.html?videoId=34",
            "",
        ),
        (
            '<amp-jwplayer data-player-id="pLaYeR12" data-media-id="mEdIa123"></amp-jwplayer>',
            "https://cdn.jwplayer.com/players/mEdIa123-pLaYeR12.html",
            "",
        ),
        ('<div data-configid="10/47" class="issuuembed"></div>', "https://e.issuu.com/embed.html#10/47", ""),
        (
            '<div class="wistia_embed wistia_async_abcdefghij">&nbsp;</div>',
            "https://fast.wistia.net/embed/iframe/abcdefghij",
            "",
        ),
        (
            '<lite-vimeo videoid="12345678" videotitle="On ropes"></lite-vimeo>',
            "https://vimeo.com/12345678",
            "On ropes",
        ),
        (
            '<span class="zenn-embedded"><iframe src="https://embed.zenn.studio/card#x" data-content="https%3A%2F%2Fe.org%2Fr"></iframe>'
            "</span>",
            "https://e.org/r",
            "",
        ),
        (
            '<a class="spreaker-player" href="https://www.spreaker.com/show/1" data-resource="episode_id=4" data-title="On ropes">'
            "On ropes</a>",
            "https://widget.spreaker.com/player?episode_id=4",
            "On ropes",
        ),
        (
            '<script src="https://cdn.jwplayer.com/players/aBcDeFgH-xyzxyz12.js"></script>',
            "https://cdn.jwplayer.com/players/aBcDeFgH.html",
            "",
        ),
        (
            '<script src="https://ext.nicovideo.jp/thumb_watch/sm9?w=490"></script>',
            "https://www.nicovideo.jp/watch/sm9",
            "",
        ),
        (
            '<mpvoice voice_encode_fileid="MzA1" name="On ropes"></mpvoice>',
            "https://res.wx.qq.com/voice/getvoice?mediaid=MzA1",
            "On ropes",
        ),
    ],
)
def test_players_of_scripts(html: str, url: str, title: str) -> None:
    (found,) = blocks_of(html)
    assert isinstance(found, m.Embed) and (found.url, found.title) == (url, title)


@pytest.mark.parametrize(
    "html",
    [
        '<p>The <span class="word" data-id="abcdefghijk">rope</span> holds.</p>',
        f'<p>See <a href="/films" data-url="{YOUTUBE}">the film</a> of the <span data-url="{YOUTUBE}">crane and the crew</span>.</p>',
        f'<ul class="share"><li data-url="{YOUTUBE}">Send by mail</li></ul>',
        '<p class="youtube-note" data-id="abcdefghijk">Our channel has many films of ropes, of the quay, of the crew who mends them, '
        "and of the old crane that lifts the boats out of the water.</p>",
        '<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="embedURL" content="https://e.org/a"><p>How it is '
        "made.</p></div>",
        '<div itemscope itemtype="https://schema.org/VideoObject"><p>No address.</p></div>',
    ],
)
def test_text_is_not_a_player(html: str) -> None:
    assert not any(isinstance(block, m.Embed) for block in blocks_of(html))


def test_the_picture_of_a_player_is_not_a_transparent_one() -> None:
    (film,) = blocks_of(
        '<figure class="kg-card kg-video-card" data-kg-thumbnail="https://e.org/t.jpg"><div class="kg-video-container"><video '
        'src="https://e.org/r.mp4" poster="https://img.spacergif.org/v1/1280x720/0a/spacer.png"></video></div></figure>'
    )
    assert isinstance(film, m.Embed) and film.poster == m.Image("https://e.org/t.jpg")


def test_a_facade_has_its_picture_and_not_the_words_of_its_button() -> None:
    (film,) = blocks_of(
        '<div data-facadesrc="https://www.youtube.com/embed/abcdefghijk" class="epyt-facade"><img alt="How rope is made" '
        'src="https://i.ytimg.com/vi/abcdefghijk/0.jpg"><button aria-label="Play"><svg viewBox="0 0 68 48"><title>Play</title></svg></button></div>'
    )
    picture = m.Image("https://i.ytimg.com/vi/abcdefghijk/0.jpg")
    assert film == m.Embed("iframe", "https://www.youtube.com/embed/abcdefghijk", "How rope is made", picture)


@pytest.mark.parametrize(
    "html",
    [
        '<div class="mejs-container"><audio src="https://e.org/r.mp3"></audio><div class="mejs-controls"><span>00:00</span></div></div>',
        '<div class="video-js"><audio class="vjs-tech" src="https://e.org/r.mp3"></audio><div class="vjs-control-bar">0:00</div></div>',
        '<div class="plyr"><div class="plyr__controls"><div class="plyr__time">00:00</div></div><audio src="https://e.org/r.mp3"></audio></div>',
    ],
)
def test_controls_of_players_are_left_out(html: str) -> None:
    assert blocks_of(html) == [m.Embed("audio", "https://e.org/r.mp3")]


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://quay.substack.com/embed"></iframe>',
        '<a class="rcptr" href="https://www.rafflecopter.com/a">a Rafflecopter giveaway</a>',
        '<nav class="breadcrumb"><a href="/">Home</a> / Ropes</nav>',
        '<div class="fusion-privacy-placeholder"><div>YouTube needs your permission.</div><a href="">I Accept</a></div>',
    ],
)
def test_forms_in_frames_requests_and_ways_to_the_page_are_left_out(html: str) -> None:
    assert blocks_of(html) == []


def test_links_above_text_of_forums_are_left_out() -> None:
    (quote,) = blocks_of(
        '<blockquote class="bbCodeBlock"><div class="bbCodeBlock-content"><div>It is old.</div><div class="bbCodeBlock-expandLink"><a>'
        "Click to expand...</a></div></div></blockquote>"
    )
    assert isinstance(quote, m.Quote) and len(quote.blocks) == 1
    assert blocks_of(
        '<div class="codebox"><p>Code: <a href="#">Select all</a></p><pre><code>cut</code></pre></div>'
    ) == [m.CodeBlock("cut")]


def test_a_picture_that_was_taken_out_of_its_link_is_read() -> None:
    (figure,) = blocks_of(
        '<figure><a class="image-link image2" href="https://e.org/a.png" data-component-name="Image2ToDOM"></a></figure>'
    )
    assert isinstance(figure, m.Figure) and figure.image == m.Image("https://e.org/a.png")
