"""Names of photographers without a label, in a part or line of their own at the end of a caption."""

from __future__ import annotations

import feed2doc
import pytest
from feed2doc import model as m

TEXT = "<p>The ferry is back in the harbour, and the quay is full again.</p>" * 2


PICTURE = '<img src="https://quay.example/a.jpg">'


def figure(caption: str) -> tuple[str, str]:
    return read(f"<figure>{PICTURE}<figcaption>{caption}</figcaption></figure>")


def read(markup: str) -> tuple[str, str]:
    env = feed2doc.Env(audit=True)
    page = TEXT + markup + TEXT
    document = feed2doc.read(page.encode(), format="html", env=env)
    blocks = [block for section in document.sections for block in section.blocks]
    (found,) = (block for block in (document.lead, *blocks) if isinstance(block, m.Figure))
    assert not [d for d in env.diagnostics if d.kind == "loss"]
    return m.plain_text(found.caption), m.plain_text(found.credit)


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Nets dry on the quay.", "Ann Ba"),
        ("Nets dry on the quay.", "Ann Ba and Otto Berg"),
        ("Сети сохнут на причале.", "Анна Ба"),
        ("渔网晾在码头上。", "王小林"),
        ("그물이 부두에서 마르고 있다.", "박도현"),
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        "<span>{0}</span><span>{1}</span>",
        "{0}<span>{1}</span>",
        "{0} <em>{1}</em>",
        "{0} <small>{1}</small>",
        "{0}<br>{1}",
        "<p>{0}</p><p>{1}</p>",
        "<p>{0} <i>{1}</i></p>",
    ],
)
def test_a_name_in_a_part_of_its_own_is_the_credit(markup: str, caption: str, name: str) -> None:
    assert figure(markup.format(caption, name)) == (caption, name)


@pytest.mark.parametrize(
    "caption",
    [
        "The winner is <em>Ann Ba</em>",
        "Nets dry on the quay. <em>Whitby</em>",
        "Nets dry on the quay. <em>Ann Ba</em> is not in the picture.",
        "The master of the quay<br>Ann Ba",
        "Ann Ba<br>Nets dry on the quay.",
        "The winners are home.<br>Ann Ba (left), Otto Berg",
        "Netze trocknen am Kai.<br>Die Siegerin. Anna Berg",
        "Lizenz: Ein Fischer zeigt seine Papiere",
        "Licence: a sailor shows his papers",
        "渔网晾在码头上。<span>北港口</span>",
        "渔网晾在码头上。<br>老码头",
    ],
)
def test_other_words_in_a_part_of_their_own_are_caption(caption: str) -> None:
    assert figure(caption)[1] == ""


@pytest.mark.parametrize(
    ("markup", "credit"),
    [
        ("<figure>{0}{1}<cite>Ann Ba</cite></figure>", "Ann Ba"),
        ("<figure>{1}{0}<cite>Ann Ba</cite></figure>", "Ann Ba"),
        ("<figure>{0}{1}<small>Ann Ba</small></figure>", "Ann Ba"),
        ("<figure>{0}<p>Ann Ba</p>{1}</figure>", "Ann Ba"),
        ("<figure><div>{0}<span>© Ann Ba</span></div>{1}</figure>", "© Ann Ba"),
        ("<figure>{0}<span>Getty Images</span>{1}</figure>", "Getty Images"),
        ("<figure>{0}{1}<p>(Photo: Ann Ba)</p></figure>", "Photo: Ann Ba"),
    ],
)
def test_a_credit_in_a_figure_outside_its_caption(markup: str, credit: str) -> None:
    assert read(markup.format(PICTURE, "<figcaption>Nets dry on the quay.</figcaption>")) == (
        "Nets dry on the quay.",
        credit,
    )


@pytest.mark.parametrize("mark", ["photo-credit", "image-credit"])
@pytest.mark.parametrize("text", ["({})", "（{}）", "[{}]", "{}"])
@pytest.mark.parametrize(
    "credit", ["Ann Ba/Quay Post", "Courtesy of the <a href='https://quay.example/'>Museum</a>"]
)
def test_brackets_around_all_of_a_credit_are_left_out(mark: str, text: str, credit: str) -> None:
    markup = f"<figure>{PICTURE}<div class='{mark}'>{text.format(credit)}</div><figcaption>The quay.</figcaption></figure>"
    assert read(markup) in [("The quay.", "Ann Ba/Quay Post"), ("The quay.", "Courtesy of the Museum")]


@pytest.mark.parametrize("credit", ["图源/海港图库", "摄影：林海", "图源：《海港》杂志2010年夏季号"])
def test_a_label_in_the_last_sentence_of_a_caption(credit: str) -> None:
    assert figure(f"清晨的码头。{credit}。") == ("清晨的码头。", credit)
    assert figure("清晨的码头。图中：人们在等候。") == ("清晨的码头。图中：人们在等候。", "")
