"""The first page of an article on an e-reader has the beginning of its text."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.looks import shipped_looks
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace

from tests.pdf_pictures import first_picture, red_png, rendered
from tests.pdf_text import ENGINES, text_of

CHINESE = "渡轮在停航三年之后重新靠岸码头上站满了等候多时的人群船长说"
ENGLISH = "The ferry to the north island runs again after three years, and the keeper waves to each"
TEXTS = {
    "zh-CN": "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥" * 20,
    "en": "lantern harbour quay tern gull " * 60,
}
PICTURE = "https://example.com/1.png"


def article(language: str, **fields: Any) -> m.Document:
    return m.Document(
        id="1",
        url="https://www.harbour-post.example/1",
        headline=CHINESE if language == "zh-CN" else ENGLISH,
        language=language,
        publication="海港日报" if language == "zh-CN" else "Harbour Post",
        byline=(m.Person("林海"), m.Person("Mei Lin")),
        published=datetime(2025, 3, 4, 9, 0, tzinfo=UTC),
        sections=(m.Section(blocks=(m.Paragraph((m.Text(TEXTS[language]),)),)),),
        **fields,
    )


def lines_of_text(first_page: str, language: str) -> int:
    """Return how many lines of the page are of the article's text."""
    known = TEXTS[language].replace(" ", "")
    lines = (re.sub(r"\s|[-\u2010]$", "", line.strip()) for line in first_page.splitlines())
    return sum(len(line) > 3 and line in known for line in lines)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page", ["90x122mm", "110x150mm"])
@pytest.mark.parametrize("language", TEXTS)
def test_the_text_begins_on_the_first_page(engine: Any, page: str, language: str, tmp_path: Path) -> None:
    """So it does below a headline of 30 Chinese characters or 90 letters, with a byline and a time, in every look."""
    for look in shipped_looks():
        data = feed2doc.write(article(language), Pdf(engine=engine, page=page, look=look))
        first = text_of(data, tmp_path, "-layout").split("\f")[0]
        assert lines_of_text(first, language) >= 4, look


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("shape", [(900, 600), (600, 800)])
def test_the_first_picture_leaves_room_for_the_text(
    engine: Any, language: str, shape: tuple[int, int], tmp_path: Path
) -> None:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png(shape))
    lead = m.Figure(m.Image(PICTURE, "渡轮"), (m.Text("渡轮靠岸。"),))
    data = feed2doc.write(article(language, lead=lead), Pdf(engine=engine, page="90x122mm"), env=env)
    first = text_of(data, tmp_path, "-layout").split("\f")[0]
    assert lines_of_text(first, language) >= 3
    top, height = first_picture(rendered(data, tmp_path, dpi=72)[0])
    assert top < 0.6 and 0.17 < height < 0.31


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("is_lead", [True, False])
def test_a_picture_that_leaves_no_room_is_below_the_first_paragraphs(
    engine: Any, language: str, is_lead: bool, tmp_path: Path
) -> None:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((900, 600)))
    figure = m.Figure(m.Image(PICTURE, "渡轮"), (m.Text("渡轮靠岸。"),))
    document = article(
        language,
        lead=figure if is_lead else None,
        standfirst=(m.Text(CHINESE * 4 if language == "zh-CN" else ENGLISH * 4),),
    )
    if not is_lead:
        first = m.Section(blocks=(figure, *document.sections[0].blocks))
        document = replace(document, sections=(first,))
    data = feed2doc.write(document, Pdf(engine=engine, page="90x122mm"), env=env)
    first_page, *others = rendered(data, tmp_path, dpi=72)
    assert first_picture(first_page)[1] == 0 and any(first_picture(each)[1] > 0.2 for each in others)
    assert lines_of_text(text_of(data, tmp_path, "-layout").split("\f")[0], language) >= 3
    words = text_of(data, tmp_path)
    assert words.count("渡轮靠岸。") == 1
    # Pages on paper have room for both.
    data = feed2doc.write(document, Pdf(engine=engine), env=env)
    assert first_picture(rendered(data, tmp_path, dpi=72)[0])[0] < 0.5


def test_the_link_to_the_source_is_nothing_but_text() -> None:
    """WeasyPrint tags no other link correctly (PDF/UA-1 7.18.5)."""
    page = feed2doc.write(article("en"), "html")
    assert '<a href="https://www.harbour-post.example/1">www.harbour-post.example</a></p>' in page
