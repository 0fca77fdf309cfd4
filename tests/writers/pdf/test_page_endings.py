"""Articles do not end with a few lines on a page of their own."""

import json
import re
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers.pdf.options import Pdf
from feed2doc.writers.typst.compiler import TypstCompiler
from msgspec.structs import replace

from tests.pdf_pictures import first_picture, red_png, rendered
from tests.pdf_text import ENGINES, KOBO, article, text_of

SENTENCE = "渡轮在停航三年之后重新靠岸，码头上站满了等候多时的人群，船长说明年还会再来。"


def lines_of_pages(data: bytes, folder: Path) -> list[int]:
    """Return how many lines are on each page between its head and its foot."""
    pages = text_of(data, folder, "-layout").split("\f")[:-1]
    return [sum(1 for line in page.splitlines() if line.strip()) - 2 for page in pages]


def paragraph(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


def article_of(paragraphs: int, *more: m.Block, **fields: Any) -> m.Document:
    texts = [m.Paragraph((m.Text(SENTENCE * (1 + n % 4)),)) for n in range(paragraphs)]
    return article(*texts, *more, language="zh-CN", **fields)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_few_articles_end_with_little_text_on_a_page(engine: Any, tmp_path: Path) -> None:
    """Of 15 lengths, several would, because pages have 15 lines. Lines are at most a twentieth closer or wider, and only for that."""
    sparse, pitches = 0, list[float]()
    for n in range(20, 50, 2):
        data = feed2doc.write(article_of(n), Pdf(engine=engine, page=KOBO))
        _, *full, above, last = lines_of_pages(data, tmp_path)
        assert len(full) > 3 and min(full) > 12 and above > 11
        sparse += last < 5
        boxes = text_of(data, tmp_path, "-f", "2", "-l", "2", "-bbox")
        tops = sorted({round(float(top), 2) for top in re.findall(r'yMin="([\d.]+)"', boxes)})
        pitches.append(min(b - a for a, b in pairwise(tops[1:-1]) if b - a > 10))
    assert sparse <= 1
    usual = 11 * 1.75
    assert 0 < sum(abs(each - usual) > 0.1 for each in pitches) < 8
    assert usual * 0.945 < min(pitches) and max(pitches) < usual * 1.055


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_articles_of_a_bundle_have_more_than_two_last_lines(engine: Any, tmp_path: Path) -> None:
    """The lines of a book are not closer, but more lines of a last paragraph are on its last page."""
    for n in range(30, 40):
        long = m.Paragraph((m.Text(SENTENCE * 4),))
        data = feed2doc.write(
            feed2doc.bundle([article_of(4), article_of(n, long)]), Pdf(engine=engine, page=KOBO)
        )
        assert lines_of_pages(data, tmp_path)[-1] > (2 if engine == "weasyprint" else 3)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_picture_is_smaller_where_that_saves_a_last_page_of_few_lines(engine: Any, tmp_path: Path) -> None:
    """One page has room for eleven short paragraphs below the picture, and for two more if that is smaller; three by Typst."""
    url, env = "https://a.example/1.png", feed2doc.Env()
    env.assets.add(url, red_png((900, 600)))
    lines, heights = list[int](), list[float]()
    for n in range(11, 17):
        texts = [paragraph(f"{each} boats are back.") for each in range(n)]
        data = feed2doc.write(article(m.Figure(m.Image(url)), *texts), Pdf(engine=engine, page="a5"), env=env)
        assert isinstance(data, bytes)
        lines.append(lines_of_pages(data, tmp_path)[-1])
        heights.append(first_picture(rendered(data, tmp_path)[0])[1])
    assert lines[:3] == [11, 12, 13] and min(lines) > 2
    usual, *others, last = heights
    smaller = [height for height in others if height != usual]
    assert usual == last and len(smaller) == (3 if engine == "typst" else 2)
    assert 0.74 * usual < min(smaller) <= max(smaller) < 0.9 * usual


ENDS: dict[str, tuple[m.Block, ...]] = {
    "short paragraphs": tuple(paragraph(f"{n} is over.") for n in range(5)),
    "a list": (m.BulletList(tuple((paragraph(f"Point {n}."),) for n in range(9))),),
    "a lead-in": (m.Paragraph((m.Strong((m.Text("At the quay"),)),)), paragraph("They wait. " * 20)),
    "an embed": (paragraph("They wait. " * 30), m.Embed("audio", "https://example.com/1")),
}


@pytest.mark.slow
def test_lines_are_closer_and_pictures_smaller_where_one_of_them_saves_no_last_page(tmp_path: Path) -> None:
    """By Typst. Of thirty lengths of an article with three pictures, four ended with four lines, with which each is tried first."""
    env = feed2doc.Env()
    env.assets.add("https://a.example/1.png", red_png((600, 400)))
    for paragraphs in (19, 22, 24, 33):
        blocks: list[m.Block] = [paragraph(SENTENCE * (1 + n % 4)) for n in range(paragraphs)]
        for place in (3, 8, 13):
            blocks.insert(place, m.Figure(m.Image("https://a.example/1.png", "渡轮")))
        data = feed2doc.write(article(*blocks, language="zh-CN"), Pdf(engine="typst", page=KOBO), env=env)
        assert lines_of_pages(data, tmp_path)[-1] > 5


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("end", ENDS)
def test_a_last_page_in_a_bundle_has_four_lines(end: str, engine: Any, tmp_path: Path) -> None:
    """A box counts as two lines."""
    lengths = [article(*[paragraph("The ferry runs.")] * n, *ENDS[end]) for n in range(12, 26)]
    book = feed2doc.bundle([replace(each, id=str(n)) for n, each in enumerate(lengths)])
    data = feed2doc.write(book, Pdf(engine=engine, page=KOBO))
    pages = lines_of_pages(data, tmp_path)
    assert len(pages) > 2 * len(lengths) and min(pages[1:]) > (2 if end == "an embed" else 3)
    text = text_of(data, tmp_path, "-raw")
    assert all(text.count(f"Point {n}.") in (0, len(lengths)) for n in range(9))
    assert text.count("wait") in (0, 20 * len(lengths), 30 * len(lengths))


def test_a_bundle_by_typst_is_laid_out_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    layouts = []
    original = TypstCompiler.compile_and_query

    def counted(self: TypstCompiler, source: str, *rest: Any) -> Any:
        layouts.append(source)
        return original(self, source, *rest)

    monkeypatch.setattr(TypstCompiler, "compile_and_query", counted)
    long = [replace(article_of(n), id=str(n)) for n in range(30, 40)]
    feed2doc.write(feed2doc.bundle(long), Pdf(engine="typst", page=KOBO))
    assert len(layouts) == 1


def test_layouts_after_the_first_start_from_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """All have the same source, of which Typst lays out again only what moves."""
    env, sources, heights = feed2doc.Env(), set[str](), list[int]()
    env.assets.add("https://a.example/1.png", red_png((600, 800)))
    original = TypstCompiler.compile_and_query

    def noted(self: TypstCompiler, source: str, labels: Any, standards: Any, folder: str) -> Any:
        sources.add(source)
        heights.append(len(json.loads(Path(folder, "found.json").read_bytes())["heights"]))
        return original(self, source, labels, standards, folder)

    monkeypatch.setattr(TypstCompiler, "compile_and_query", noted)
    blocks: list[m.Block] = []
    for n in Random(4).choices(range(1, 9), k=12):
        blocks += [*[paragraph(SENTENCE * 2)] * n, m.Figure(m.Image("https://a.example/1.png"))]
    feed2doc.write(article(*blocks, language="zh-CN"), Pdf(engine="typst", page=KOBO), env=env)
    assert len(sources) == 1
    assert heights[0] == 0 and 12 in heights


@pytest.mark.parametrize("engine", ENGINES)
def test_a_short_last_paragraph_is_not_alone_on_a_page_of_a_bundle(engine: Any, tmp_path: Path) -> None:
    """It is below a paragraph that fills a page and more."""
    ends = [paragraph(SENTENCE * 16), paragraph(SENTENCE * (1 if engine == "weasyprint" else 3))]
    lengths = [replace(article_of(n, *ends), id=str(n)) for n in range(8, 32)]
    data = feed2doc.write(feed2doc.bundle(lengths), Pdf(engine=engine, page=KOBO))
    assert min(lines_of_pages(data, tmp_path)) > 3


def test_a_last_picture_leaves_room_for_the_last_lines(tmp_path: Path) -> None:
    """By WeasyPrint. A picture shrinks to three quarters for it, and to half if it would shrink to fit on the page anyway."""
    url, env = "https://a.example/1.png", feed2doc.Env()
    env.assets.add(url, red_png((600, 500)))
    line = paragraph("They are over.")
    articles = [
        replace(article(*[paragraph("The ferry runs.")] * n, m.Figure(m.Image(url)), line), id=str(n))
        for n in range(16)
    ]
    data = feed2doc.write(feed2doc.bundle(articles), Pdf(engine="weasyprint", page=KOBO), env=env)
    assert isinstance(data, bytes)
    pages = text_of(data, tmp_path, "-layout").split("\f")[:-1]
    pictures = [first_picture(page)[1] for page in rendered(data, tmp_path)]
    heights = [height for height, page in zip(pictures, pages, strict=True) if "over" in page]
    assert len(heights) == 16 and heights.count(0) == 1
    assert 0.5 < sorted(heights)[1] / max(heights) < 0.75


def test_a_source_that_could_not_be_written_is_written_again(tmp_path: Path) -> None:
    compiler, folder = TypstCompiler(""), tmp_path / "later"
    source = "A page. #metadata(7)<seven>"
    with pytest.raises(FileNotFoundError):
        compiler.compile_and_query(source, ["<seven>"], [], str(folder))
    folder.mkdir()
    pdf, _, values = compiler.compile_and_query(source, ["<seven>"], [], str(folder))
    assert pdf.startswith(b"%PDF") and values == [[7]]
