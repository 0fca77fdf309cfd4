"""Captions and credits in the attributes of pictures."""

from __future__ import annotations

import feed2doc
import pytest
from feed2doc import model as m

TEXT = "<p>The ferry is back in the harbour, and the quay is full again.</p>" * 2
SRC = 'src="https://quay.example/a.jpg"'
CAPTION = "<figcaption>Nets dry on the quay.</figcaption>"


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        (f'<figure><img {SRC} data-credit="Ann Ba">{CAPTION}</figure>', "Nets dry on the quay.", "Ann Ba"),
        (f'<figure data-credit="Ann Ba"><img {SRC}>{CAPTION}</figure>', "Nets dry on the quay.", "Ann Ba"),
        (f'<figure><img {SRC} data-credit="Ann Ba"><figcaption>Dry nets (Ann Ba)</figcaption></figure>', "Dry nets", "Ann Ba"),
        (f'<figure><img {SRC} data-credit="Ann Ba"><figcaption>Ann Ba (left) and Bo Cy</figcaption></figure>', "Ann Ba (left) and Bo Cy", ""),
        (f'<figure><img {SRC} title="Photo: Ann Ba">{CAPTION}</figure>', "Nets dry on the quay.", "Photo: Ann Ba"),
        (f'<img {SRC} data-caption="Nets dry. © Ann Ba">', "Nets dry.", "© Ann Ba"),
        (f'<img {SRC} data-caption="Nets dry." data-copyright="&lt;b&gt;Ann Ba&lt;/b&gt;">', "Nets dry.", "Ann Ba"),
        (f'<img {SRC} data-caption="#c1" data-credit="{{credit}}">', "", ""),
        (f'<img {SRC} data-caption="Nets dry." alt="Nets dry.">', "", ""),
        (f'<img {SRC} data-caption="Nets dry for a week."><p>Nets dry for a week.</p>', "", ""),
        (f'<figure><img {SRC} data-credit="Cy Do">{CAPTION}<cite>Ann Ba</cite></figure>', "Nets dry on the quay.", "Ann Ba"),
        (f'<div data-credit="Ann Ba"><img {SRC}></div>', "", ""),
    ],
)  # fmt: skip
def test_attributes_of_pictures(markup: str, caption: str, credit: str) -> None:
    env = feed2doc.Env(audit=True)
    document = feed2doc.read((TEXT + markup + TEXT).encode(), format="html", env=env)
    (figure,) = (b for section in document.sections for b in section.blocks if isinstance(b, m.Figure))
    assert (m.plain_text(figure.caption), m.plain_text(figure.credit)) == (caption, credit)
    assert not env.diagnostics


@pytest.mark.parametrize(
    ("words", "caption", "credit"),
    [
        ("<cite>Tides</cite>, by Ann Ba", "Tides, by Ann Ba", ""),
        ("A page of <cite>Tides</cite>, by Ann Ba", "A page of Tides, by Ann Ba", ""),
        ("<cite>Tides</cite> was printed in 1901.", "Tides was printed in 1901.", ""),
        ("<cite>Ann Ba</cite> and <cite>Cy Do</cite>", "Ann Ba and Cy Do", ""),
        ("<cite>Tides</cite>, page 4. <cite>Ann Ba</cite>", "Tides, page 4.", "Ann Ba"),
        ("<cite>Ann Ba</cite> Nets dry.", "Nets dry.", "Ann Ba"),
        ("Nets dry. <cite>Ann Ba</cite>", "Nets dry.", "Ann Ba"),
    ],
)
def test_a_source_in_a_sentence_of_a_caption_stays_in_it(words: str, caption: str, credit: str) -> None:
    markup = f"<figure><img {SRC}><figcaption>{words}</figcaption></figure>"
    document = feed2doc.read((TEXT + markup + TEXT).encode(), format="html")
    (figure,) = (b for section in document.sections for b in section.blocks if isinstance(b, m.Figure))
    assert (m.plain_text(figure.caption), m.plain_text(figure.credit)) == (caption, credit)


def test_a_source_in_a_sentence_below_a_poem() -> None:
    poem = "<figure><p>Nets dry,<br>gulls cry.</p><figcaption><cite>Tides</cite>, by Ann Ba</figcaption></figure>"
    document = feed2doc.read((TEXT + poem + TEXT).encode(), format="html")
    assert "Tides, by Ann Ba" in [
        m.plain_text(b.content) for b in m.walk(document) if isinstance(b, m.Paragraph)
    ]
