"""Articles and pages to make PDFs of, and helpers to read the text of a PDF."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from feed2doc import model as m
from feed2doc.writers import PdfEngine

ENGINES: tuple[PdfEngine, ...] = ("weasyprint", "typst")
# The page of an e-reader.
KOBO = "90x122mm"


def article(*blocks: Any, language: str = "en", **fields: Any) -> m.Document:
    return m.Document(
        id="p", headline="Headline", language=language, sections=(m.Section(blocks=blocks),), **fields
    )


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    """Yield the structure elements of this kind."""
    for each in pdf.objects:
        if (
            isinstance(each, pikepdf.Dictionary)
            and each.get("/Type") == "/StructElem"
            and each.get("/S") == kind
        ):
            yield each


def text_of(data: bytes, tmp_path: Path, *how: str) -> str:
    (tmp_path / "x.pdf").write_bytes(data)
    return subprocess.run(
        ["pdftotext", *how, tmp_path / "x.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
