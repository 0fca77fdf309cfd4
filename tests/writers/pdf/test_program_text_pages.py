"""Program text on the pages of PDFs by WeasyPrint: lines that are too long for the page."""

import io
import re
import zipfile
from pathlib import Path

import feed2doc
import pytest
from feed2doc import model as m
from feed2doc.checking.comparison import proof
from feed2doc.writers.pdf.options import Pdf
from msgspec.structs import replace

from tests.kitchen_sink import p, t
from tests.pdf_text import KOBO, article, text_of

LONG = '    return [boat for boat in boats if boat.quay == "North Point" and boat.leaves is not None]'


def lines_of(document: m.Document, page: str, folder: Path) -> list[str]:
    data = feed2doc.write(document, Pdf(engine="weasyprint", page=page))
    assert proof(data, "x.pdf", [document]).findings == ()
    return [line.rstrip() for line in text_of(data, folder, "-layout").splitlines()]


def test_lines_that_are_a_little_too_long_are_set_smaller(tmp_path: Path) -> None:
    for size in range(0, 8, 2):
        rows = [f"    wait_for(boat, quay) # step number {n}{'!' * size}" for n in range(10, 30)]
        lines = [line.strip() for line in lines_of(article(m.CodeBlock("\n".join(rows))), KOBO, tmp_path)]
        assert {row.strip() for row in rows} <= set(lines)


@pytest.mark.parametrize("value", [LONG, f"def there():\n{LONG}\n\nthere()\n", f"{LONG}\n{LONG}"])
def test_longer_lines_go_on_indented(value: str, tmp_path: Path) -> None:
    lines = lines_of(article(m.CodeBlock(value)), KOBO, tmp_path)
    starts = [n for n, line in enumerate(lines) if line.lstrip().startswith("return")]
    assert len(starts) == value.count(LONG)
    for start in starts:
        indents = [len(line) - len(line.lstrip()) for line in lines[start : start + 3]]
        assert indents[0] < indents[1] == indents[2]


@pytest.mark.parametrize("value", [f"ROW\n{LONG}", f"ROW\n{LONG}\nROW\nROW"])
def test_no_page_has_only_the_first_or_the_last_line(value: str, tmp_path: Path) -> None:
    documents = [article(*[p("Text.")] * before, m.CodeBlock(value), p("End.")) for before in range(13)]
    book = feed2doc.Book(
        title="Book",
        language="en",
        parts=(feed2doc.Part(documents=tuple(replace(each, id=str(n)) for n, each in enumerate(documents))),),
    )
    data = feed2doc.write(book, Pdf(engine="weasyprint", page=KOBO))
    pages = [page for page in text_of(data, tmp_path).split("\f") if "ROW" in page or "return" in page]
    assert len(pages) == 13 and all("ROW" in page and "return" in page for page in pages)


def test_empty_lines_between_long_lines_are_kept() -> None:
    from feed2doc.writers._shared.xhtml.program_text import program_text

    lines, size = program_text(f"{LONG}\n\na\n\n{LONG}\n", 30)
    assert lines.count("<div>\na\n\n</div>") == lines.count("<div>\n</div>") == 1 and size == ""
    assert program_text("a\n\nb<c", 30) == ("a\n\nb&lt;c", "")


@pytest.mark.parametrize("page", [KOBO, "a5", "a4"])
def test_program_text_in_a_sentence_is_not_hyphenated(page: str, tmp_path: Path) -> None:
    texts = [
        p("x" * n + " ", m.Code("harbour.timetable.representatives"), t(" is it.")) for n in range(1, 40)
    ]
    lines = lines_of(article(*texts), page, tmp_path)
    assert not [line for line in lines if line.endswith(("-", "\u2010"))]


@pytest.mark.parametrize("name", ["epub", "html"])
def test_program_text_is_as_large_in_sentences_as_in_blocks(name: str) -> None:
    """A single generic family would have a size of its own in browsers and most readers."""
    document = article(p("a ", m.Code("b")), m.CodeBlock("c"))
    data = feed2doc.write(document, name)
    raw = data.encode() if isinstance(data, str) else zipfile.ZipFile(io.BytesIO(data)).read("EPUB/style.css")
    assert b"code { font-size: 0.85em; }\npre code { font-size: 1em; }" in raw
    families = re.search(rb"code, pre { font-family: ([^;]+);", raw)
    assert families and families[1].count(b",") and families[1].endswith(b"monospace")
