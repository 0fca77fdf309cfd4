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
