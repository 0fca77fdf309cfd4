"""Links that only open a picture in a larger size are not part of its caption."""

import feed2doc
import pytest
from feed2doc.model import Figure, plain_text, walk

PICTURE = '<img src="https://e.org/a.jpg" alt="Enlarge / The crane at night">'


def captions(html: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the captions and alternative texts of the pictures in an article, in which nothing may be lost."""
    env = feed2doc.Env(audit=True)
    page = f'<html lang="{language}"><body><p>Begin.</p>{html}<p>End.</p></body></html>'
    document = feed2doc.read(page.encode(), format="html", env=env)
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"], (
        env.diagnostics
    )
    return [(plain_text(f.caption), f.image.alt) for f in walk(document) if isinstance(f, Figure) and f.image]


@pytest.mark.parametrize(
    "caption",
    [
        '<div class="t"><a href="https://e.org/b.jpg">Enlarge</a> <span class="sep">/</span> The crane, lit.</div>',
        '<a href="https://e.org/b.jpg">Enlarge</a> / The crane, lit.',
        '<a href="/photo/7">Enlarge this image</a> The crane, lit.',
        "<button>Enlarge</button> The crane, lit.",
        'The crane, lit. | <a href="https://e.org/b.jpg">[Click to enlarge]</a>',
        'The <b>crane</b>, lit. <span>–</span> <a href="https://e.org/b.jpg">View larger</a>',
        '<b><a href="https://e.org/b.jpg">Enlarge</a></b> – The crane, lit.',
        'The crane, lit. <span><a href="https://e.org/b.jpg">Enlarge</a></span>',
    ],
)  # fmt: skip
def test_a_link_that_enlarges_the_picture(caption: str) -> None:
    assert captions(f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>") == [
        ("The crane, lit.", "The crane at night")
    ]


@pytest.mark.parametrize("words", ["View fullsize", "Click to enlarge", "Enlarge image"])
def test_a_picture_in_a_button_that_enlarges_it_is_kept(words: str) -> None:
    alone = PICTURE.replace("Enlarge / ", "")
    box = f'<div class="image-block"><button class="lightbox"><span class="hidden-words">{words}</span>{alone}</button></div>'
    assert captions(box) == [("", "The crane at night")]


def test_a_button_that_enlarges_the_picture() -> None:
    html = f"<div><div>{PICTURE}<div class='options'><button>Enlarge this image</button></div></div></div><p>Then.</p>"
    assert captions(html) == [("", "The crane at night")]


@pytest.mark.parametrize("name", ["toggle", "hide"])
def test_words_that_show_and_hide_a_caption(name: str) -> None:
    words = f'<b class="{name}-caption" aria-label="Caption"><b>{name} caption</b></b>'
    html = f"<figure>{PICTURE}<figcaption>{words}<p>The crane, lit. {words}</p></figcaption></figure>"
    ((caption, _),) = captions(html)
    assert caption == "The crane, lit."


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Vergrößern"),
        ("fr", "Agrandir l’image"),
        ("es", "Ampliar"),
        ("it", "Ingrandisci"),
        ("pt", "Clique para ampliar"),
        ("ru", "Увеличить"),
        ("ja", "クリックで拡大"),
        ("ko", "이미지 확대"),
        ("zh-Hans", "点击放大"),
        ("zh-Hant", "點擊放大"),
        ("ar", "تكبير الصورة"),
    ],
)
def test_the_words_of_other_languages(language: str, words: str) -> None:
    caption = f'<figcaption><a href="https://e.org/b.jpg">{words}</a> / Otto 3</figcaption>'
    html = f'<figure><img src="https://e.org/a.jpg" alt="x">{caption}</figure>'
    assert captions(html, language) == [("Otto 3", "x")]


@pytest.mark.parametrize(
    "caption",
    [
        'They <a href="https://e.org/plan">enlarge</a> the harbour.',
        "Enlarge / reduce: the two levers.",
        '<a href="https://e.org/b.jpg">The harbour, before they enlarge it</a>.',
        "Zoom is a lens.",
        "<b>Zoom</b>: the boat at the quay",
        "<span>Full size</span> of the boat",
        '<a href="https://e.org/b.jpg">Zoom</a> was the name of the boat.',
        '<i>The boat <a href="https://e.org/b.jpg">Zoom</a></i> was late.',
    ],
)
def test_captions_with_the_same_words_are_kept(caption: str) -> None:
    ((text, alt),) = captions(f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>")
    assert alt == "Enlarge / The crane at night" and len(text) > 14


def test_a_minus_is_no_sign_before_the_caption() -> None:
    html = f'<figure>{PICTURE}<figcaption><a href="https://e.org/b.jpg">Enlarge</a> -3 degrees</figcaption></figure>'
    assert captions(html) == [("-3 degrees", "The crane at night")]


def test_a_picture_in_a_caption_is_no_sign() -> None:
    html = f'<figure>{PICTURE}<figcaption><a href="https://e.org/b.jpg">Enlarge</a><img src="https://e.org/c.jpg"> Tide</figcaption></figure>'
    assert sorted(text for text, _ in captions(html)) == ["", "Tide"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p><a href="/a.jpg">Zoom</a> was the name of the boat.</p>', "Zoom was the name of the boat."),
        ('<p>The name of the boat was <a href="/a.jpg">Zoom</a></p>', "The name of the boat was Zoom"),
        ('<p><b><a href="/a.jpg">Zoom</a></b> was her name.</p>', "Zoom was her name."),
        ('<p>She was <b><a href="/a.jpg">Zoom</a></b>.</p>', "She was Zoom."),
        ('<p><a href="/a.jpg">Zoom</a></p>', ""),
        ('<p><b><a href="/a.jpg">Click to enlarge</a></b><br>The quay.</p>', "The quay."),
        ('<p><a href="/a.jpg">Zoom</a> / The quay.</p>', "The quay."),
    ],
)  # fmt: skip
def test_links_to_pictures_in_a_text(html: str, shown: str) -> None:
    env = feed2doc.Env(audit=True)
    page = f"<html lang='en'><body><p>Begin.</p>{html}<p>End.</p></body></html>"
    text = feed2doc.write(feed2doc.read(page.encode(), format="html", env=env), "text")
    assert " ".join(text.partition("Begin.")[2].rpartition("End.")[0].split()).replace("[1]", "") == shown
    assert not [each for each in env.diagnostics if each.kind == "loss" or each.rule == "account"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://e.org/b.jpg"><span>View fullsize</span>{}</a>',
        '<a href="https://e.org/b.jpg">{}<span>View fullsize</span></a>',
        '<a role="button"><span>View fullsize</span>{}</a>',
    ],
)
def test_a_picture_in_the_link_that_enlarges_it_stays(link: str) -> None:
    assert captions(link.format('<img src="https://e.org/a.jpg" alt="A crane">')) == [("", "A crane")]


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        ("en", "The crane, lit. (click to enlarge)"),
        ("en", "The crane, lit. Click image for larger version."),
        ("en", "The crane, lit. <em>Click on the photo to enlarge.</em>"),
        ("en", "The crane, lit.<br>[Click for a larger view]"),
        ("de", "The crane, lit. – Zum Vergrößern anklicken"),
        ("zh", "The crane, lit.（点击图片放大）"),
        ("ja", "The crane, lit.（クリックで拡大します）"),
    ],
)
def test_words_at_the_end_of_a_caption(language: str, caption: str) -> None:
    html = f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>"
    assert [text for text, _ in captions(html, language)] == ["The crane, lit."]


@pytest.mark.parametrize(
    "caption",
    [
        "The crew meets (Zoom)",
        "A model of the crane. Full size.",
        "Click to enlarge the harbour, says the game.",
        "The port wants to enlarge.",
    ],
)
def test_words_of_a_caption_itself(caption: str) -> None:
    html = f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>"
    assert [text for text, _ in captions(html)] == [caption]


@pytest.mark.parametrize(
    "line",
    ["<p>{}(Click to enlarge)</p>", "<p>{} Click for larger view.</p>", "<p>{}</p><p>(Click to zoom)</p>"],
)
def test_words_below_a_picture(line: str) -> None:
    assert captions(line.format('<img src="https://e.org/a.jpg">')) == [("", "")]
