"""The contents of PDFs by WeasyPrint: no page number is alone on a line, and none is after a single character."""

import re
from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers.pdf.options import Pdf

from tests.pdf_text import KOBO, article, text_of

WORDS = "停航三年之后渡轮重新靠岸船长说我们等了很久码头上站满了人灯塔也亮了孩子们挥着手老人们流着泪"


@pytest.mark.parametrize("page", [KOBO, "a4"])
def test_page_numbers_are_next_to_words(page: str, tmp_path: Path) -> None:
    titles = [WORDS[:n] for n in range(8, len(WORDS))]
    titles += [f"The ferry {'waits ' * n}again" for n in range(1, 12)]
    documents = [m.Document(id=str(n), headline=title, language="zh-CN") for n, title in enumerate(titles)]
    first = article(language="zh-CN")
    data = feed2doc.write(feed2doc.bundle([first, *documents]), Pdf(engine="weasyprint", page=page))
    lines = [line for line in text_of(data, tmp_path, "-layout").splitlines() if ". . ." in line]
    assert len(lines) > len(titles) / 2
    assert [line for line in lines if re.search(r"(^|\s{2,})\s*(\S\s?)?\. \. \.", line)] == []
