"""Pictures that do not fit on a page are below the next paragraphs, which fill it."""

from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc._locale import labels, picture_references
from feed2doc.writers._shared.floating_pictures import floating_pictures
from feed2doc.writers.pdf.options import Pdf

from tests.pdf_pictures import first_picture, last_ink, red_png, rendered
from tests.pdf_text import ENGINES, KOBO, text_of

SENTENCE = "渡轮在停航三年之后重新靠岸，码头上站满了人。"
FIGURE = m.Figure(m.Image("https://a.example/1.png", "渡轮"), (m.Text(SENTENCE * 2),))


def p(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


LONG = p(SENTENCE * 5)


def _passed(*blocks: m.Block, language: str = "zh-CN", then: tuple[m.Section, ...] = ()) -> list[int]:
    """Return below how many paragraphs the figures among these blocks may be."""
    document = m.Document(id="1", headline="h", language=language, sections=(m.Section(blocks=blocks), *then))
    found = floating_pictures(document, 46)
    return [found.get(id(block), 0) for block in blocks if isinstance(block, m.Figure)]


def test_a_picture_passes_paragraphs_but_stays_in_the_text_of_its_section() -> None:
    heading = m.Section((m.Text("二"),), 1, (LONG,))
    assert _passed(LONG, FIGURE, LONG, LONG) == [1]
    assert _passed(FIGURE, *[LONG] * 9) == [4]
    assert _passed(LONG, FIGURE, LONG) == [0]
    assert _passed(LONG, FIGURE, LONG, then=(heading,)) == [1]
    assert _passed(LONG, FIGURE, LONG, m.Quote((LONG,)), LONG) == [1]
    assert _passed(LONG, FIGURE, m.Quote((LONG,)), LONG) == [0]


def test_a_picture_stays_apart_from_another_one() -> None:
    other = m.Figure(FIGURE.image, (m.Text("码头"),))
    assert _passed(LONG, FIGURE, other, LONG, LONG) == [0, 1]
    assert _passed(LONG, FIGURE, LONG, other, LONG, LONG) == [0, 1]
    assert _passed(LONG, FIGURE, LONG, LONG, m.Embed("video", "https://a.example/v"), LONG) == [1]


@pytest.mark.parametrize(
    "words, language",
    [
        ("如下图", "zh-CN"),
        ("照片上", "zh-CN"),
        ("（下圖）", "zh-TW"),
        ("See the photo above", "en"),
        ("Das Bild", "de"),
    ],
)
def test_a_picture_stays_next_to_text_about_it(words: str, language: str) -> None:
    about = p(words + SENTENCE * 5)
    assert _passed(LONG, FIGURE, about, LONG, language=language) == [0]
    assert _passed(about, FIGURE, LONG, LONG, language=language) == [0]
    assert _passed(LONG, FIGURE, LONG, about, LONG, language=language) == [1]


def test_a_picture_stays_below_what_announces_it_and_above_what_may_be_its_caption() -> None:
    bold = m.Paragraph((m.Strong((m.Text("港口"),)),))
    alone = m.Figure(FIGURE.image)
    assert _passed(p("他看到了这个："), FIGURE, LONG, LONG) == [0]
    assert _passed(bold, FIGURE, LONG, LONG) == [0]
    assert _passed(LONG, FIGURE, bold, LONG) == [0]
    assert _passed(LONG, FIGURE, p("林海说："), LONG) == [0]
    assert _passed(LONG, alone, p(SENTENCE), LONG) == [0]
    assert _passed(LONG, alone, LONG, LONG) == [1]
    assert _passed(LONG, FIGURE, p(SENTENCE), LONG) == [1]


def test_words_about_pictures_are_known_for_the_languages_of_labels() -> None:
    assert set(labels._table()) <= set(picture_references._table())
    assert all(picture_references._table().values())


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page", [KOBO, "a5"])
@pytest.mark.parametrize("headed", [False, True])
def test_paragraphs_fill_a_page_on_which_a_picture_does_not_fit(
    engine: Any, page: str, headed: bool, tmp_path: Path
) -> None:
    """Whatever is above the picture, all text is there, in order, and no page before its last has a hole."""
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((600, 800)))
    texts, sections = [], []
    for n in range(14):
        numbered = [f"第{10 * n + k}段。" for k in range(10, 14)]
        texts += numbered
        first, *others = [p(text + SENTENCE * (1 + (n + k) % 5)) for k, text in enumerate(numbered)]
        if headed and n % 2:
            sections.append(m.Section((m.Text(f"港口{n}"),), 1, (FIGURE, first, *others)))
        else:
            sections.append(m.Section(blocks=(first, FIGURE, *others)))
    document = m.Document(id="1", headline="港口", language="zh-CN", sections=tuple(sections))
    data = feed2doc.write(document, Pdf(engine=engine, page=page), env=env)
    assert isinstance(data, bytes)
    words = "".join(text_of(data, tmp_path).split())
    places = [words.index(text) for text in texts]
    assert places == sorted(places) and all(words.count(text) == 1 for text in texts)
    pages = rendered(data, tmp_path)
    assert sum(first_picture(each)[1] > 0 for each in pages) >= 10
    # A heading with three lines does not fit where less is blank.
    assert max(0.9 - last_ink(each) for each in pages[:-1]) < (0.31 if headed else 0.25)
