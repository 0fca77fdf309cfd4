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
