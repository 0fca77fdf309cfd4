"""No page has only one line of a stanza, or one item of a list."""

from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace

from tests.pdf_text import ENGINES, KOBO, article, text_of


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


def _items(count: int) -> m.BulletList:
    return m.BulletList(tuple((m.Paragraph((m.Text(f"PART{n}"),)),) for n in range(count)))


def test_no_page_by_weasyprint_has_only_the_last_item_of_a_list(tmp_path: Path) -> None:
    for above in range(4, 13):
        pages = pages_of(above, _items(4), "weasyprint", tmp_path)
        assert pages[-2] == pages[-1]


def test_no_page_by_weasyprint_ends_with_a_heading_and_one_item(tmp_path: Path) -> None:
    for above in range(4, 13):
        lines = (m.Paragraph((m.Text("短句。"),)),) * above
        sections = (m.Section(blocks=lines), m.Section((m.Text("PART4"),), 1, (_items(4),)))
        document = replace(article(language="zh-CN"), sections=sections)
        pages = text_of(feed2doc.write(document, Pdf(engine="weasyprint", page=KOBO)), tmp_path).split("\f")
        heading, first, second = (
            next(n for n, page in enumerate(pages) if f"PART{part}" in page) for part in (4, 0, 1)
        )
        assert heading == first == second


def test_no_page_by_weasyprint_has_only_notes_after_a_quotation(tmp_path: Path) -> None:
    for above in range(6, 14):
        note = m.Paragraph((m.Text("短句"), m.Note((m.Paragraph((m.Text("PART1"),)),))))
        quote = m.Quote((m.Paragraph((m.Text("PART0"),)),))
        lines = [m.Paragraph((m.Text("短句。"),))] * above
        data = feed2doc.write(
            article(note, *lines, quote, language="zh-CN"), Pdf(engine="weasyprint", page=KOBO)
        )
        pages = text_of(data, tmp_path).split("\f")
        assert any("PART0" in page and "PART1" in page for page in pages)
