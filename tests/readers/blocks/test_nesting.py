"""Nesting: every block inside a cell, box, quotation, list or note is complete in every format."""

import json
from itertools import islice
from pathlib import Path

import feed2doc
import msgspec
import pytest
from feed2doc import model as m
from feed2doc import walk
from feed2doc.checking.comparison import proof
from feed2doc.writers import PdfEngine
from feed2doc.writers.pdf.options import Pdf

from tests.command import run
from tests.kitchen_sink import DOCUMENT
from tests.pdf_text import ENGINES

BLOCKS = tuple(block for section in DOCUMENT.sections for block in section.blocks)
AROUND: dict[str, m.Block] = {
    "cell": m.Table(rows=((m.Cell((m.Paragraph((m.Text("Beside it."),)),)), m.Cell(BLOCKS)),)),
    "box": m.Aside(BLOCKS, title=(m.Text("A box"),)),
    "quotation": m.Quote(BLOCKS, attribution=(m.Text("Somebody"),)),
    "list": m.BulletList((BLOCKS, (m.Paragraph((m.Text("The next item."),)),))),
    "numbered list": m.OrderedList((BLOCKS, (m.Paragraph((m.Text("The next item."),)),)), start=3),
    "definition": m.DefinitionList((m.Definition((m.Text("A term"),), (BLOCKS,)),)),
    "note": m.Paragraph((m.Text("Noted."), m.Note(BLOCKS))),
}


def holding(block: m.Block) -> m.Document:
    """Return the kitchen sink document with these sections."""
    return msgspec.structs.replace(DOCUMENT, sections=(m.Section(blocks=(block,)),))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("to", ["markdown", "text", "html", "epub", "kepub", "docx", "odt"])
def test_every_word_of_it_is_there(around: str, to: str) -> None:
    document = holding(AROUND[around])
    made = feed2doc.write(document, to)
    data = made.encode() if isinstance(made, str) else made
    found = proof(data, f"it.{'md' if to == 'markdown' else to}", [document])
    assert found.texts > 40 and not list(islice(found.findings, 3))


# A note that is longer than a page continues after the following text, so notes are not among the blocks here.
@pytest.mark.parametrize("around", sorted(AROUND.keys() - {"note"}))
@pytest.mark.parametrize("engine", ENGINES)
def test_every_word_of_it_is_on_the_pages(around: str, engine: PdfEngine) -> None:
    document = holding(AROUND[around])
    data = feed2doc.write(document, Pdf(engine=engine))
    assert not proof(data, "it.pdf", [document]).findings


def test_explain_shows_every_kind_of_block(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(str(feed2doc.write(holding(AROUND["box"]), "html")), "utf-8")
    shown = run("explain", page).stdout.decode()
    explained = json.loads(run("explain", page, "--json").stdout)
    kinds = {type(block).__name__ for block in walk(AROUND["box"]) if isinstance(block, m.Block)}
    assert len(kinds) > 9
    for kind in kinds:
        assert "--full" in shown and "section 1" not in shown
        assert kind.lower() in shown.lower() and f'"{kind.lower()}"' in json.dumps(explained).lower(), kind


WITHOUT_CELLS: list[tuple[str | Pdf, str]] = [
    *(("markdown", "md"), ("text", "txt"), ("html", "html"), ("epub", "epub"), ("kepub", "epub")),
    *((Pdf(engine=engine), "pdf") for engine in ENGINES),
    *((to, "") for to in ("json", "typst", "rst", "latex", "docx", "odt")),
]


@pytest.mark.parametrize("rows", [(), ((),), ((), ())], ids=len)
@pytest.mark.parametrize(("to", "ending"), WITHOUT_CELLS)
def test_a_table_without_cells_is_its_caption(
    rows: tuple[tuple[()], ...], to: str | Pdf, ending: str
) -> None:
    before, after = (m.Paragraph((m.Text(f"{name} it."),)) for name in ("Before", "After"))
    for caption in ((), (m.Text("A caption"),)):
        blocks = (before, m.Table(rows, caption), after)
        document = m.Document(
            id="1", headline="Headline", language="en", sections=(m.Section(blocks=blocks),)
        )
        data = feed2doc.write(document, to)
        if ending:
            written = data.encode() if isinstance(data, str) else data
            assert isinstance(written, bytes)
            assert proof(written, f"x.{ending}", [document]).findings == ()
