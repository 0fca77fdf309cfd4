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
        '<span>Enlarge</span>: The crane, lit.',
    ],
)  # fmt: skip
def test_a_link_that_enlarges_the_picture(caption: str) -> None:
    assert captions(f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>") == [
        ("The crane, lit.", "The crane at night")
    ]


def test_a_button_that_enlarges_the_picture() -> None:
    html = f"<div><div>{PICTURE}<div class='options'><button>Enlarge this image</button></div></div></div><p>Then.</p>"
    assert captions(html) == [("", "The crane at night")]


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
    ],
)
def test_captions_with_the_same_words_are_kept(caption: str) -> None:
    ((text, alt),) = captions(f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>")
    assert alt == "Enlarge / The crane at night" and len(text) > 14
