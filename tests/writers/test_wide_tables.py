"""Tables that do not fit into a line become lists of their rows, in PDFs and EPUBs."""

import io
import re
import zipfile
from itertools import count
from pathlib import Path
from typing import Any

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.checking.comparison import proof
from feed2doc.writers._shared.wide_tables import SMALL_SCREEN, as_list
from feed2doc.writers.pdf.options import Pdf
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.kitchen_sink import p, t
from tests.page_articles import HEADERS, ROW
from tests.pdf_pictures import red_png
from tests.pdf_text import ENGINES, article, text_of

PICTURE = "https://example.com/1.png"


def table(rows: list[tuple[str, ...]], header: bool = True) -> m.Table:
    return m.Table(
        tuple(tuple(m.Cell((p(text),), header and y == 0) for text in row) for y, row in enumerate(rows)),
        (t("航班"),),
    )


WIDE = table([HEADERS, ROW, ROW[::-1]])


def listed(each: m.Table, room: int = 40, language: str = "zh-CN") -> list[str]:
    blocks = as_list(each, room, language)
    return [m.title_text(run) for run in m.texts_of_all(blocks)] if blocks else []


@pytest.mark.parametrize(
    ("each", "room", "fits"),
    [
        (WIDE, 40, False),
        (WIDE, 82, True),  # A4
        (table([tuple("12345678901")] * 3), 40, True),
        (table([("Name", "Note"), ("Tern", "The northern island has a lighthouse. " * 9)]), 40, True),
        (
            table([("Name", "Address"), ("Tern", "https://example.com/harbour/ferries/north-point")]),
            40,
            False,
        ),
        (table([("https://example.com/harbour/ferries/north-point/timetable",)] * 2), 40, True),  # one column
    ],
)
def test_a_table_is_a_list_only_if_its_columns_would_be_too_narrow(
    each: m.Table, room: int, fits: bool
) -> None:
    assert (as_list(each, room, "en") is None) == fits


def test_each_value_follows_the_header_of_its_column() -> None:
    caption, term, *values = listed(WIDE)
    assert (caption, term) == ("航班", "船名：海燕号")
    assert values[:6] == [f"{header}：{value}" for header, value in zip(HEADERS[1:], ROW[1:], strict=True)]
    assert listed(table([ROW, ROW], header=False))[1:8] == list(ROW)


def test_spans_and_what_is_missing_and_notes_in_headers() -> None:
    note = m.Note((p("a note"),))
    head = (
        m.Cell((p("Boat", note),), True),
        m.Cell((p("Leaves"),), True, colspan=2),
        m.Cell((p("Remarks"),), True),
    )
    rows = (
        head,
        (m.Cell((p("Tern", note),), rowspan=2), m.Cell((p("six"),)), m.Cell((p("seven"),)), m.Cell()),
        (m.Cell((p("eight"),), colspan=2), m.Cell((m.BulletList(((p("late"),),)),))),
    )
    each = m.Table(rows)
    expected = [
        "Boat: Tern",
        "Leaves: six",
        "Leaves: seven",
        "Remarks:",
        "Boat: Tern",
        "Leaves: eight",
        "Remarks:",
        "late",
    ]
    assert listed(each, 10, "en") == expected
    blocks = as_list(each, 10, "en")
    assert blocks and len(list(m.notes_in(m.texts_of_all(blocks)[0]))) == 2
    assert sum(len(list(m.notes_in(run))) for run in m.texts_of_all(blocks)) == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_pages_of_pdfs(engine: Any, tmp_path: Path) -> None:
    document = article(WIDE, language="zh-CN")
    for page, is_list in (("90x122mm", True), ("a4", False)):
        data = feed2doc.write(document, Pdf(engine=engine, page=page))
        assert isinstance(data, bytes)
        assert ("出发的港口：北角的旧码头" in text_of(data, tmp_path)) == is_list
        assert proof(data, "x.pdf", [document]).findings == ()


def test_books() -> None:
    narrow = table([("Boat", "Leaves"), ("Tern", "06:15")])
    document = article(WIDE, narrow, language="zh-CN")
    data = feed2doc.write(document, "epub")
    assert isinstance(data, bytes)
    archive = zipfile.ZipFile(io.BytesIO(data))
    page = next(archive.read(name).decode() for name in archive.namelist() if "article-" in name)
    assert "<dt>船名：海燕号</dt>" in page and page.count("<table>") == 1
    assert proof(data, "x.epub", [document]).findings == ()
    assert as_list(WIDE, SMALL_SCREEN, "zh-CN")
    assert str(feed2doc.write(document, "html")).count("<table>") == 2


def test_headers_above_a_first_row_that_spans_columns() -> None:
    note = m.Note((p("a note"),))
    head = (*(m.Cell((p(f"Pier {n}"),), True) for n in range(11)), m.Cell((p("Pier 11", note),), True))
    each = m.Table((head, (m.Cell((p("closed"),), colspan=12),), tuple(m.Cell((p("open"),)) for _ in head)))
    blocks = as_list(each, 10, "en")
    assert blocks and sum(len(list(m.notes_in(run))) for run in m.texts_of_all(blocks)) == 1
    assert listed(each, 10, "en") == ["Pier 0: closed", *(f"Pier {n}: open" for n in range(12))]
    closed = m.Table(each.rows[:2])
    assert listed(closed, 10, "en") == ["Pier 0: closed", *(f"Pier {n}:" for n in range(1, 12))]


def test_the_first_row_names_the_columns_if_most_of_them_have_numbers() -> None:
    names, values = ("Boat", "Leaves at", "Arrives at", "Remark"), ("Tern", "06:15", "08:30", "weekdays only")
    labelled = ["Boat: Tern", "Leaves at: 06:15", "Arrives at: 08:30", "Remark: weekdays only"]
    assert listed(table([names, values], header=False), 20, "en")[1:] == labelled
    for other in (("Tern", "1", "2", "3"), ("Tern", "at dawn", "late", "1")):
        assert listed(table([other, values], header=False), 20, "en")[1] == "Tern"
    assert listed(table([names, ("Tern", "dawn", "dusk", "1")], header=False), 20, "en")[1] == "Boat"


def test_the_name_of_a_column_is_on_one_line() -> None:
    lines = m.Cell((m.Paragraph((m.Text("诉讼"), m.LineBreak(), m.Text("数量"))),), True)
    words = m.Cell((m.Paragraph((m.Text("Leaves"), m.LineBreak(), m.Text("at"))),), True)
    row = (m.Cell((p("海燕号"),)), m.Cell((p("1"),)), m.Cell((p("2"),)))
    shown = listed(m.Table(((m.Cell((p("船名"),), True), lines, words), row, row)), 10)
    assert shown == ["船名：海燕号", "诉讼数量：1", "Leaves at：2"] * 2


@st.composite
def tables_with_spans(draw: st.DrawFn) -> m.Table:
    """Draw a table with a header of up to three rows, in which each cell has a word and a note of its own."""
    heads, numbers = draw(st.integers(0, 3)), count()

    def row(y: int) -> tuple[m.Cell, ...]:
        spans = draw(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=5))
        return tuple(
            m.Cell(
                (p(f"w{(n := next(numbers))}.", m.Note((p(f"n{n}."),))),) if draw(st.integers(0, 4)) else (),
                y < heads,
                colspan=wide,
                rowspan=high,
            )
            for wide, high in spans
        )

    return m.Table(tuple(map(row, range(draw(st.integers(1, 6))))))


@settings(max_examples=150, deadline=None, phases=[Phase.generate])
@given(tables_with_spans())
def test_every_word_and_note_of_a_table_is_in_the_list(each: m.Table) -> None:
    blocks = as_list(each, 0, "en")
    if blocks is None:  # of one column
        return
    runs = m.texts_of_all(blocks)
    notes = [
        m.title_text(run) for node in runs for note in m.notes_in(node) for run in m.texts_of_all(note.blocks)
    ]
    cells = [m.title_text(run) for row in each.rows for cell in row for run in m.texts_of_all(cell.blocks)]
    assert set(cells) <= set(" ".join(map(m.title_text, runs)).replace(":", " ").split())
    assert sorted(notes) == sorted(word.replace("w", "n") for word in cells)


def test_tables_in_two_columns_fit_into_one(tmp_path: Path) -> None:
    """The lines of a table that is as wide as both columns would run over the text in the second one."""
    document = article(WIDE, *[p("渡轮在停航三年之后重新靠岸，码头上站满了人。" * 20)] * 6, language="zh-CN")
    for columns in (True, False):
        data = feed2doc.write(document, Pdf(engine="weasyprint", columns=columns))
        assert isinstance(data, bytes)
        assert ("出发的港口：北角的旧码头" in text_of(data, tmp_path)) is columns


def test_wide_tables_and_program_text_of_web_pages_can_be_scrolled_with_keys() -> None:
    """Those that fit are no stops for the keys, and those of a book are not scrolled."""
    for wide in (False, True):
        blocks = (WIDE if wide else table([("a", "b")]), m.CodeBlock("row " * (12 if wide else 2)))
        page = str(feed2doc.write(article(*blocks), "html"))
        assert page.count('tabindex="0"') == 2 * wide
        assert ('<div class="table" tabindex="0">' in page) is ('<pre tabindex="0">' in page) is wide
    book = zipfile.ZipFile(io.BytesIO(feed2doc.write(article(WIDE, m.CodeBlock("row " * 12)), "epub")))
    assert not [name for name in book.namelist() if b"tabindex" in book.read(name)]


def test_only_the_longest_columns_of_a_wide_table_have_several_lines(tmp_path: Path) -> None:
    remark = "The ferry to the north island runs again after three years. "
    rows = [(f"Tern {n}", f"{n}:15", f"Lin Hai the {n}th", remark * (n % 3 + 1)) for n in range(10, 22)]
    boats = table([("Boat", "Leaves", "Captain", "Remarks"), *rows])
    for page in ("a5", "b5", "a4"):
        text = text_of(write(article(boats), page), tmp_path, "-layout")
        for boat, leaves, captain, _ in rows:
            assert re.search(rf"{boat} +{leaves} +{captain} +\w", text)


def test_columns_of_short_texts_are_whole_on_wide_screens() -> None:
    long = table([("Boat", "Remarks"), ("Tern 12", "The ferry to the north island runs again. " * 3)])
    narrow = table([("Boat", "Leaves"), ("Tern 12", "06:15")])
    page = feed2doc.write(article(long, narrow), "html")
    assert '<td data-whole="">Tern 12</td><td>The' in page and page.count('data-whole=""') == 2
    assert "(min-width: 40em) { [data-whole] { white-space: nowrap; } }" in page
    archive = zipfile.ZipFile(io.BytesIO(feed2doc.write(article(long, narrow), "epub")))
    assert not any(b"whole" in archive.read(name) for name in archive.namelist())


def test_a_table_of_one_row_is_not_kept_with_the_picture_below_it(tmp_path: Path) -> None:
    env = feed2doc.Env()
    env.assets.add(PICTURE, red_png((600, 800)))
    small, figure = table([("Boat", "Hour"), ("Tern", "06:15")]), m.Figure(m.Image(PICTURE))
    for lines in range(1, 11):
        before = [p("The ferry is back.")] * lines
        pages = text_of(write(article(*before, small, figure), "120x160mm", env), tmp_path).split("\f")
        assert "06:15" in pages[0]


@pytest.mark.parametrize("columns", [5, 6, 7])
def test_no_page_has_only_the_first_or_last_cell_of_a_row_of_a_list(columns: int, tmp_path: Path) -> None:
    heads = HEADERS[:columns]
    rows = [(f"Tern {n}", *(f"{n}, value of {name}" for name in heads[1:])) for n in range(10, 40)]
    document = article(table([heads, *rows]), language="zh-CN")
    pages = text_of(write(document, "90x122mm"), tmp_path).split("\f")[:-1]
    assert len(pages) > 5
    for page in pages:
        lines = [line for line in page.splitlines() if "：" in line]
        assert heads[-1] not in lines[0] and heads[0] not in lines[-1] and heads[1] not in lines[-1]


def write(document: m.Document, page: str, env: feed2doc.Env | None = None) -> bytes:
    data = feed2doc.write(document, Pdf(engine="weasyprint", page=page), env=env or feed2doc.Env())
    assert isinstance(data, bytes)
    return data
