"""Pictures and players that scripts load: attributes, placeholders, copies in `noscript`, AMP."""

import feed2doc
import pytest
from feed2doc.model import Embed, Image, walk

GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
BLUR = "data:image/jpeg;base64," + "A" * 600
REAL = "https://e.org/real.jpg"
BACK = "\\"


def shown(html: str) -> list[str]:
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode())
    nodes = [node for node in walk(document) if isinstance(node, Image | Embed)]
    return [node.src if isinstance(node, Image) else node.url for node in nodes]


@pytest.mark.parametrize(
    "attributes",
    [
        f'src="{GIF}" data-src="{REAL}"',
        f'src="{GIF}" data-lazy-src="{REAL}" class="lazy"',
        f'src="{BLUR}" data-original="{REAL}"',
        f'src="/img/blank.gif" data-cfsrc="{REAL}"',
        f'src="loading.svg" data-hi-res-src="{REAL}"',
        f'src="https://e.org/s_trans.gif" file="{REAL}"',
        f'src="https://e.org/none/spacer.gif?v=2" zoomfile="{REAL}"',
        f'src="about:blank" data-orig-file="{REAL}" data-medium-file="https://e.org/m.jpg"',
        f'src="{GIF}" data-some-script-picture="{REAL}?w=9"'.replace("?w=9", ""),
        f'src="{GIF}" data-thumb="https://e.org/t.jpg" data-brand-new="{REAL}"',
        f'data-srcset="https://e.org/s.jpg 300w, {REAL} 1200w" src="{GIF}"',
        f'data-lazy-srcset="https://e.org/s.jpg 1x, {REAL} 2x" src="{GIF}"',
        f'srcset="{GIF} 1w" data-srcset="{REAL} 900w"',
        f'src="https://e.org/s.jpg?blur=40&amp;w=20" data-srcset="https://e.org/s.jpg 300w, {REAL} 1200w"',
        f'src="https://e.org/s.jpg" class="lazyload" data-srcset="https://e.org/s.jpg 300w, {REAL} 1200w"',
        f'src="/img/blank.gif" lazy-data="{REAL}"',
        f'src="/img/blank.gif" ajax="{REAL}"',
        f'src="{GIF}" ess-src="{REAL}" alt="real.jpg"',
        f'src="{GIF}" data-src-mini="https://e.org/m.jpg" data-src-small="https://e.org/s.jpg" data-src-large="{REAL}"',
        f'src="{GIF}" data-src-320="https://e.org/m.jpg" data-src-1280="{REAL}" data-src-640="https://e.org/s.jpg"',
        f'src="{GIF}" data-mobile-src="https://e.org/m.jpg" data-desktop-src="{REAL}"',
        f'src="" data-lazy="true" data-full-url="{REAL}"',
        f'src="{GIF}" data-src="{{{{ url }}}}" data-url="{REAL}"',
        f'src="https://e.org/s.jpg" srcset="https://e.org/s.jpg 150w, {REAL} 1024w, https://e.org/l.jpg 4000w"',
        f'src="{REAL}" srcset="https://e.org/s.jpg 150w, {REAL} 1024w, https://e.org/l.jpg 1900w"',
        f'src="https://e.org/img/leer.gif" width="62" data-retina-src="{REAL}"',
        f'src="https://e.org/missing-image.svg" data-original-mos="{REAL}" data-pin-media="https://e.org/p.jpg"',
        f'src="/i/warten.gif" data-bild-src="{REAL}"',
        f'src="{GIF}" data-sources="[{{&quot;src&quot;:&quot;{REAL}&quot;,&quot;width&quot;:900}}]"',
        f'src="{GIF}" data-sizes="{{&quot;s&quot;:&quot;https:{BACK}/{BACK}/e.org{BACK}/s-300x200.jpg&quot;,&quot;l&quot;:&quot;{REAL}&quot;}}"',
        # The picture in `src` is real: larger copies and other attributes do not count.
        f'src="{REAL}" data-large-file="https://e.org/l.jpg" data-permalink="https://e.org/p"',
        f'src="{REAL}" data-lazy="true" data-id="7.5"',
        f'src="{REAL}" data-src="{GIF}"',
        f'src="{REAL}" srcset="https://e.org/l.jpg 2x"',
        f'src="{REAL}" data-srcset="https://e.org/l.jpg 900w"',
    ],
)
def test_the_real_picture_is_shown(attributes: str) -> None:
    assert shown(f"<img {attributes}>") == [REAL]


@pytest.mark.parametrize("name", ["x.jpg", "x2.png", "x.webp"])
def test_a_short_file_name_is_no_placeholder(name: str) -> None:
    sets = f"https://e.org/300/{name} 300w, https://e.org/900/{name} 900w"
    assert shown(f'<img src="{GIF}" data-srcset="{sets}">') == [f"https://e.org/900/{name}"]
    assert shown(f'<img src="https://e.org/x.gif" data-srcset="{sets}">') == [f"https://e.org/900/{name}"]


def test_a_file_name_that_only_begins_like_a_placeholder_is_a_picture() -> None:
    for name in ("loading-dock.jpg", "pixel-art.png", "gray-seal.jpg", "my-lazy-day.jpg", "transparency.png"):
        assert shown(f'<img src="https://e.org/{name}" data-x="https://e.org/y.jpg">') == [
            f"https://e.org/{name}"
        ]


@pytest.mark.parametrize(
    ("src", "other"),
    [
        ("cat.gif", 'data-thumb-src="https://e.org/cat-s.jpg"'),
        ("cat.gif", 'data-poster="https://e.org/still.jpg"'),
        ("chart.svg", 'data-fallback-src="https://e.org/old.png"'),
        ("chart.svg", 'data-print-src="https://e.org/chart.png"'),
    ],
)
def test_a_drawing_beside_a_copy_of_it_is_the_picture(src: str, other: str) -> None:
    assert shown(f'<img src="https://e.org/{src}" {other}>') == [f"https://e.org/{src}"]


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="lozad" data-background-image="{REAL}" role="img" aria-label="The red boat"></div>',
        f"<figure><div style=\"background-image:url('{REAL}')\"></div><figcaption>The slip.</figcaption></figure>",
        f'<figure><a href="/x"><span data-bg="{REAL}"></span></a><figcaption>The slip.</figcaption></figure>',
        f'<figure><div style="background: url({GIF})" data-bg="{REAL}"></div><figcaption>The slip.</figcaption></figure>',
    ],
)
def test_a_background_is_the_picture_of_a_figure(html: str) -> None:
    assert shown(html) == [REAL]


@pytest.mark.parametrize(
    "html",
    [
        '<div style="background-image:url(https://e.org/paper.png)"><p>Text on paper.</p></div>',
        '<figure><div style="background-image:url(https://e.org/paper.png)"></div><blockquote><p>Wet.</p></blockquote>'
        "<figcaption>Ann Ba</figcaption></figure>",
    ],
)
def test_a_background_behind_words_is_not_a_picture(html: str) -> None:
    assert shown(html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<div><img class="progressiveMedia-thumbnail" src="https://e.org/freeze/max/60/real.jpg?q=20"><canvas></canvas>{}</div>',
        '<img class="lqip" src="https://e.org/real-20x13.jpg">{}',
        '<figure><span><img src="https://e.org/real.jpg?w=24&amp;blur=8"></span><div>{}</div></figure>',
        '<figure>{}<img src="https://e.org/w_40/real.jpg"></figure>',
    ],
)
@pytest.mark.parametrize(
    "real",
    [
        f'<img data-src="{REAL}">',
        f'<img data-src="{REAL}"><noscript><img src="{REAL}"></noscript>',
        f'<noscript><img src="{REAL}"></noscript>',
    ],
)
def test_a_blurred_copy_is_left_out(html: str, real: str) -> None:
    assert shown(html.format(real)) == [REAL]


@pytest.mark.parametrize(
    ("copy", "real"),
    [
        ("https://e.org/resize:fit:60/1*a.png?q=20", "https://e.org/resize:fit:1400/1*a.png"),
        ("https://e.org/a.jpg?w=20&amp;blur=50", "https://e.org/a.jpg?w=1200&q=75"),
        ("https://e.org/image?url=%2Fa.jpg&amp;w=16&amp;q=1", "https://e.org/image?url=%2Fa.jpg&w=3840"),
    ],
)
def test_a_blurred_copy_of_a_picture_that_is_there_is_left_out(copy: str, real: str) -> None:
    assert shown(f'<div><img src="{copy}"><img src="{real}"></div>') == [real]


@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="https://e.org/image?url=%2Fa.jpg&amp;w=16"><img src="https://e.org/image?url=%2Fb.jpg&amp;w=900"></p>',
        '<p><img src="https://e.org/1/a.jpg"><img data-src="https://e.org/2/a.jpg"></p>',
        '<p><img class="thumb" src="https://e.org/a.jpg"></p><p><img data-src="https://e.org/b/a.jpg"></p>',
        '<p><img src="https://e.org/a.jpg?w=60"><img data-src="https://e.org/b.jpg"></p>',
        '<p><img src="https://e.org/a.jpg?w=60"><img data-src="https://e.org/a.jpg?w=90"></p>',
        '<p><img data-src="https://e.org/oslo/1.jpg?q=20" alt="Oslo"> <img data-src="https://e.org/bergen/1.jpg"></p>',
        '<p><img class="post-preview" data-src="https://e.org/oslo/1.jpg"> <img data-src="https://e.org/bergen/1.jpg"></p>',
        '<p><img data-src="https://e.org/1.jpg?q=75"><img data-src="https://e.org/1.jpg"></p>',
        '<p><img data-src="https://e.org/c.php?id=1&amp;h=90" alt="Tides"><img data-src="https://e.org/c.php?id=2&amp;h=400"></p>',
    ],
)
def test_pictures_that_are_no_copies_are_kept(html: str) -> None:
    assert len(shown(html)) == 2


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("/v2/resize:fit:60/1*a.jpeg", "/v2/resize:fit:1400/1*a.jpeg"),
        ("/freeze/fit/t/60/17/1*a.jpeg?q=20", "/max/1400/1*a.jpeg"),
        ("/image/w_40,q_10,c_fill/quay/a.jpg", "/image/w_800,c_fill/quay/a.jpg"),
        ("/fill/w_49,h_33,al_c,q_20,blur_2/a.jpg", "/fill/w_980,h_66,al_c,q_85,usm_0.66_1.00_0.01,enc_avif/a.jpg"),
        ("/a.jpg?w=20&amp;blur=9", "/a.jpg?auto=format&amp;w=900"),
        ("/c.php?id=1&amp;h=40", "/c.php?id=1&amp;h=400"),
        ('/a-300x200.jpg" class="thumb', "/a.jpg"),
    ],
)  # fmt: skip
def test_a_small_copy_is_known_by_its_address_and_noted(small: str, large: str) -> None:
    env = feed2doc.Env(audit=True)
    page = f'<p>Text.</p><div><img data-src="https://e.org{small}"><div><a><img data-src="https://e.org{large}"></a></div></div>'
    (figure,) = feed2doc.figures(feed2doc.read(page.encode(), format="html", env=env))
    assert figure.image and figure.image.src == f"https://e.org{large}".replace("&amp;", "&")
    (noted,) = (each for each in env.diagnostics if each.rule == "pictures")
    assert noted.text == f"https://e.org{small}".replace("&amp;", "&").partition('"')[0]


@pytest.mark.parametrize(
    "html",
    [
        f'<img src="{GIF}" data-src="{REAL}"><noscript><img src="{REAL}"></noscript>',
        f'<noscript><img src="{REAL}?w=1"></noscript><img src="{GIF}" data-src="{REAL}?w=1">'.replace("?w=1", ""),
        f'<img src="{GIF}"><noscript><img src="{REAL}"></noscript>',
        f'<p><img class="lazy" src="{BLUR}"></p><noscript><p><img src="{REAL}"></p></noscript>',
        f'<figure><div><img src="{GIF}" data-src="{REAL}"></div><noscript><img src="{REAL}"></noscript></figure>',
        f'<noscript><img src="{REAL}"></noscript>',
        f'<noscript>&lt;img src="{REAL}" alt="a"&gt;</noscript>',
        f'<img src="{REAL}" alt="a"><noscript>&lt;img src="https://e.org/s.jpg" alt="a"&gt;</noscript>',
        f"<p>Look:</p><noscript><picture><source srcset='{REAL}'><img src='{REAL}'></picture></noscript>",
        f'<img src="{REAL}"><noscript><img src="https://t.example/p" width="1" height="1"></noscript>',
        f'<picture><source type="image/avif" srcset="https://e.org/a.avif"><source data-srcset="{REAL} 9w"><img src="{GIF}"></picture>',
    ],
)  # fmt: skip
def test_no_copy_is_shown_twice(html: str) -> None:
    assert shown(html) == [REAL]


@pytest.mark.parametrize(
    "html",
    [
        '<div><img src="https://e.org/max/60/real.jpg?q=20"><noscript><img src="https://e.org/max/800/real.jpg"></noscript></div>',
        f'<div><img src="{BLUR}"><img src="https://e.org/max/800/real.jpg" loading="lazy"></div>',
    ],
)  # fmt: skip
def test_a_preview_is_not_shown_next_to_its_picture(html: str) -> None:
    assert shown(html) == ["https://e.org/max/800/real.jpg"]


@pytest.mark.parametrize(
    "attributes",
    ['src="https://e.org/c?x=1" width="0" height="0"', 'src="https://e.org/s/spacer.gif" width="600" height="1"', f'src="{GIF}"'],
)  # fmt: skip
def test_counters_and_spacers_are_no_pictures(attributes: str) -> None:
    assert shown(f"<img {attributes}>") == []


def test_the_words_of_a_quoted_post_are_kept() -> None:
    html = '<p>a</p><amp-twitter data-tweetid="12"><blockquote placeholder>Gulls!</blockquote></amp-twitter>'
    assert shown(html) == ["https://twitter.com/i/status/12"]
    assert "Gulls!" in feed2doc.write(feed2doc.read(html.encode()), "text")


def test_two_pictures_are_two() -> None:
    assert shown(f'<img src="https://e.org/a.jpg"><noscript><img src="{REAL}"></noscript>') == [
        "https://e.org/a.jpg",
        REAL,
    ]


def test_a_placeholder_without_a_picture_is_noted() -> None:
    env = feed2doc.Env()
    document = feed2doc.read(f'<p>a</p><img src="{GIF}"><p>b</p>'.encode(), env=env)
    assert not [node for node in walk(document) if isinstance(node, Image)]
    assert [d.rule for d in env.diagnostics if d.kind == "dropped"] == ["pictures"]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f'<amp-img src="{REAL}" width="9" height="9"></amp-img>', [REAL]),
        (f'<amp-img src="{REAL}"><noscript><img src="{REAL}"></noscript><div fallback>No.</div></amp-img>', [REAL]),
        (f'<amp-carousel><amp-img src="{REAL}"></amp-img><amp-img src="https://e.org/2.jpg"></amp-img></amp-carousel>', [REAL, "https://e.org/2.jpg"]),
        ('<amp-youtube data-videoid="AbC" layout="responsive"><div placeholder>x</div></amp-youtube>', ["https://www.youtube.com/watch?v=AbC"]),
        ('<amp-video src="https://e.org/v.mp4"><div fallback>No.</div></amp-video>', ["https://e.org/v.mp4"]),
        ('<amp-video><source src="https://e.org/v.mp4" type="video/mp4"></amp-video>', ["https://e.org/v.mp4"]),
        (f'<amp-iframe src="https://e.org/map"><amp-img placeholder src="{REAL}"></amp-img></amp-iframe>', ["https://e.org/map"]),
        ('<amp-vimeo data-videoid="77"></amp-vimeo><amp-audio src="https://e.org/a.mp3"></amp-audio>', ["https://vimeo.com/77", "https://e.org/a.mp3"]),
        ('<iframe src="about:blank" data-lazy-src="https://e.org/f"></iframe><noscript><iframe src="https://e.org/f"></iframe></noscript>', ["https://e.org/f"]),
        ('<lite-youtube videoid="AbC"></lite-youtube>', ["https://www.youtube.com/watch?v=AbC"]),
        ('<iframe data-src="https://e.org/f"></iframe>', ["https://e.org/f"]),
    ],
)  # fmt: skip
def test_amp_and_lazy_players(html: str, found: list[str]) -> None:
    env = feed2doc.Env()
    document = feed2doc.read(f"<p>Before.</p>{html}<p>After.</p>".encode(), env=env)
    assert shown(html) == found
    assert "No." not in feed2doc.write(document, "text")
    assert not [d for d in env.diagnostics if d.kind == "loss"]


@pytest.mark.parametrize(
    ("src", "is_shown"),
    [
        # 64 x 48 pixels of one colour, an icon of 16 x 16 pixels, and one of 24 x 24.
        (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAUklEQVR4nO3PMQ0AIADAMEAI/qUgCxEcDcmqYJtn7/GzpQNeNaA1oDWgNaA1oDWgNaA1oDWgNaA1oDWgNaA1oDWgNaA1oDWgNaA1oDWgNaA1oF2vFwFk2XER3gAAAABJRU5ErkJggg==",
            True,
        ),
        (
            "data:image/gif;base64,R0lGODdhEAAQAIAAAAAAAAAAACwAAAAAEAAQAEAIHQABCBxIsKDBgwgTKlzIsKHDhxAjSpxIsaLFgQEBADs=",
            True,
        ),
        (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAAAAADFHGIkAAAAFklEQVR4nGOsYMAOmHCIj0qMShAhAQBTbwCoAowOHAAAAABJRU5ErkJggg==",
            True,
        ),
        # Single pixels, transparent pictures, and data that is no picture.
        (GIF, False),
        (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPg5OQEAAA6ABztCJuOAAAAAElFTkSuQmCC",
            False,
        ),
        (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGNgYGBgYAAAAAYAAXKCmeoAAAAASUVORK5CYII=",
            False,
        ),
        (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAYAAAC09K7GAAAADElEQVR4nGNgIBkAAAAzAAGHXpxVAAAAAElFTkSuQmCC",
            False,
        ),
        ("data:image/gif;base64,R0lGODlh", False),
    ],
)
def test_a_small_picture_in_the_address_is_shown_if_there_is_something_to_see(
    src: str, is_shown: bool
) -> None:
    assert shown(f'<img src="{src}" alt="">') == [src] * is_shown


@pytest.mark.parametrize("href", ["/", "https://e.org", "http://www.e.org/"])
def test_a_logo_that_leads_home_is_decoration(href: str) -> None:
    logo = '<img src="https://e.org/pic/content_logo.png" title="Back to the first page">'
    assert shown(f'<p>Tar.</p><a href="{href}" target="_blank">{logo}</a>') == []
    below = href.rstrip("/") + "/"
    for other in (f'<a href="{below}tar">{logo}</a>', logo, logo.replace("src", 'alt="The sign" src')):
        assert len(shown(f"<p>Tar.</p>{other}")) == 1


@pytest.mark.parametrize("name", ["share.png", "icon-share.png", "sns_share.gif", "share-button.svg"])
def test_a_sign_for_sharing_is_decoration(name: str) -> None:
    assert shown(f'<p><img src="https://e.org/images/{name}"></p>') == []
    for other in (f"market-{name}", f"{name}.jpg", "shares.png"):
        assert len(shown(f'<p><img src="https://e.org/images/{other}"></p>')) == 1
    assert (
        len(shown('<figure><img src="https://e.org/share.png"><figcaption>A tin sign.</figcaption></figure>'))
        == 1
    )


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ('/u/quay-300x200.jpg" width="300', "/u/quay.jpg"),
        ("/img/b/R29/AVvX=w400-h300", "/img/b/R29/AVvX=s1600"),
        ("/-a/b/c/s320/quay.jpg", "/-a/b/c/s1600/quay.jpg"),
        ('/styles/medium/quay.jpg?itok=ab" width="220', "/files/quay.jpg"),
        ("/quay.jpg?w=300", "/quay.jpg"),
        ('/imgs/3/4/quay-s.png" width="480', "/imgs/3/4/quay.png"),
        ('/2026/quays.jpg" width="300', "/2026/quay.jpg"),
        ('/2026/quay_thumb.jpg" width="300', "/2026/quay.jpg"),
    ],
)
def test_a_picture_in_a_link_to_its_larger_copy_is_that_copy(small: str, large: str) -> None:
    html = (
        f'<p>Text.</p><p><a href="https://e.org{large}"><img src="https://e.org{small}"></a></p><p>Text.</p>'
    )
    (figure,) = feed2doc.figures(feed2doc.read(html.encode(), format="html"))
    assert figure.image and figure.image.src == f"https://e.org{large}"
    assert figure.image.fallback_src == "https://e.org" + small.partition('"')[0]


@pytest.mark.parametrize(
    ("shown_copy", "target"),
    [
        ("/u/quay-1024x683.jpg", "/u/quay.jpg"),
        ("/u/quay-300x200.jpg", "/u/mole.jpg"),
        ("/u/quay-300x200.jpg", "/u/quay-150x150.jpg"),
        ("/u/quay-300x200.jpg", "/quay/"),
        ("/u/quay.jpg", "/v/quay.jpg"),
        ('/u/quay-s.jpg" width="300', "/v/quay.jpg"),
        ('/u/quayside.jpg" width="300', "/u/quay.jpg"),
    ],
)
def test_a_picture_in_a_link_to_something_else_stays(shown_copy: str, target: str) -> None:
    html = f'<p>Text.</p><p><a href="https://e.org{target}"><img src="https://e.org{shown_copy}"></a></p><p>Text.</p>'
    (figure,) = feed2doc.figures(feed2doc.read(html.encode(), format="html"))
    assert figure.image and (figure.image.src, figure.image.fallback_src) == (
        "https://e.org" + shown_copy.partition('"')[0],
        "",
    )


def test_image_is_another_name_of_img() -> None:
    document = feed2doc.read(f'<p>Before.</p><image alt="A pier" src={REAL}><p>After.</p>'.encode())
    assert [node.src for node in walk(document) if isinstance(node, Image)] == [REAL]
    assert "After." in str(feed2doc.write(document, "text"))
    assert shown(f'<svg viewBox="0 0 9 9"><image href="{REAL}"></image></svg>') == []
