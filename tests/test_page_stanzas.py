"""No page has only one line of a stanza."""

from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers.pdf.options import Pdf

from tests.pdf_text import ENGINES, article, text_of
from tests.test_page_holes import KOBO


def pages_of(above: int, block: m.Block, engine: Any, folder: Path) -> list[int]:
    """Return on which pages the parts of the block are, below so many lines."""
    lines = [m.Paragraph((m.Text("短句。"),))] * above
    below = m.Paragraph((m.Text("渡轮在停航三年之后重新靠岸。" * 6),))
    data = feed2doc.write(article(*lines, block, below, language="zh-CN"), Pdf(engine=engine, page=KOBO))
    pages = text_of(data, folder).split("\f")
    found = [[n for n, page in enumerate(pages) if f"PART{part}" in page] for part in range(4)]
    return [each[0] for each in found if each]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_page_has_one_line_of_a_stanza(engine: Any, tmp_path: Path) -> None:
    for count in (2, 3, 4):
        verse = m.Verse(tuple((m.Text(f"PART{n}"),) for n in range(count)))
        for above in range(4, 13):
            pages = pages_of(above, verse, engine, tmp_path)
            assert pages[0] == pages[1] and pages[-2] == pages[-1]
