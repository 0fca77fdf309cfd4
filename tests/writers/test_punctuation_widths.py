"""Punctuation of Chinese and Japanese next to other punctuation is half as wide, also where the layout engine does not know it."""

from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers._shared.punctuation_widths import with_half_widths
from feed2doc.writers.pdf.options import Pdf

from tests.page_articles import page_book
from tests.pdf_text import article, text_of


@pytest.mark.parametrize(
    "language, words, halves",
    [
        ("zh-CN", "他说，“走吧。”（完）", "，。”"),
        ("zh-CN", "“‘走’，她说：“好。”", "‘’：。"),
        ("zh-CN", "“走！”他问：走？", ""),
        ("zh-CN", "《港口》、《灯塔》", "》、"),
        ("zh-TW", "他說，「走吧。」（完）", "「」"),
        ("zh-TW", "『走』、好。", "』"),
        ("ja", "「帰った。」（船長）と、「港」", "。」、"),
        ("ko", "“갔다.” (선장)", ""),
        ("en", "“Go,” she said: “now.”", ""),
    ],
)
def test_signs_next_to_others_are_half_as_wide(language: str, words: str, halves: str) -> None:
    parts = with_half_widths(words, language).split('<span class="half">')
    assert "".join(part[0] for part in parts[1:]) == halves
    assert "".join(parts).replace("</span>", "") == words


def test_places_where_lines_may_end_are_between_signs() -> None:
    assert with_half_widths("说，\u200b“走", "zh") == '说<span class="half">，</span>\u200b“走'


@pytest.mark.parametrize(
    "language, words", [("zh-CN", "，”"), ("zh-CN", "。“"), ("zh-TW", "」「"), ("ja", "。」")]
)
def test_a_line_has_room_for_one_more_character_for_three_pairs(
    language: str, words: str, tmp_path: Path
) -> None:
    text = m.Paragraph((m.Text(f"渡{words}" * 3 + "渡" * 40),))
    data = feed2doc.write(
        article(text, language=language), Pdf(engine="weasyprint", page="90x122mm", paragraphs="space")
    )
    lines = [line.strip() for line in text_of(data, tmp_path, "-layout").splitlines() if "渡渡" in line]
    assert len(lines[0]) == len(lines[1]) + 1


@pytest.mark.parametrize("page", ["90x122mm", "110x150mm", "a5", "a4"])
def test_programs_that_read_a_pdf_see_one_line_of_several_signs(page: str, tmp_path: Path) -> None:
    words = "他说：“（停止）”，“‘对不起’这个词”。《〈港口〉》"
    paragraph = m.Paragraph((m.Text(words),))
    data = feed2doc.write(article(paragraph, language="zh-CN"), Pdf(engine="weasyprint", page=page))
    assert words in "".join(text_of(data, tmp_path).split("\n")) and "（停止）”，“‘对不" in text_of(
        data, tmp_path
    )


def test_programs_that_read_a_pdf_see_one_line(tmp_path: Path) -> None:
    book, env = page_book()
    data = feed2doc.write(book, Pdf(engine="weasyprint", page="90x122mm"), env=env)
    assert isinstance(data, bytes)
    assert "船长说：“我们等了很久。”作者·" in text_of(data, tmp_path)
