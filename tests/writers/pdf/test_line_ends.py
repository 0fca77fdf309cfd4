"""Where lines of PDFs end: last lines of one character, and hyphens in short words."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import Pdf
from feed2doc import model as m

from tests.pdf_pictures import red_png
from tests.pdf_text import ENGINES, KOBO, article, text_of

PICTURE = "https://example.com/1.png"
ALONE = re.compile("[\u3400-\u9fff][，。、；：！？）》」』”]{0,3}")


def paragraph(words: str) -> m.Paragraph:
    return m.Paragraph((m.Text(words),))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("end", ["。", "！”", "”。"])
def test_no_last_line_has_one_character(engine: Any, end: str, tmp_path: Path) -> None:
    words = "停航三年之后，渡轮重新靠岸。船长说：“我们等了很久，码头上站满了人，灯塔也亮了，孩子们挥着手，老人们流着泪"
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 300)))
    texts = [words[:n] + end for n in range(20, len(words))]
    blocks: list[m.Block] = [paragraph(text) for text in texts]
    blocks += [m.Figure(m.Image(PICTURE), (m.Text(text),)) for text in texts[::3]]
    blocks.append(m.BulletList(tuple((paragraph(text),) for text in texts)))
    document = article(*blocks, language="zh-CN", standfirst=(m.Text(words[:38] + end),))
    data = feed2doc.write(document, Pdf(engine=engine, page=KOBO), env=env)
    lines = [line.strip() for line in text_of(data, tmp_path, "-layout").splitlines()]
    assert len(lines) > 3 * len(texts) and [line for line in lines if ALONE.fullmatch(line)] == []
    read = "".join("".join(lines).split())
    assert "\u2060" not in read


_Around = Callable[[str], m.Inlines]
_AROUND: list[_Around] = [
    lambda text: (m.Link((m.Text(text),), "https://example.com/"),),
    lambda text: (m.Strong((m.Text(text),)),),
    lambda text: (
        m.Text("渡轮："),
        m.Strong((m.Link((m.Text(text),), "https://example.com/"),)),
        m.Text("。"),
    ),
    lambda text: (m.Text(text), m.Note((paragraph("注"),))),
    lambda text: (m.Link((m.Text(text),), "https://example.com/"), m.Text(" 8月28日")),
    lambda text: (m.Text(f"{text}，第12页"),),
]


LONG = (
    "停航三年之后，渡轮重新靠岸。船长说，我们等了很久，码头上站满了人，灯塔也亮了，孩子们挥着手，老人们流着泪"
)


def lines_of_one_character(document: m.Document, env: feed2doc.Env, folder: Path) -> list[str]:
    data = feed2doc.write(document, Pdf(engine="weasyprint", page=KOBO), env=env)
    lines = [line.strip().removesuffix("1") for line in text_of(data, folder, "-layout").splitlines()]
    return [line for line in lines if ALONE.fullmatch(line)]


@pytest.mark.parametrize("around", range(len(_AROUND)))
def test_nor_has_one_of_links_bold_text_notes_and_dates(around: int, tmp_path: Path) -> None:
    blocks = [m.Paragraph(_AROUND[around](LONG[:n])) for n in range(20, len(LONG))]
    assert lines_of_one_character(article(*blocks, language="zh-CN"), feed2doc.Env(), tmp_path) == []


def test_nor_has_one_of_embeds_captions_before_credits_and_headings(tmp_path: Path) -> None:
    blocks: list[m.Block] = [
        m.Embed("video", "https://example.com/v", LONG[:n]) for n in range(20, len(LONG))
    ]
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 300)))
    credit = (m.Text("路透社"),)
    blocks += [m.Figure(m.Image(PICTURE), (m.Text(LONG[:n]),), credit) for n in range(12, len(LONG))]
    headings = [m.Section((m.Text(LONG[:n]),), 1) for n in range(10, len(LONG))]
    document = m.Document(
        id="1", headline="渡轮", language="zh-CN", sections=(m.Section(blocks=tuple(blocks)), *headings)
    )
    assert lines_of_one_character(document, env, tmp_path) == []


def test_apostrophes_in_latin_words_are_those_of_latin_fonts() -> None:
    from feed2doc.writers._shared.line_breaks import with_latin_apostrophes

    written = with_latin_apostrophes("他说‘don’t’，渡轮’s")
    assert written == '他说‘don<span class="latin">’</span>t’，渡轮’s'


def test_the_ends_of_paragraphs_are_only_kept_together_in_pdf() -> None:
    document = article(paragraph("渡轮在停航三年之后重新靠岸。"), language="zh-CN")
    assert "重新靠岸。</p>" in feed2doc.write(document, "html")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("page", [KOBO, "110x150mm"])
def test_no_short_word_is_hyphenated_on_a_small_page(engine: Any, page: str, tmp_path: Path) -> None:
    long = {"extraordinary", "representatives", "misunderstandings"}
    words = ["people", "number", *sorted(long), "before", "simple", "paper", "yellow"]
    blocks = [paragraph(" ".join((words[n:] + words[:n]) * 5)) for n in range(len(words))]
    data = feed2doc.write(article(*blocks), Pdf(engine=engine, page=page))
    broken = re.findall(r"([a-z]+)[-\u2010\u00ad]\s+([a-z]+)", text_of(data, tmp_path, "-raw"))
    assert broken and {first + last for first, last in broken} <= long
    # Typst has no such setting for letters before a hyphen.
    assert engine == "typst" or all(len(first) > 2 and len(last) > 2 for first, last in broken)


@pytest.mark.parametrize("page", [KOBO, "110x150mm", "a5"])
def test_long_words_of_headings_lists_and_quotations_are_hyphenated(page: str, tmp_path: Path) -> None:
    """A word that is broken anywhere has no hyphen, or leaves the comma after it to the next line."""
    word = "Schifffahrtsgenehmigungsverordnung"
    texts = [paragraph(f"{'Die ' * n}{word}, {word}, die gilt.") for n in range(5)]
    blocks = (m.BulletList(tuple((text,) for text in texts)), m.Quote(tuple(texts)))
    document = m.Document(
        id="1",
        headline=f"{word} der {word}en",
        language="de",
        sections=(m.Section((m.Text(f"Zur {word}sfrist"),), 1, blocks=blocks),),
    )
    lines = text_of(feed2doc.write(document, Pdf(engine="weasyprint", page=page)), tmp_path).splitlines()
    assert not [line for line in lines if line.startswith(",")]
    parts = re.findall(r"[\w\u2010\u00ad-]{5,}", " ".join(lines))
    assert len(parts) > 20 and not [part for part in parts if word.startswith(part) and part != word]


def test_no_line_of_french_ends_after_a_guillemet_or_begins_with_a_sign(tmp_path: Path) -> None:
    texts = [f"{'Le bac ' * n}« enfin » ! Pourquoi ? {'ah ' * n}: {'oh ' * n}; « Si ! »" for n in range(20)]
    document = article(*map(paragraph, texts), language="fr-CA")
    lines = text_of(feed2doc.write(document, Pdf(engine="weasyprint", page=KOBO)), tmp_path).splitlines()
    assert [line for line in lines if line.endswith("«") or line.startswith(("»", "!", "?", ":", ";"))] == []
    assert "«\u00a0" not in feed2doc.write(document, "html")


@pytest.mark.parametrize("around", [m.Strong, m.Span, lambda inner: m.Span((m.Strong(inner),), dir="ltr")])
def test_numbers_and_words_in_emphasis_are_whole_at_the_end_of_a_line(around: Any, tmp_path: Path) -> None:
    """So many characters before them bring each of them to the end of the first or the second line."""
    texts = [f"{'渡' * n}来自1987个国家的2345名，Harbour的{'灯' * 30}" for n in range(10, 30)]
    document = article(*[m.Paragraph((around((m.Text(text),)),)) for text in texts], language="zh-CN")
    shown = text_of(feed2doc.write(document, Pdf(engine="weasyprint", page=KOBO)), tmp_path)
    assert [shown.count(word) for word in ("1987", "2345", "Harbour")] == [len(texts)] * 3


def test_a_word_in_emphasis_that_is_longer_than_a_line_is_broken(tmp_path: Path) -> None:
    long = m.Paragraph((m.Text("See "), m.Strong((m.Text("ab" * 60),))))
    data = feed2doc.write(article(long), Pdf(engine="weasyprint", page="90x122mm"))
    lines = [line for line in text_of(data, tmp_path).splitlines() if "abab" in line]
    assert len(lines) > 1 and sum(map(len, lines)) >= 120


@pytest.mark.parametrize("before", [7, 27])
def test_no_line_by_typst_begins_with_a_dot_after_a_run_of_six_characters(
    before: int, tmp_path: Path
) -> None:
    words = f"{'渡' * before}，周五宣布，已同洛克希德·马丁公司签署了合同{'灯' * 30}"
    data = feed2doc.write(article(paragraph(words), language="zh-CN"), Pdf(engine="typst", page=KOBO))
    lines = text_of(data, tmp_path, "-layout").splitlines()
    assert [line for line in lines if line.strip().startswith("·")] == []


def test_lines_by_typst_above_a_long_word_in_chinese_are_not_filled(tmp_path: Path) -> None:
    """The characters of a line that is two thirds full would be half a character apart."""
    texts = [
        paragraph(f"港口的渡轮重新靠岸{'灯' * 5}@{word}灯塔" + "岸" * 30)
        for word in ("quay", "quayquayquayquay")
    ]
    source = feed2doc.write(article(*texts, language="zh-CN"), "typst", page=KOBO)
    assert source.count("#par(justify: false)[港口的渡轮") == 1
    data = feed2doc.write(article(texts[1], language="zh-CN"), Pdf(engine="typst", page=KOBO))
    assert f"港口的渡轮重新靠岸{'灯' * 5}\n" in text_of(data, tmp_path)


@pytest.mark.parametrize("before", [20, 23, 26])
def test_no_last_line_by_weasyprint_has_only_the_end_of_a_word(before: int, tmp_path: Path) -> None:
    words = f"{'tern ' * 8}{'x' * before} to a conversation."
    data = feed2doc.write(article(paragraph(words)), Pdf(engine="weasyprint", page=KOBO))
    assert "conversation." in text_of(data, tmp_path)
