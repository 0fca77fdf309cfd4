"""Markup that scripts put into a page later."""

import pytest
from feed2doc import model as m

from tests.markup import blocks_of

FRAME = "https://www.youtube.com/embed/abcdefghijk"


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="embed"><template><iframe src="{FRAME}"></iframe></template></div>',
        f'<div data-html="&lt;iframe src=&quot;{FRAME}&quot;&gt;&lt;/iframe&gt;"></div>',
        f'<div data-content="%3Ciframe%20src%3D%22{FRAME}%22%3E%3C%2Fiframe%3E"></div>',
        f'<figure data-src="{FRAME}" embedded-service="youtube"></figure>',
        f'<iframe src="https://quay.example/media/oembed?url={FRAME}&amp;max_width=0&amp;hash=a"></iframe>',
    ],
)
def test_players(html: str) -> None:
    assert blocks_of(html) == [m.Embed("iframe", FRAME)]


def test_posts() -> None:
    (quote,) = blocks_of(
        "<div data-content='%3Cblockquote%20class%3D%22twitter-tweet%22%3E%3Cp%3ERopes%20are%20old%3C%2Fp%3E%26mdash%3B%20Ann%3C%2Fblockquote%3E'></div>"
    )
    assert isinstance(quote, m.Quote) and [m.plain_text(text) for text in m.texts_of(quote)] == [
        "Ropes are old",
        "Ann",
    ]


def test_pictures() -> None:
    (figure,) = blocks_of('<div class="gallery_img" data-src="https://e.org/1.jpg"></div>')
    assert figure == m.Figure(m.Image("https://e.org/1.jpg"))


@pytest.mark.parametrize(
    "html",
    [
        "<template><p>{{ title }}</p></template>",
        f'<template><p>Watch:</p><iframe src="{FRAME}"></iframe></template>',
        '<div data-content="menu"></div>',
        '<div data-content="%3C"></div>',
        '<div data-html="&lt;p&gt;Hidden&lt;/p&gt;"></div>',
        '<div data-src="/api/list"></div>',
    ],
)
def test_other_templates_and_attributes_stay_out(html: str) -> None:
    assert blocks_of(html) == []


def test_a_template_next_to_its_player_is_not_shown() -> None:
    html = f'<div><iframe src="{FRAME}"></iframe><template><iframe src="{FRAME}"></iframe></template></div>'
    assert blocks_of(html) == [m.Embed("iframe", FRAME)]
