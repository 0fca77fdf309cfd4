"""Headings and captions have lines of about the same length, and captions are as wide as their pictures."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import feed2doc
import pikepdf
import pytest
from feed2doc import model as m
from feed2doc._text.phrases import turns_of
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace

from tests.pdf_pictures import first_picture, red_png, rendered
from tests.pdf_text import ENGINES, KOBO, article, text_of

WIDTH = 90 * 72 / 25.4
PICTURE = "https://a.example/1.png"
_BOX = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)<')


def lines_with(words: str, data: bytes, folder: Path) -> list[tuple[float, float]]:
    """Return the left and right of the lines of the PDF whose words are some of these."""
    known, spans = words.replace(" ", ""), dict[int, list[tuple[float, float]]]()
    for page in text_of(data, folder, "-bbox").split("<page ")[1:2]:
        for left, top, right, bottom, word in _BOX.findall(page):
            if word in known:
                middle = round((float(top) + float(bottom)) / 8)
                spans.setdefault(middle, []).append((float(left), float(right)))
    return [(min(a for a, _ in each), max(b for _, b in each)) for _, each in sorted(spans.items())]


def lengths(lines: Sequence[tuple[float, float]]) -> list[float]:
    return [right - left for left, right in lines]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "headline",
    [
        "港口重新开放、北角TikTok渡轮、新船长和本周更多重要故事",
        "2020年：停航之年，渡轮归来之年",
        "港口重新開放三年後渡輪公司宣布全部新船明年下水",
        "The ferry to the north island runs again after three long years at the old",
        "Keepers of the lighthouse say that the tern colony has never been so large",
    ],
)
def test_the_last_line_of_a_headline_is_not_short(engine: Any, headline: str, tmp_path: Path) -> None:
    document = replace(
        article(
            m.Paragraph((m.Text("~"),)),
            language="zh-CN" if headline[0] != "T" and headline[0] != "K" else "en",
        ),
        headline=headline,
    )
    for page in (KOBO, "110x150mm", "a5"):
        lines = lengths(
            lines_with(headline, feed2doc.write(document, Pdf(engine=engine, page=page)), tmp_path)
        )
        assert lines and (len(lines) < 2 or lines[-1] > 0.55 * max(lines)), page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", "渡 轮 回 到 北 岛 灯 塔 的 人 说"),
        ("ko", "페리가 삼 년 만에 북쪽 섬 으로 다시 돌아왔다고 선장이 말했다 등대"),
        ("ru", "Сегодня паром вернулся на северный остров после трёх лет простоя, и смотритель рад"),
    ],
)
def test_a_long_headline_with_spaces_is_written_whole_by_weasyprint(
    language: str, words: str, tmp_path: Path
) -> None:
    for times in (1, 3, 6):
        headline = " ".join([words] * times)
        document = replace(article(m.Paragraph((m.Text("~"),)), language=language), headline=headline)
        data = feed2doc.write(document, Pdf(engine="weasyprint", page=KOBO))
        shown = re.sub(r"[\s\u00ad‐-]", "", text_of(data, tmp_path))
        assert all(word in shown for word in re.findall(r"\w+", headline))


def test_a_headline_is_turned_only_if_it_has_few_lines_of_chinese_or_japanese() -> None:
    title = "渡轮回来了，灯塔亮了，" * 10
    assert turns_of(title) and not turns_of(title * 3)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "headline",
    [
        "气象站的四个问题：/雾从哪里来“又到哪里去”",
        "山谷里的苹果园，/靠一台旧收音机报霜",
        "综述：旧书价格连涨三周 /港口书市迎来第一批海外买家",
        "老港重开：/渡轮回到了“灯塔之岸”",
        "停航三年：/Nordkapp渡轮公司宣布",
    ],
)
def test_the_first_line_of_a_headline_ends_where_readers_pause(
    engine: Any, headline: str, tmp_path: Path
) -> None:
    """It does even if the lines are not of about the same length then. The line end is not in the outline."""
    whole = headline.replace("/", "")
    document = replace(article(m.Paragraph((m.Text("~"),)), language="zh-CN"), headline=whole)
    data = feed2doc.write(document, Pdf(engine=engine, page=KOBO))
    lines = text_of(data, tmp_path).split("~")[0].split("\n")
    assert [line.replace(" ", "") for line in lines if line] == headline.replace(" ", "").split("/")
    assert isinstance(data, bytes)
    with pikepdf.open(BytesIO(data)).open_outline() as outline:
        assert outline.root[0].title.replace(" ", "") == whole.replace(" ", "")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_heading_of_an_article_leaves_no_word_to_its_last_line(engine: Any, tmp_path: Path) -> None:
    heading = "渡轮公司宣布全部新船将在明年春天之前下水试"
    document = m.Document(
        id="1",
        headline="~",
        language="zh-CN",
        sections=(m.Section((m.Text(heading),), blocks=(m.Paragraph((m.Text("~"),)),)),),
    )
    lines = lengths(lines_with(heading, feed2doc.write(document, Pdf(engine=engine, page=KOBO)), tmp_path))
    assert len(lines) == 2 and lines[-1] > 0.55 * lines[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_caption_is_about_as_wide_as_its_picture(engine: Any, tmp_path: Path) -> None:
    """A narrow picture has a caption of two thirds of the column, or all of a small one. Short captions are balanced and in the middle."""
    env = feed2doc.Env()
    for shape, share, page, width in (
        ((300, 450), 0.66, "a4", 210 * 72 / 25.4),
        ((1200, 500), 1.0, KOBO, WIDTH),
        ((300, 450), 1.0, KOBO, WIDTH),
    ):
        for caption in (
            "渡轮在停航三年之后重新靠岸码头上站满了人群船长说",
            "渡轮在停航三年之后重新靠岸，码头上站满了人。" * 4,
        ):
            env.assets.add(PICTURE, red_png(shape))
            figure = m.Figure(m.Image(PICTURE, "渡轮"), (m.Text(caption),))
            data = feed2doc.write(
                article(m.Paragraph((m.Text("~"),)), figure, language="zh-CN"),
                Pdf(engine=engine, page=page),
                env=env,
            )
            lines = lines_with(caption, data, tmp_path)
            column = width * (0.89 if width == WIDTH else 0.76)
            assert max(lengths(lines)) < share * column * 1.03
            if len(caption) > 40:
                assert max(lengths(lines)) > 0.9 * share * column
            if len(caption) < 40 and len(lines) > 1:
                assert min(lengths(lines)) > 0.75 * max(lengths(lines))
                assert all(abs(left + right - width) < 12 for left, right in lines)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("align", ["center", "end"])
def test_balanced_lines_are_where_a_look_has_headlines(engine: Any, align: str, tmp_path: Path) -> None:
    headline = "Keepers of the lighthouse say that the tern colony has never been so large at the harbour"
    (look := tmp_path / "house.toml").write_text(f'extends = "classic"\nheadline.align = "{align}"')
    document = replace(article(m.Paragraph((m.Text("~"),))), headline=headline)
    data = feed2doc.write(document, Pdf(engine=engine, page="a5", look=str(look)))
    lines, width = lines_with(headline, data, tmp_path), 148 * 72 / 25.4
    assert len(lines) > 1
    for left, right in lines:
        assert abs(left + right - width) < 12 if align == "center" else width - right < 0.15 * width


@pytest.mark.parametrize("engine", ENGINES)
def test_pictures_of_videos_are_smaller_than_others(engine: Any, tmp_path: Path) -> None:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 600)))
    image = m.Image(PICTURE, "渡轮")
    blocks = (m.Paragraph((m.Text("~"),)), m.Embed("video", "https://a.example/v", "渡轮", image))
    data = feed2doc.write(article(*blocks), Pdf(engine=engine, page="a4"), env=env)
    assert 0.25 < first_picture(rendered(data, tmp_path)[0])[1] < 0.35


@pytest.mark.parametrize("apostrophe", "’'")
def test_long_words_with_an_apostrophe_are_hyphenated_by_typst(apostrophe: str, tmp_path: Path) -> None:
    words = f"notwithstanding northern administration{apostrophe}s understandings "
    blocks = [m.Paragraph((m.Text("Up " * n + words * 6),)) for n in range(12)]
    text = text_of(feed2doc.write(article(*blocks), Pdf(engine="typst", page=KOBO)), tmp_path, "-raw")
    assert re.search(f"\u00ad\n[a-z]+{apostrophe}s", text)
    assert re.sub("\u00ad?\n", "", text).count(f"administration{apostrophe}s") > 60


@pytest.mark.parametrize("apostrophe", "’'")
@pytest.mark.parametrize("language, word", [("fr", "l{}administration"), ("it", "dell{}amministrazione")])
def test_words_joined_to_an_article_are_hyphenated_by_typst(
    language: str, word: str, apostrophe: str, tmp_path: Path
) -> None:
    word = word.format(apostrophe)
    blocks = [m.Paragraph((m.Text("qui " * n + f"{word} («{word}») " * 6),)) for n in range(12)]
    data = feed2doc.write(article(*blocks, language=language), Pdf(engine="typst", page=KOBO))
    text = text_of(data, tmp_path, "-raw")
    assert re.search(f"l{apostrophe}[a-z]+\u00ad\n", text)
    assert re.sub("\u00ad?\n", "", text).count(word) > 130
    assert not re.search(f"\n{apostrophe}|l\n{apostrophe}|{apostrophe}\n", text)


@pytest.mark.parametrize("sign", ["…", "-", "–", "%", "["])
def test_no_line_begins_with_what_is_joined_to_a_word_with_an_apostrophe(sign: str, tmp_path: Path) -> None:
    blocks = [m.Paragraph((m.Text("a " * n + f"government’s{sign}run and so on"),)) for n in range(70)]
    text = text_of(feed2doc.write(article(*blocks), Pdf(engine="typst", page="a5")), tmp_path, "-layout")
    assert text.count(sign) == 70
    assert not [line for line in text.splitlines() if line.lstrip().startswith(sign)]
