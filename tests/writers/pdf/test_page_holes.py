"""No page of a PDF has a hole that the picture on the next one would fill if it were smaller."""

import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers.pdf.options import Pdf

from tests.pdf_pictures import first_picture, has_running_head, last_ink, red_png, rendered
from tests.pdf_text import ENGINES, KOBO, article, text_of

SENTENCE = "渡轮在停航三年之后重新靠岸，码头上站满了人。"


def paragraph(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


_Around = Callable[[m.Figure], m.Block]
_AROUND: tuple[_Around, ...] = (
    lambda figure: figure,
    lambda figure: m.BulletList(((paragraph(SENTENCE), figure), (figure,))),
    lambda figure: m.Aside((figure, paragraph(SENTENCE))),
    lambda figure: m.Quote((figure, paragraph(SENTENCE))),
    lambda figure: m.OrderedList(((figure, paragraph(SENTENCE)),)),
    lambda figure: m.Aside((m.Aside((paragraph(SENTENCE), figure)),)),
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page", [KOBO, "a4"])
def test_no_picture_leaves_a_hole_that_it_would_fill(engine: Any, page: str, tmp_path: Path) -> None:
    """Pictures of several shapes, with captions, below headings, in boxes and lists are at many places of their pages."""
    env = feed2doc.Env()
    articles = [_illustrated(seed, env, *kinds) for seed, kinds in enumerate([(), (), (), _AROUND, _AROUND])]
    pages = rendered(
        feed2doc.write(feed2doc.bundle(articles), Pdf(engine=engine, page=page), env=env), tmp_path
    )
    shrunk, too_high = 0, []
    for before, after in pairwise(pages):
        hole = 0.9 - last_ink(before)
        top, height = first_picture(after)
        if hole >= 1 / 3 and top <= 0.2 and has_running_head(after):
            too_high.append(hole - (top - 0.07 + 0.5 * height))
        shrunk += height > 0
    # The space above a picture and a caption of a line or two take a tenth of the page, and that of one in two boxes a fifth.
    *others, highest = sorted([0, *too_high])
    assert all(each < 0.1 for each in others) and highest < 0.2
    assert shrunk > 5


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page", [KOBO, "a4"])
def test_no_long_caption_leaves_a_hole(engine: Any, page: str, tmp_path: Path) -> None:
    """A caption that is too long for its page goes on on the next one, that of a picture that is not there as well."""
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((800, 520)))
    chance = random.Random(1)
    blocks: list[m.Block] = []
    for n in range(30):
        blocks += [paragraph(SENTENCE * chance.randint(1, 9)) for _ in range(chance.randint(1, 3))]
        there = m.Image(f"https://a.example/{'gone' if n % 3 == 2 else 1}.png", "渡轮")
        caption, url = (m.Text(SENTENCE * chance.randint(4, 16)),), "https://b.example/" * (n % 4 == 0)
        shown: m.Block = m.Figure(there, caption, (m.Text("海灯摄"),), url)
        if n % 5 == 4:
            shown = m.Embed("video", "https://a.example/v", "渡轮", there)
        elif n % 5 == 3:
            shown = m.Aside((paragraph(SENTENCE), m.Figure(there), paragraph(SENTENCE)))
        blocks.append(shown)
    data = feed2doc.write(
        article(*blocks, paragraph(SENTENCE), language="zh-CN"), Pdf(engine=engine, page=page), env=env
    )
    # A picture of 60 % with two lines and the space above is a little higher than a third of the smallest page.
    assert max(0.9 - last_ink(each) for each in rendered(data, tmp_path)[:-1]) < 0.37
    texts = text_of(data, tmp_path, "-layout").split("\f")[:-1]
    starts = [[line.strip() for line in each.splitlines() if line.strip()][1] for each in texts[1:]]
    assert "海灯摄" not in starts


@pytest.mark.parametrize("engine", ENGINES)
def test_a_picture_grows_where_the_next_one_does_not_fit(engine: Any, tmp_path: Path) -> None:
    """Pictures of a gallery are as wide as their column on pages that have only one, except on the last page."""
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((900, 600)))
    caption = (m.Text(SENTENCE * 6),)
    figures = [m.Figure(m.Image("https://a.example/1.png", "渡轮"), caption)] * 6
    data = feed2doc.write(
        article(paragraph(SENTENCE * 14), *figures, language="zh-CN"), Pdf(engine=engine, page=KOBO), env=env
    )
    pages = rendered(data, tmp_path)
    heights = [first_picture(page)[1] for page in pages]
    assert len(heights) == 7 and heights[-1] == pytest.approx(0.36, abs=0.02)
    assert sum(height > 0.41 for height in heights) == 4
    assert all(last_ink(page) > 0.7 for page in pages[1:-1])


@pytest.mark.parametrize("engine", ENGINES)
def test_text_and_pictures_are_in_columns(engine: Any, tmp_path: Path) -> None:
    env = feed2doc.Env()
    document = _illustrated(0, env)
    pdf = feed2doc.write(document, Pdf(engine=engine, columns=True), env=env)
    first_columns = [page.crop((0, 0, page.width // 2, page.height)) for page in rendered(pdf, tmp_path)]
    assert sum(first_picture(column)[1] > 0 for column in first_columns) > 1
    places = re.findall(r'xMin="([\d.]+)".*xMax="([\d.]+)".*</word>', text_of(pdf, tmp_path, "-bbox"))
    middle = 210 / 2 * 72 / 25.4
    words = [(float(left), float(right)) for left, right in places]
    assert (
        sum(left > middle for left, _ in words) > 20
    )  # the head, the running head and page numbers are across both
    assert sum(left < middle - 20 and right > middle + 20 for left, right in words) < len(words) / 10


def _illustrated(seed: int, env: feed2doc.Env, *around: _Around) -> m.Document:
    """Return an article with pictures in what is around them, in turn."""
    chance = random.Random(seed)
    sections = []
    for n in range(10):
        blocks: list[m.Block] = [
            paragraph(SENTENCE * chance.randint(1, 6)) for _ in range(chance.randint(0, 4))
        ]
        url = f"https://example.com/{seed}-{n}.png"
        env.assets.add(url, red_png(chance.choice([(800, 520), (600, 800), (900, 900), (1200, 500)])))
        caption = (m.Text("渡轮靠岸。"),) if n % 3 else ()
        figure = m.Figure(m.Image(url, "渡轮"), caption)
        shown = around[n % len(around)](figure) if around else figure
        sections.append(m.Section((m.Text("码头"),) if n % 4 == 3 else (), blocks=(*blocks, shown)))
    return m.Document(id=str(seed), headline="渡轮", language="zh-CN", sections=tuple(sections))
